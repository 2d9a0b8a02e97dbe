/* The command line: one table of commands feeds the parser, the help, the man page and the completions; one file a
 * command. A command prints its results on standard output, through here; all else goes to standard error. */
#ifndef LB_CLI_H
#define LB_CLI_H

#include "format/base/base.h"
#include "format/text/text.h"

/* ---- commands and their options ------------------------------------------------------------------------------ */

enum lb_exit {
	LB_EXIT_DONE = 0, LB_EXIT_FAILED = 1, LB_EXIT_USAGE = 2, LB_EXIT_GAPS = 3, LB_EXIT_INVALID = 4, LB_EXIT_NOTFOUND = 5,
	LB_EXIT_AUTH = 6, LB_EXIT_NETWORK = 7, LB_EXIT_LOCKED = 8, LB_EXIT_VERSION = 9, LB_EXIT_INTERRUPTED = 130,
};

struct lb_option {
	const char *name;      /* without the dashes; NULL ends a table */
	char letter;           /* or 0 */
	const char *argument;  /* NULL: a flag; "N": a whole number from 1; "a|b|c": one of these; else any text */
	const char *help;      /* begins in lower case, no full stop */
};

struct lb_cli;
/* Returns a negative status with *err filled, or an exit code: LB_EXIT_DONE, LB_EXIT_GAPS, LB_EXIT_INVALID … */
typedef int lb_command_fn(struct lb_cli *cli, struct lb_error *err);

struct lb_command {
	const char *name;
	const char *arguments;            /* "URL... -o DIR" */
	const char *sentence;             /* what it does, for the list of commands: no full stop */
	bool daily;                       /* named when `lifeboat` is called with nothing */
	const char *text;                 /* more to say, or NULL */
	const char *const *examples;      /* pairs of a command line and what it does; ended by NULL */
	const struct lb_option *options;  /* ended by a NULL name */
	const int *exits;                 /* exit codes it may give, besides those that all have; ended by -1 */
	lb_command_fn *run;
	size_t min, max;                  /* positional arguments */
	const char *words;                /* what the first argument may be, for completion ("add remove …"); or NULL */
	bool resumes;                     /* running it again goes on: said when it is interrupted */
	bool reads_package;               /* damaged input is LB_EXIT_INVALID */
};
extern const struct lb_command lb_commands[];
extern const size_t lb_command_count;
extern const struct lb_option lb_global_options[];                 /* ended by a NULL name */
const struct lb_command *lb_command_find(const char *name);        /* or NULL */
const char *lb_exit_text(int code);                                /* "done", "failed" … */

lb_command_fn cmd_create, cmd_plan, cmd_gather, cmd_build, cmd_bag, cmd_pack, cmd_unpack, cmd_verify, cmd_info, cmd_list, cmd_url,
	cmd_flickr, cmd_auth, cmd_index, cmd_convert, cmd_help, cmd_version, cmd_completion;

/* ---- one run ---------------------------------------------------------------------------------------------------- */

struct lb_given { const struct lb_option *option; const char *value; };
struct lb_cli {
	const struct lb_command *command;
	const char *const *argv;          /* as the program was called; ended by NULL */
	const char **args; size_t nargs, args_cap;      /* positional arguments */
	struct lb_given *given; size_t ngiven, given_cap;
	bool json, quiet, verbose;
	bool reads_package;               /* for this run, though not for every one of the command */
	struct lb_ctx ctx;                /* hand it to everything: cancel flag and progress */
	struct lb_printer *printer;
	struct lb_arena arena;            /* until the end of the run */
};

/* Reads the words of the command line. On LB_USAGE cli->command may be NULL. No command, --help: command is `help`. */
LB_CHECKED int lb_cli_parse(struct lb_cli *cli, const char *const *argv, struct lb_error *err);
/* Opens the printer and takes the signals. */
void lb_cli_begin(struct lb_cli *cli);
/* Tells the error if rc is negative, checks that all output was written, frees; returns the exit code. */
int lb_cli_end(struct lb_cli *cli, int rc, const struct lb_error *err);
int lb_exit_code(const struct lb_cli *cli, const struct lb_error *err);

/* The last value given to an option of this name, or NULL. */
const char *lb_opt_str(const struct lb_cli *cli, const char *name);
/* All values given to it, in order: begin with *at = 0; NULL after the last. */
const char *lb_opt_each(const struct lb_cli *cli, const char *name, size_t *at);
bool lb_opt_flag(const struct lb_cli *cli, const char *name);
uint64_t lb_opt_number(const struct lb_cli *cli, const char *name, uint64_t fallback);
/* The positional arguments; an argument "-" becomes the lines of standard input, trimmed, empty ones left out. */
LB_CHECKED int lb_cli_words(struct lb_cli *cli, size_t first, const char *const **words, size_t *count, struct lb_error *err);

