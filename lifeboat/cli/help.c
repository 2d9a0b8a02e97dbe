#include <string.h>

#include "lifeboat/cli/cli_private.h"

#define TEXT_COLUMN 26

static void append_commands(struct lb_buf *b, bool all)
{
	for (size_t i = 0; i < lb_command_count; i++) {
		if (!all && !lb_commands[i].daily)
			continue;
		lb_buf_addf(b, "  %-11s", lb_commands[i].name);
		lb_wrap(b, lb_commands[i].sentence, 13, 13);
	}
}

static void append_option(struct lb_buf *b, const struct lb_option *o)
{
	size_t start = b->len;
	if (o->letter)
		lb_buf_addf(b, "  -%c, --%s", o->letter, o->name);
	else
		lb_buf_addf(b, "      --%s", o->name);
	if (o->argument)
		lb_buf_addf(b, "%c%s", strchr(o->argument, '|') ? '=' : ' ', o->argument);
	if (b->len - start > TEXT_COLUMN - 2) {
		lb_buf_addc(b, '\n');
		start = b->len;
	}
	lb_buf_addf(b, "%*s", (int)(TEXT_COLUMN - (b->len - start)), "");
	lb_wrap(b, o->help, TEXT_COLUMN, TEXT_COLUMN);
}

static void append_options(struct lb_buf *b, const char *title, const struct lb_option *o)
{
	if (!o->name)
		return;
	lb_buf_addf(b, "\n%s:\n", title);
	for (; o->name; o++)
		append_option(b, o);
}

static void append_examples(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_adds(b, "\nexamples:\n");
	for (const char *const *e = c->examples; *e; e += 2) {
		lb_buf_addf(b, "  %s\n      ", e[0]);
		lb_wrap(b, e[1], 6, 6);
	}
}

static void append_exits(struct lb_buf *b, const struct lb_command *c)
{
	static const int common[] = {LB_EXIT_DONE, LB_EXIT_FAILED, LB_EXIT_USAGE, -1};
	lb_buf_adds(b, "\nexit codes:\n");
	for (const int *e = common; *e >= 0; e++)
		lb_buf_addf(b, "  %3d  %s\n", *e, lb_exit_text(*e));
	for (const int *e = c->exits; *e >= 0; e++)
		lb_buf_addf(b, "  %3d  %s\n", *e, lb_exit_text(*e));
}

void lb_help_command(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_addf(b, "usage: lifeboat %s ", c->name);
	lb_wrap(b, c->arguments, (unsigned)(16 + strlen(c->name) + 1), 8);
	lb_buf_addc(b, '\n');
	lb_wrap(b, c->sentence, 0, 0);
	if (c->text) {
		lb_buf_addc(b, '\n');
		lb_wrap(b, c->text, 0, 0);
	}
	append_examples(b, c);
	append_options(b, "options", c->options);
	append_options(b, "global options", lb_global_options);
	append_exits(b, c);
}

void lb_help_short(struct lb_buf *b)
{
	lb_buf_adds(b, "usage: lifeboat COMMAND [options] [arguments]\n\n");
	append_commands(b, false);
	lb_buf_adds(b, "\nAll commands: `lifeboat help`. One, with examples: `lifeboat help create`.\n");
}

void lb_help_overview(struct lb_buf *b)
{
	lb_buf_adds(b, "usage: lifeboat COMMAND [options] [arguments]\n\n");
	lb_buf_adds(b, "Keeps Flickr photographs together with the life around them.\n\ncommands:\n");
	append_commands(b, true);
	append_options(b, "global options, before or after the command", lb_global_options);
	lb_buf_adds(b, "\n`lifeboat help COMMAND` explains one, with examples.\n");
}
