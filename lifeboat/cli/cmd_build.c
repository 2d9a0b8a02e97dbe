#include "lifeboat/cli/line.h"

const char *lb_line_package(struct lb_cli *cli, const char *dir)
{
	return lb_arena_printf(&cli->arena, "%s/lifeboat", dir);
}

static void say_missing(struct lb_cli *cli, const char *dir, const struct lb_build_result *built)
{
	if (built->withheld)
		lb_say_done(cli, "  %s withheld by the policy: title, owner, link and licence are kept, and why\n", lb_human_count(cli, built->withheld));
	if (built->gaps)
		lb_say_done(cli, "  %s gap%s, listed with reasons in %s/lifeboat/data/metadata/missing.js and on the page \"What is missing\"\n",
			lb_human_count(cli, built->gaps), built->gaps == 1 ? "" : "s", dir);
	if (built->failed)
		lb_say_done(cli, "  %s of them may close: run the same command again to ask once more\n", lb_human_count(cli, built->failed));
}

int lb_line_build(struct lb_cli *cli, const char *dir, struct lb_build_result *built, struct lb_error *err)
{
	LB_TRY(lb_create_build(dir, &cli->ctx, built, err));
	lb_say_done(cli, "built: %s of %s photos; %s originals, %s in the largest size on offer%s\n", lb_human_count(cli, built->photos),
		lb_human_count(cli, built->planned), lb_human_count(cli, built->originals), lb_human_count(cli, built->largest),
		built->gaps ? "" : "; nothing missing");
	say_missing(cli, dir, built);
	return 0;
}

void lb_tell_built(struct lb_cli *cli, const char *dir, const struct lb_build_result *built)
{
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", lb_line_package(cli, dir));
	lb_jw_int(&line.w, "planned", (int64_t)built->planned);
	lb_jw_int(&line.w, "photos", (int64_t)built->photos);
	lb_jw_int(&line.w, "missing", (int64_t)built->missing);
	lb_jw_int(&line.w, "withheld", (int64_t)built->withheld);
	lb_jw_int(&line.w, "originals", (int64_t)built->originals);
	lb_jw_int(&line.w, "largest", (int64_t)built->largest);
	lb_jw_int(&line.w, "gaps", (int64_t)built->gaps);
	lb_jw_int(&line.w, "failed", (int64_t)built->failed);
	lb_line_end(cli, &line);
}

int cmd_build(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_build_result built;
	LB_TRY(lb_line_build(cli, cli->args[0], &built, err));
	lb_tell_built(cli, cli->args[0], &built);
	return built.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}
