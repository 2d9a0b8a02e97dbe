/* Tokens: what the search takes text apart into. The viewer's script does the same (viewer/script/55-tokens.js) by the same table,
 * which each package carries. */
#ifndef LB_VIEWER_TOKENS_H
#define LB_VIEWER_TOKENS_H

#include "format/base/base.h"

/* What a code point is. Those that the table does not have separate words. */
enum lb_letter {
	LB_LETTER_NONE = 0,
	LB_LETTER_PLAIN = 1,   /* letters, digits, vowel signs */
	LB_LETTER_PAIRED = 2,  /* of a script that does not divide words by spaces */
	LB_LETTER_IGNORED = 3, /* not there: accents, points, joiners */
};

/* Code points first..last: each becomes `text`, or, where that is NULL, itself + offset. viewer/tools/fold.py says how. */
struct lb_fold { uint32_t first, last; enum lb_letter letter; int32_t offset; const char *text; };
const struct lb_fold *lb_fold_find(uint32_t code_point);               /* NULL: separates words */
const struct lb_fold *lb_fold_table(size_t *count);                    /* in order of code points */
const char *lb_fold_unicode(void);                                     /* version of Unicode, "14.0.0" */

#define LB_TOKEN_MAX 40                                                /* code points */

/* Tells the tokens of a text in order, repeated ones too. Code points are folded one by one. A run of plain letters is a token,
 * cut to LB_TOKEN_MAX. A run of paired letters gives each two neighbours, and its last letter alone. A run ends where another
 * kind of letter or a separator comes; ignored code points are as if they were not there. Hangul that comes decomposed is put
 * together. Bytes that are not UTF-8 separate. */
typedef void lb_token_fn(void *arg, struct lb_span token);
void lb_tokens(struct lb_span text, lb_token_fn *each, void *arg);

#endif
