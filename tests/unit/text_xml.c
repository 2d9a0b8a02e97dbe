#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/text/text.h"
#include "tests/support/support.h"

/* ---- helpers -------------------------------------------------------------------------------------------------------- */

static int status_of(struct lb_span doc, const struct lb_xml_limits *limits)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	struct lb_error err = {0};
	struct lb_xml *root = NULL;
	int rc = lb_xml_parse(doc, limits, &a, &root, &err);
	ck_assert((rc == 0) == (root != NULL));
	ck_assert(rc == 0 || (err.what[0] && err.status == (enum lb_status)rc));
	return rc;
}

static const struct lb_xml *parse_ok(const char *doc, struct lb_arena *a)
{
	struct lb_error err = {0};
	struct lb_xml *root = NULL;
	ck_assert_ok(lb_xml_parse(lb_span(doc), NULL, a, &root, &err));
	return root;
}

static void repeat(struct lb_buf *b, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		lb_buf_adds(b, text);
}

/* libxml2 likes to print; run in a test process of its own, so the file stays. */
static int catch_stderr(void)
{
	int fd = open(test_dir(), O_TMPFILE | O_RDWR, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_ge(dup2(fd, STDERR_FILENO), 0);
	return fd;
}

static void assert_silent(int fd)
{
	struct stat st;
	ck_assert_int_eq(fstat(fd, &st), 0);
	ck_assert_int_eq(st.st_size, 0);
	close(fd);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

START_TEST(tree)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	const struct lb_xml *root = parse_ok("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<!-- x --><?pi y?>\n"
		"<rsp stat=\"ok\" xmlns:x=\"urn:x\"><photo id='1' title=\"a &amp;&lt;&#233;&#10;&amp;#38;&#38;amp;&#38;\" x:href=\"h\">one<![CDATA[<b>&amp;]]>"
		"<tag/>two<!-- no --></photo><x:photo id=\"2\"/><other></other><photo id=\"3\"/></rsp>\n<!-- end -->", &a);
	ck_assert_str_eq(root->name, "rsp");
	ck_assert_str_eq(lb_xml_attr(root, "stat"), "ok");
	ck_assert_uint_eq(root->nattrs, 1);
	ck_assert_str_eq(root->text, "");
	const struct lb_xml *photo = lb_xml_child(root, "photo");
	ck_assert_str_eq(photo->text, "one<b>&amp;two");
	ck_assert_str_eq(lb_xml_attr(photo, "title"), "a &<\xC3\xA9\n&#38;&amp;&");
	ck_assert_str_eq(lb_xml_attr(photo, "href"), "h");
	ck_assert_ptr_null(lb_xml_attr(photo, "absent"));
	ck_assert_str_eq(lb_xml_child(photo, "tag")->text, "");
	photo = lb_xml_next(photo, "photo");
	ck_assert_str_eq(lb_xml_attr(photo, "id"), "2");
	photo = lb_xml_next(photo, "photo");
	ck_assert_str_eq(lb_xml_attr(photo, "id"), "3");
	ck_assert_ptr_null(lb_xml_next(photo, "photo"));
	ck_assert_ptr_null(lb_xml_child(root, "tag"));
	ck_assert(!lb_xml_child(NULL, "x") && !lb_xml_next(NULL, "x") && !lb_xml_attr(NULL, "x"));
}
END_TEST

START_TEST(text_of_nested_elements)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	const struct lb_xml *root = parse_ok("<a>1<b>2<c>3</c>4</b>5<b>6</b>7</a>", &a);
	ck_assert_str_eq(root->text, "157");
	const struct lb_xml *b = lb_xml_child(root, "b");
	ck_assert_str_eq(b->text, "24");
	ck_assert_str_eq(lb_xml_child(b, "c")->text, "3");
	ck_assert_str_eq(lb_xml_next(b, "b")->text, "6");
}
END_TEST

