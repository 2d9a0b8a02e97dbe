#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli.h"
#include "lifeboat/url/url.h"

#define FLUSH_AT 65536

/* ---- what a kind of URL tells, in which order: flickr-url-parser's names for its kinds, and for ours the like ---- */

enum field {
	END, PHOTO_ID, USER_URL, USER_ID, ALBUM_ID, GROUP_URL, GALLERY_ID, COLLECTION_ID, TAG, DATE_KIND, DATE, MEMBER_URL, MEMBER_ID,
	SHORT_URL, PARAMS, PAGE
};
#define TEXT(member) {#member, offsetof(struct lb_flickr_url, member)}
static const struct { const char *name; size_t offset; } texts[PARAMS] = {
	[PHOTO_ID] = TEXT(photo_id), [USER_URL] = TEXT(user_url), [USER_ID] = TEXT(user_id), [ALBUM_ID] = TEXT(album_id),
	[GROUP_URL] = TEXT(group_url), [GALLERY_ID] = TEXT(gallery_id), [COLLECTION_ID] = TEXT(collection_id), [TAG] = TEXT(tag),
	[DATE_KIND] = TEXT(date_kind), [DATE] = TEXT(date), [MEMBER_URL] = TEXT(member_url), [MEMBER_ID] = TEXT(member_id),
	[SHORT_URL] = TEXT(short_url),
};
static const enum field fields_of[LB_URL_KIND_COUNT][7] = {
	[LB_URL_PHOTO] = {PHOTO_ID, USER_URL, USER_ID},
	[LB_URL_ALBUM] = {USER_URL, ALBUM_ID, PAGE},
	[LB_URL_USER] = {USER_URL, USER_ID, PAGE},
	[LB_URL_GROUP] = {GROUP_URL, PAGE},
	[LB_URL_GALLERY] = {GALLERY_ID, PAGE},
	[LB_URL_TAG] = {TAG, PAGE},
	[LB_URL_FAVORITES] = {USER_URL, USER_ID, PAGE},
	[LB_URL_USER_TAG] = {USER_URL, USER_ID, TAG, PAGE},
	[LB_URL_ALBUMS] = {USER_URL, USER_ID, PAGE},
	[LB_URL_GALLERIES] = {USER_URL, USER_ID, PAGE},
	[LB_URL_COLLECTION] = {USER_URL, USER_ID, COLLECTION_ID, PAGE},
	[LB_URL_PEOPLE_IN] = {USER_URL, USER_ID, PAGE},
	[LB_URL_SEARCH] = {PARAMS, PAGE},
	[LB_URL_EXPLORE] = {DATE, PAGE},
	[LB_URL_ARCHIVE] = {USER_URL, USER_ID, DATE_KIND, DATE, PAGE},
	[LB_URL_GROUP_POOL] = {GROUP_URL, TAG, MEMBER_URL, MEMBER_ID, PAGE},
	[LB_URL_SHORT] = {SHORT_URL},
};

static const char *text_of(const struct lb_flickr_url *u, enum field field)
{
	const char *value;
	memcpy(&value, (const char *)u + texts[field].offset, sizeof value);
	return value;
}

/* ---- one URL in, one line out ---- */

/* Millions of lines go through here, so their memory is kept from one to the next, and they are printed many at once. */
struct stream {
	struct lb_cli *cli;
	struct lb_arena arena;
	struct lb_buf word, out;
	int64_t urls, understood;
};

static void add_json_field(struct lb_jw *w, const struct lb_flickr_url *u, enum field field)
{
	if (field == PAGE && u->page == 1) { /* nearly always */
		lb_jw_raw(w, "page", "1");
	} else if (field == PAGE) {
		lb_jw_int(w, "page", u->page);
	} else if (field == PARAMS) {
		lb_jw_object(w, "params");
		for (size_t i = 0; i < u->nparams; i++)
			lb_jw_str(w, u->params[i].name, u->params[i].value);
		lb_jw_end(w);
	} else {
		lb_jw_str(w, texts[field].name, text_of(u, field));
	}
}

static void add_json(struct stream *s, const char *url, const struct lb_flickr_url *u, const char *error)
{
	struct lb_jw w;
	lb_jw_begin(&w, &s->out, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "url", url);
	lb_jw_str(&w, error ? "error" : "type", error ? error : lb_url_kind_name(u->kind));
	for (const enum field *f = error ? NULL : fields_of[u->kind]; f && *f != END; f++)
		add_json_field(&w, u, *f);
	lb_jw_end(&w);
}

