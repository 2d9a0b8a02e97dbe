#include "format/package/package.h"
#include "lifeboat/cli/cli.h"
#include "lifeboat/cli/line.h"
#include "lifeboat/creator/creator.h"

#include <string.h>

/* What the source is called: the folder, or the file without its ending. */
static const char *name_of(struct lb_cli *cli, const char *path)
{
	const char *name = lb_cli_folder_name(cli, path);
	size_t n = strlen(name);
	if (!lb_dir_exists(path) && n > 4 && (lb_span_ends(lb_span(name), ".zip") || lb_span_ends(lb_span(name), ".tar")))
		return lb_arena_strndup(&cli->arena, name, n - 4);
	return name;
}

static int take_request(struct lb_cli *cli, struct lb_convert_request *out, struct lb_error *err)
{
	const char *date = lb_opt_str(cli, "date");
	*out = (struct lb_convert_request){.source = cli->args[0], .name = name_of(cli, cli->args[0]),
		.words = {.title = lb_opt_str(cli, "title"), .purpose = lb_opt_str(cli, "purpose"), .future = lb_opt_str(cli, "future"),
			.maker = lb_opt_str(cli, "maker")}};
	LB_TRY(lb_line_maker_id(cli, &out->words.maker_id, err));
	if (date && (!lb_time_parse(lb_span(date), &out->date) || out->date <= 0))
		return lb_fail(err, LB_USAGE, "\"%s\" is no date like 2026-12-24T06:30:00Z", date);
	return lb_maker_words_check(&out->words, err);
}

static const char *ending(size_t count)
{
	return count == 1 ? "" : "s";
}

static void tell(struct lb_cli *cli, const char *dir, const struct lb_convert_result *r)
{
	struct lb_line line;
	lb_say_done(cli, "converted: %s photo%s, %s media file%s; %s file%s of the source kept as %s\n", lb_human_count(cli, r->photos),
		ending(r->photos), lb_human_count(cli, r->files), ending(r->files), lb_human_count(cli, r->kept), ending(r->kept),
		r->kept == 1 ? "it was" : "they were");
	if (r->files)
		lb_say_done(cli, "  earlier checksums: %s of %s file%s have one that agrees, %s one that does not\n", lb_human_count(cli, r->vouched),
			lb_human_count(cli, r->files), ending(r->files), lb_human_count(cli, r->differing));
	if (r->gaps)
		lb_say_done(cli, "  %s gap%s, listed with reasons in %s/data/metadata/missing.js and on the page \"What is missing\"\n",
			lb_human_count(cli, r->gaps), ending(r->gaps), lb_cli_show(cli, dir));
	lb_say_done(cli, "open %s/index.html\n", lb_cli_show(cli, dir));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", dir);
	lb_jw_int(&line.w, "photos", (int64_t)r->photos);
	lb_jw_int(&line.w, "files", (int64_t)r->files);
	lb_jw_int(&line.w, "vouched", (int64_t)r->vouched);
	lb_jw_int(&line.w, "differing", (int64_t)r->differing);
	lb_jw_int(&line.w, "kept", (int64_t)r->kept);
	lb_jw_int(&line.w, "gaps", (int64_t)r->gaps);
	lb_line_end(cli, &line);
}

int cmd_convert(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_convert_request request;
	struct lb_convert_result result;
	const char *dir = lb_opt_str(cli, "output");
	if (!dir) {
		lb_fail(err, LB_USAGE, "no folder to write to");
		return lb_hint(err, "-o DIR names a new one");
	}
	LB_TRY(take_request(cli, &request, err));
	int rc = lb_create_convert(dir, &request, &cli->ctx, &result, err);
	if (rc == LB_EXISTS)
		return lb_hint(err, "-o DIR names another folder");
	LB_TRY(rc);
	tell(cli, dir, &result);
	return result.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}