START_TEST(refused)
{
	static const char *const bad[] = { "", " ", "x", "<", "<a", "<a>", "<a><b></a></b>", "<a/><b/>", "<a/>x", "</a>", "<a b=1/>", "<a b/>",
		"<a b=\"1\" b=\"2\"/>", "<a b=\"<\"/>", "<a>&nbsp;</a>", "<a b=\"&nbsp;\"/>", "<a>&x;</a>", "<a>&#0;</a>", "<a>&#xFFFE;</a>", "<a>&#xD800;</a>",
		"<a>&amp</a>", "<a>&</a>", "<a>]]></a>", "<a>\x01</a>", "<a>\xFF</a>", "<a>\xED\xA0\x80</a>", "<a>\xC0\xBC</a>", "<x:a/>", "<a x:b=\"1\"/>",
		"<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
		"<!DOCTYPE a PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://127.0.0.1:1/x.dtd\"><a/>", "<!DOCTYPE a [", "<!doctype a><a/>",
		"<html><p>x<br></p></html>", "<?xml version=\"1.0\"?>", "<?oasis-xml-catalog catalog=\"file:///tmp/x\"?><a/>", "<a><!-- -- --></a>", "<a><?xml?></a>",
		"\xFE\xFF", "\xFF\xFE<", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>", "\x4C\x6F\xA7\x94", "<a><![CDATA[x</a>", "\n<?xml version=\"1.0\"?><a/>" };
	int printed = catch_stderr();
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(status_of(lb_span(bad[i]), NULL) == LB_FORMAT, "%s", bad[i]);
	ck_assert_int_eq(status_of((struct lb_span){ "<a>\0</a>", 8 }, NULL), LB_FORMAT);
	ck_assert_int_eq(status_of((struct lb_span){ "<\0a\0/\0>\0", 8 }, NULL), LB_FORMAT);
	ck_assert_int_eq(status_of((struct lb_span){ "<a/>\0", 5 }, NULL), LB_FORMAT);
	assert_silent(printed);
}
END_TEST

static void check_hostile_file(const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf doc = LB_BUF(1 << 20);
	struct lb_error err = {0};
	ck_assert_ok(lb_file_read(path, 1 << 20, &doc, &err));
	int64_t start = lb_time_mono();
	int rc = status_of(lb_buf_span(&doc), NULL);
	ck_assert_msg(lb_time_mono() - start < 2000, "%s", path);
	bool doctype = memmem(doc.p, doc.len, "<!DOCTYPE", 9) != NULL;
	ck_assert_msg(rc == LB_FORMAT || (rc == 0 && !doctype), "%s", path);
}

START_TEST(hostile_files)
{
	const char *dir = test_shared("hostile-xml/test/recurse");
	if (!dir)
		return;
	int printed = catch_stderr();
	DIR *d = opendir(dir);
	ck_assert_ptr_nonnull(d);
	size_t files = 0;
	for (struct dirent *e; (e = readdir(d));) {
		char path[1024];
		snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
		if (e->d_name[0] == '.')
			continue;
		check_hostile_file(path);
		files++;
	}
	closedir(d);
	ck_assert_uint_gt(files, 20);
	assert_silent(printed);
}
END_TEST

/* ---- limits -------------------------------------------------------------------------------------------------------------- */

START_TEST(limits)
{
	const struct lb_xml_limits small = { .bytes = 20, .depth = 3, .nodes = 5 };
	ck_assert_int_eq(status_of(lb_span("<a>45678901234</a>  "), &small), 0);
	ck_assert_int_eq(status_of(lb_span("<a>45678901234</a>   "), &small), LB_LIMIT);
	ck_assert_int_eq(status_of(lb_span("<a><b><c/></b></a>"), &small), 0);
	ck_assert_int_eq(status_of(lb_span("<a><b><c><d/>"), &small), LB_LIMIT);
	ck_assert_int_eq(status_of(lb_span("<a><b/><b/><b/><b/>"), &small), LB_FORMAT);
	const struct lb_xml_limits nodes = { .nodes = 5 };
	ck_assert_int_eq(status_of(lb_span("<a x='1'><b y='2'/><c/></a>"), &nodes), 0);
	ck_assert_int_eq(status_of(lb_span("<a x='1'><b y='2'/><c/><d/></a>"), &nodes), LB_LIMIT);
}
END_TEST

static int status_of_repeated(const char *before, const char *text, size_t times, const char *after)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	lb_buf_adds(&b, before);
	repeat(&b, text, times);
	lb_buf_adds(&b, after);
	int64_t start = lb_time_mono();
	int rc = status_of(lb_buf_span(&b), NULL);
	ck_assert_msg(lb_time_mono() - start < 10000, "%s × %zu", text, times);
	return rc;
}

START_TEST(hostile_sizes)
{
	int printed = catch_stderr();
	ck_assert_int_eq(status_of_repeated("", "<a>", 64, ""), LB_FORMAT);
	ck_assert_int_eq(status_of_repeated("", "<a>", 65, ""), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("", "<a>", 1000000, ""), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("<a ", "b='' ", 2000000, "/>"), LB_LIMIT);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8 << 20);
	lb_buf_adds(&b, "<a ");
	for (int i = 0; i < 40000; i++)
		lb_buf_addf(&b, "b%x='' ", i);
	lb_buf_adds(&b, "/>");
	int64_t start = lb_time_mono();
	ck_assert_int_eq(status_of(lb_buf_span(&b), NULL), LB_LIMIT);
	ck_assert_int_lt(lb_time_mono() - start, 10000);
	ck_assert_int_eq(status_of_repeated("<a><!--", "x", 1 << 20, "--></a>"), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("<a><![CDATA[", "x", 1 << 20, "]]></a>"), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("<a b='", "x", 1 << 20, "'/>"), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("<a b='", "x", 100000, "'/>"), 0);
	ck_assert_int_eq(status_of_repeated("<a>", "<b/>", 500000, "</a>"), 0);
	ck_assert_int_eq(status_of_repeated("<a>", "<!---->", 500000, "</a>"), 0);
	ck_assert_int_eq(status_of_repeated("<a>", "&lt;", 500000, "</a>"), 0);
	ck_assert_int_eq(status_of_repeated("<", "a", 1000000, "/>"), LB_LIMIT);
	ck_assert_int_eq(status_of_repeated("<a xmlns:", "x", 60000, "='u'/>"), LB_FORMAT);
	assert_silent(printed);
}
END_TEST

