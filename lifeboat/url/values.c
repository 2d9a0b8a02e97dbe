#include <string.h>
#include <strings.h>

#include "lifeboat/url/internal.h"

#define ID_DIGITS 20
#define NAME_BYTES 255
#define TEXT_BYTES 1024

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
	return is_lower((char)(c | 0x20));
}

bool lb_url_is_digits(struct lb_span s, size_t max)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
	}
	return s.n > 0 && s.n <= max;
}

static bool is_number(struct lb_span s)
{
	return lb_url_is_digits(s, ID_DIGITS);
}

/* No id begins with 0: "0123" is a typing error for one that nobody knows. */
static bool is_id(struct lb_span s)
{
	return is_number(s) && s.p[0] != '0';
}

/* ---- members, groups, tags ---- */

/* [0-9]{5,11}@N[0-9]{2}, the n as it may come */
bool lb_url_is_nsid(struct lb_span s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
	if (!at)
		return false;
	struct lb_span number = { s.p, (size_t)(at - s.p) }, tail = { at + 1, s.n - number.n - 1 };
	return number.n >= 5 && lb_url_is_digits(number, 11) && tail.n == 3 && (tail.p[0] | 0x20) == 'n' &&
	       is_digit(tail.p[1]) && is_digit(tail.p[2]);
}

/* "page7"; a position that fits no number is none. */
static bool is_page(struct lb_span s)
{
	int64_t page;
	return lb_span_starts(s, "page") && s.n > 4 && is_digit(s.p[4]) && lb_parse_i64((struct lb_span){ s.p + 4, s.n - 4 }, &page);
}

/* Pages of the site that stand where a name would. */
static bool is_reserved(struct lb_span s)
{
	static const char *const words[] = {
		"me", "tags", "search", "explore", "upload", "organize", "friends", "contacts", "family", "public", "everyone",
		"all", "map", "page", "pool", "with", "discuss", "create", "you", "sets", "albums",
	};
	for (size_t i = 0; i < LB_COUNT(words); i++) {
		if ((s.p[0] | 0x20) == words[i][0] && s.n == strlen(words[i]) && !strncasecmp(s.p, words[i], s.n))
			return true;
	}
	return false;
}

static bool is_name(struct lb_span s)
{
	if (!s.n || s.n > NAME_BYTES || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_' && c != '@' && c != '.')
			return false;
	}
	return !is_reserved(s) && !is_page(s);
}

bool lb_url_is_text(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	}
	return s.n > 0 && s.n <= TEXT_BYTES && lb_utf8_valid(s);
}

/* ---- short ids, files ---- */

static bool read_base58(struct lb_span s, uint64_t *out)
{
	static const char alphabet[] = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
	uint64_t id = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *digit = s.p[i] ? strchr(alphabet, s.p[i]) : NULL;
		if (!digit || __builtin_mul_overflow(id, (uint64_t)58, &id) ||
			__builtin_add_overflow(id, (uint64_t)(digit - alphabet), &id))
			return false;
	}
	*out = id;
	return s.n > 0 && s.p[0] != '1'; /* the digit 0: no id begins with it */
}

static bool is_short(struct lb_span s)
{
	uint64_t ignored;
	return read_base58(s, &ignored);
}

const char *lb_base58_id(struct lb_span text, struct lb_arena *arena)
{
	char digits[ID_DIGITS];
	size_t at = sizeof digits;
	uint64_t id;
	if (!read_base58(text, &id))
		return NULL;
	for (; id; id /= 10)
		digits[--at] = (char)('0' + id % 10);
	return lb_arena_strndup(arena, digits + at, sizeof digits - at);
}

static bool is_lower_word(struct lb_span s, size_t max)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) && !is_lower(s.p[i]))
			return false;
	}
	return s.n > 0 && s.n <= max;
}

static bool is_secret(struct lb_span s)
{
	return is_lower_word(s, 32);
}

static bool is_extension(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) && !is_letter(s.p[i]))
			return false;
	}
	return s.n >= 2 && s.n <= 5;
}

struct lb_span lb_url_file_part(struct lb_span file, unsigned index)
{
	struct lb_span stem = { "", 0 }, part = { "", 0 };
	lb_span_cut(&file, '.', &stem);
	for (unsigned i = 0; i <= index; i++) {
		if (!lb_span_cut(&stem, '_', &part))
			return (struct lb_span){ "", 0 };
	}
	return part;
}

