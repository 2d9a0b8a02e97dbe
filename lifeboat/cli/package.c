/* What an argument means that names a package, and what verifying one tells. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/foundation/foundation.h"
#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

static const char *below(struct lb_cli *cli, const char *dir, const char *name)
{
	size_t n = strlen(dir);
	return lb_arena_printf(&cli->arena, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
}

static bool has(struct lb_cli *cli, const char *dir, const char *name)
{
	struct stat st;
	return lstat(below(cli, dir, name), &st) == 0;
}

#define THEIR_INDEX "metadata/photoIndex.js"

/* A package of the Flickr Foundation: here, or in the one folder below this one that has it. */
static bool has_theirs(struct lb_cli *cli, const char *dir)
{
	if (has(cli, dir, THEIR_INDEX))
		return true;
	DIR *d = opendir(dir);
	size_t found = 0;
	for (const struct dirent *e; d && (e = readdir(d));) /* what is there is looked at again when it is opened */
		if (e->d_name[0] != '.')
			found += has(cli, dir, lb_arena_printf(&cli->arena, "%s/" THEIR_INDEX, e->d_name));
	if (d)
		closedir(d);
	return found == 1;
}

/* A folder is told by the names in it before anybody walks it: it may be /usr. */
int lb_cli_package_path(struct lb_cli *cli, const char *argument, const char **path, struct lb_error *err)
{
	*path = argument;
	if (lb_file_exists(argument))
		return LB_OK;
	if (!lb_dir_exists(argument))
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is not there", argument);
	if (has(cli, argument, "bagit.txt") || has(cli, argument, "lifeboat.json"))
		return LB_OK;
	if (!has(cli, argument, "plan.json") && has_theirs(cli, argument))
		return LB_OK;
	if (!has(cli, argument, "plan.json"))
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is neither a lifeboat nor a bag: no lifeboat.json, no bagit.txt", argument);
	*path = below(cli, argument, "lifeboat");
	if (lb_dir_exists(*path))
		return LB_OK;
	lb_fail(err, LB_NOTFOUND, "the working folder \"%s\" has no lifeboat yet", argument);
	return lb_hint(err, "`lifeboat build %s` makes it", argument);
}

static bool is_error(const struct lb_defect *d)
{
	for (size_t i = 0; i < lb_rule_count; i++)
		if (strcmp(lb_rules[i].id, d->rule) == 0)
			return lb_rules[i].severity == LB_SEVERITY_ERROR;
	return true;
}

static const struct lb_defect *first_error(const struct lb_container *c)
{
	size_t count;
	const struct lb_defect *defects = lb_container_defects(c, &count);
	for (size_t i = 0; i < count; i++)
		if (is_error(&defects[i]))
			return &defects[i];
	return NULL;
}

/* An archive that was cut off has lost its lifeboat.json; that does not make it something else. */
static int check_whole(struct lb_cli *cli, const struct lb_container *c, const char *argument, struct lb_error *err)
{
	const struct lb_defect *d = first_error(c);
	struct lb_foundation theirs;
	if (!d || lb_container_find(c, "lifeboat.json") >= 0 || lb_container_find(c, "bagit.txt") >= 0 || lb_foundation_find(c, &theirs))
		return LB_OK;
	lb_fail(err, LB_CORRUPT, "\"%s\" is damaged: %s%s%s (%s)", argument, lb_cli_show(cli, d->path), d->path ? ": " : "",
		lb_cli_show(cli, d->message), d->rule);
	return lb_hint(err, "`lifeboat verify` says more");
}

int lb_cli_open_package(struct lb_cli *cli, const char *argument, const char **path, struct lb_container **out, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_TRY(lb_cli_package_path(cli, argument, path, err));
	int rc = lb_container_open(*path, &c, err);
	if (rc == LB_FORMAT)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is not a lifeboat: neither a folder nor a zip or tar file", argument);
	LB_TRY(rc);
	LB_TRY(check_whole(cli, c, argument, err));
	*out = c;
	c = NULL;
	return LB_OK;
}

const char *lb_cli_folder_name(struct lb_cli *cli, const char *path)
{
	LB_AUTO(lb_freep) char *real = realpath(path, NULL);
	const char *name = lb_path_base(real ? real : path);
	return lb_arena_strdup(&cli->arena, *name ? name : "lifeboat");
}

/* ---- verifying ---- */

int lb_cli_profile(struct lb_cli *cli, struct lb_bag_profile **out, struct lb_error *err)
{
	const char *path = lb_opt_str(cli, "profile");
	*out = NULL;
	if (!path)
		return LB_OK;
	int rc = lb_bag_profile_read(path, out, err);
	return rc == LB_USAGE ? lb_hint(err, "a profile is a JSON file as BagIt Profiles 1.4.0 describes it") : rc;
}

static const char *level_of(const char *rule)
{
	for (size_t i = 0; i < lb_rule_count; i++)
		if (strcmp(lb_rules[i].id, rule) == 0)
			return lb_level_name(lb_rules[i].level);
	return NULL;
}

