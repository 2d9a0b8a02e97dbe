#include <string.h>
#include <strings.h>

#include "format/bag/bag.h"

#define INFO_VALUE_MAX ((size_t)1 << 20)

const char lb_bag_declaration_text[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/* ---- bagit.txt ---- */

static bool labelled(struct lb_span line, const char *label, struct lb_span *value, bool *loose)
{
	size_t n = strlen(label), colon = n;
	if (!lb_span_starts(line, label))
		return false;
	while (colon < line.n && (line.p[colon] == ' ' || line.p[colon] == '\t'))
		colon++;
	if (colon == line.n || line.p[colon] != ':')
		return false;
	*loose |= colon > n;
	*value = lb_span_trim((struct lb_span){line.p + colon + 1, line.n - colon - 1});
	return value->n > 0;
}

static bool parse_version(struct lb_span text, int *version)
{
	uint64_t major, minor;
	struct lb_span rest = text, whole;
	if (!lb_span_cut(&rest, '.', &whole) || whole.n > 2 || rest.n > 2)
		return false;
	if (!lb_parse_u64(whole, &major) || !lb_parse_u64(rest, &minor))
		return false;
	*version = (int)(major * 100 + minor);
	return true;
}

int lb_bag_declaration_parse(struct lb_span text, struct lb_bag_declaration *out, struct lb_error *err)
{
	struct lb_bag_declaration parsed = {0};
	struct lb_span line, value;
	if (lb_span_starts(text, "\xEF\xBB\xBF"))
		return lb_fail(err, LB_FORMAT, "begins with a byte order mark");
	if (!lb_bag_next_line(&text, &line) || !labelled(line, "BagIt-Version", &value, &parsed.loose))
		return lb_fail(err, LB_FORMAT, "the first line must be \"BagIt-Version: M.N\"");
	if (!parse_version(value, &parsed.version))
		return lb_fail(err, LB_FORMAT, "the version is not of the form M.N");
	if (!lb_bag_next_line(&text, &line) || !labelled(line, "Tag-File-Character-Encoding", &value, &parsed.loose))
		return lb_fail(err, LB_FORMAT, "the second line must be \"Tag-File-Character-Encoding: …\"");
	if (parsed.loose && parsed.version >= 100)
		return lb_fail(err, LB_FORMAT, "has a blank before a colon");
	if (value.n >= sizeof parsed.encoding || memchr(value.p, '\0', value.n))
		return lb_fail(err, LB_FORMAT, "the encoding's name is too long");
	if (text.n)
		return lb_fail(err, LB_FORMAT, "has more than two lines");
	memcpy(parsed.encoding, value.p, value.n);
	*out = parsed;
	return LB_OK;
}

/* ---- bag-info.txt ---- */

static bool is_folded(struct lb_span line)
{
	return line.n && (line.p[0] == ' ' || line.p[0] == '\t');
}

static bool has_blanks_around(struct lb_span text)
{
	return lb_span_trim(text).n != text.n;
}

static int parse_element(struct lb_span line, unsigned number, struct lb_span *label, struct lb_buf *value, unsigned *notes,
	struct lb_error *err)
{
	struct lb_span rest = line;
	if (!memchr(line.p, ':', line.n) || !lb_span_cut(&rest, ':', label) || lb_span_trim(*label).n == 0)
		return lb_fail(err, LB_FORMAT, "line %u is not of the form \"Label: value\"", number);
	*notes |= has_blanks_around(*label) ? LB_BAG_INFO_LABEL : 0;
	*notes |= rest.n && rest.p[0] != ' ' && rest.p[0] != '\t' ? LB_BAG_INFO_COLON : 0;
	*label = lb_span_trim(*label);
	rest = lb_span_trim(rest);
	lb_buf_add(value, rest.p, rest.n);
	return LB_OK;
}

static void join_folded(struct lb_span *text, struct lb_buf *value, unsigned *number)
{
	struct lb_span rest = *text, line;
	while (lb_bag_next_line(&rest, &line) && is_folded(line)) {
		line = lb_span_trim(line);
		if (line.n && value->len)
			lb_buf_addc(value, ' ');
		lb_buf_add(value, line.p, line.n);
		*text = rest;
		++*number;
	}
}

int lb_bag_info_parse(struct lb_span text, lb_bag_info_fn *each, void *arg, unsigned *notes, struct lb_error *err)
{
	unsigned unasked = 0;
	LB_AUTO(lb_buf_clear) struct lb_buf value = LB_BUF(INFO_VALUE_MAX);
	struct lb_span line, label;
	notes = notes ? notes : &unasked;
	for (unsigned number = 1; lb_bag_next_line(&text, &line); number++) {
		if (lb_span_trim(line).n == 0) {
			*notes |= LB_BAG_INFO_BLANK_LINE;
			continue;
		}
		if (is_folded(line))
			return lb_fail(err, LB_FORMAT, "line %u continues nothing", number);
		lb_buf_reset(&value);
		LB_TRY(parse_element(line, number, &label, &value, notes, err));
		join_folded(&text, &value, &number);
		LB_TRY(lb_buf_check(&value, "a value of the bag's information", err));
		LB_TRY(each(arg, label, lb_buf_span(&value), err));
	}
	return LB_OK;
}

void lb_bag_info_format(struct lb_buf *b, const char *label, const char *value)
{
	struct lb_span rest = lb_span_trim(lb_span(value)), line;
	lb_buf_addf(b, "%s:", label);
	for (const char *indent = " "; lb_bag_next_line(&rest, &line); indent = "\n  ") {
		line = lb_span_trim(line);
		if (line.n == 0)
			continue;
		lb_buf_adds(b, indent);
		lb_buf_add(b, line.p, line.n);
	}
	lb_buf_addc(b, '\n');
}

static int check_text(struct lb_span text, const char *what, const char *allowed, struct lb_error *err)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if ((c < 0x20 || c == 0x7F) && !strchr(allowed, c))
			return lb_fail(err, LB_USAGE, "the %s has a control character", what);
	}
	return lb_utf8_valid(text) ? LB_OK : lb_fail(err, LB_USAGE, "the %s is not UTF-8", what);
}

