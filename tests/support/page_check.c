#include "tests/support/page_check.h"

#include "format/text/text.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_MAX ((size_t)1 << 28)

struct link { char *target; size_t page; };
struct check {
	const char *dir;
	struct lb_buf *out;
	struct lb_map pages, files, anchors, folders;  /* by path from the root; anchors are "path#id" */
	struct link *links; size_t nlinks, links_cap;
	const char *path;                              /* of the page being read */
	size_t page;
	char open[160][16]; size_t depth;
	bool out_link, seen_csp, seen_data;
};

static const char *const elements[] = {
	"html", "head", "meta", "title", "link", "body", "a", "header", "nav", "main", "section", "article", "div", "p", "h1", "h2", "h3", "ul",
	"ol", "li", "dl", "dt", "dd", "figure", "img", "video", "source", "svg", "rect", "span", "bdi", "b", "i", "u", "s", "blockquote", "code",
	"pre", "small", "strong", "hr", "br", "details", "summary", "time", "footer",
	"table", "thead", "tbody", "tr", "th", "td",
};
static const char *const empty_elements[] = { "meta", "link", "img", "source", "rect", "hr", "br" };
static const char *const attributes[] = {
	"lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "tabindex", "aria-label", "aria-current", "aria-hidden",
	"alt", "src", "width", "height", "loading", "decoding", "controls", "preload", "poster", "type", "dir", "datetime", "start", "viewBox",
	"x", "y", "focusable", "scope",
};

static bool among(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}
#define AMONG(name, list) among(name, list, LB_COUNT(list))

static void complain(struct check *c, const char *what, const char *detail)
{
	if (c->out->len < 1500)
		lb_buf_addf(c->out, "%s: %s: %.200s\n", c->path ? c->path : c->dir, what, detail);
}

/* ---- addresses ---- */

/* The path from the root to which `href` leads from the page, in `b`; false when it climbs out of the folder. */
static bool resolve(const char *page, struct lb_span href, struct lb_buf *b)
{
	const char *slash = strrchr(page, '/');
	size_t length = slash ? (size_t)(slash - page) : 0;
	struct lb_span part;
	lb_buf_add(b, page, length);
	while (lb_span_cut(&href, '/', &part)) {
		if (lb_span_is(part, "..")) {
			if (!b->len)
				return false;
			char *cut = memrchr(b->p, '/', b->len);
			b->len = cut ? (size_t)(cut - b->p) : 0;
			b->p[b->len] = '\0';
			continue;
		}
		if (b->len)
			lb_buf_addc(b, '/');
		if (!lb_url_decode(b, part))
			return false;
	}
	return true;
}

static void note_local(struct check *c, const char *address)
{
	LB_AUTO(lb_buf_clear) struct lb_buf target = LB_BUF(4096);
	struct lb_span rest = lb_span(address), path;
	bool fragment = strchr(address, '#') != NULL;
	lb_span_cut(&rest, '#', &path);
	if (strchr(address, ':') || strchr(address, '\\') || address[0] == '/' || strstr(address, "//"))
		complain(c, "not a relative address", address);
	if (path.n == 0)
		lb_buf_adds(&target, c->path);
	else if (!resolve(c->path, path, &target))
		complain(c, "leads out of the folder", address);
	if (fragment) {
		lb_buf_addc(&target, '#');
		lb_buf_add(&target, rest.p, rest.n);
	}
	LB_GROW(c->links, c->nlinks, c->links_cap);
	c->links[c->nlinks++] = (struct link){ lb_strdup(lb_buf_str(&target)), c->page };
}

static void check_outward(struct check *c, const char *address)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:" };
	bool known = false;
	for (size_t i = 0; i < LB_COUNT(schemes); i++)
		known = known || strncmp(address, schemes[i], strlen(schemes[i])) == 0;
	if (!known || strchr(address, '\\'))
		complain(c, "link out with a strange address", address);
}

/* ---- tags ---- */

static void note_id(struct check *c, const char *id)
{
	LB_AUTO(lb_buf_clear) struct lb_buf anchor = LB_BUF(4096);
	lb_buf_addf(&anchor, "%s#%s", c->path, id);
	if (!lb_map_put(&c->anchors, lb_buf_span(&anchor), 1))
		complain(c, "an id twice", id);
	if (strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != strlen(id) || !*id)
		complain(c, "a strange id", id);
}

