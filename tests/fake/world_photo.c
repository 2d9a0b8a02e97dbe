/* What a world's text may say of a photograph. */
#include <stdio.h>
#include <string.h>

#include "tests/fake/world_parse.h"

#define CROWD_WORDS_MAX 100000
#define EDGE_MIN 16
#define EDGE_MAX 8192

static int photo_owner(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	return world_who(p, value, &photo->owner, err);
}

static int photo_taken(struct parser *p, char *value, struct lb_error *err)
{
	static const struct { const char *name; int granularity; } words[] = {
		{ "second", 0 }, { "month", 4 }, { "year", 6 }, { "circa", 8 },
	};
	struct photo *photo = p->object;
	if (strcmp(value, "unknown") == 0) {
		photo->taken_unknown = true;
		return 0;
	}
	char *day = world_word(&value), *hour = world_word(&value), *word = world_word(&value);
	photo->taken = lb_arena_printf(&p->world->arena, "%s %s", day, hour);
	if (strlen(photo->taken) != 19)
		return world_bad(p, err, "taken needs YYYY-MM-DD hh:mm:ss");
	for (size_t i = 0; i < LB_COUNT(words); i++)
		if (!*word || strcmp(words[i].name, word) == 0) {
			photo->granularity = *word ? words[i].granularity : 0;
			return 0;
		}
	return world_bad(p, err, "\"%s\" is not second, month, year or circa", word);
}

static int photo_place(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	struct place *at = &photo->place;
	int64_t accuracy, context;
	at->latitude = world_word(&value);
	at->longitude = world_word(&value);
	LB_TRY(world_number(p, world_word(&value), &accuracy, err));
	LB_TRY(world_number(p, world_word(&value), &context, err));
	*at = (struct place){ true, at->latitude, at->longitude, value, (int)accuracy, (int)context };
	return 0;
}

static void add_tags(struct photo *photo, const struct member *author, char *value)
{
	while (*value) {
		char *raw = world_part(&value, ';');
		if (!*raw)
			continue;
		LB_GROW(photo->tags, photo->ntags, photo->tags_cap);
		photo->tags[photo->ntags++] = (struct tag){ author, raw };
	}
}

static int photo_tags(struct parser *p, char *value, struct lb_error *err)
{
	(void)err;
	add_tags(p->object, NULL, value);
	return 0;
}

static int photo_tags_by(struct parser *p, char *value, struct lb_error *err)
{
	const struct member *author;
	LB_TRY(world_who(p, world_word(&value), &author, err));
	add_tags(p->object, author, value);
	return 0;
}

static int photo_comment(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	struct comment c;
	LB_TRY(world_who(p, world_word(&value), &c.author, err));
	LB_TRY(world_date(p, world_word(&value), &c.date, err));
	c.text = value;
	LB_GROW(photo->comments, photo->ncomments, photo->comments_cap);
	photo->comments[photo->ncomments++] = c;
	return 0;
}

static int read_box(const struct parser *p, const char *text, int box[4], struct lb_error *err)
{
	char end;
	if (sscanf(text, "%d,%d,%d,%d%c", &box[0], &box[1], &box[2], &box[3], &end) != 4)
		return world_bad(p, err, "\"%s\" is not a box x,y,w,h", text);
	return 0;
}

static int photo_note(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	const struct member *author;
	int box[4];
	LB_TRY(world_who(p, world_word(&value), &author, err));
	LB_TRY(read_box(p, world_word(&value), box, err));
	LB_GROW(photo->notes, photo->nnotes, photo->notes_cap);
	photo->notes[photo->nnotes++] = (struct note){ author, box[0], box[1], box[2], box[3], value };
	return 0;
}

static int photo_person(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	struct depicted d = { 0 };
	int box[4] = { 0 };
	LB_TRY(world_who(p, world_word(&value), &d.member, err));
	if (strcmp(world_word(&value), "by") != 0)
		return world_bad(p, err, "person WHO by WHO [x,y,w,h]");
	LB_TRY(world_who(p, world_word(&value), &d.added_by, err));
	d.box = *value != 0;
	if (d.box)
		LB_TRY(read_box(p, value, box, err));
	d.x = box[0];
	d.y = box[1];
	d.w = box[2];
	d.h = box[3];
	LB_GROW(photo->people, photo->npeople, photo->people_cap);
	photo->people[photo->npeople++] = d;
	return 0;
}

static int photo_faves(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	while (*value) {
		char *key = world_word(&value);
		struct fave f = { .date = -1 };
		if (!*key)
			continue;
		LB_TRY(world_who(p, key, &f.member, err));
		LB_GROW(photo->faves, photo->nfaves, photo->faves_cap);
		photo->faves[photo->nfaves++] = f;
	}
	return 0;
}

static int photo_relicensed(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	int64_t date, from, to;
	LB_TRY(world_date(p, world_word(&value), &date, err));
	LB_TRY(world_number(p, world_word(&value), &from, err));
	LB_TRY(world_number(p, world_word(&value), &to, err));
	LB_GROW(photo->history, photo->nhistory, photo->history_cap);
	photo->history[photo->nhistory++] = (struct relicense){ date, (int)from, (int)to };
	return 0;
}

static int photo_refuse(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	char *method = world_word(&value);
	int64_t code;
	LB_TRY(world_number(p, world_word(&value), &code, err));
	LB_GROW(photo->refusals, photo->nrefusals, photo->refusals_cap);
	photo->refusals[photo->nrefusals++] = (struct refusal){ lb_arena_printf(&p->world->arena, "flickr.%s", method),
		(int)code, value };
	return 0;
}