/* ---- results, on standard output ----------------------------------------------------------------------------------- */

/* Text for people: nothing happens with --json. Untrusted text goes through lb_cli_show first. */
void lb_say(struct lb_cli *cli, const char *fmt, ...) LB_PRINTF(2, 3);
/* Like lb_say, but not with --quiet: for what merely confirms. */
void lb_say_done(struct lb_cli *cli, const char *fmt, ...) LB_PRINTF(2, 3);
/* Exactly these bytes, whatever the mode. */
void lb_say_raw(struct lb_cli *cli, const void *data, size_t n);

/* One JSON line: fill `w` between begin and end. Printed only with --json. `type` NULL: no "type". */
struct lb_line { struct lb_buf b; struct lb_jw w; };
void lb_line_begin(struct lb_line *line, const char *type);
void lb_line_end(struct lb_cli *cli, struct lb_line *line);
/* A line {"type":"error",…} for a failure that does not end the run, or "lifeboat: …" and its hint on standard error. */
void lb_cli_tell(struct lb_cli *cli, const char *path, const struct lb_error *err);

/* Text safe for a terminal (lb_show), in the run's arena; NULL gives "". */
const char *lb_cli_show(struct lb_cli *cli, const char *text);
/* The text in colour when standard output takes it; in the run's arena. */
enum lb_colour { LB_RED = 31, LB_GREEN = 32, LB_YELLOW = 33, LB_BOLD = 1 };
const char *lb_cli_paint(struct lb_cli *cli, enum lb_colour colour, const char *text);
/* "1,234", "5.6 MB", "2 h 5 min"; in the run's arena. */
const char *lb_human_count(struct lb_cli *cli, uint64_t n);
const char *lb_human_bytes(struct lb_cli *cli, uint64_t n);
const char *lb_human_time(struct lb_cli *cli, double seconds);

/* ---- packages -------------------------------------------------------------------------------------------------------- */

/* The package that an argument means: a package folder or file itself, or the one inside a working folder. In the arena.
 * LB_NOTFOUND for a folder that is neither. */
LB_CHECKED int lb_cli_package_path(struct lb_cli *cli, const char *argument, const char **path, struct lb_error *err);
struct lb_container;
/* lb_cli_package_path and lb_container_open; what is no container at all is LB_NOTFOUND. */
LB_CHECKED int lb_cli_open_package(struct lb_cli *cli, const char *argument, const char **path, struct lb_container **out, struct lb_error *err);
/* The name of a folder, however it was written ("." and "x/.." as well); in the arena. */
const char *lb_cli_folder_name(struct lb_cli *cli, const char *path);
/* Verifies a package and tells its findings as `verify` does: LB_EXIT_DONE or LB_EXIT_INVALID. options may be NULL. */
struct lb_verify_options;
struct lb_bag_profile;
/* The profile that --profile names; *out NULL without it. The caller frees it. */
LB_CHECKED int lb_cli_profile(struct lb_cli *cli, struct lb_bag_profile **out, struct lb_error *err);
LB_CHECKED int lb_cli_verify(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, struct lb_error *err);
/* Its second half: what was found, and the exit code. options may be NULL. */
struct lb_report;
int lb_cli_tell_report(struct lb_cli *cli, const char *path, const struct lb_verify_options *options, const struct lb_report *report);
void lb_cli_tell_findings(struct lb_cli *cli, const struct lb_report *report);
/* Verifies a package before something is done with it: one that is not valid has its findings told and is LB_CORRUPT, with
 * the hint "--no-verify `otherwise` all the same". *report is the caller's to clear in any case. */
LB_CHECKED int lb_cli_check_valid(struct lb_cli *cli, const char *path, const char *otherwise, struct lb_report *report, struct lb_error *err);

/* ---- standard input -------------------------------------------------------------------------------------------------- */

/* One reader a file descriptor; begin with LB_INPUT, end with lb_buf_clear(&in.held). `name`: for messages. */
struct lb_input { int fd; const char *name; struct lb_buf held; size_t at; bool ended; };
#define LB_INPUT(fd, name) {(fd), (name), LB_BUF(1 << 24), 0, false}
/* The next line with its end, borrowed until the next call. LB_NOTFOUND: no more. LB_CANCELLED: stopped by a signal, which
 * ends the waiting at whatever moment it comes. LB_LIMIT: a line of more than 16 MiB. */
LB_CHECKED int lb_input_line(struct lb_input *in, const struct lb_ctx *ctx, struct lb_span *line, struct lb_error *err);

#endif