/* A decoded attribute value: only the references that lb_escape writes. */
static char *decode(struct check *c, const char *p, size_t n)
{
	static const struct { const char *name; char c; } references[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&#39;", '\'' }, { "&apos;", '\'' }, { "&nbsp;", ' ' }, { "&#13;", '\r' } };
	char *text = lb_alloc(n + 1), *to = text;
	for (size_t i = 0; i < n;) {
		size_t k = 0;
		while (k < LB_COUNT(references) && (n - i < strlen(references[k].name) || strncmp(p + i, references[k].name, strlen(references[k].name)) != 0))
			k++;
		if (k < LB_COUNT(references)) {
			*to++ = references[k].c;
			i += strlen(references[k].name);
			continue;
		}
		if (p[i] == '&')
			complain(c, "an ampersand that is not escaped", p + i);
		*to++ = p[i++];
	}
	return text;
}

static void check_attribute(struct check *c, const char *element, const char *name, const char *value)
{
	if (!AMONG(name, attributes))
		complain(c, "an attribute that is not on the list", name);
	if (strcmp(name, "id") == 0)
		note_id(c, value);
	if (strcmp(name, "http-equiv") == 0)
		c->seen_csp = strcmp(value, "Content-Security-Policy") == 0;
	if (strcmp(name, "href") == 0 && c->out_link)
		check_outward(c, value);
	else if (strcmp(name, "href") == 0 || strcmp(name, "src") == 0 || strcmp(name, "poster") == 0)
		note_local(c, value);
	if (strcmp(element, "a") == 0 && strcmp(name, "class") == 0 && strncmp(value, "out", 3) == 0)
		c->out_link = true;
	if (strcmp(name, "rel") == 0 && c->out_link && strcmp(value, "noopener noreferrer nofollow ugc") != 0)
		complain(c, "a link out without its rel", value);
}

/* Reads ` name="value"` and moves *p behind it; false at the end of the tag. */
static bool read_attribute(struct check *c, const char *element, const char **p)
{
	char name[32];
	size_t n = 0;
	if (**p != ' ')
		return false;
	(*p)++;
	while ((isalpha((unsigned char)**p) || **p == '-') && n + 1 < sizeof name)
		name[n++] = *(*p)++;
	name[n] = '\0';
	if (**p != '=') {
		check_attribute(c, element, name, "");
		return true;
	}
	if ((*p)[1] != '"') {
		complain(c, "an attribute without quotes", *p);
		return false;
	}
	const char *end = strchr(*p + 2, '"');
	if (!end)
		return false;
	char *value = decode(c, *p + 2, (size_t)(end - *p - 2));
	check_attribute(c, element, name, value);
	free(value);
	*p = end + 1;
	return true;
}

static void push(struct check *c, const char *name)
{
	if (AMONG(name, empty_elements))
		return;
	ck_assert_uint_lt(c->depth, LB_COUNT(c->open));
	strcpy(c->open[c->depth++], name);
}

static void pop(struct check *c, const char *name)
{
	if (!c->depth || strcmp(c->open[c->depth - 1], name) != 0)
		complain(c, "an element closes out of order", name);
	else
		c->depth--;
}

/* *p stands on '<'. */
static void read_tag(struct check *c, const char **p)
{
	char name[16];
	size_t n = 0;
	bool closing = (*p)[1] == '/';
	const char *start = *p;
	*p += closing ? 2 : 1;
	while (isalnum((unsigned char)**p) && n + 1 < sizeof name)
		name[n++] = *(*p)++;
	name[n] = '\0';
	if (!AMONG(name, elements)) {
		complain(c, "an element that is not on the list", start);
		return;
	}
	c->out_link = false;
	while (!closing && read_attribute(c, name, p))
		;
	if (**p == '/')
		(*p)++;
	if (*(*p)++ != '>')
		complain(c, "a tag that does not end", start);
	if (closing)
		pop(c, name);
	else
		push(c, name);
}

/* The only script there may be: one block of data, which is JSON and cannot end early. Moves *p behind it. */
static void read_data(struct check *c, const char **p)
{
	static const char begin[] = "<script type=\"application/ld+json\">\n", end[] = "\n</script>\n";
	const char *text = *p + strlen(begin), *close = strstr(text, end);
	struct lb_json *json = NULL;
	struct lb_error err = { 0 };
	if (strncmp(*p, begin, strlen(begin)) != 0 || !close || c->seen_data) {
		complain(c, "a script, or a second block of data", *p);
		*p += strlen("<script");
		return;
	}
	c->seen_data = true;
	if (memchr(text, '<', (size_t)(close - text)) || strstr(text, "\xe2\x80\xa8"))
		complain(c, "a block of data that a parser could end or break", text);
	if (lb_json_parse((struct lb_span){ text, (size_t)(close - text) }, &json, &err) != 0)
		complain(c, "a block of data that is no JSON", err.what);
	if (json && !lb_json_get_str(json, "@context"))
		complain(c, "a block of data without @context", text);
	lb_json_free(json);
	*p = close + strlen(end);
}

static void read_page(struct check *c, const char *text)
{
	static const char start[] = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=";
	const char *p = text + strlen("<!DOCTYPE html>");
	if (strncmp(text, start, strlen(start)) != 0)
		complain(c, "does not begin as it should", text);
	c->depth = 0;
	c->seen_csp = c->seen_data = false;
	while (*p) {
		if (strncmp(p, "<script", strlen("<script")) == 0)
			read_data(c, &p);
		else if (*p == '<')
			read_tag(c, &p);
		else if (*p == '&')
			free(decode(c, p, strcspn(p, "<"))), p += strcspn(p, "<");
		else
			p += strcspn(p, "<&");
	}
	if (c->depth)
		complain(c, "an element does not close", c->open[c->depth - 1]);
	if (!c->seen_csp)
		complain(c, "no policy", "Content-Security-Policy");
}

/* ---- the folder ---- */

static int visit(void *arg, const struct lb_file_info *info, struct lb_error *err)
{
	(void)err;
	struct check *c = arg;
	struct lb_span path = lb_span(info->path);
	if (info->kind != LB_FILE)
		return 0;
	const char *base = lb_path_base(info->path);
	struct lb_span folder = { info->path, (size_t)(base - info->path) };
	size_t files = 0;
	lb_map_get(&c->folders, folder, &files);
	lb_map_put(&c->folders, folder, files + 1);
	lb_map_put(&c->files, path, 1);
	if (lb_span_ends(path, ".html") && !lb_span_is(path, "data/viewer/index.html")) /* that has a script and routes (viewer_data.c) */
		lb_map_put(&c->pages, path, 0);
	return 0;
}

static void check_links(struct check *c)
{
	for (size_t i = 0; i < c->nlinks; i++) {
		struct lb_span target = lb_span(c->links[i].target), path;
		struct lb_span rest = target;
		lb_span_cut(&rest, '#', &path);
		c->path = c->pages.items[c->links[i].page].key;
		if (!lb_map_get(&c->files, path, &(size_t){ 0 }))
			complain(c, "a link to a file that is not there", c->links[i].target);
		else if (path.n != target.n && !lb_map_get(&c->anchors, target, &(size_t){ 0 }))
			complain(c, "a link to an anchor that is not there", c->links[i].target);
	}
}

/* Marks what index.html leads to until nothing new is found. */
static void check_reachable(struct check *c)
{
	bool found = true;
	lb_map_put(&c->pages, lb_span("index.html"), 1);
	while (found) {
		found = false;
		for (size_t i = 0; i < c->nlinks; i++) {
			struct lb_span rest = lb_span(c->links[i].target), path;
			size_t reached;
			lb_span_cut(&rest, '#', &path);
			if (!c->pages.items[c->links[i].page].value || !lb_map_get(&c->pages, path, &reached) || reached)
				continue;
			lb_map_put(&c->pages, path, 1);
			found = true;
		}
	}
	for (size_t i = 0; i < c->pages.count; i++)
		if (!c->pages.items[i].value)
			complain(c, "no link leads to", c->pages.items[i].key);
}

static void clear(struct check *c)
{
	struct lb_map *maps[] = { &c->pages, &c->files, &c->anchors, &c->folders };
	for (size_t i = 0; i < LB_COUNT(maps); i++)
		lb_map_clear(maps[i]);
	for (size_t i = 0; i < c->nlinks; i++)
		free(c->links[i].target);
	free(c->links);
}

size_t test_check_pages(const char *dir, struct lb_buf *complaints)
{
	struct lb_error err;
	LB_AUTO(clear) struct check c = { .dir = dir, .out = complaints };
	ck_assert_int_eq(lb_dir_walk(dir, visit, &c, &err), 0);
	for (size_t i = 0; i < c.folders.count; i++)
		if (strncmp(c.folders.items[i].key, "data/pages/", 11) == 0 && c.folders.items[i].value > 1000)
			complain(&c, "too many files in a folder", c.folders.items[i].key);
	for (c.page = 0; c.page < c.pages.count; c.page++) {
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(PAGE_MAX);
		c.path = c.pages.items[c.page].key;
		lb_path_join(&path, dir, c.path);
		ck_assert_int_eq(lb_file_read(lb_buf_str(&path), PAGE_MAX, &text, &err), 0);
		if (!lb_utf8_valid(lb_buf_span(&text)) || memchr(text.p, '\0', text.len))
			complain(&c, "not valid UTF-8", "");
		read_page(&c, lb_buf_str(&text));
	}
	check_links(&c);
	check_reachable(&c);
	return c.pages.count;
}

void test_page_text(const char *path, struct lb_buf *out)
{
	struct lb_error err;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(PAGE_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf ignored = LB_BUF(PAGE_MAX);
	struct check c = { .dir = path, .out = &ignored };
	ck_assert_int_eq(lb_file_read(path, PAGE_MAX, &text, &err), 0);
	for (const char *p = lb_buf_str(&text); *p;) {
		size_t n = strcspn(p, "<");
		char *piece = decode(&c, p, n);
		lb_buf_adds(out, piece);
		free(piece);
		p += n;
		if (strncmp(p, "<script", strlen("<script")) == 0 && strstr(p, "</script>"))
			p = strstr(p, "</script>"); /* data, not text */
		if (*p) {
			if (strncmp(p, "<br", 3) == 0)
				lb_buf_addc(out, '\n');
			p = strchr(p, '>') ? strchr(p, '>') + 1 : p + strlen(p);
		}
	}
}
