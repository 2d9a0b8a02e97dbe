/* Any bytes as the text files of a bag. The first byte chooses the algorithm of the lines. */
#include <stdlib.h>
#include <string.h>

#include "format/bag/bag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int look(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err)
{
	struct lb_buf *b = arg;
	(void)err;
	if (label.n == 0)
		abort();
	lb_buf_reset(b);
	lb_buf_add(b, value.p, value.n);
	return LB_OK;
}

/* What was parsed is written, and parsed again to the same. */
static void again(enum lb_hash hash, const struct lb_bag_line *line, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	struct lb_bag_line second;
	lb_bag_line_format(&b, line->digest, line->path);
	struct lb_span rest = lb_buf_span(&b), one;
	if (!lb_bag_next_line(&rest, &one) || rest.n)
		abort();
	/* a path that begins with a blank, '*' or "./" is one that no manifest can tell */
	if (!*line->path || strchr(" \t*.", *line->path))
		return;
	if (lb_bag_line_parse(one, hash, arena, &second, NULL) || strcmp(second.path, line->path) || strcmp(second.digest, line->digest))
		abort();
}

static void try_lines(struct lb_span text, enum lb_hash hash, struct lb_arena *arena)
{
	struct lb_span line;
	struct lb_bag_line parsed;
	struct lb_bag_fetch fetch;
	for (size_t before = text.n + 1; lb_bag_next_line(&text, &line); before = text.n) {
		if (text.n >= before)
			abort(); /* would never end */
		if (lb_bag_line_parse(line, hash, arena, &parsed, NULL) == LB_OK)
			again(hash, &parsed, arena);
		if (lb_bag_fetch_parse(line, arena, &fetch, NULL) == LB_OK && (!*fetch.url || !*fetch.path))
			abort();
	}
}

static void try_encodings(struct lb_span text)
{
	static const char *const encodings[] = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "US-ASCII"};
	for (size_t i = 0; i < LB_COUNT(encodings); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
		if (lb_bag_decode(text, encodings[i], &b, NULL) == LB_OK && !lb_utf8_valid(lb_buf_span(&b)))
			abort();
	}
}

static int same(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err)
{
	const struct lb_span *expected = arg;
	(void)err;
	if (!lb_span_eq(label, expected[0]) || (!memchr(expected[1].p, '\n', expected[1].n) && !memchr(expected[1].p, '\r', expected[1].n) &&
		!lb_span_eq(value, expected[1])))
		abort();
	return LB_OK;
}

/* What a user may give as a line is read back as it was, and without anything to note. */
static void try_split(struct lb_span text)
{
	LB_AUTO(lb_freep) char *given = lb_strndup(text.p, text.n);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
	struct lb_span parts[2];
	unsigned notes = 0;
	if (lb_bag_info_split(given, &parts[0], &parts[1], NULL) != LB_OK)
		return;
	LB_AUTO(lb_freep) char *label = lb_strndup(parts[0].p, parts[0].n);
	LB_AUTO(lb_freep) char *value = lb_strndup(parts[1].p, parts[1].n);
	lb_bag_info_format(&b, label, value);
	if (lb_bag_info_parse(lb_buf_span(&b), same, parts, &notes, NULL) != LB_OK || notes)
		abort();
	lb_bag_label_is_single(parts[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
	struct lb_span text = {(const char *)data, size};
	struct lb_bag_declaration declaration;
	uint64_t octets, files;
	bool tag, known;
	enum lb_hash hash;
	try_lines(text, (enum lb_hash)(size ? data[0] % LB_HASH_COUNT : 0), &arena);
	try_encodings(text);
	if (lb_bag_declaration_parse(text, &declaration, NULL) == LB_OK && !memchr(declaration.encoding, 0, sizeof declaration.encoding))
		abort();
	unsigned notes = 0;
	int rc = lb_bag_info_parse(text, look, &b, &notes, NULL);
	(void)rc;
	try_split(text);
	lb_bag_oxum_parse(text, &octets, &files);
	lb_bag_manifest_name(text, &tag, &hash, &known);
	return 0;
}
