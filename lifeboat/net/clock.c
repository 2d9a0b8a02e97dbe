#include "lifeboat/net/internal.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static int64_t ms_of(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Not CLOCK_MONOTONIC: that stands still while the machine sleeps, and the hour would not pass. */
static int64_t system_now(void *arg)
{
	(void)arg;
	return ms_of(CLOCK_BOOTTIME);
}

static int64_t system_wall(void *arg)
{
	(void)arg;
	return ms_of(CLOCK_REALTIME);
}

/* Where the kernel does not tell, every run takes itself for the first after a start: the safe side. */
static void read_boot(char boot[33])
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(256);
	size_t n = 0;
	if (lb_file_read("/proc/sys/kernel/random/boot_id", 256, &text, NULL) == LB_OK)
		for (size_t i = 0; i < text.len && n < 32; i++)
			if (text.p[i] && strchr("0123456789abcdef", text.p[i]))
				boot[n++] = text.p[i];
	boot[n] = '\0';
	if (n < 32)
		lb_net_nonce(boot);
}

void lb_clock_system(struct lb_clock *out)
{
	*out = (struct lb_clock){.now = system_now, .wall = system_wall};
	read_boot(out->boot);
}

int64_t lb_clock_now(const struct lb_clock *c)
{
	return c->now(c->arg);
}

void lb_net_nonce(char out[33])
{
	unsigned char raw[16] = {0};
	struct timespec t;
	if (getrandom(raw, sizeof raw, 0) != (ssize_t)sizeof raw) { /* never the same twice will do */
		clock_gettime(CLOCK_MONOTONIC, &t);
		memcpy(raw, &t.tv_nsec, sizeof t.tv_nsec);
		memcpy(raw + 8, &t.tv_sec, 8);
	}
	for (size_t i = 0; i < sizeof raw; i++)
		snprintf(out + 2 * i, 3, "%02x", raw[i]);
}
