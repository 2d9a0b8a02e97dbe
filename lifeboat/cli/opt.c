#include <string.h>

#include "lifeboat/cli/cli_private.h"

struct parse {
	struct lb_cli *cli;
	const char *const *next;  /* the word to be read */
	bool options_end;         /* "--" was read */
};

static const struct lb_option no_options[] = {{0}};

static const struct lb_option *own_options(const struct parse *p)
{
	return p->cli->command ? p->cli->command->options : no_options;
}

/* ---- finding ---- */

static const struct lb_option *find_long(const struct lb_option *table, struct lb_span name)
{
	for (; table->name; table++)
		if (lb_span_is(name, table->name))
			return table;
	return NULL;
}

static const struct lb_option *find_letter(const struct lb_option *table, char letter)
{
	for (; table->name; table++)
		if (table->letter == letter)
			return table;
	return NULL;
}

static size_t collect_names(const struct lb_option *table, const char **names, size_t count, size_t max)
{
	for (; table->name && count < max; table++)
		names[count++] = table->name;
	return count;
}

static int unknown_option(const struct parse *p, struct lb_span name, struct lb_error *err)
{
	const char *names[64];
	size_t count = collect_names(own_options(p), names, 0, LB_COUNT(names));
	count = collect_names(lb_global_options, names, count, LB_COUNT(names));
	LB_AUTO(lb_freep) char *word = lb_strndup(name.p, name.n);
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(1 << 20);
	lb_show(&shown, name);
	const char *nearest = lb_suggest(word, names, count);
	const struct lb_command *c = p->cli->command;
	lb_fail(err, LB_USAGE, "unknown option \"--%s\"%s", lb_buf_str(&shown), c ? "" : " before the command");
	if (nearest)
		return lb_hint(err, "did you mean \"--%s\"?", nearest);
	return lb_hint(err, "see `lifeboat help%s%s`", c ? " " : "", c ? c->name : "");
}

/* ---- values ---- */

static bool is_one_of(const char *choices, const char *value)
{
	struct lb_span rest = lb_span(choices), choice;
	while (lb_span_cut(&rest, '|', &choice))
		if (lb_span_is(choice, value))
			return true;
	return false;
}

static int check_value(const struct lb_option *o, const char *value, struct lb_error *err)
{
	uint64_t number;
	if (strchr(o->argument, '|') && !is_one_of(o->argument, value))
		return lb_fail(err, LB_USAGE, "option \"--%s\" takes one of %s", o->name, o->argument);
	if (strcmp(o->argument, "N") == 0 && (!lb_parse_u64(lb_span(value), &number) || number < 1 || number > INT32_MAX))
		return lb_fail(err, LB_USAGE, "option \"--%s\" takes a whole number from 1", o->name);
	if (!*value)
		return lb_fail(err, LB_USAGE, "the value of option \"--%s\" is empty", o->name);
	return LB_OK;
}

static int remember(struct parse *p, const struct lb_option *o, const char *value, struct lb_error *err)
{
	struct lb_cli *cli = p->cli;
	if (o->argument && !value)
		value = *p->next ? *p->next++ : NULL;
	if (o->argument && !value)
		return lb_fail(err, LB_USAGE, "option \"--%s\" needs a value: %s", o->name, o->argument);
	if (o->argument)
		LB_TRY(check_value(o, value, err));
	LB_GROW(cli->given, cli->ngiven, cli->given_cap);
	cli->given[cli->ngiven++] = (struct lb_given){o, value};
	return LB_OK;
}

/* ---- words ---- */

static int take_long(struct parse *p, const char *word, struct lb_error *err)
{
	const char *value = strchr(word, '=');
	struct lb_span name = {word, value ? (size_t)(value - word) : strlen(word)};
	const struct lb_option *o = find_long(own_options(p), name);
	if (!o)
		o = find_long(lb_global_options, name);
	if (!o)
		return unknown_option(p, name, err);
	if (value && !o->argument)
		return lb_fail(err, LB_USAGE, "option \"--%s\" takes no value", o->name);
	return remember(p, o, value ? value + 1 : NULL, err);
}

/* "-qv", "-o FILE", "-oFILE" */
static int take_letters(struct parse *p, const char *letters, struct lb_error *err)
{
	for (; *letters; letters++) {
		const struct lb_option *o = find_letter(own_options(p), *letters);
		if (!o)
			o = find_letter(lb_global_options, *letters);
		if (!o && *letters > ' ' && *letters < 0x7F)
			return lb_fail(err, LB_USAGE, "unknown option \"-%c\"", *letters);
		if (!o)
			return lb_fail(err, LB_USAGE, "unknown option \"-\\x%02x\"", (unsigned)(unsigned char)*letters);
		if (o->argument)
			return remember(p, o, letters[1] ? letters + 1 : NULL, err);
		LB_TRY(remember(p, o, NULL, err));
	}
	return LB_OK;
}