static int photo_crowd(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	int64_t comments, faves;
	LB_TRY(world_number(p, world_word(&value), &comments, err));
	LB_TRY(world_number(p, world_word(&value), &faves, err));
	if (comments < 0 || comments > CROWD_WORDS_MAX || faves < 0)
		return world_bad(p, err, "crowd needs two numbers, the first up to %d", CROWD_WORDS_MAX);
	photo->crowd_comments = (size_t)comments;
	photo->crowd_faves = (size_t)faves;
	return 0;
}

static int pick_word(const struct parser *p, const char *const *words, size_t count, const char *value, struct lb_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], value) == 0)
			return (int)i;
	return world_bad(p, err, "\"%s\" is not known here", value);
}

static int photo_state(struct parser *p, char *value, struct lb_error *err)
{
	static const char *const words[STATE_COUNT] = { "there", "deleted", "private", "private-old" };
	struct photo *photo = p->object;
	int at = pick_word(p, words, STATE_COUNT, value, err);
	if (at < 0)
		return at;
	photo->state = photo->first_state = (enum photo_state)at;
	return 0;
}

static int photo_media(struct parser *p, char *value, struct lb_error *err)
{
	static const char *const words[MEDIA_COUNT] = { "there", "gone", "html", "404" };
	struct photo *photo = p->object;
	int at = pick_word(p, words, MEDIA_COUNT, value, err);
	if (at < 0)
		return at;
	photo->media = photo->first_media = (enum media_state)at;
	return 0;
}

/* picture SCENE [look=NAME] [seed=N] [size=WxH] [orientation=N] [png] */
static int photo_picture(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo = p->object;
	struct picture *to = &photo->picture;
	unsigned long long seed;
	to->scene = world_word(&value);
	while (*value) {
		char *word = world_word(&value);
		if (strncmp(word, "look=", 5) == 0)
			to->look = word + 5;
		else if (sscanf(word, "seed=%llu", &seed) == 1)
			to->seed = seed;
		else if (strcmp(word, "png") == 0)
			to->png = true;
		else if (*word && sscanf(word, "size=%dx%d", &to->width, &to->height) != 2 && sscanf(word,
			"orientation=%d", &to->orientation) != 1)
			return world_bad(p, err, "\"%s\" says nothing about a picture", word);
	}
	bool sized = to->width || to->height;
	if (sized && (to->width < EDGE_MIN || to->height < EDGE_MIN || to->width > EDGE_MAX || to->height > EDGE_MAX))
		return world_bad(p, err, "a picture is %d to %d pixels wide and high", EDGE_MIN, EDGE_MAX);
	if (to->orientation && !strchr("\1\3\6\10", to->orientation))
		return world_bad(p, err, "orientation is 1, 3, 6 or 8");
	return 0;
}

const struct field world_photo_fields[] = {
	{ "id", FIELD_TEXT, offsetof(struct photo, id), NULL },
	{ "title", FIELD_TEXT, offsetof(struct photo, title), NULL },
	{ "description", FIELD_TEXT, offsetof(struct photo, description), NULL },
	{ "camera", FIELD_TEXT, offsetof(struct photo, camera), NULL },
	{ "posted", FIELD_DATE, offsetof(struct photo, posted), NULL },
	{ "updated", FIELD_DATE, offsetof(struct photo, updated), NULL },
	{ "views", FIELD_INT64, offsetof(struct photo, views), NULL },
	{ "licence", FIELD_INT, offsetof(struct photo, license), NULL },
	{ "safety", FIELD_INT, offsetof(struct photo, safety), NULL },
	{ "no-download", FIELD_FLAG, offsetof(struct photo, no_download), NULL },
	{ "video", FIELD_FLAG, offsetof(struct photo, video), NULL },
	{ "late", FIELD_FLAG, offsetof(struct photo, late), NULL },
	{ "unlisted", FIELD_FLAG, offsetof(struct photo, unlisted), NULL },
	{ "geo-private", FIELD_FLAG, offsetof(struct photo, geo_private), NULL },
	{ "friends", FIELD_FLAG, offsetof(struct photo, friends), NULL },
	{ "family", FIELD_FLAG, offsetof(struct photo, family), NULL },
	{ "only-me", FIELD_FLAG, offsetof(struct photo, only_me), NULL },
	{ "explored", FIELD_TEXT, offsetof(struct photo, explored), NULL },
	{ "guest-pass", FIELD_TEXT, offsetof(struct photo, guest_pass), NULL },
	{ "owner", FIELD_CALL, 0, photo_owner },
	{ "taken", FIELD_CALL, 0, photo_taken },
	{ "place", FIELD_CALL, 0, photo_place },
	{ "tags", FIELD_CALL, 0, photo_tags },
	{ "tags-by", FIELD_CALL, 0, photo_tags_by },
	{ "comment", FIELD_CALL, 0, photo_comment },
	{ "note", FIELD_CALL, 0, photo_note },
	{ "person", FIELD_CALL, 0, photo_person },
	{ "faves", FIELD_CALL, 0, photo_faves },
	{ "crowd", FIELD_CALL, 0, photo_crowd },
	{ "relicensed", FIELD_CALL, 0, photo_relicensed },
	{ "refuse", FIELD_CALL, 0, photo_refuse },
	{ "state", FIELD_CALL, 0, photo_state },
	{ "media", FIELD_CALL, 0, photo_media },
	{ "picture", FIELD_CALL, 0, photo_picture },
};
const size_t world_photo_field_count = LB_COUNT(world_photo_fields);