START_TEST(long_text)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	lb_buf_adds(&b, "<a>");
	repeat(&b, "0123456789abcde\n", 12 << 16);
	lb_buf_adds(&b, "<![CDATA[");
	repeat(&b, "0123456789abcde\n", 8 << 10);
	lb_buf_adds(&b, "]]></a>");
	ck_assert_uint_eq(strlen(parse_ok(lb_buf_str(&b), &a)->text), (12 << 20) + (8 << 14));
}
END_TEST

/* ---- streaming ------------------------------------------------------------------------------------------------------------ */

struct trace { struct lb_buf log; int stop_at, calls, status; bool say_why; };

static int count_call(struct trace *t, struct lb_error *err)
{
	if (++t->calls != t->stop_at)
		return 0;
	return t->say_why ? lb_fail(err, t->status, "enough") : t->status;
}

static int trace_start(void *arg, const char *name, const struct lb_xml_attr *attrs, size_t count, struct lb_error *err)
{
	struct trace *t = arg;
	lb_buf_addf(&t->log, "(%s", name);
	for (size_t i = 0; i < count; i++)
		lb_buf_addf(&t->log, " %s=%s", attrs[i].name, attrs[i].value);
	return count_call(t, err);
}

static int trace_end(void *arg, const char *name, struct lb_error *err)
{
	struct trace *t = arg;
	lb_buf_addf(&t->log, "%s)", name);
	return count_call(t, err);
}

static int trace_text(void *arg, const char *text, size_t n, struct lb_error *err)
{
	(void)err;
	struct trace *t = arg;
	lb_buf_add(&t->log, text, n);
	return 0;
}

static const struct lb_xml_handler tracing = { trace_start, trace_end, trace_text };
static const char sample[] = "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><r a='1' b=\"&quot;\"><x>\xE2\x82\xAC &amp; y</x><!-- c --><z q='&#x20AC;'/>"
	"<![CDATA[<]]></r>";
static const char sample_trace[] = "(r a=1 b=\"(x\xE2\x82\xAC & yx)(z q=\xE2\x82\xAC" "z)<r)";

START_TEST(in_pieces_of_any_size)
{
	for (size_t piece = 1; piece <= sizeof sample; piece++) {
		LB_AUTO(lb_buf_clear) struct lb_buf log = LB_BUF(4096);
		struct trace t = { .log = log };
		struct lb_error err = {0};
		struct lb_xml_reader *r = lb_xml_reader_new(&tracing, &t, NULL);
		for (size_t at = 0; at < sizeof sample - 1; at += piece)
			ck_assert_ok(lb_xml_reader_feed(r, sample + at, at + piece < sizeof sample - 1 ? piece : sizeof sample - 1 - at, &err));
		ck_assert_ok(lb_xml_reader_end(r, &err));
		lb_xml_reader_free(r);
		ck_assert_str_eq(lb_buf_str(&t.log), sample_trace);
		log = t.log;
	}
}
END_TEST