int lb_bag_info_split(const char *text, struct lb_span *label, struct lb_span *value, struct lb_error *err)
{
	struct lb_span rest = lb_span(text), first;
	if (!strchr(text, ':') || !lb_span_cut(&rest, ':', &first))
		return lb_fail(err, LB_USAGE, "there is no colon");
	if (first.n == 0 || has_blanks_around(first))
		return lb_fail(err, LB_USAGE, first.n ? "the label has blanks around it" : "the label is missing");
	if (lb_span_trim(rest).n == 0)
		return lb_fail(err, LB_USAGE, "the value is missing");
	LB_TRY(check_text(first, "label", "", err));
	LB_TRY(check_text(rest, "value", "\t\r\n", err));
	*label = first;
	*value = lb_span_trim(rest);
	return LB_OK;
}

bool lb_bag_label_is(struct lb_span label, const char *name)
{
	return label.n == strlen(name) && strncasecmp(label.p, name, label.n) == 0;
}

bool lb_bag_label_is_single(struct lb_span label)
{
	static const char *const single[] = {"Bagging-Date", "Bag-Size", "Bag-Group-Identifier", "Bag-Count"};
	for (size_t i = 0; i < LB_COUNT(single); i++)
		if (lb_bag_label_is(label, single[i]))
			return true;
	return false;
}

bool lb_bag_oxum_parse(struct lb_span value, uint64_t *octets, uint64_t *files)
{
	struct lb_span rest = value, part;
	uint64_t first, second;
	if (!lb_span_cut(&rest, '.', &part) || !lb_parse_u64(part, &first) || !lb_parse_u64(rest, &second))
		return false;
	*octets = first;
	*files = second;
	return true;
}