static int take_command(struct parse *p, const char *word, struct lb_error *err)
{
	const char *names[64];
	p->cli->command = lb_command_find(word);
	if (p->cli->command)
		return LB_OK;
	for (size_t i = 0; i < lb_command_count && i < LB_COUNT(names); i++)
		names[i] = lb_commands[i].name;
	const char *nearest = lb_suggest(word, names, lb_command_count);
	lb_fail(err, LB_USAGE, "unknown command \"%s\"", lb_cli_show(p->cli, word));
	return nearest ? lb_hint(err, "did you mean \"%s\"?", nearest) : lb_hint(err, "see `lifeboat help`");
}

static int take_word(struct parse *p, const char *word, struct lb_error *err)
{
	struct lb_cli *cli = p->cli;
	if (!p->options_end && strcmp(word, "--") == 0) {
		p->options_end = true;
		return LB_OK;
	}
	if (!p->options_end && strncmp(word, "--", 2) == 0)
		return take_long(p, word + 2, err);
	if (!p->options_end && word[0] == '-' && word[1])
		return take_letters(p, word + 1, err);
	if (!cli->command)
		return take_command(p, word, err);
	LB_GROW(cli->args, cli->nargs, cli->args_cap);
	cli->args[cli->nargs++] = word;
	return LB_OK;
}

/* ---- the whole ---- */

/* Errors are told as JSON wherever on the line the option stands. */
static bool wants_json(const char *const *argv)
{
	for (; *argv && strcmp(*argv, "--") != 0; argv++)
		if (strcmp(*argv, "--json") == 0)
			return true;
	return false;
}

static int check_count(const struct lb_cli *cli, struct lb_error *err)
{
	const struct lb_command *c = cli->command;
	if (cli->nargs >= c->min && cli->nargs <= c->max)
		return LB_OK;
	lb_fail(err, LB_USAGE, "%s arguments: lifeboat %s %s", cli->nargs < c->min ? "too few" : "too many", c->name, c->arguments);
	return lb_hint(err, "see `lifeboat help %s`", c->name);
}

/* --help and --version are commands under another name. */
static bool redirect(struct lb_cli *cli)
{
	bool help = lb_opt_flag(cli, "help") || !cli->command;
	const char *asked = help && cli->command ? cli->command->name : NULL;
	if (lb_opt_flag(cli, "version")) {
		help = false;
		asked = NULL;
	} else if (!help) {
		return false;
	}
	cli->command = lb_command_find(help ? "help" : "version");
	cli->nargs = 0;
	LB_GROW(cli->args, cli->nargs, cli->args_cap);
	if (asked)
		cli->args[cli->nargs++] = asked;
	return true;
}

int lb_cli_parse(struct lb_cli *cli, const char *const *argv, struct lb_error *err)
{
	cli->argv = argv;
	cli->json = wants_json(argv);
	struct parse p = {.cli = cli, .next = argv[0] ? argv + 1 : argv};
	while (*p.next) {
		const char *word = *p.next++;
		LB_TRY(take_word(&p, word, err));
	}
	cli->json = lb_opt_flag(cli, "json");
	cli->quiet = lb_opt_flag(cli, "quiet");
	cli->verbose = lb_opt_flag(cli, "verbose");
	return redirect(cli) ? LB_OK : check_count(cli, err);
}

const char *lb_opt_str(const struct lb_cli *cli, const char *name)
{
	for (size_t i = cli->ngiven; i-- > 0;)
		if (strcmp(cli->given[i].option->name, name) == 0)
			return cli->given[i].value;
	return NULL;
}

const char *lb_opt_each(const struct lb_cli *cli, const char *name, size_t *at)
{
	while (*at < cli->ngiven) {
		const struct lb_given *given = &cli->given[(*at)++];
		if (strcmp(given->option->name, name) == 0)
			return given->value;
	}
	return NULL;
}

bool lb_opt_flag(const struct lb_cli *cli, const char *name)
{
	for (size_t i = 0; i < cli->ngiven; i++)
		if (strcmp(cli->given[i].option->name, name) == 0)
			return true;
	return false;
}

uint64_t lb_opt_number(const struct lb_cli *cli, const char *name, uint64_t fallback)
{
	uint64_t number;
	const char *value = lb_opt_str(cli, name);
	return value && lb_parse_u64(lb_span(value), &number) ? number : fallback;
}
