#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lifeboat/cli/cli_private.h"

#define COLUMNS 80

void lb_wrap(struct lb_buf *b, const char *text, unsigned at, unsigned indent)
{
	struct lb_span rest = lb_span(text), word;
	bool first = true;
	while (lb_span_cut(&rest, ' ', &word)) {
		if (!first && at + 1 + word.n > COLUMNS) {
			lb_buf_addf(b, "\n%*s", (int)indent, "");
			at = indent;
			first = true;
		}
		if (!first) {
			lb_buf_addc(b, ' ');
			at++;
		}
		lb_buf_add(b, word.p, word.n);
		at += (unsigned)word.n;
		first = false;
	}
	lb_buf_addc(b, '\n');
}

void lb_append_count(struct lb_buf *b, uint64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			lb_buf_addc(b, ',');
		lb_buf_addc(b, digits[i]);
	}
}

void lb_append_bytes(struct lb_buf *b, uint64_t n)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
	if (n < 1000) {
		lb_buf_addf(b, "%u bytes", (unsigned)n);
		return;
	}
	double value = (double)n / 1000;
	size_t unit = 0;
	for (; value >= 999.95 && unit + 1 < LB_COUNT(units); unit++)
		value /= 1000;
	lb_buf_addf(b, "%.1f %s", value, units[unit]);
}

void lb_append_time(struct lb_buf *b, double seconds)
{
	if (!(seconds >= 0) || seconds > 1e9)
		lb_buf_adds(b, "very long");
	else if (seconds < 10)
		lb_buf_addf(b, "%.1f s", seconds);
	else if (seconds < 60)
		lb_buf_addf(b, "%.0f s", seconds);
	else if (seconds < 3600)
		lb_buf_addf(b, "%d min %d s", (int)(seconds / 60), (int)seconds % 60);
	else
		lb_buf_addf(b, "%d h %d min", (int)(seconds / 3600), (int)(seconds / 60) % 60);
}

static const char *kept(struct lb_cli *cli, struct lb_buf *b)
{
	const char *text = lb_arena_strdup(&cli->arena, lb_buf_str(b));
	lb_buf_clear(b);
	return text;
}

const char *lb_human_count(struct lb_cli *cli, uint64_t n)
{
	struct lb_buf b = LB_BUF(64);
	lb_append_count(&b, n);
	return kept(cli, &b);
}

const char *lb_human_bytes(struct lb_cli *cli, uint64_t n)
{
	struct lb_buf b = LB_BUF(64);
	lb_append_bytes(&b, n);
	return kept(cli, &b);
}

const char *lb_human_time(struct lb_cli *cli, double seconds)
{
	struct lb_buf b = LB_BUF(64);
	lb_append_time(&b, seconds);
	return kept(cli, &b);
}

const char *lb_cli_show(struct lb_cli *cli, const char *text)
{
	struct lb_buf b = LB_BUF((size_t)1 << 30);
	lb_show(&b, lb_span(text));
	return kept(cli, &b);
}
