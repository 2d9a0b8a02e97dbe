/* Completion scripts, made from the tables. */
#include <string.h>

#include "lifeboat/cli/cli_private.h"

/* Appends " word" for each option of a table. */
static void append_options(struct lb_buf *b, const struct lb_option *o)
{
	for (; o->name; o++) {
		lb_buf_addf(b, " --%s", o->name);
		if (o->letter)
			lb_buf_addf(b, " -%c", o->letter);
	}
}

static void append_command_names(struct lb_buf *b)
{
	for (size_t i = 0; i < lb_command_count; i++)
		lb_buf_addf(b, " %s", lb_commands[i].name);
}

/* What the first argument may be; "" when it is a file or free text. */
static void append_words(struct lb_buf *b, const struct lb_command *c)
{
	if (c->run == cmd_help)
		append_command_names(b);
	else if (c->words)
		lb_buf_addf(b, " %s", c->words);
}

/* Options with a value that is one of a few: a case each. */
static void append_choices(struct lb_buf *b)
{
	for (const struct lb_option *o = lb_global_options; o->name; o++) {
		if (!o->argument || !strchr(o->argument, '|'))
			continue;
		struct lb_span rest = lb_span(o->argument), choice;
		lb_buf_addf(b, "\t--%s) words='", o->name);
		while (lb_span_cut(&rest, '|', &choice))
			lb_buf_addf(b, "%.*s ", (int)choice.n, choice.p);
		lb_buf_adds(b, "' ;;\n");
	}
}

static void append_bash_command(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_addf(b, "\t%s)\n\t\toptions='", c->name);
	append_options(b, c->options);
	append_options(b, lb_global_options);
	lb_buf_adds(b, "'\n\t\twords='");
	append_words(b, c);
	lb_buf_adds(b, "' ;;\n");
}

static void bash(struct lb_buf *b)
{
	lb_buf_adds(b, "# bash completion for lifeboat, made by `lifeboat completion bash`\n"
		"_lifeboat() {\n"
		"\tlocal current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i options words=\n"
		"\t[[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
		"\t[[ $current == = ]] && { before=${COMP_WORDS[COMP_CWORD-1]} current=; }\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tcase ${COMP_WORDS[i]} in\n"
		"\t\t-*|=) ;;\n"
		"\t\t*) [[ ${COMP_WORDS[i-1]} == @(--progress|--color|=) ]] || { command=${COMP_WORDS[i]}; break; } ;;\n"
		"\t\tesac\n"
		"\tdone\n"
		"\tcase $command in\n"
		"\t'')\n\t\toptions='");
	append_options(b, lb_global_options);
	lb_buf_adds(b, "'\n\t\twords='");
	append_command_names(b);
	lb_buf_adds(b, "' ;;\n");
	for (size_t i = 0; i < lb_command_count; i++)
		append_bash_command(b, &lb_commands[i]);
	lb_buf_adds(b, "\tesac\n\tcase $before in\n");
	append_choices(b);
	lb_buf_adds(b, "\t*) [[ $current == -* ]] && words=$options ;;\n"
		"\tesac\n"
		"\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
		"}\n"
		"complete -o default -F _lifeboat lifeboat\n");
}

/* ---- zsh ---- */

/* Inside '…' and [...] of an _arguments specification. */
static void append_zsh_text(struct lb_buf *b, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			lb_buf_adds(b, "'\\''");
		else if (strchr("[]:\\", *text))
			lb_buf_addf(b, "\\%c", *text);
		else
			lb_buf_addc(b, *text);
	}
}

static void append_zsh_value(struct lb_buf *b, const char *argument)
{
	if (strchr(argument, '|')) {
		struct lb_span rest = lb_span(argument), choice;
		lb_buf_adds(b, ":value:(");
		while (lb_span_cut(&rest, '|', &choice))
			lb_buf_addf(b, "%.*s ", (int)choice.n, choice.p);
		lb_buf_addc(b, ')');
		return;
	}
	bool file = strcmp(argument, "FILE") == 0, dir = strcmp(argument, "DIR") == 0;
	lb_buf_addf(b, ":%s:%s", argument, file ? "_files" : dir ? "_files -/" : "");
}

static void append_zsh_option(struct lb_buf *b, const struct lb_option *o)
{
	lb_buf_adds(b, "\t\t");
	if (o->letter)
		lb_buf_addf(b, "{-%c,--%s%s}", o->letter, o->name, o->argument ? "=" : "");
	else
		lb_buf_addf(b, "--%s%s", o->name, o->argument ? "=" : "");
	lb_buf_adds(b, "'[");
	append_zsh_text(b, o->help);
	lb_buf_addc(b, ']');
	if (o->argument)
		append_zsh_value(b, o->argument);
	lb_buf_adds(b, "' \\\n");
}

