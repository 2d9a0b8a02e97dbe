#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/package.h"
#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"
#include "lifeboat/index/index.h"
#include "lifeboat/url/url.h"

/* ---- the index's file ---- */

static const char *index_path(struct lb_cli *cli)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME"), *set = getenv("LIFEBOAT_INDEX");
	if (lb_opt_str(cli, "db"))
		return lb_opt_str(cli, "db");
	if (set && *set)
		return set;
	if (data && data[0] == '/') /* as the XDG specification wants it: relative paths do not count */
		return lb_arena_printf(&cli->arena, "%s/lifeboat/index.sqlite", data);
	if (home && *home)
		return lb_arena_printf(&cli->arena, "%s/.local/share/lifeboat/index.sqlite", home);
	return NULL;
}

static int make_parent(struct lb_cli *cli, const char *path, struct lb_error *err)
{
	size_t n = (size_t)(lb_path_base(path) - path);
	return n ? lb_dir_make(lb_arena_strndup(&cli->arena, path, n), err) : LB_OK;
}

static int open_index(struct lb_cli *cli, bool create, struct lb_index **out, struct lb_error *err)
{
	const char *path = index_path(cli);
	if (!path) {
		lb_fail(err, LB_USAGE, "cannot tell where the index is: there is no home folder");
		return lb_hint(err, "name it with --db FILE or LIFEBOAT_INDEX");
	}
	if (create)
		LB_TRY(make_parent(cli, path, err));
	int rc = lb_index_open(path, create, out, err);
	return rc == LB_NOTFOUND ? lb_hint(err, "`lifeboat index add PATH` makes one") : rc;
}

/* ---- add ---- */

static const char *joined(struct lb_cli *cli, const struct lb_index_places *places)
{
	const char *text = "";
	for (size_t i = 0; i < places->count; i++)
		text = lb_arena_printf(&cli->arena, "%s%s%s", text, i ? ", " : "", lb_cli_show(cli, places->paths[i]));
	return text;
}

static void write_places(struct lb_jw *w, const char *key, const struct lb_index_places *places)
{
	lb_jw_array(w, key);
	for (size_t i = 0; i < places->count; i++)
		lb_jw_str(w, NULL, places->paths[i]);
	lb_jw_end(w);
}

static void tell_added(struct lb_cli *cli, const char *argument, const char *place, const struct lb_index_added *added)
{
	struct lb_line line;
	if (added->replaced.count)
		lb_ctx_note(&cli->ctx, LB_EVENT_WARN, "\"%s\" has the id of the lifeboat at \"%s\", but other content: the index now has only this one (%s)",
			place, joined(cli, &added->replaced), added->id);
	lb_say_done(cli, "%s: %s photos\n", lb_cli_show(cli, argument), lb_human_count(cli, added->photos));
	lb_line_begin(&line, "added");
	lb_jw_str(&line.w, "path", argument);
	lb_jw_str(&line.w, "where", place);
	lb_jw_str(&line.w, "id", added->id);
	lb_jw_int(&line.w, "photos", (int64_t)added->photos);
	write_places(&line.w, "replaced", &added->replaced);
	lb_line_end(cli, &line);
}

static int add_one(struct lb_cli *cli, struct lb_index *ix, const char *argument, size_t *photos, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	struct lb_index_added added;
	const char *path;
	LB_TRY(lb_cli_open_package(cli, argument, &path, &c, err));
	LB_AUTO(lb_freep) char *place = realpath(path, NULL);
	if (!place)
		return lb_fail_sys(err, "cannot find \"%s\"", path);
	if (!lb_opt_flag(cli, "no-verify"))
		LB_TRY(lb_cli_check_valid(cli, path, "adds it", &report, err));
	LB_TRY(lb_index_add(ix, c, place, lb_ctx_now(&cli->ctx), &cli->arena, &added, err));
	tell_added(cli, argument, place, &added);
	*photos = added.photos;
	return LB_OK;
}

static int index_add(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_index_freep) struct lb_index *ix = NULL;
	size_t photos = 0, total = 0;
	LB_TRY(open_index(cli, true, &ix, err));
	for (size_t i = 1; i < cli->nargs; i++) {
		LB_TRY(lb_ctx_check(&cli->ctx, err));
		LB_TRY(add_one(cli, ix, cli->args[i], &photos, err));
		total += photos;
	}
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "lifeboats", (int64_t)cli->nargs - 1);
	lb_jw_int(&line.w, "photos", (int64_t)total);
	lb_line_end(cli, &line);
	return LB_EXIT_DONE;
}

/* ---- remove ---- */

static int index_remove(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_index_freep) struct lb_index *ix = NULL;
	LB_TRY(open_index(cli, false, &ix, err));
	for (size_t i = 1; i < cli->nargs; i++) {
		LB_TRY(lb_index_remove(ix, cli->args[i], err));
		lb_say_done(cli, "removed %s\n", lb_cli_show(cli, cli->args[i]));
	}
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "removed", (int64_t)cli->nargs - 1);
	lb_line_end(cli, &line);
	return LB_EXIT_DONE;
}

/* ---- list ---- */

struct tally { struct lb_cli *cli; size_t rows; };

