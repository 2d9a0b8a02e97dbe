#include "lifeboat/cli/cli.h"

int main(int argc, char **argv)
{
	struct lb_cli cli = {0};
	struct lb_error err = {0};
	(void)argc;
	int rc = lb_cli_parse(&cli, (const char *const *)argv, &err);
	lb_cli_begin(&cli);
	if (rc == LB_OK)
		rc = cli.command->run(&cli, &err);
	return lb_cli_end(&cli, rc, &err);
}
