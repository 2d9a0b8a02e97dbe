/* What the files of the frame share; the commands use cli.h. */
#ifndef LB_CLI_PRIVATE_H
#define LB_CLI_PRIVATE_H

#include "lifeboat/cli/cli.h"

/* ---- printer: progress and messages on standard error -------------------------------------------------------------- */

enum lb_progress_mode { LB_PROGRESS_NONE, LB_PROGRESS_PLAIN, LB_PROGRESS_LINE, LB_PROGRESS_JSON };
enum lb_progress_mode lb_progress_mode(const char *wanted, bool quiet);    /* wanted: NULL or the option's value */
struct lb_printer *lb_printer_new(enum lb_progress_mode mode, bool verbose, bool quiet);
void lb_printer_event(void *printer, const struct lb_event *event);        /* thread-safe */
void lb_printer_clear_line(struct lb_printer *p);                          /* before anything else is printed; NULL is fine */
void lb_printer_free(struct lb_printer *p);                                /* ends the running stage; NULL is fine */

/* ---- words ------------------------------------------------------------------------------------------------------------ */

/* The one of `names` that a mistyped `word` most likely means (at most two typing errors away), or NULL. */
const char *lb_suggest(const char *word, const char *const *names, size_t count);
/* Appends text in lines of at most 80 columns, each after `indent` spaces; the first one begins at column `at`. */
void lb_wrap(struct lb_buf *b, const char *text, unsigned at, unsigned indent);
void lb_append_count(struct lb_buf *b, uint64_t n);
void lb_append_bytes(struct lb_buf *b, uint64_t n);
void lb_append_time(struct lb_buf *b, double seconds);

/* ---- made from the tables ------------------------------------------------------------------------------------------------ */

void lb_help_short(struct lb_buf *b);
void lb_help_overview(struct lb_buf *b);
void lb_help_command(struct lb_buf *b, const struct lb_command *command);
void lb_man_page(struct lb_buf *b);
bool lb_completion(struct lb_buf *b, const char *shell);                   /* false: no such shell */

/* ---- colours and signals ----------------------------------------------------------------------------------------------- */

bool lb_colour_wanted(const struct lb_cli *cli, int fd);
volatile int *lb_signals_take(void);                                       /* the flag that the first signal sets */

#endif
