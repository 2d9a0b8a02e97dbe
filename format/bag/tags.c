#include <string.h>

#include "format/bag/bag.h"

#define INFO_VALUE_MAX ((size_t)1 << 20)

const char lb_bag_declaration_text[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/* ---- bagit.txt ---- */

static bool labelled(struct lb_span line, const char *label, struct lb_span *value)
{
	size_t n = strlen(label);
	if (!lb_span_starts(line, label) || line.n == n || line.p[n] != ':')
		return false;
	*value = lb_span_trim((struct lb_span){line.p + n + 1, line.n - n - 1});
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
	if (!lb_bag_next_line(&text, &line) || !labelled(line, "BagIt-Version", &value))
		return lb_fail(err, LB_FORMAT, "the first line must be \"BagIt-Version: M.N\"");
	if (!parse_version(value, &parsed.version))
		return lb_fail(err, LB_FORMAT, "the version is not of the form M.N");
	if (!lb_bag_next_line(&text, &line) || !labelled(line, "Tag-File-Character-Encoding", &value))
		return lb_fail(err, LB_FORMAT, "the second line must be \"Tag-File-Character-Encoding: …\"");
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

static int parse_element(struct lb_span line, unsigned number, struct lb_span *label, struct lb_buf *value,
	struct lb_error *err)
{
	struct lb_span rest = line;
	if (!memchr(line.p, ':', line.n) || !lb_span_cut(&rest, ':', label) || lb_span_trim(*label).n == 0)
		return lb_fail(err, LB_FORMAT, "line %u is not of the form \"Label: value\"", number);
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

int lb_bag_info_parse(struct lb_span text, lb_bag_info_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf value = LB_BUF(INFO_VALUE_MAX);
	struct lb_span line, label;
	for (unsigned number = 1; lb_bag_next_line(&text, &line); number++) {
		if (lb_span_trim(line).n == 0)
			continue;
		if (is_folded(line))
			return lb_fail(err, LB_FORMAT, "line %u continues nothing", number);
		lb_buf_reset(&value);
		LB_TRY(parse_element(line, number, &label, &value, err));
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