START_TEST(cut_off_anywhere)
{
	int printed = catch_stderr();
	for (size_t n = 0; n < sizeof sample - 1; n++) {
		const struct lb_xml_handler none = {0};
		struct lb_error err = {0};
		struct lb_xml_reader *r = lb_xml_reader_new(&none, NULL, NULL);
		ck_assert_ok(lb_xml_reader_feed(r, sample, n, &err));
		ck_assert_int_eq(lb_xml_reader_end(r, &err), LB_FORMAT);
		ck_assert_int_eq(lb_xml_reader_end(r, NULL), LB_FORMAT);
		lb_xml_reader_free(r);
	}
	lb_xml_reader_free(NULL);
	assert_silent(printed);
}
END_TEST

START_TEST(stopped_by_the_handler)
{
	for (int say_why = 0; say_why < 2; say_why++) {
		for (int stop_at = 1; stop_at <= 6; stop_at++) {
			struct trace t = { .log = LB_BUF(4096), .stop_at = stop_at, .status = LB_CANCELLED, .say_why = say_why };
			struct lb_error err = {0};
			struct lb_xml_reader *r = lb_xml_reader_new(&tracing, &t, NULL);
			ck_assert_int_eq(lb_xml_reader_feed(r, sample, sizeof sample - 1, &err), LB_CANCELLED);
			ck_assert_int_eq(err.status, LB_CANCELLED);
			ck_assert(say_why == (strcmp(err.what, "enough") == 0) && err.what[0]);
			ck_assert_int_eq(t.calls, stop_at);
			ck_assert_int_eq(lb_xml_reader_feed(r, sample, 10, NULL), LB_CANCELLED);
			ck_assert_int_eq(lb_xml_reader_end(r, &err), LB_CANCELLED);
			ck_assert_int_eq(t.calls, stop_at);
			lb_xml_reader_free(r);
			lb_buf_clear(&t.log);
		}
	}
}
END_TEST

/* ---- writing -------------------------------------------------------------------------------------------------------------- */

static const char *written_file(void (*write)(struct lb_xml_writer *), struct lb_buf *b)
{
	struct lb_error err = {0};
	char path[512];
	snprintf(path, sizeof path, "%s/x.xml", test_dir());
	struct lb_out *out = NULL;
	ck_assert_ok(lb_out_open(path, LB_OUT_NOSYNC, &out, &err));
	struct lb_xml_writer w;
	lb_xw_begin(&w, out);
	write(&w);
	ck_assert_ok(lb_out_commit(out, NULL, NULL, &err));
	ck_assert_ok(lb_file_read(path, 1 << 20, b, &err));
	return lb_buf_str(b);
}

static const char nasty[] = "<&>\"' \t\n\r\x01\xFF\xEF\xBF\xBF\xC3\xA9]]>";
static const char nasty_read[] = "<&>\"' \t\n\r\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9]]>";

static void write_sample(struct lb_xml_writer *w)
{
	lb_xw_start(w, "mets:mets");
	lb_xw_attr(w, "xmlns:mets", "http://www.loc.gov/METS/");
	lb_xw_attr(w, "LABEL", NULL);
	lb_xw_start(w, "a");
	lb_xw_attr_u64(w, "SIZE", UINT64_MAX);
	lb_xw_end(w);
	lb_xw_leaf(w, "b", "text");
	lb_xw_leaf(w, "absent", NULL);
	lb_xw_leaf(w, "empty", "");
	lb_xw_start(w, "c");
	lb_xw_leaf(w, "d", "x<y");
	lb_xw_end(w);
	lb_xw_start(w, "e");
	w->flat = true;
	lb_xw_start(w, "f");
	lb_xw_leaf(w, "g", "z");
	lb_xw_end(w);
	lb_xw_end(w);
	w->flat = false;
	lb_xw_end(w);
}

START_TEST(writing)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_str_eq(written_file(write_sample, &b), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mets:mets xmlns:mets=\"http://www.loc.gov/METS/\">\n"
		"  <a SIZE=\"18446744073709551615\"/>\n  <b>text</b>\n  <empty/>\n  <c>\n    <d>x&lt;y</d>\n  </c>\n  <e><f><g>z</g></f></e>\n</mets:mets>\n");
}
END_TEST

/* What the sink gets, in as many pieces as it comes. */
struct heap { struct lb_buf text; size_t pieces; };

static void to_heap(void *arg, const void *data, size_t n)
{
	struct heap *h = arg;
	lb_buf_add(&h->text, data, n);
	h->pieces++;
}