static int tell_lifeboat(void *arg, const struct lb_index_lifeboat *row, struct lb_error *err)
{
	struct tally *t = arg;
	struct lb_line line;
	(void)err;
	t->rows++;
	lb_say(t->cli, "%s\t%s\t%s\t%" PRId64 "\t%s\n", lb_cli_show(t->cli, row->id), row->added, joined(t->cli, &row->where),
		row->photos, lb_cli_show(t->cli, row->title));
	lb_line_begin(&line, "lifeboat");
	lb_jw_str(&line.w, "id", row->id);
	lb_jw_str(&line.w, "title", row->title);
	write_places(&line.w, "where", &row->where);
	lb_jw_str(&line.w, "added", row->added);
	lb_jw_int(&line.w, "photos", row->photos);
	lb_line_end(t->cli, &line);
	return LB_OK;
}

static int index_list(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_index_freep) struct lb_index *ix = NULL;
	struct tally tally = {.cli = cli};
	LB_TRY(open_index(cli, false, &ix, err));
	LB_TRY(lb_index_list(ix, tell_lifeboat, &tally, err));
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "lifeboats", (int64_t)tally.rows);
	lb_line_end(cli, &line);
	return LB_EXIT_DONE;
}

/* ---- find ---- */

static int tell_hit(void *arg, const struct lb_index_hit *hit, struct lb_error *err)
{
	struct tally *t = arg;
	struct lb_line line;
	(void)err;
	t->rows++;
	lb_say(t->cli, "%s\t%s\t%s\t%s\t%s\n", lb_cli_show(t->cli, hit->photo_id), hit->status, lb_cli_show(t->cli, hit->lifeboat_id),
		joined(t->cli, &hit->where), lb_cli_show(t->cli, hit->title));
	lb_line_begin(&line, "hit");
	lb_jw_str(&line.w, "photo_id", hit->photo_id);
	lb_jw_str(&line.w, "lifeboat_id", hit->lifeboat_id);
	lb_jw_str(&line.w, "title", hit->title);
	lb_jw_str(&line.w, "added", hit->added);
	write_places(&line.w, "where", &hit->where);
	lb_jw_str(&line.w, "status", hit->status);
	lb_line_end(t->cli, &line);
	return LB_OK;
}

struct found { size_t queries, bad; };

static bool is_number(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/* A photo id as it is, or the one in a photo's address. */
static int photo_of(struct lb_cli *cli, const char *query, const char **id, struct lb_error *err)
{
	struct lb_flickr_url url = {0};
	*id = query;
	if (is_number(query))
		return LB_OK;
	if (lb_flickr_url_parse(query, &cli->arena, &url, NULL) != LB_OK || url.kind != LB_URL_PHOTO)
		return lb_fail(err, LB_USAGE, "\"%s\" is neither a photo id nor the address of a photo", query);
	*id = url.photo_id;
	return LB_OK;
}

/* What is no photo is told, and does not keep the others from being looked for. */
static int find_one(struct tally *t, struct lb_index *ix, const char *query, struct found *found, struct lb_error *err)
{
	const char *id;
	size_t before = t->rows;
	LB_TRY(lb_ctx_check(&t->cli->ctx, err));
	if (photo_of(t->cli, query, &id, err) != LB_OK) {
		lb_cli_tell(t->cli, NULL, err);
		found->bad++;
		return LB_OK;
	}
	LB_TRY(lb_index_find(ix, id, tell_hit, t, err));
	if (t->rows > before)
		found->queries++;
	else
		lb_ctx_note(&t->cli->ctx, LB_EVENT_WARN, "no lifeboat here holds the photo %s", id);
	return LB_OK;
}

static int index_find(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_index_freep) struct lb_index *ix = NULL;
	struct tally tally = {.cli = cli};
	struct found found = {0};
	const char *const *queries;
	size_t count;
	LB_TRY(lb_cli_words(cli, 1, &queries, &count, err));
	LB_TRY(open_index(cli, false, &ix, err));
	for (size_t i = 0; i < count; i++)
		LB_TRY(find_one(&tally, ix, queries[i], &found, err));
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "queries", (int64_t)count);
	lb_jw_int(&line.w, "found", (int64_t)found.queries);
	lb_jw_int(&line.w, "hits", (int64_t)tally.rows);
	lb_line_end(cli, &line);
	if (found.bad)
		return LB_EXIT_USAGE;
	return found.queries || !count ? LB_EXIT_DONE : LB_EXIT_NOTFOUND;
}

/* ---- which ---- */

static const struct part { const char *name; size_t min, max; int (*run)(struct lb_cli *cli, struct lb_error *err); } parts[] = {
	{"add", 1, SIZE_MAX, index_add},
	{"remove", 1, SIZE_MAX, index_remove},
	{"list", 0, 0, index_list},
	{"find", 1, SIZE_MAX, index_find},
};

int cmd_index(struct lb_cli *cli, struct lb_error *err)
{
	size_t given = cli->nargs - 1;
	for (size_t i = 0; i < LB_COUNT(parts); i++) {
		if (strcmp(parts[i].name, cli->args[0]) != 0)
			continue;
		if (given >= parts[i].min && given <= parts[i].max)
			return parts[i].run(cli, err);
		lb_fail(err, LB_USAGE, "too %s arguments for `lifeboat index %s`", given < parts[i].min ? "few" : "many", parts[i].name);
		return lb_hint(err, "see `lifeboat help index`");
	}
	lb_fail(err, LB_USAGE, "unknown part of index \"%s\"", cli->args[0]);
	return lb_hint(err, "there are %s", cli->command->words);
}
