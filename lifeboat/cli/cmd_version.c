#include "format/package/package.h"
#include "lifeboat/cli/cli.h"

int cmd_version(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_line line;
	(void)err;
	lb_say(cli, "lifeboat %s (format %s)\n", LB_VERSION, LB_FORMAT_VERSION);
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "program", "lifeboat");
	lb_jw_str(&line.w, "version", LB_VERSION);
	lb_jw_str(&line.w, "format", LB_FORMAT_VERSION);
	lb_line_end(cli, &line);
	return LB_EXIT_DONE;
}
