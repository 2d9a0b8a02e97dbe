#include <ctype.h>
#include <string.h>

#include "format/bag/bag.h"

#define PATH_WRITTEN_MAX (3 * 4096) /* a path of 4096 bytes, all of them encoded */

bool lb_bag_next_line(struct lb_span *rest, struct lb_span *line)
{
	if (rest->n == 0)
		return false;
	size_t n = 0;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = (struct lb_span){rest->p, n};
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	if (n < rest->n)
		n++;
	*rest = (struct lb_span){rest->p + n, rest->n - n};
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct lb_span cut_word(struct lb_span *rest)
{
	size_t n = 0;
	while (n < rest->n && !is_blank(rest->p[n]))
		n++;
	struct lb_span word = {rest->p, n};
	while (n < rest->n && is_blank(rest->p[n]))
		n++;
	*rest = (struct lb_span){rest->p + n, rest->n - n};
	return word;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static int check_digest(struct lb_span word, enum lb_hash hash, struct lb_error *err)
{
	if (word.n != lb_hash_hex_len(hash))
		return lb_fail(err, LB_FORMAT, "expected a digest of %zu characters, found %zu",
			lb_hash_hex_len(hash), word.n);
	for (size_t i = 0; i < word.n; i++)
		if (!is_hex(word.p[i]))
			return lb_fail(err, LB_FORMAT, "the digest is not hexadecimal");
	return LB_OK;
}

static int check_path(struct lb_span path, struct lb_error *err)
{
	if (path.n == 0)
		return lb_fail(err, LB_FORMAT, "the path is missing");
	if (path.n > PATH_WRITTEN_MAX)
		return lb_fail(err, LB_LIMIT, "the path is longer than %d bytes", PATH_WRITTEN_MAX);
	if (memchr(path.p, '\0', path.n))
		return lb_fail(err, LB_FORMAT, "the path has a NUL byte");
	return LB_OK;
}

static char *lower_case(struct lb_span word, struct lb_arena *arena)
{
	char *s = lb_arena_strndup(arena, word.p, word.n);
	for (char *p = s; *p; p++)
		if (*p >= 'A' && *p <= 'F')
			*p = (char)(*p | 0x20);
	return s;
}

/* The byte that an escape at p stands for, or '\0': RFC 8493 knows these three and no others. */
static char escaped(const char *p)
{
	static const struct { char high, low, byte; } escapes[] = {{'0', 'A', '\n'}, {'0', 'D', '\r'}, {'2', '5', '%'}};
	for (size_t i = 0; i < LB_COUNT(escapes); i++)
		if (p[1] == escapes[i].high && toupper((unsigned char)p[2]) == escapes[i].low)
			return escapes[i].byte;
	return '\0';
}

static const char *decode_path(const char *literal, struct lb_arena *arena, unsigned *notes)
{
	if (!strchr(literal, '%'))
		return literal;
	char *path = lb_arena_strdup(arena, literal), *to = path;
	for (const char *from = literal; *from; to++) {
		char byte = *from == '%' && from[1] ? escaped(from) : '\0';
		if (*from == '%' && !byte)
			*notes |= LB_BAG_PERCENT;
		*to = byte ? byte : *from;
		from += byte ? 3 : 1;
	}
	*to = '\0';
	return path;
}

static void skip_prefixes(struct lb_span *path, unsigned *notes)
{
	if (path->n > 1 && path->p[0] == '*') {
		*path = (struct lb_span){path->p + 1, path->n - 1};
		*notes |= LB_BAG_STAR;
	}
	while (path->n > 2 && lb_span_starts(*path, "./")) {
		*path = (struct lb_span){path->p + 2, path->n - 2};
		*notes |= LB_BAG_DOT_SLASH;
	}
}

int lb_bag_line_parse(struct lb_span line, enum lb_hash hash, struct lb_arena *arena, struct lb_bag_line *out,
	struct lb_error *err)
{
	struct lb_bag_line parsed = {0};
	struct lb_span path = line, digest = cut_word(&path);
	LB_TRY(check_digest(digest, hash, err));
	skip_prefixes(&path, &parsed.notes);
	LB_TRY(check_path(path, err));
	parsed.digest = lower_case(digest, arena);
	parsed.literal = lb_arena_strndup(arena, path.p, path.n);
	parsed.path = decode_path(parsed.literal, arena, &parsed.notes);
	*out = parsed;
	return LB_OK;
}

void lb_bag_line_format(struct lb_buf *b, const char *digest, const char *path)
{
	lb_buf_addf(b, "%s  ", digest);
	for (; *path; path++) {
		if (*path == '\n' || *path == '\r' || *path == '%')
			lb_buf_addf(b, "%%%02X", (unsigned)*path);
		else
			lb_buf_addc(b, *path);
	}
	lb_buf_addc(b, '\n');
}

int lb_bag_fetch_parse(struct lb_span line, struct lb_arena *arena, struct lb_bag_fetch *out, struct lb_error *err)
{
	struct lb_bag_fetch parsed = {.length = LB_BAG_NO_LENGTH};
	struct lb_span path = line, url = cut_word(&path), length = cut_word(&path);
	unsigned notes = 0;
	if (url.n == 0 || memchr(url.p, '\0', url.n))
		return lb_fail(err, LB_FORMAT, "the address is missing, or has a NUL byte");
	if (!lb_span_is(length, "-") && !lb_parse_u64(length, &parsed.length))
		return lb_fail(err, LB_FORMAT, "the length is neither a number nor \"-\"");
	LB_TRY(check_path(path, err));
	parsed.url = lb_arena_strndup(arena, url.p, url.n);
	parsed.path = decode_path(lb_arena_strndup(arena, path.p, path.n), arena, &notes);
	*out = parsed;
	return LB_OK;
}

bool lb_bag_manifest_name(struct lb_span file, bool *tag, enum lb_hash *hash, bool *known)
{
	static const char suffix[] = ".txt";
	bool is_tag = lb_span_starts(file, "tagmanifest-");
	size_t prefix = is_tag ? strlen("tagmanifest-") : strlen("manifest-");
	if ((!is_tag && !lb_span_starts(file, "manifest-")) || !lb_span_ends(file, suffix) || file.n <= prefix + strlen(suffix))
		return false;
	struct lb_span algorithm = {file.p + prefix, file.n - prefix - strlen(suffix)};
	*tag = is_tag;
	*known = lb_hash_by_name(algorithm, hash);
	return true;
}
