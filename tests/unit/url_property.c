/* A million addresses from a fixed pseudo-random source. Built from known parts, the photo that comes out is the one that was
 * put in. After mutations, an id that comes out stands in the text as a whole number or short id. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/url/url.h"
#include "tests/support/support.h"

#define BUILT 500000
#define MUTATED 500000

static uint64_t state;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 0x2545F4914F6CDD1Du >> 16;
}

static size_t below(size_t n)
{
	return (size_t)(next() % n);
}

#define PICK(list) list[below(LB_COUNT(list))]

/* ---- building: %i photo, %s its short id, %u member, %n another number ---- */

static const char *const sites[] = {
	"www.flickr.com", "flickr.com", "m.flickr.com", "secure.flickr.com", "WWW.Flickr.com", "www.flickr.com.", "www.flickr.com:443",
	"flickr.com:80", "www2.flickr.com", "embedr.flickr.com",
};
static const char *const files[] = {
	"live.staticflickr.com/65535", "farm4.static.flickr.com/3255", "farm66.staticflickr.com/65535", "static.flickr.com/63",
	"photos12.flickr.com", "photos.flickr.com", "c1.staticflickr.com/9/8720", "LIVE.staticflickr.com/7372",
};
static const char *const schemes[] = { "https://", "http://", "HTTP://", "//", "" };
static const char *const photo_pages[] = {
	"/photos/%u/%i", "/photos/%u/%i/", "//photos//%u//%i//", "/photo/%u/%i", "/photos/%u/%i/sizes/o/in/photostream/",
	"/photos/%u/%i/in/set-%n/", "/photos/%u/%i/in/photolist-%s-%s", "/photos/%u/with/%i/", "/PHOTOS/%u/%i/", "/photos/%u/%i/lightbox",
	"/photo.gne?id=%i", "/photo.gne?rb=%n&id=%i", "/photo_zoom.gne?id=%i&size=o", "/photo_exif.gne?id=%i", "/photo_edit.gne?id=%i",
	"/video_download.gne?id=%i", "/photo.gne?short=%s", "/apps/video/stewart.swf?v=%n&photo_id=%i", "/player.swf?photo_id=%i",
	"/%%70hotos/%u/%i",
};
static const char *const photo_files[] = {
	"/%i_0a1b2c3d4e.jpg", "/%i_0a1b2c3d4e_b.jpg", "/%i_0a1b2c3d4e_o_d.png", "/%i_ffffffffff_3k.jpg", "/%i_1234567890_o.gif",
};
static const char *const other_pages[] = {
	"", "/", "/photos/%u/", "/photos/%u/page%n", "/people/%u", "/photos/tags/%n", "/photos/tags/%n/page2", "/photos/%u/albums/%n",
	"/photos/%u/albums/%n/with/%i", "/photos/%u/sets/%n/page3", "/photos/%u/galleries/%n", "/photos/%u/tags/%n", "/groups/%u/pool/page%n",
	"/groups/%u/pool/with/%i", "/groups/%u/discuss/%n/%i", "/photos/%u/favorites/with/%i", "/photos/%u/collections/%n",
	"/photos/%u/archives/date-taken/2010/05/", "/explore/2020/01/31", "/search/?text=%n&user_id=", "/photos/me/%i",
	"/photos/%u/0%i", "/photos/%u/%ix", "/photos/%u/x%i", "/photos/%u/%i..%n", "/groups.gne?id=%i", "/photos/upload/%i",
	"/photos/%u/%i/../%n", "/photo.gne?id=%i&id=%n9", "/photos/%u/%i#/photos/%u/%n9", "/photos/%u/%i%%2F%n", "/account?id=%i",
};
static const char *const befores[] = { "", "", "", " ", "<", "(", "see ", "URL: ", "\xe2\x80\x9c", "[a boat](", "\"", "**", "|" };
static const char *const afters[] = { "", "", "", " ", ".", ",", ">", ")", "\xe2\x80\x9d", "\"", ").", "?x=1", "#top", "'", "!" };

