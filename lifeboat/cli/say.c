/* Results on standard output: text for people, or JSON Lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli_private.h"

#define LINE_MAX_BYTES ((size_t)512 << 20) /* an answer of Flickr, every byte of it escaped */

void lb_say_raw(struct lb_cli *cli, const void *data, size_t n)
{
	lb_printer_clear_line(cli->printer);
	fwrite(data, 1, n, stdout);
}

__attribute__((format(printf, 2, 0)))
static void say(struct lb_cli *cli, const char *fmt, va_list args)
{
	lb_printer_clear_line(cli->printer);
	vprintf(fmt, args);
}

void lb_say(struct lb_cli *cli, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (!cli->json)
		say(cli, fmt, args);
	va_end(args);
}

void lb_say_done(struct lb_cli *cli, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	if (!cli->json && !cli->quiet)
		say(cli, fmt, args);
	va_end(args);
}

void lb_line_begin(struct lb_line *line, const char *type)
{
	line->b = (struct lb_buf)LB_BUF(LINE_MAX_BYTES);
	lb_jw_begin(&line->w, &line->b, true);
	lb_jw_object(&line->w, NULL);
	if (type)
		lb_jw_str(&line->w, "type", type);
}

void lb_line_end(struct lb_cli *cli, struct lb_line *line)
{
	lb_jw_end(&line->w);
	lb_buf_addc(&line->b, '\n');
	if (cli->json)
		lb_say_raw(cli, lb_buf_str(&line->b), line->b.len);
	lb_buf_clear(&line->b);
}

bool lb_colour_wanted(const struct lb_cli *cli, int fd)
{
	const char *wanted = lb_opt_str(cli, "color"), *no = getenv("NO_COLOR"), *term = getenv("TERM");
	if (wanted && strcmp(wanted, "auto") != 0)
		return strcmp(wanted, "always") == 0;
	if ((no && *no) || !term || strcmp(term, "dumb") == 0)
		return false;
	return isatty(fd);
}

const char *lb_cli_paint(struct lb_cli *cli, enum lb_colour colour, const char *text)
{
	if (!lb_colour_wanted(cli, STDOUT_FILENO))
		return text;
	return lb_arena_printf(&cli->arena, "\033[%dm%s\033[0m", (int)colour, text);
}

/* ---- words from standard input ---- */

static int read_words(struct lb_cli *cli, const char ***words, size_t *count, size_t *cap, struct lb_error *err)
{
	struct lb_input in = LB_INPUT(STDIN_FILENO, "standard input");
	struct lb_span line;
	int rc;
	while ((rc = lb_input_line(&in, &cli->ctx, &line, err)) == LB_OK) {
		struct lb_span word = lb_span_trim(line);
		if (!word.n)
			continue;
		LB_GROW(*words, *count, *cap);
		(*words)[(*count)++] = lb_arena_strndup(&cli->arena, word.p, word.n);
	}
	lb_buf_clear(&in.held);
	return rc == LB_NOTFOUND ? LB_OK : rc;
}

int lb_cli_words(struct lb_cli *cli, size_t first, const char *const **out, size_t *out_count, struct lb_error *err)
{
	LB_AUTO(lb_freep) const char **words = NULL;
	size_t count = 0, cap = 0;
	for (size_t i = first; i < cli->nargs; i++) {
		if (strcmp(cli->args[i], "-") == 0) {
			LB_TRY(read_words(cli, &words, &count, &cap, err));
			continue;
		}
		LB_GROW(words, count, cap);
		words[count++] = cli->args[i];
	}
	const char **kept = lb_arena_alloc(&cli->arena, count * sizeof *kept);
	if (count)
		memcpy(kept, words, count * sizeof *kept);
	*out = kept;
	*out_count = count;
	return LB_OK;
}
