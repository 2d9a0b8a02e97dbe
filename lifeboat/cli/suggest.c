#include <string.h>

#include "lifeboat/cli/cli_private.h"

#define WORD_MAX 32
#define DISTANCE_MAX 2

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Typing errors between two words: a letter too many, missing or wrong, or two neighbours swapped. */
static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
	unsigned d[WORD_MAX + 1][WORD_MAX + 1];
	for (size_t i = 0; i <= na; i++) {
		for (size_t j = 0; j <= nb; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = (unsigned)(i + j);
				continue;
			}
			unsigned wrong = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			d[i][j] = least(wrong, 1 + least(d[i - 1][j], d[i][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[na][nb];
}

const char *lb_suggest(const char *word, const char *const *names, size_t count)
{
	const char *best = NULL;
	unsigned best_distance = DISTANCE_MAX + 1;
	size_t n = strlen(word);
	for (size_t i = 0; n <= WORD_MAX && i < count; i++) {
		size_t length = strlen(names[i]);
		if (length > WORD_MAX)
			continue;
		unsigned d = distance(word, n, names[i], length);
		if (d < best_distance && d < length) {
			best = names[i];
			best_distance = d;
		}
	}
	return best;
}