static const char alphabet[] = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

struct made { struct lb_buf url; char id[24], id58[16], member[32]; };

static void encode58(uint64_t id, char out[16])
{
	char digits[16];
	size_t n = 0;
	for (; id; id /= 58)
		digits[n++] = alphabet[id % 58];
	for (size_t i = 0; i < n; i++)
		out[i] = digits[n - 1 - i];
	out[n] = '\0';
}

static void choose_parts(struct made *m)
{
	uint64_t id = next() >> below(47);
	id = id ? id : 1;
	snprintf(m->id, sizeof m->id, "%llu", (unsigned long long)id);
	encode58(id, m->id58);
	snprintf(m->member, sizeof m->member, below(2) ? "member_%zu" : "%zu@N00", 10000 + below(90000000));
}

static void add_pattern(struct made *m, const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern != '%') {
			lb_buf_addc(&m->url, *pattern);
			continue;
		}
		switch (*++pattern) {
		case 'i': lb_buf_adds(&m->url, m->id); break;
		case 's': lb_buf_adds(&m->url, m->id58); break;
		case 'u': lb_buf_adds(&m->url, m->member); break;
		case 'n': lb_buf_addf(&m->url, "%zu", 1 + below(1000000)); break;
		default: lb_buf_addc(&m->url, *pattern);
		}
	}
}

static void make(struct made *m, const char *host, const char *pattern)
{
	lb_buf_adds(&m->url, PICK(schemes));
	lb_buf_adds(&m->url, host);
	add_pattern(m, pattern);
}

/* Returns whether it is the address of the photo m->id. */
static bool make_any(struct made *m)
{
	size_t what = below(10);
	choose_parts(m);
	if (what < 4)
		make(m, PICK(sites), PICK(photo_pages));
	else if (what < 6)
		make(m, PICK(files), PICK(photo_files));
	else if (what == 6)
		make(m, below(2) ? "flic.kr" : "FLIC.KR", "/p/%s");
	else if (what == 7)
		make(m, "live.staticflickr.com", "/video/%i/0a1b2c3d4e/720p.mp4");
	else
		make(m, PICK(sites), PICK(other_pages));
	return what < 8;
}

START_TEST(what_is_put_in_comes_out)
{
	struct made m = { .url = LB_BUF(4096) };
	struct lb_arena arena = { 0 };
	size_t photos = 0;
	state = 88172645463325252u;
	for (size_t i = 0; i < BUILT; i++) {
		struct lb_flickr_url u = { 0 };
		lb_buf_reset(&m.url);
		lb_buf_adds(&m.url, PICK(befores));
		bool photo = make_any(&m);
		const char *after = PICK(afters);
		lb_buf_adds(&m.url, *after == '?' && strchr(m.url.p, '?') ? "" : after);
		int rc = lb_flickr_url_parse(lb_buf_str(&m.url), &arena, &u, NULL);
		if (photo ? rc || !u.photo_id || strcmp(u.photo_id, m.id) : u.photo_id != NULL)
			ck_abort_msg("%s: %d, photo %s", lb_buf_str(&m.url), rc, u.photo_id);
		photos += photo;
		lb_arena_reset(&arena);
	}
	ck_assert_uint_gt(photos, BUILT / 2);
	lb_buf_clear(&m.url);
	lb_arena_clear(&arena);
}
END_TEST

/* ---- mutating ---- */

static const char *const pieces[] = {
	"/", "//", "?", "#", "&", "=", "%", "%2F", "%31", "%00", "..", "/../", ".", ",", " ", "<", ">", "(", ")", "'", "\"", "\\", "@", ":", ":80",
	"0", "1", "9", "123", "_", "-", "+", "x", "N", "page2", "tags", "photos", "/photos/", "sets", "with", "id=", "short=", "photo.gne",
	"https://", "www.flickr.com", "flic.kr/p/", "\xc3\xa9", "\xff", "\xe2\x80\xa6", "\xd9\xa1", "\n", "\t", "|", "[", "]", "#/", "~",
};