static void show(struct lb_buf *b, struct lb_span text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] >= ' ' && text.p[n] <= '~')
		n++;
	lb_buf_add(b, text.p, n);
	lb_show(b, (struct lb_span){text.p + n, text.n - n});
}

static void add_shown(struct lb_buf *b, const char *name, const char *value)
{
	if (!value)
		return;
	lb_buf_addc(b, ' ');
	lb_buf_adds(b, name);
	lb_buf_addc(b, '=');
	show(b, lb_span(value));
}

static void add_text(struct stream *s, const char *url, const struct lb_flickr_url *u, const char *error)
{
	show(&s->out, lb_span(url));
	lb_buf_addc(&s->out, '\t');
	lb_buf_adds(&s->out, error ? error : lb_url_kind_name(u->kind));
	for (const enum field *f = error ? NULL : fields_of[u->kind]; f && *f != END; f++) {
		if (*f < PARAMS)
			add_shown(&s->out, texts[*f].name, text_of(u, *f));
		for (size_t i = 0; *f == PARAMS && i < u->nparams; i++)
			add_shown(&s->out, u->params[i].name, u->params[i].value);
		if (*f == PAGE && u->page > 1)
			lb_buf_addf(&s->out, " page=%" PRId64, u->page);
	}
}

static int flush(struct stream *s, struct lb_error *err)
{
	LB_TRY(lb_buf_check(&s->out, "what is to be printed", err));
	if (s->out.len)
		lb_say_raw(s->cli, s->out.p, s->out.len);
	lb_buf_reset(&s->out);
	return fflush(stdout) == 0 ? LB_OK : lb_fail_sys(err, "cannot write to standard output");
}

static int tell(struct stream *s, const char *url, struct lb_error *err)
{
	struct lb_flickr_url u;
	int rc = lb_flickr_url_parse(url, &s->arena, &u, NULL);
	const char *error = rc == LB_OK ? NULL : rc == LB_UNSUPPORTED ? "unrecognised_url" : "not_a_flickr_url";
	(s->cli->json ? add_json : add_text)(s, url, &u, error);
	lb_buf_addc(&s->out, '\n');
	lb_arena_reset(&s->arena);
	s->urls++;
	s->understood += !error;
	return s->out.len < FLUSH_AT ? LB_OK : flush(s, err);
}

/* ---- where they come from ---- */

static int tell_line(struct stream *s, struct lb_span line, struct lb_error *err)
{
	struct lb_span word = lb_span_trim(line);
	if (!word.n)
		return LB_OK;
	lb_buf_reset(&s->word);
	lb_buf_add(&s->word, word.p, word.n);
	for (char *p = s->word.p; (p = memchr(p, '\0', word.n - (size_t)(p - s->word.p)));)
		*p = '\xff'; /* a NUL is as little of an address, and must not hide what follows it */
	return tell(s, s->word.p, err);
}

/* What has been read so far is answered before more is waited for: another program may talk with this one. */
static int tell_lines(struct stream *s, struct lb_error *err)
{
	struct lb_input in = LB_INPUT(STDIN_FILENO, "standard input");
	struct lb_span line;
	int rc = LB_OK;
	while (!rc) {
		bool waits = !in.ended && !(in.held.len > in.at && memchr(in.held.p + in.at, '\n', in.held.len - in.at));
		if (waits)
			rc = flush(s, err);
		if (!rc)
			rc = lb_input_line(&in, &s->cli->ctx, &line, err);
		if (!rc)
			rc = tell_line(s, line, err);
	}
	lb_buf_clear(&in.held);
	return rc == LB_NOTFOUND ? LB_OK : rc;
}

static int tell_all(struct stream *s, struct lb_error *err)
{
	for (size_t i = 0; i < s->cli->nargs; i++) {
		LB_TRY(lb_ctx_check(&s->cli->ctx, err));
		LB_TRY(strcmp(s->cli->args[i], "-") ? tell(s, s->cli->args[i], err) : tell_lines(s, err));
	}
	return flush(s, err);
}

int cmd_url(struct lb_cli *cli, struct lb_error *err)
{
	struct stream s = {.cli = cli, .word = LB_BUF(1 << 25), .out = LB_BUF(1 << 28)};
	struct lb_line line;
	int rc = tell_all(&s, err);
	if (rc)
		flush(&s, NULL); /* stopped, but what was read has been answered */
	lb_arena_clear(&s.arena);
	lb_buf_clear(&s.word);
	lb_buf_clear(&s.out);
	LB_TRY(rc);
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "urls", s.urls);
	lb_jw_int(&line.w, "understood", s.understood);
	lb_line_end(cli, &line);
	return s.understood == s.urls ? LB_EXIT_DONE : LB_EXIT_FAILED;
}
