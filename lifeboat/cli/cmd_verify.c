#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

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

static int verify_one(struct lb_cli *cli, const char *argument, const struct lb_verify_options *options, struct lb_error *err)
{
	const char *path;
	LB_TRY(lb_cli_package_path(cli, argument, &path, err));
	int rc = lb_cli_verify(cli, path, options, err);
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

int cmd_verify(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *profile = NULL;
	struct lb_verify_options options = {0};
	int code = LB_EXIT_DONE;
	LB_TRY(take_levels(cli, &options, err));
	LB_TRY(lb_cli_profile(cli, &profile, err));
	options.profile = profile;
	if (cli->nargs == 1)
		return verify_one(cli, cli->args[0], &options, err);
	for (size_t i = 0; i < cli->nargs; i++) {
		LB_TRY(lb_ctx_check(&cli->ctx, err));
		int rc = verify_one(cli, cli->args[i], &options, err);
		if (rc == LB_CANCELLED)
			return rc;
		if (rc < 0)
			lb_cli_tell(cli, cli->args[i], err);
		code = worse(code, rc < 0 ? lb_exit_code(cli->command, err) : rc);
	}
	return code;
}