static void splice(struct lb_buf *b, size_t at, size_t gone, const char *piece, size_t n)
{
	char tail[4096];
	size_t rest = b->len - at - gone;
	memcpy(tail, b->p + at + gone, rest);
	b->len = at;
	lb_buf_add(b, piece, n);
	lb_buf_add(b, tail, rest);
}

static void mutate(struct lb_buf *b)
{
	size_t at = below(b->len + 1), left = b->len - at, n = left ? 1 + below(left < 8 ? left : 8) : 0;
	const char *piece = PICK(pieces);
	char copy[16];
	switch (below(5)) {
	case 0: splice(b, at, 0, piece, strlen(piece)); break;
	case 1: splice(b, at, n, "", 0); break;
	case 2: splice(b, at, left ? 1 : 0, piece, strlen(piece)); break;
	case 3:
		memcpy(copy, b->p + at, n);
		splice(b, below(b->len + 1), 0, copy, n);
		break;
	default:
		if (left)
			b->p[at] ^= (char)(1 << below(7));
		if (left && !b->p[at])
			b->p[at] = '0';
	}
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* Whether `word` stands in the text with no other character of `set` on either side. */
static bool stands_alone(const char *text, const char *word, const char *set)
{
	size_t n = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at++) {
		if ((at == text || !is_one_of(at[-1], set)) && !is_one_of(at[n], set))
			return true;
	}
	return false;
}

static void decode_what_can_be(char *to, const char *from)
{
	for (; *from; to++) {
		char hex[3] = { from[0] == '%' ? from[1] : '\0', from[0] == '%' && from[1] ? from[2] : '\0', '\0' }, *end;
		long c = strtol(hex, &end, 16);
		bool coded = strlen(hex) == 2 && end == hex + 2 && is_one_of(hex[0], "0123456789abcdefABCDEF") && c > 0;
		*to = coded ? (char)c : *from;
		from += coded ? 3 : 1;
	}
	*to = '\0';
}

static bool stands_there(const char *url, const char *id)
{
	char decoded[8192], id58[16];
	decode_what_can_be(decoded, url);
	encode58(strtoull(id, NULL, 10), id58);
	return stands_alone(decoded, id, "0123456789") || stands_alone(decoded, id58, alphabet);
}

START_TEST(mutations_give_no_id_that_is_not_there)
{
	struct made m = { .url = LB_BUF(4096) };
	struct lb_arena arena = { 0 };
	size_t photos = 0, refused = 0;
	state = 1442695040888963407u;
	for (size_t i = 0; i < MUTATED; i++) {
		struct lb_flickr_url u = { 0 };
		lb_buf_reset(&m.url);
		make_any(&m);
		for (size_t k = 1 + below(4); k; k--)
			mutate(&m.url);
		int rc = lb_flickr_url_parse(lb_buf_str(&m.url), &arena, &u, NULL);
		if (u.photo_id && !stands_there(lb_buf_str(&m.url), u.photo_id))
			ck_abort_msg("%s: photo %s", lb_buf_str(&m.url), u.photo_id);
		if (rc && rc != LB_USAGE && rc != LB_UNSUPPORTED)
			ck_abort_msg("%s: %d", lb_buf_str(&m.url), rc);
		photos += u.photo_id != NULL;
		refused += rc != LB_OK;
		lb_arena_reset(&arena);
	}
	ck_assert_uint_gt(photos, MUTATED / 20); /* both happen, or nothing was tested */
	ck_assert_uint_gt(refused, MUTATED / 10);
	lb_buf_clear(&m.url);
	lb_arena_clear(&arena);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("url/property");
	TCase *tc = tcase_create("property");
	tcase_add_test(tc, what_is_put_in_comes_out);
	tcase_add_test(tc, mutations_give_no_id_that_is_not_there);
	suite_add_tcase(s, tc);
	return s;
}
