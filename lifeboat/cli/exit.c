/* The beginning and the end of a run: which exit code, how an error is told, whether all output arrived. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli_private.h"

static const struct meaning { enum lb_status status; int code; const char *name; } meanings[] = {
	{LB_USAGE, LB_EXIT_USAGE, "usage"},            {LB_IO, LB_EXIT_FAILED, "io"},
	{LB_FORMAT, LB_EXIT_FAILED, "format"},         {LB_LIMIT, LB_EXIT_FAILED, "limit"},
	{LB_NOTFOUND, LB_EXIT_NOTFOUND, "not_found"},  {LB_EXISTS, LB_EXIT_FAILED, "exists"},
	{LB_LOCKED, LB_EXIT_LOCKED, "locked"},         {LB_AUTH, LB_EXIT_AUTH, "auth"},
	{LB_NETWORK, LB_EXIT_NETWORK, "network"},      {LB_RATE, LB_EXIT_NETWORK, "rate"},
	{LB_DENIED, LB_EXIT_AUTH, "denied"},           {LB_CANCELLED, LB_EXIT_INTERRUPTED, "interrupted"},
	{LB_UNSUPPORTED, LB_EXIT_VERSION, "unsupported"}, {LB_CORRUPT, LB_EXIT_FAILED, "corrupt"},
};

static const struct meaning *meaning_of(enum lb_status status)
{
	static const struct meaning unknown = {LB_OK, LB_EXIT_FAILED, "failed"};
	for (size_t i = 0; i < LB_COUNT(meanings); i++)
		if (meanings[i].status == status)
			return &meanings[i];
	return &unknown;
}

int lb_exit_code(const struct lb_cli *cli, const struct lb_error *err)
{
	bool broken = err->status == LB_FORMAT || err->status == LB_CORRUPT;
	if (broken && (cli->reads_package || (cli->command && cli->command->reads_package)))
		return LB_EXIT_INVALID;
	if (err->status == LB_DENIED && err->sys) /* by the operating system: no signing in helps */
		return LB_EXIT_FAILED;
	return meaning_of(err->status)->code;
}

/* ---- errors ---- */

static void tell_text(struct lb_cli *cli, const char *what, const char *hint)
{
	bool colour = lb_colour_wanted(cli, STDERR_FILENO);
	lb_printer_clear_line(cli->printer);
	fprintf(stderr, "%slifeboat:%s %s\n", colour ? "\033[1;31m" : "", colour ? "\033[0m" : "", lb_cli_show(cli, what));
	if (hint && *hint)
		fprintf(stderr, "hint: %s\n", lb_cli_show(cli, hint));
}

static void tell_json(struct lb_cli *cli, const char *path, const struct lb_error *err, const char *hint)
{
	struct lb_line line;
	lb_line_begin(&line, "error");
	if (path)
		lb_jw_str(&line.w, "path", path);
	lb_jw_str(&line.w, "error", meaning_of(err->status)->name);
	lb_jw_int(&line.w, "exit", lb_exit_code(cli, err));
	lb_jw_str(&line.w, "message", err->what);
	lb_jw_str(&line.w, "hint", hint && *hint ? hint : NULL);
	lb_line_end(cli, &line);
}

void lb_cli_tell(struct lb_cli *cli, const char *path, const struct lb_error *err)
{
	if (cli->json)
		tell_json(cli, path, err, err->hint);
	else
		tell_text(cli, err->what, err->hint);
}

static void append_quoted(struct lb_buf *b, const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%+=:,./_-";
	if (*word && word[strspn(word, plain)] == '\0') {
		lb_buf_adds(b, word);
		return;
	}
	lb_buf_addc(b, '\'');
	for (; *word; word++)
		if (*word == '\'')
			lb_buf_adds(b, "'\\''");
		else
			lb_buf_addc(b, *word);
	lb_buf_addc(b, '\'');
}

/* The command line as it was given: running it again resumes. */
/* How many words of the command line set the time to stop, beginning with this one. */
static size_t words_of_until(const char *const *word)
{
	if (strcmp(*word, "--until") == 0)
		return word[1] ? 2 : 1;
	return strncmp(*word, "--until=", 8) == 0;
}

static const char *resume_hint(struct lb_cli *cli)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF((size_t)1 << 20);
	lb_buf_adds(&b, "to resume:");
	for (const char *const *word = cli->argv; *word; word++) {
		size_t passed = words_of_until(word); /* by then it is past */
		if (passed) {
			word += passed - 1;
			continue;
		}
		lb_buf_addc(&b, ' ');
		append_quoted(&b, *word);
	}
	return lb_arena_strdup(&cli->arena, lb_buf_str(&b));
}

static void tell_end(struct lb_cli *cli, const struct lb_error *err)
{
	bool resume = err->status == LB_CANCELLED && cli->command && cli->command->resumes;
	const char *hint = resume ? resume_hint(cli) : err->hint;
	if (cli->json)
		tell_json(cli, NULL, err, hint);
	else
		tell_text(cli, err->what, hint);
}

/* ---- a run ---- */

/* A file opened while 0, 1 or 2 is closed would take its number, and our messages would go into it. */
static void hold_standard_files(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			_exit(LB_EXIT_FAILED);
}

/* Tests fix the date of everything: tests/README.md. */
static int64_t fixed_time(void *arg)
{
	return *(const int64_t *)arg;
}

static void use_test_clock(struct lb_cli *cli)
{
	const char *text = getenv("LIFEBOAT_TEST_CLOCK");
	int64_t *at = lb_arena_alloc(&cli->arena, sizeof *at);
	if (!text || !lb_time_parse(lb_span(text), at))
		return;
	cli->ctx.wall = fixed_time;
	cli->ctx.wall_arg = at;
}

void lb_cli_begin(struct lb_cli *cli)
{
	hold_standard_files();
	use_test_clock(cli);
	enum lb_progress_mode mode = lb_progress_mode(lb_opt_str(cli, "progress"), cli->quiet);
	cli->printer = lb_printer_new(mode, cli->verbose, cli->quiet);
	cli->ctx.event = lb_printer_event;
	cli->ctx.event_arg = cli->printer;
	cli->ctx.cancel = lb_signals_take();
}

/* Output that did not arrive (a full disk) must not pass for success. */
static int check_output(int code)
{
	bool bad = ferror(stdout);
	if (fflush(stdout) == 0 && !bad)
		return code;
	int sys = errno;
	char reason[128];
	fprintf(stderr, "lifeboat: cannot write to standard output: %s\n", strerror_r(sys, reason, sizeof reason));
	return code == LB_EXIT_DONE ? LB_EXIT_FAILED : code;
}

int lb_cli_end(struct lb_cli *cli, int rc, const struct lb_error *err)
{
	int code = rc;
	lb_printer_free(cli->printer);
	cli->printer = NULL;
	if (rc < 0) {
		struct lb_error known = *err;
		known.status = (enum lb_status)rc;
		if (!known.what[0])
			snprintf(known.what, sizeof known.what, "failed (%s)", meaning_of(known.status)->name);
		code = lb_exit_code(cli, &known);
		tell_end(cli, &known);
	}
	code = check_output(code);
	free(cli->args);
	free(cli->given);
	lb_arena_clear(&cli->arena);
	return code;
}