static void tell_finding(struct lb_cli *cli, const struct lb_finding *f)
{
	static const enum lb_colour colours[] = {
		[LB_SEVERITY_ERROR] = LB_RED, [LB_SEVERITY_WARNING] = LB_YELLOW, [LB_SEVERITY_INFO] = LB_BOLD,
	};
	const char *severity = lb_severity_name(f->severity);
	struct lb_line line;
	lb_say(cli, "%s %s%s%s: %s\n", lb_cli_paint(cli, colours[f->severity], severity), f->rule, f->path ? " " : "",
		lb_cli_show(cli, f->path), lb_cli_show(cli, f->message));
	lb_line_begin(&line, "finding");
	lb_jw_str(&line.w, "rule", f->rule);
	lb_jw_str(&line.w, "severity", severity);
	lb_jw_str(&line.w, "path", f->path);
	lb_jw_str(&line.w, "message", f->message);
	lb_jw_str(&line.w, "level", level_of(f->rule));
	lb_line_end(cli, &line);
}

void lb_cli_tell_findings(struct lb_cli *cli, const struct lb_report *report)
{
	for (size_t i = 0; i < report->count; i++)
		tell_finding(cli, &report->findings[i]);
}

static void tell_json(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, const struct lb_report *r)
{
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", path);
	lb_jw_str(&line.w, "profile", lb_profile_name(r->profile));
	if (options && options->profile)
		lb_jw_str(&line.w, "bagit_profile", lb_bag_profile_id(options->profile));
	lb_jw_bool(&line.w, "valid", r->errors == 0);
	lb_jw_int(&line.w, "files", (int64_t)r->files);
	lb_jw_int(&line.w, "bytes", (int64_t)r->bytes);
	lb_jw_int(&line.w, "errors", (int64_t)r->errors);
	lb_jw_int(&line.w, "warnings", (int64_t)r->warnings);
	lb_jw_num(&line.w, "seconds", r->seconds);
	lb_jw_array(&line.w, "levels");
	for (unsigned i = 0; i < LB_LEVEL_COUNT; i++)
		if (r->levels >> i & 1)
			lb_jw_str(&line.w, NULL, lb_level_name((enum lb_level)(1u << i)));
	lb_jw_end(&line.w);
	lb_line_end(cli, &line);
}

static const char *counted(struct lb_cli *cli, uint64_t n, const char *thing)
{
	return lb_arena_printf(&cli->arena, "%s %s%s", lb_human_count(cli, n), thing, n == 1 ? "" : "s");
}

static const char *const kinds[] = {
	[LB_PROFILE_LIFEBOAT] = "", [LB_PROFILE_BAGIT] = " (a BagIt bag, not a lifeboat)",
	[LB_PROFILE_FOUNDATION] = " (a Data Lifeboat of the Flickr Foundation)",
};

/* "valid: 1,234 files, 5.6 MB in 0.4 s", "not valid: 3 errors, 1 warning; …" */
static void tell_text(struct lb_cli *cli, const char *path, const struct lb_report *r, bool name_it)
{
	bool valid = r->errors == 0;
	if (name_it)
		lb_say(cli, "%s: ", lb_cli_show(cli, path));
	lb_say(cli, "%s: ", valid ? lb_cli_paint(cli, LB_GREEN, "valid") : lb_cli_paint(cli, LB_RED, "not valid"));
	if (!valid)
		lb_say(cli, "%s, ", counted(cli, r->errors, "error"));
	if (r->warnings)
		lb_say(cli, "%s, ", counted(cli, r->warnings, "warning"));
	lb_say(cli, "%s, %s in %s%s\n", counted(cli, r->files, "file"),
		lb_human_bytes(cli, r->bytes), lb_human_time(cli, r->seconds), kinds[r->profile]);
	if (r->levels == LB_LEVEL_ALL)
		return;
	lb_say(cli, "checked:");
	for (unsigned i = 0; i < LB_LEVEL_COUNT; i++)
		if (r->levels >> i & 1)
			lb_say(cli, " %s", lb_level_name((enum lb_level)(1u << i)));
	lb_say(cli, "\n");
}

int lb_cli_tell_report(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, const struct lb_report *report)
{
	lb_cli_tell_findings(cli, report);
	tell_text(cli, path, report, cli->nargs > 1);
	tell_json(cli, path, options, report);
	return report->errors ? LB_EXIT_INVALID : LB_EXIT_DONE;
}

int lb_cli_verify(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, struct lb_error *err)
{
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	LB_TRY(lb_verify(path, options, &cli->ctx, &report, err));
	return lb_cli_tell_report(cli, path, options, &report);
}

int lb_cli_check_valid(struct lb_cli *cli, const char *path, const char *otherwise, struct lb_report *report, struct lb_error *err)
{
	LB_TRY(lb_verify(path, NULL, &cli->ctx, report, err));
	if (!report->errors)
		return LB_OK;
	lb_cli_tell_findings(cli, report);
	lb_fail(err, LB_CORRUPT, "\"%s\" is not valid: %s", path, counted(cli, report->errors, "error"));
	return lb_hint(err, "--no-verify %s all the same", otherwise);
}
