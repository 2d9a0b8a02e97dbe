#include <string.h>

#include "lifeboat/cli/cli_private.h"

#define HELP_MAX ((size_t)1 << 20)

static int unknown(struct lb_cli *cli, struct lb_error *err)
{
	const char *names[64];
	size_t count = 0;
	for (; count < lb_command_count && count < LB_COUNT(names); count++)
		names[count] = lb_commands[count].name;
	const char *nearest = lb_suggest(cli->args[0], names, count);
	lb_fail(err, LB_USAGE, "unknown command \"%s\"", cli->args[0]);
	return nearest ? lb_hint(err, "did you mean \"%s\"?", nearest) : lb_hint(err, "see `lifeboat help`");
}

/* "help index find": the parts of a command are explained with it. */
static int check_part(struct lb_cli *cli, const struct lb_command *asked, struct lb_error *err)
{
	struct lb_span rest = lb_span(asked->words), word;
	while (lb_span_cut(&rest, ' ', &word))
		if (lb_span_is(word, cli->args[1]))
			return LB_OK;
	lb_fail(err, LB_USAGE, "unknown part of %s \"%s\"", asked->name, cli->args[1]);
	return lb_hint(err, "see `lifeboat help %s`", asked->name);
}

/* Help is for people, and the man page for man: with --json, too, both are printed as they are. */
int cmd_help(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(HELP_MAX);
	const struct lb_command *asked = cli->nargs ? lb_command_find(cli->args[0]) : NULL;
	bool bare = cli->argv[0] && !cli->argv[1];
	if (cli->nargs && !asked)
		return unknown(cli, err);
	if (cli->nargs > 1)
		LB_TRY(check_part(cli, asked, err));
	if (lb_opt_flag(cli, "man"))
		lb_man_page(&b);
	else if (asked)
		lb_help_command(&b, asked);
	else if (bare)
		lb_help_short(&b);
	else
		lb_help_overview(&b);
	lb_say_raw(cli, lb_buf_str(&b), b.len);
	return LB_EXIT_DONE;
}
