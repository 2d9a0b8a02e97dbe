#include <stdlib.h>
#include <string.h>

#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

/* What was verified, kept for the report; `file` NULL: to standard output, in place of the text. */
struct kept { bool wanted; const char *file; struct lb_verified *items; size_t count, cap; };

static void kept_clear(struct kept *k)
{
	for (size_t i = 0; i < k->count; i++)
		lb_report_clear(&k->items[i].report);
	free(k->items);
}

static int take_levels(struct lb_cli *cli, struct lb_verify_options *options, struct lb_error *err)
{
	struct lb_span rest = lb_span(lb_opt_str(cli, "levels")), name;
	enum lb_level level;
	if (lb_opt_flag(cli, "quick"))
		options->levels = LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS;
	while (lb_span_cut(&rest, ',', &name)) {
		if (!lb_level_by_name(lb_span_trim(name), &level)) {
			lb_fail(err, LB_USAGE, "there is no level \"%.*s\"", (int)name.n, name.p);
			return lb_hint(err, "levels: structure, completeness, fixity, schema, consistency");
		}
		options->levels |= level;
	}
	return LB_OK;
}

/* Looked at before hours of hashing. */
static int take_report(struct lb_cli *cli, struct kept *k, struct lb_error *err)
{
	const char *report = lb_opt_str(cli, "report");
	k->file = lb_opt_str(cli, "output");
	k->wanted = report != NULL;
	if (report && strcmp(report, "premis") != 0) {
		lb_fail(err, LB_USAGE, "there is no report \"%s\"", report);
		return lb_hint(err, "--report premis");
	}
	if (k->file && !report) {
		lb_fail(err, LB_USAGE, "--output without --report: nothing to write");
		return lb_hint(err, "--report premis -o %s", k->file);
	}
	if (lb_opt_flag(cli, "force") && !k->file)
		return lb_fail(err, LB_USAGE, "--force without --output: nothing to replace");
	if (report && cli->json) {
		lb_fail(err, LB_USAGE, "--report and --json cannot be had together");
		return lb_hint(err, "call it twice");
	}
	if (!k->file || lb_opt_flag(cli, "force") || !lb_file_exists(k->file))
		return LB_OK;
	lb_fail(err, LB_EXISTS, "cannot write \"%s\": it exists already", k->file);
	return lb_hint(err, "--force replaces it");
}

static int verify_and_keep(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, struct kept *k, struct lb_error *err)
{
	struct lb_report report = {0};
	LB_TRY(lb_verify(path, options, &cli->ctx, &report, err));
	LB_GROW(k->items, k->count, k->cap);
	k->items[k->count++] = (struct lb_verified){path, report};
	if (k->file)
		return lb_cli_tell_report(cli, path, options, &report);
	return report.errors ? LB_EXIT_INVALID : LB_EXIT_DONE;
}

static int verify_one(struct lb_cli *cli, const char *argument, const struct lb_verify_options *options, struct kept *k, struct lb_error *err)
{
	const char *path;
	LB_TRY(lb_cli_package_path(cli, argument, &path, err));
	int rc = k->wanted ? verify_and_keep(cli, path, options, k, err) : lb_cli_verify(cli, path, options, err);
	if (rc == LB_FORMAT)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is neither a lifeboat nor a bag: not a folder, zip or tar file", argument);
	return rc;
}

/* What is wrong with the packages weighs more than that one could not be found. */
static int worse(int a, int b)
{
	if (a == LB_EXIT_INVALID || b == LB_EXIT_INVALID)
		return LB_EXIT_INVALID;
	return a ? a : b;
}

static int verify_all(struct lb_cli *cli, const struct lb_verify_options *options, struct kept *k, struct lb_error *err)
{
	int code = LB_EXIT_DONE;
	if (cli->nargs == 1)
		return verify_one(cli, cli->args[0], options, k, err);
	for (size_t i = 0; i < cli->nargs; i++) {
		LB_TRY(lb_ctx_check(&cli->ctx, err));
		int rc = verify_one(cli, cli->args[i], options, k, err);
		if (rc == LB_CANCELLED)
			return rc;
		if (rc < 0)
			lb_cli_tell(cli, cli->args[i], err);
		code = worse(code, rc < 0 ? lb_exit_code(cli, err) : rc);
	}
	return code;
}

static void to_standard_output(void *cli, const void *data, size_t n)
{
	lb_say_raw(cli, data, n);
}

static int write_report(struct lb_cli *cli, const struct kept *k, struct lb_error *err)
{
	const struct lb_premis_report r = {k->items, k->count, "lifeboat " LB_VERSION};
	if (k->count == 0)
		return LB_OK; /* PREMIS cannot say nothing */
	if (k->file)
		return lb_premis_report_save(&r, k->file, lb_opt_flag(cli, "force"), err);
	lb_premis_report_write(&r, to_standard_output, cli);
	return LB_OK;
}

int cmd_verify(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_verify_options options = {0};
	LB_AUTO(kept_clear) struct kept kept = {0};
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *profile = NULL;
	LB_TRY(take_levels(cli, &options, err));
	LB_TRY(lb_cli_profile(cli, &profile, err));
	options.profile = profile;
	LB_TRY(take_report(cli, &kept, err));
	int code = verify_all(cli, &options, &kept, err);
	if (code < 0)
		return code;
	LB_TRY(write_report(cli, &kept, err));
	return code;
}
