#include "lifeboat/cli/cli.h"

static int verify_one(struct lb_cli *cli, const char *argument, struct lb_error *err)
{
	const char *path;
	LB_TRY(lb_cli_package_path(cli, argument, &path, err));
	int rc = lb_cli_verify(cli, path, err);
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
	int code = LB_EXIT_DONE;
	if (cli->nargs == 1)
		return verify_one(cli, cli->args[0], err);
	for (size_t i = 0; i < cli->nargs; i++) {
		LB_TRY(lb_ctx_check(&cli->ctx, err));
		int rc = verify_one(cli, cli->args[i], err);
		if (rc == LB_CANCELLED)
			return rc;
		if (rc < 0)
			lb_cli_tell(cli, cli->args[i], err);
		code = worse(code, rc < 0 ? lb_exit_code(cli->command, err) : rc);
	}
	return code;
}
