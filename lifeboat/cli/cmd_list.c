#include <inttypes.h>
#include <string.h>

#include "format/foundation/foundation.h"
#include "lifeboat/cli/cli.h"

struct list { struct lb_cli *cli; size_t photos, withheld; };

/* What nobody said is null, not none. */
static void write_count(struct lb_jw *w, const char *key, int64_t n)
{
	if (n < 0)
		lb_jw_null(w, key);
	else
		lb_jw_int(w, key, n);
}

static void write_taken(struct lb_jw *w, const struct lb_listing *p)
{
	if (!p->taken) {
		lb_jw_null(w, "taken");
		return;
	}
	lb_jw_object(w, "taken");
	lb_jw_str(w, "value", p->taken);
	lb_jw_str(w, "granularity", p->taken_granularity);
	lb_jw_end(w);
}

static void write_files(struct lb_jw *w, const struct lb_listing *p)
{
	lb_jw_array(w, "files");
	for (size_t i = 0; i < p->nfiles; i++) {
		lb_jw_object(w, NULL);
		lb_jw_str(w, "path", p->files[i].path);
		lb_jw_str(w, "sha256", p->files[i].sha256);
		write_count(w, "size", p->files[i].size == LB_SIZE_UNKNOWN ? -1 : (int64_t)p->files[i].size);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void tell_json(struct lb_cli *cli, const struct lb_listing *p)
{
	struct lb_line line;
	lb_line_begin(&line, "photo");
	struct lb_jw *w = &line.w;
	lb_jw_str(w, "id", p->id);
	lb_jw_str(w, "title", p->title);
	lb_jw_object(w, "owner");
	lb_jw_str(w, "id", p->owner_id);
	lb_jw_str(w, "name", p->owner_name);
	lb_jw_end(w);
	lb_jw_str(w, "license", p->license_id);
	write_taken(w, p);
	lb_jw_str(w, "posted", p->posted);
	write_count(w, "comments", p->comments);
	write_count(w, "faves", p->faves);
	lb_jw_array(w, "tags");
	for (size_t i = 0; i < p->ntags; i++)
		lb_jw_str(w, NULL, p->tags[i]);
	lb_jw_end(w);
	write_files(w, p);
	lb_jw_str(w, "withheld", p->withheld);
	lb_jw_str(w, "url", p->url);
	lb_line_end(cli, &line);
}

static const char *or_dash(struct lb_cli *cli, const char *text)
{
	return text && *text ? lb_cli_show(cli, text) : "-";
}

static const char *count_or_dash(struct lb_cli *cli, int64_t n)
{
	return n < 0 ? "-" : lb_arena_printf(&cli->arena, "%" PRId64, n);
}

/* No more of the date than is known: "1962-07", "1908", "about 1937". */
static const char *date_taken(struct lb_cli *cli, const struct lb_listing *p)
{
	static const struct { const char *granularity, *before; int digits; } forms[] = {
		{"month", "", 7}, {"year", "", 4}, {"circa", "about ", 4},
	};
	for (size_t i = 0; p->taken && p->taken_granularity && i < LB_COUNT(forms); i++)
		if (strcmp(forms[i].granularity, p->taken_granularity) == 0)
			return lb_arena_printf(&cli->arena, "%s%.*s", forms[i].before, forms[i].digits, p->taken);
	return p->taken;
}

static int tell_photo(void *arg, const struct lb_listing *p, struct lb_error *err)
{
	struct list *list = arg;
	struct lb_cli *cli = list->cli;
	LB_TRY(lb_ctx_check(&cli->ctx, err));
	list->photos++;
	list->withheld += p->withheld != NULL;
	if (cli->json) {
		tell_json(cli, p);
		return LB_OK;
	}
	lb_say(cli, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", or_dash(cli, p->id), or_dash(cli, date_taken(cli, p)),
		or_dash(cli, p->license_id), or_dash(cli, p->owner_name ? p->owner_name : p->owner_id), count_or_dash(cli, p->comments),
		count_or_dash(cli, p->faves), or_dash(cli, p->title));
	lb_arena_reset(&cli->arena); /* a line needs nothing of the one before */
	return LB_OK;
}

/* METS.xml of a package tells its photos without the rest. */
static bool is_mets(const char *argument)
{
	return lb_span_ends(lb_span(argument), ".xml") && lb_file_exists(argument);
}

static int list_photos(struct lb_cli *cli, const char *argument, struct list *list, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	struct lb_foundation theirs;
	const char *path;
	if (is_mets(argument)) {
		int rc = lb_package_list_mets(argument, tell_photo, list, err);
		return rc == LB_FORMAT ? lb_hint(err, "`lifeboat verify` of the package says more") : rc;
	}
	LB_TRY(lb_cli_open_package(cli, argument, &path, &c, err));
	return lb_foundation_find(c, &theirs) ? lb_foundation_list(&theirs, tell_photo, list, err) : lb_package_list(c, tell_photo, list, err);
}

int cmd_list(struct lb_cli *cli, struct lb_error *err)
{
	struct list list = {.cli = cli};
	struct lb_line line;
	LB_TRY(list_photos(cli, cli->args[0], &list, err));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", cli->args[0]);
	lb_jw_int(&line.w, "photos", (int64_t)list.photos);
	lb_jw_int(&line.w, "withheld", (int64_t)list.withheld);
	lb_line_end(cli, &line);
	return LB_EXIT_DONE;
}
