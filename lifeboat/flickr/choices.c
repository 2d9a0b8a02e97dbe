/* What --layers chooses from, and icons, which no method tells: their address follows from the member's record. */
#include "lifeboat/flickr/fields.h"

/* Defaults: what a reader in a hundred years cannot get from anywhere else, for the calls that it costs. */
const struct lb_choice_info lb_choices[LB_CHOICE_COUNT] = {
	[LB_CHOICE_PHOTO] = { "photo", true,
		"the photo itself with title, description, tags, notes, place, dates, rights and its owner (always taken)" },
	[LB_CHOICE_COMMENTS] = { "comments", true,
		"what people said under a photo, one call for each photo that has any" },
	[LB_CHOICE_FAVES] = { "faves", true,
		"who liked a photo and when, one call for every 50 of them" },
	[LB_CHOICE_PEOPLE] = { "people", true,
		"who is in a photo, one call for each photo that has anyone marked" },
	[LB_CHOICE_ALBUMS] = { "albums", true,
		"how the owner arranged the photos, in what order and with what words, few calls for a whole stream" },
	[LB_CHOICE_GROUPS] = { "groups", true,
		"which communities a photo was shared with and what these were about, one call a photo" },
	[LB_CHOICE_GALLERIES] = { "galleries", true,
		"who chose a photo for a gallery of theirs, which nothing else tells, one call a photo" },
	[LB_CHOICE_EXIF] = { "exif", true,
		"camera and settings, read from the original at no call, one call for each photo kept without it" },
	[LB_CHOICE_LICENSES] = { "licenses", false,
		"earlier licences of a photo, one call a photo; the licence of the day is on record without it" },
	[LB_CHOICE_PROFILES] = { "profiles", true,
		"what the owners say of themselves, one call for each owner" },
	[LB_CHOICE_ICONS] = { "icons", true,
		"the small pictures by which members knew each other, one small file for each and no call" },
};

uint32_t lb_choices_default(void)
{
	uint32_t bits = 0;
	for (int i = 0; i < LB_CHOICE_COUNT; i++)
		bits |= (uint32_t)lb_choices[i].by_default << i;
	return bits;
}

/* ---- reading --layers ------------------------------------------------------------------------ */

static bool word_means(struct lb_span word, uint32_t *bits)
{
	if (lb_span_is(word, "all"))
		return *bits = (UINT32_C(1) << LB_CHOICE_COUNT) - 1, true;
	if (lb_span_is(word, "default"))
		return *bits = lb_choices_default(), true;
	for (int i = 0; i < LB_CHOICE_COUNT; i++) {
		if (lb_span_is(word, lb_choices[i].name))
			return *bits = UINT32_C(1) << i, true;
	}
	return false;
}

static int no_choice(struct lb_span word, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(256), known = LB_BUF(1024);
	lb_show(&shown, (struct lb_span){ word.p, word.n < 40 ? word.n : 40 });
	for (int i = 0; i < LB_CHOICE_COUNT; i++)
		lb_buf_addf(&known, "%s, ", lb_choices[i].name);
	lb_fail(err, LB_USAGE, "there is no layer \"%s\"", lb_buf_str(&shown));
	return lb_hint(err, "the layers are %sall, default", lb_buf_str(&known));
}

int lb_choices_parse(const char *text, uint32_t *out, struct lb_error *err)
{
	struct lb_span rest = lb_span(text), word;
	uint32_t chosen = 0, bits;
	for (bool first = true; lb_span_cut(&rest, ',', &word); first = false) {
		word = lb_span_trim(word);
		bool less = lb_span_starts(word, "-");
		struct lb_span name = less ? (struct lb_span){ word.p + 1, word.n - 1 } : word;
		if (!word_means(name, &bits))
			return no_choice(word, err);
		if (less && bits == UINT32_C(1) << LB_CHOICE_PHOTO)
			return lb_fail(err, LB_USAGE, "layer \"photo\" cannot be left out: it is what a lifeboat is of");
		if (less && first)
			chosen = lb_choices_default();
		chosen = less ? chosen & ~bits : chosen | bits;
	}
	if (lb_span(text).n == 0)
		return no_choice(lb_span(text), err);
	*out = chosen | UINT32_C(1) << LB_CHOICE_PHOTO;
	return 0;
}

/* ---- icons ----------------------------------------------------------------------------------- */

/* Facts: https://www.flickr.com/services/api/misc.buddyicons.html */
const char *lb_icon_url(const struct lb_person *p, struct lb_arena *a)
{
	uint64_t server;
	struct lb_span farm = lb_span(p->iconfarm);
	if (!p->nsid || !lb_field_is_name(lb_span(p->nsid), 64) || !lb_field_is_digits(farm, 6))
		return NULL;
	if (!lb_parse_u64(lb_span(p->iconserver), &server) || server == 0 || server > 999999)
		return NULL;
	return lb_arena_printf(a, "https://farm%s.staticflickr.com/%u/buddyicons/%s.jpg", p->iconfarm,
		(unsigned)server, p->nsid);
}
