/* The manual page in mdoc, made from the tables. */
#include <string.h>

#include "lifeboat/cli/cli_private.h"

#define DATE "November 20, 2026"

static void append_escaped(struct lb_buf *b, const char *text)
{
	for (; *text; text++)
		if (*text == '\\')
			lb_buf_adds(b, "\\e");
		else if (*text == '`')
			lb_buf_adds(b, "\\(ga");
		else
			lb_buf_addc(b, *text);
}

/* Plain text, in lines that are not too long: nothing in it is taken for a request or an escape. */
static void text_line(struct lb_buf *b, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf escaped = LB_BUF(8192), lines = LB_BUF(8192);
	append_escaped(&escaped, text);
	lb_wrap(&lines, lb_buf_str(&escaped), 2, 0);
	struct lb_span rest = lb_buf_span(&lines), line;
	while (lb_span_cut(&rest, '\n', &line)) {
		if (lb_span_starts(line, ".") || lb_span_starts(line, "'"))
			lb_buf_adds(b, "\\&");
		lb_buf_add(b, line.p, line.n);
		lb_buf_addc(b, '\n');
	}
}

/* Sentences stand on lines of their own, as mdoc wants them. */
static void text_lines(struct lb_buf *b, const char *text)
{
	struct lb_span rest = lb_span(text);
	while (rest.n) {
		size_t n = 0;
		while (n < rest.n && !(rest.p[n] == '.' && n + 1 < rest.n && rest.p[n + 1] == ' '))
			n++;
		n += n < rest.n;
		LB_AUTO(lb_freep) char *sentence = lb_strndup(rest.p, n);
		text_line(b, sentence);
		n += n < rest.n;
		rest.p += n;
		rest.n -= n;
	}
}

static void option(struct lb_buf *b, const struct lb_option *o)
{
	lb_buf_adds(b, ".It ");
	if (o->letter)
		lb_buf_addf(b, "Fl %c , ", o->letter);
	lb_buf_addf(b, "Fl Fl %s", o->name);
	if (o->argument)
		lb_buf_addf(b, " Ns = Ns Ar %s", o->argument);
	lb_buf_addc(b, '\n');
	text_line(b, o->help);
}

static void options(struct lb_buf *b, const struct lb_option *o)
{
	if (!o->name)
		return;
	lb_buf_adds(b, ".Bl -tag -width Ds\n");
	for (; o->name; o++)
		option(b, o);
	lb_buf_adds(b, ".El\n");
}

static void command(struct lb_buf *b, const struct lb_command *c)
{
	lb_buf_addf(b, ".Ss lifeboat %s\n.Nm\n.Cm %s\n", c->name, c->name);
	text_line(b, c->arguments);
	lb_buf_addf(b, ".Pp\n%s.\n", c->sentence);
	if (c->text)
		text_lines(b, c->text);
	options(b, c->options);
}

static void examples(struct lb_buf *b)
{
	lb_buf_adds(b, ".Sh EXAMPLES\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < lb_command_count; i++) {
		for (const char *const *e = lb_commands[i].examples; *e; e += 2) {
			lb_buf_adds(b, ".It Xo\n");
			text_line(b, e[0]);
			lb_buf_adds(b, ".Xc\n");
			text_line(b, e[1]);
		}
	}
	lb_buf_adds(b, ".El\n");
}

static void exits(struct lb_buf *b)
{
	lb_buf_adds(b, ".Sh EXIT STATUS\n.Bl -tag -width 130 -compact\n");
	for (int code = 0; code <= LB_EXIT_INTERRUPTED; code++)
		if (strcmp(lb_exit_text(code), "unknown") != 0)
			lb_buf_addf(b, ".It %d\n%s\n", code, lb_exit_text(code));
	lb_buf_adds(b, ".El\n");
}

static void environment(struct lb_buf *b)
{
	static const char *const variables[][2] = {
		{"LIFEBOAT_API_KEY", "the key for Flickr's API; else it is read from the credentials file"},
		{"LIFEBOAT_INDEX", "the index that the index command uses"},
		{"XDG_CONFIG_HOME", "the folder of lifeboat/credentials; default ~/.config"},
		{"XDG_DATA_HOME", "the folder of lifeboat/index.sqlite; default ~/.local/share"},
		{"NO_COLOR", "when not empty, no colours"},
	};
	lb_buf_adds(b, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < LB_COUNT(variables); i++)
		lb_buf_addf(b, ".It Ev %s\n%s\n", variables[i][0], variables[i][1]);
	lb_buf_adds(b, ".El\n");
}

void lb_man_page(struct lb_buf *b)
{
	lb_buf_adds(b, ".Dd " DATE "\n.Dt LIFEBOAT 1\n.Os\n.Sh NAME\n.Nm lifeboat\n"
		".Nd keep Flickr photographs together with the life around them\n"
		".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n.Op Ar arguments\n"
		".Sh DESCRIPTION\n"
		"Results go to standard output, everything else to standard error.\n"
		"Options stand before or after the arguments.\n"
		"The following ones belong to all commands, and may stand before the command.\n");
	options(b, lb_global_options);
	lb_buf_adds(b, ".Sh COMMANDS\n");
	for (size_t i = 0; i < lb_command_count; i++)
		command(b, &lb_commands[i]);
	environment(b);
	exits(b);
	examples(b);
}
