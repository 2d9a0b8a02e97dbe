#include "lifeboat/cli/cli_private.h"

#define SCRIPT_MAX ((size_t)1 << 20)

int cmd_completion(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(SCRIPT_MAX);
	if (!lb_completion(&b, cli->args[0])) {
		lb_fail(err, LB_USAGE, "no completion for the shell \"%s\"", cli->args[0]);
		return lb_hint(err, "there are bash, zsh and fish");
	}
	lb_say_raw(cli, lb_buf_str(&b), b.len);
	return LB_EXIT_DONE;
}