static void append_zsh_command(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_addf(b, "\t%s)\n\t\t_arguments -S \\\n", c->name);
	for (const struct lb_option *o = c->options; o->name; o++)
		append_zsh_option(b, o);
	for (const struct lb_option *o = lb_global_options; o->name; o++)
		append_zsh_option(b, o);
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(4096);
	append_words(&words, c);
	if (words.len)
		lb_buf_addf(b, "\t\t'1:what:(%s)' \\\n", lb_buf_str(&words));
	lb_buf_adds(b, "\t\t'*:file:_files' ;;\n");
}

static void zsh(struct lb_buf *b)
{
	lb_buf_adds(b, "#compdef lifeboat\n# made by `lifeboat completion zsh`\n_lifeboat() {\n"
		"\tlocal line state context curcontext=$curcontext\n\t_arguments -C \\\n");
	for (const struct lb_option *o = lb_global_options; o->name; o++)
		append_zsh_option(b, o);
	lb_buf_adds(b, "\t\t'1:command:->command' '*::argument:->argument'\n"
		"\tif [[ $state == command ]]; then\n\t\tlocal -a commands=(\n");
	for (size_t i = 0; i < lb_command_count; i++) {
		lb_buf_addf(b, "\t\t\t'%s:", lb_commands[i].name);
		append_zsh_text(b, lb_commands[i].sentence);
		lb_buf_adds(b, "'\n");
	}
	lb_buf_adds(b, "\t\t)\n\t\t_describe command commands\n\t\treturn\n\tfi\n\tcase $line[1] in\n");
	for (size_t i = 0; i < lb_command_count; i++)
		append_zsh_command(b, &lb_commands[i]);
	lb_buf_adds(b, "\tesac\n}\n"
		"if [[ $funcstack[1] == _lifeboat ]]; then _lifeboat \"$@\"; else compdef _lifeboat lifeboat; fi\n");
}

/* ---- fish ---- */

static void append_fish_text(struct lb_buf *b, const char *text)
{
	lb_buf_adds(b, " -d '");
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			lb_buf_addc(b, '\\');
		lb_buf_addc(b, *text);
	}
	lb_buf_addc(b, '\'');
}

static void append_fish_option(struct lb_buf *b, const char *command, const struct lb_option *o)
{
	lb_buf_adds(b, "complete -c lifeboat");
	if (command)
		lb_buf_addf(b, " -n '__fish_seen_subcommand_from %s'", command);
	lb_buf_addf(b, " -l %s", o->name);
	if (o->letter)
		lb_buf_addf(b, " -s %c", o->letter);
	if (o->argument && strchr(o->argument, '|')) {
		struct lb_span rest = lb_span(o->argument), choice;
		lb_buf_adds(b, " -x -a '");
		while (lb_span_cut(&rest, '|', &choice))
			lb_buf_addf(b, "%.*s ", (int)choice.n, choice.p);
		lb_buf_addc(b, '\'');
	} else if (o->argument) {
		lb_buf_adds(b, " -r");
	}
	append_fish_text(b, o->help);
	lb_buf_addc(b, '\n');
}

static void append_fish_command(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_addf(b, "complete -c lifeboat -n __fish_use_subcommand -f -a %s", c->name);
	append_fish_text(b, c->sentence);
	lb_buf_addc(b, '\n');
	for (const struct lb_option *o = c->options; o->name; o++)
		append_fish_option(b, c->name, o);
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(4096);
	append_words(&words, c);
	if (words.len)
		lb_buf_addf(b, "complete -c lifeboat -n '__fish_seen_subcommand_from %s' -f -a '%s'\n", c->name, lb_buf_str(&words));
}

static void fish(struct lb_buf *b)
{
	lb_buf_adds(b, "# fish completion for lifeboat, made by `lifeboat completion fish`\n");
	for (const struct lb_option *o = lb_global_options; o->name; o++)
		append_fish_option(b, NULL, o);
	for (size_t i = 0; i < lb_command_count; i++)
		append_fish_command(b, &lb_commands[i]);
}

bool lb_completion(struct lb_buf *b, const char *shell)
{
	static const struct { const char *name; void (*make)(struct lb_buf *); } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	for (size_t i = 0; i < LB_COUNT(shells); i++) {
		if (strcmp(shells[i].name, shell) == 0) {
			shells[i].make(b);
			return true;
		}
	}
	return false;
}
