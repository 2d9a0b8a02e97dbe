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

/* ---- --viewer ---- */

static void say_rebuilt(struct lb_cli *cli, const char *dir, const struct lb_rebuild_result *r)
{
	lb_say_done(cli, "viewer: %s file%s, %s, made from the metadata of %s photo%s\n", lb_human_count(cli, r->files), r->files == 1 ? "" : "s",
		lb_human_bytes(cli, r->bytes), lb_human_count(cli, r->photos), r->photos == 1 ? "" : "s");
	if (r->untouched)
		lb_say_done(cli, "  all of it is there already, byte for byte: nothing was changed\n");
	if (r->changed || r->gone)
		lb_say_done(cli, "  %s new or different, %s no longer needed; the manifests tell of the viewer as it is now\n",
			lb_human_count(cli, r->changed), lb_human_count(cli, r->gone));
	if (r->repaired)
		lb_say_done(cli, "  %s had been missing, damaged or unknown to the manifests\n", lb_human_count(cli, r->repaired));
	lb_say_done(cli, "open %s/index.html\n", lb_cli_show(cli, dir));
}

static void tell_rebuilt(struct lb_cli *cli, const char *dir, const struct lb_rebuild_result *r)
{
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", dir);
	lb_jw_int(&line.w, "photos", (int64_t)r->photos);
	lb_jw_int(&line.w, "files", (int64_t)r->files);
	lb_jw_int(&line.w, "bytes", (int64_t)r->bytes);
	lb_jw_int(&line.w, "changed", (int64_t)r->changed);
	lb_jw_int(&line.w, "gone", (int64_t)r->gone);
	lb_jw_int(&line.w, "repaired", (int64_t)r->repaired);
	lb_jw_bool(&line.w, "untouched", r->untouched);
	lb_line_end(cli, &line);
}

static int rebuild_viewer(struct lb_cli *cli, struct lb_error *err)
{
	const char *package, *output = lb_opt_str(cli, "output");
	struct lb_rebuild_result result;
	cli->reads_package = true;
	LB_TRY(lb_cli_package_path(cli, cli->args[0], &package, err));
	if (lb_file_exists(package) && !lb_dir_exists(package)) {
		lb_fail(err, LB_USAGE, "\"%s\" is a packed file: only in a folder can the viewer be made anew", package);
		return lb_hint(err, "`lifeboat unpack %s` first; `lifeboat pack` makes one file of it again", package);
	}
	int rc = lb_create_rebuild(package, output, &cli->ctx, &result, err);
	if (rc == LB_EXISTS && output)
		return lb_hint(err, "-o NEW names a folder that is not there yet");
	LB_TRY(rc);
	say_rebuilt(cli, output ? output : package, &result);
	tell_rebuilt(cli, output ? output : package, &result);
	return LB_EXIT_DONE;
}

int cmd_build(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_build_result built;
	if (lb_opt_flag(cli, "viewer"))
		return rebuild_viewer(cli, err);
	if (lb_opt_str(cli, "output")) {
		lb_fail(err, LB_USAGE, "-o belongs to --viewer: a package is built in its working folder, as %s/lifeboat", cli->args[0]);
		return lb_hint(err, "`lifeboat help build` explains both");
	}
	LB_TRY(lb_line_build(cli, cli->args[0], &built, err));
	lb_tell_built(cli, cli->args[0], &built);
	return built.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}
