/* Consent: the ledger's file as it stands, so that what a person wrote there is kept byte for byte. */
#ifndef LB_CREATOR_CONSENT_PRIVATE_H
#define LB_CREATOR_CONSENT_PRIVATE_H

#include "lifeboat/creator/creator.h"

#define LB_CONSENT_FILE "consent.csv"
enum lb_consent_column { LB_COLUMN_OWNER, LB_COLUMN_STATUS, LB_COLUMN_DATE, LB_COLUMN_DEADLINE, LB_COLUMN_EVIDENCE, LB_COLUMN_NOTE,
	LB_COLUMN_NAME, LB_COLUMN_COUNT };
const char *lb_consent_column_name(enum lb_consent_column column);
const char *lb_consent_status_name(enum lb_consent status);         /* "granted" …; "" for NONE */
bool lb_consent_is_date(struct lb_span text);                        /* "2026-12-31" */
/* The NSID that a person means: in any case, quoted, percent-encoded, or in the address of a member. NULL: none. */
const char *lb_consent_owner(const char *text, struct lb_arena *arena);

/* ---- CSV (RFC 4180), a row at a time ------------------------------------------------------------------------------------ */

#define LB_CSV_FIELDS_MAX 256
#define LB_CSV_FIELD_BYTES 65536
struct lb_csv { struct lb_span rest; size_t line; char separator; };  /* line: that of the next row, from 1 */
struct lb_csv_row { struct lb_span fields[LB_CSV_FIELDS_MAX]; size_t nfields, line; }; /* as they stand, quotes included */
/* *more is false, and the row untouched, at the end. LB_FORMAT, LB_LIMIT name line and column. */
LB_CHECKED int lb_csv_next(struct lb_csv *csv, struct lb_csv_row *row, bool *more, struct lb_error *err);
size_t lb_csv_line_end(struct lb_span s);                            /* LF, CRLF or CR here: how many bytes; 0: none */
char *lb_csv_value(struct lb_span field, struct lb_arena *arena);    /* without quotes and white space around */
void lb_csv_add(struct lb_buf *b, const char *value, char separator); /* quoted where needed; no spreadsheet takes it for a formula */

/* ---- the ledger's file ----------------------------------------------------------------------------------------------------- */

struct lb_consent_line { struct lb_consent_row row; struct lb_span status; size_t line; }; /* status: as it stands in `text` */
struct lb_consent_file {
	struct lb_buf text;
	char separator;
	const char *line_end;
	size_t ncolumns;
	size_t at[LB_COLUMN_COUNT];            /* field number from 1; 0: the file has no such column */
	struct lb_consent_line *lines; size_t nlines, cap;
	struct lb_map owners;                  /* to the number of the line */
	struct lb_arena arena;
};
/* No file: an empty one with our columns. */
LB_CHECKED int lb_consent_read(const char *dir, struct lb_consent_file *out, struct lb_error *err);
/* The same for what is in file->text already. */
LB_CHECKED int lb_consent_parse(struct lb_consent_file *file, struct lb_error *err);
void lb_consent_clear(struct lb_consent_file *file);
/* The rows in the order of owners. Borrows from the file. */
void lb_consent_ledger(struct lb_consent_file *file, struct lb_ledger *out);

/* ---- letters ------------------------------------------------------------------------------------------------------------------- */

struct lb_letter {
	const struct lb_plan *plan;
	const char *owner, *owner_name, *today, *deadline;
	const size_t *photos; size_t nphotos;  /* indexes into the plan's */
};
void lb_letter_write(const struct lb_letter *letter, struct lb_buf *out);

#endif