/* ID_SECRET[_SIZE][_d].EXT */
static bool is_file(struct lb_span s)
{
	struct lb_span stem, id, part;
	unsigned words = 0;
	if (!lb_span_cut(&s, '.', &stem) || !is_extension(s) || !lb_span_cut(&stem, '_', &id) || !is_id(id))
		return false;
	for (; lb_span_cut(&stem, '_', &part); words++) {
		if (!(words ? is_lower_word(part, 4) : is_secret(part)))
			return false;
	}
	return words >= 1 && words <= 3;
}

static bool is_flash(struct lb_span s)
{
	return lb_span_ends(s, ".swf") && is_name(s);
}

/* Of a guest pass */
static bool is_code(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]) && !is_letter(s.p[i]))
			return false;
	}
	return s.n >= 4 && s.n <= 32;
}

/* ---- dates ---- */

static bool is_between(struct lb_span s, uint64_t low, uint64_t high)
{
	uint64_t n;
	return lb_parse_u64(s, &n) && n >= low && n <= high;
}

static bool is_year(struct lb_span s)
{
	return lb_url_is_digits(s, 4) && is_between(s, 1000, 9999);
}

static bool is_month(struct lb_span s)
{
	return lb_url_is_digits(s, 2) && is_between(s, 1, 12);
}

static bool is_day(struct lb_span s)
{
	return lb_url_is_digits(s, 2) && is_between(s, 1, 31);
}

static bool is_date(struct lb_span s)
{
	return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && is_year((struct lb_span){ s.p, 4 }) &&
	       is_month((struct lb_span){ s.p + 5, 2 }) && is_day((struct lb_span){ s.p + 8, 2 });
}

static bool is_dated(struct lb_span s)
{
	return lb_span_is(s, "date-taken") || lb_span_is(s, "date-posted");
}

/* ---- other words ---- */

/* Ways of looking at the same photos. */
static bool is_view(struct lb_span s)
{
	static const char *const words[] = {
		"show", "detail", "map", "slideshow", "comments", "calendar", "interesting", "popular", "popular-views", "popular-faves",
		"popular-comments", "popular-interesting", "lightbox",
	};
	for (size_t i = 0; i < LB_COUNT(words); i++) {
		if (lb_span_is(s, words[i]))
			return true;
	}
	return false;
}

static const struct lb_url_value values[] = {
	{ "{user}", is_name, LB_SLOT_USER },
	{ "{photo}", is_id, LB_SLOT_PHOTO },
	{ "{page}", is_page, LB_SLOT_PAGE },
	{ "{view}", is_view, LB_SLOT_NONE },
	{ "{album}", is_id, LB_SLOT_ALBUM },
	{ "{file}", is_file, LB_SLOT_FILE },
	{ "{digits}", is_number, LB_SLOT_NONE },
	{ "{short}", is_short, LB_SLOT_SHORT },
	{ "{tag}", lb_url_is_text, LB_SLOT_TAG },
	{ "{group}", is_name, LB_SLOT_GROUP },
	{ "{member}", is_name, LB_SLOT_MEMBER },
	{ "{gallery}", is_id, LB_SLOT_GALLERY },
	{ "{collection}", is_id, LB_SLOT_COLLECTION },
	{ "{secret}", is_secret, LB_SLOT_SECRET },
	{ "{code}", is_code, LB_SLOT_CODE },
	{ "{swf}", is_flash, LB_SLOT_NONE },
	{ "{dated}", is_dated, LB_SLOT_DATED },
	{ "{date}", is_date, LB_SLOT_DATE },
	{ "{year}", is_year, LB_SLOT_YEAR },
	{ "{month}", is_month, LB_SLOT_MONTH },
	{ "{day}", is_day, LB_SLOT_DAY },
};

const struct lb_url_value *lb_url_value_named(struct lb_span name)
{
	for (size_t i = 0; i < LB_COUNT(values); i++) {
		if (!strncmp(values[i].name, name.p, name.n) && values[i].name[name.n] == '\0')
			return &values[i];
	}
	return NULL;
}