START_TEST(writing_to_a_sink)
{
	struct heap h = {.text = LB_BUF(1 << 20)};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20), big = LB_BUF(1 << 20);
	struct lb_xml_writer w;
	lb_xw_begin_sink(&w, to_heap, &h);
	write_sample(&w);
	ck_assert_str_eq(lb_buf_str(&h.text), written_file(write_sample, &b));
	ck_assert_uint_eq(h.pieces, 1);
	lb_buf_reset(&h.text);
	for (size_t i = 0; i < 100000; i++)
		lb_buf_addc(&big, (char)('a' + i % 26));
	lb_xw_begin_sink(&w, to_heap, &h);
	lb_xw_start(&w, "a");
	lb_xw_text(&w, lb_buf_str(&big));
	lb_xw_end(&w);
	ck_assert_uint_eq(h.text.len, strlen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a></a>\n") + big.len);
	ck_assert(strstr(h.text.p, big.p));
	lb_buf_clear(&h.text);
}
END_TEST

static struct lb_xml_reader *named;
static int add_namespace(void *arg, const char *name, const struct lb_xml_attr *attrs, size_t count, struct lb_error *err)
{
	(void)attrs, (void)count, (void)err;
	lb_buf_addf(arg, "%s{%s} ", name, lb_xml_reader_namespace(named));
	return 0;
}
static int end_namespace(void *arg, const char *name, struct lb_error *err)
{
	return add_namespace(arg, name, NULL, 0, err);
}

START_TEST(namespaces)
{
	static const struct lb_xml_handler handler = {add_namespace, end_namespace, NULL};
	static const char text[] = "<a xmlns='u:1' xmlns:p='u:2'><p:b/><c xmlns=''/><d xmlns='u:3'><e/></d></a>";
	struct lb_error err = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf told = LB_BUF(4096);
	named = lb_xml_reader_new(&handler, &told, NULL);
	ck_assert_ok(lb_xml_reader_feed(named, text, sizeof text - 1, &err));
	ck_assert_ok(lb_xml_reader_end(named, &err));
	lb_xml_reader_free(named);
	ck_assert_str_eq(lb_buf_str(&told), "a{u:1} b{u:2} b{u:2} c{} c{} d{u:3} e{u:3} e{u:3} d{u:3} a{u:1} ");
}
END_TEST

static void write_nasty(struct lb_xml_writer *w)
{
	lb_xw_start(w, "a");
	lb_xw_attr(w, "v", nasty);
	lb_xw_text(w, nasty);
	lb_xw_end(w);
}

static void write_deep(struct lb_xml_writer *w)
{
	for (size_t i = 0; i < LB_COUNT(w->open); i++)
		lb_xw_start(w, "deep");
	for (size_t i = 0; i < LB_COUNT(w->open); i++)
		lb_xw_end(w);
}

START_TEST(written_comes_back)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	const struct lb_xml *root = parse_ok(written_file(write_nasty, &b), &a);
	ck_assert_str_eq(root->text, nasty_read);
	ck_assert_str_eq(lb_xml_attr(root, "v"), nasty_read);
	lb_buf_reset(&b);
	parse_ok(written_file(write_deep, &b), &a);
}
END_TEST

START_TEST(escaping)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	lb_escape(&b, nasty);
	ck_assert_str_eq(lb_buf_str(&b), "&lt;&amp;&gt;&quot;&#39; \t\n&#13;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA9]]&gt;");
	lb_buf_reset(&b);
	lb_escape(&b, NULL);
	lb_escape_span(&b, (struct lb_span){ "a\0b<c", 4 });
	ck_assert_str_eq(lb_buf_str(&b), "a\xEF\xBF\xBD" "b&lt;");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("text: XML");
	TCase *t = tcase_create("XML");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, tree);
	tcase_add_test(t, text_of_nested_elements);
	tcase_add_test(t, refused);
	tcase_add_test(t, hostile_files);
	tcase_add_test(t, limits);
	tcase_add_test(t, hostile_sizes);
	tcase_add_test(t, long_text);
	tcase_add_test(t, in_pieces_of_any_size);
	tcase_add_test(t, cut_off_anywhere);
	tcase_add_test(t, stopped_by_the_handler);
	tcase_add_test(t, writing);
	tcase_add_test(t, writing_to_a_sink);
	tcase_add_test(t, namespaces);
	tcase_add_test(t, written_comes_back);
	tcase_add_test(t, escaping);
	suite_add_tcase(s, t);
	return s;
}
