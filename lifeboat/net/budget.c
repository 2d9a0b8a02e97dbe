/* The hour's calls of one key, counted by all runs on this machine in one file of fixed size.
 *
 *   header   magic, start of the machine, time of the last change by both clocks, starts since the last sync, check
 *   cells    one for each second of the last hour and a little more: second, starts in it, check; second N is in cell N mod CELLS
 *
 * Seconds are those since the machine was started, sleep included: nobody sets that clock, and all processes share it. Each
 * start writes its cell (16 bytes, which no crash tears) and the header, under a lock that is held for that moment only.
 * Whatever is not certain counts as used: a file that is damaged, as a full hour; the time that a machine was switched off, as
 * not gone by where only the wall clock claims it; what a power failure may have kept from the disk, as SYNC_EVERY starts. */
#include "lifeboat/net/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WINDOW_MS 3600000
#define CELLS 3608              /* seconds that can matter at once, and some */
#define BEFORE_START_MS 7200000 /* added, so that an hour before the machine's start is still a number */
#define SYNC_EVERY 32
#define FULL 0x7fffffffU        /* more than any limit, and twice as much is still a number */
#define BUSY_MS 20              /* another process holds the lock */
#define SURELY_OFF_MS 5000
#define SEED_TRIES 40

struct header { char magic[8], boot[32]; int64_t wall, now; uint32_t unsynced, check; };
struct cell { uint32_t second, starts; uint64_t check; };
struct image { struct header header; struct cell cells[CELLS]; };
_Static_assert(sizeof(struct image) == 64 + 16 * CELLS, "the file has no gaps");

static const char magic[8] = "LBCALLS1";
static const char elsewhere[] = "free some space there, or set XDG_STATE_HOME to a folder that can be written; then run the same command again";

struct lb_budget {
	char *path;
	int fd;
	size_t limit;
	const struct lb_clock *clock;
	const struct lb_ctx *ctx;
	uint64_t used;
	bool started;
	struct image image;
};

/* ---- checks ------------------------------------------------------------------------------------------------------ */

/* FNV-1a. */
static uint64_t mix(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t h = 0xcbf29ce484222325ULL;
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3ULL;
	return h;
}

/* The last step of splitmix64: thousands of these are checked at each start. */
static uint64_t cell_check(const struct cell *c)
{
	uint64_t h = ((uint64_t)c->second << 32 | c->starts) + 0x9e3779b97f4a7c15ULL;
	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9ULL;
	h = (h ^ h >> 27) * 0x94d049bb133111ebULL;
	return h ^ h >> 31;
}

static uint32_t header_check(const struct header *h)
{
	return (uint32_t)mix(h, offsetof(struct header, check));
}

static void cell_set(struct cell *c, uint32_t second, uint32_t starts)
{
	*c = (struct cell){.second = second, .starts = starts < FULL ? starts : FULL};
	c->check = cell_check(c);
}

static void cell_add(struct image *im, int64_t second, uint32_t starts)
{
	struct cell *c = &im->cells[second % CELLS];
	uint32_t before = c->second == (uint32_t)second ? c->starts : 0;
	cell_set(c, (uint32_t)second, before + starts);
}

/* ---- seconds ------------------------------------------------------------------------------------------------------- */

static int64_t second_at(int64_t now)
{
	return (now + BEFORE_START_MS) / 1000;
}

/* The first moment at which what happened in this second, be it at its very end, does not count any more. */
static int64_t over_at(int64_t second)
{
	return second * 1000 - BEFORE_START_MS + 1000 + WINDOW_MS;
}

static uint64_t starts_in(const struct image *im, int64_t second)
{
	const struct cell *c = &im->cells[second % CELLS];
	return c->second == (uint32_t)second ? c->starts : 0;
}

/* What counts at `now`; *wait: until one more start is within the limit. */
static uint64_t tally(const struct image *im, size_t limit, int64_t now, int64_t *wait)
{
	int64_t last = second_at(now), first = last - CELLS + 1;
	uint64_t used = 0, gone = 0;
	while (over_at(first) <= now)
		first++;
	for (int64_t s = first; s <= last; s++)
		used += starts_in(im, s);
	*wait = 0;
	for (int64_t s = first; s <= last && used - gone >= limit; s++) {
		gone += starts_in(im, s);
		*wait = over_at(s) - now;
	}
	return used;
}

/* ---- the file --------------------------------------------------------------------------------------------------------- */

static int cannot(const struct lb_budget *b, const char *what, struct lb_error *err)
{
	lb_fail_sys(err, "cannot %s \"%s\", where API calls are counted", what, b->path);
	return lb_hint(err, "%s", elsewhere);
}

static void stamp(struct lb_budget *b, int64_t now)
{
	struct header *h = &b->image.header;
	memcpy(h->magic, magic, sizeof magic);
	memcpy(h->boot, b->clock->boot, sizeof h->boot);
	h->wall = b->clock->wall(b->clock->arg);
	h->now = now;
	h->check = header_check(h);
}

static bool put(int fd, const void *data, size_t n, size_t at)
{
	const char *p = data;
	size_t done = 0;
	ssize_t more = 1;
	while (done < n && (more > 0 || (more < 0 && errno == EINTR))) {
		more = pwrite(fd, p + done, n - done, (off_t)(at + done));
		done += more > 0 ? (size_t)more : 0;
	}
	if (more == 0)
		errno = ENOSPC;
	return done == n;
}

static void clear_cells(struct image *im)
{
	for (size_t i = 0; i < CELLS; i++)
		cell_set(&im->cells[i], 0, 0);
}

static int write_all(struct lb_budget *b, int64_t now, struct lb_error *err)
{
	b->image.header.unsynced = 0;
	stamp(b, now);
	return put(b->fd, &b->image, sizeof b->image, 0) && fdatasync(b->fd) == 0 ? LB_OK : cannot(b, "write", err);
}

/* Under a name of its own first: nobody sees half a file. One that another run made meanwhile stays. */
static int create(struct lb_budget *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf temp = LB_BUF(8192);
	lb_buf_addf(&temp, "%s.XXXXXX", b->path);
	LB_TRY(lb_buf_check(&temp, "path", err));
	clear_cells(&b->image);
	b->fd = mkostemp(temp.p, O_CLOEXEC);
	if (b->fd < 0)
		return cannot(b, "create", err);
	int rc = write_all(b, lb_clock_now(b->clock), err);
	close(b->fd);
	b->fd = -1;
	if (!rc && renameat2(AT_FDCWD, temp.p, AT_FDCWD, b->path, RENAME_NOREPLACE) == 0)
		return LB_OK;
	if (!rc && errno != EEXIST && link(temp.p, b->path) && errno != EEXIST)
		rc = cannot(b, "create", err);
	unlink(temp.p);
	return rc;
}

static int make_folder(const struct lb_budget *b, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *dir = lb_strdup(b->path);
	char *slash = strrchr(dir, '/');
	if (!slash || slash == dir)
		return LB_OK;
	*slash = '\0';
	if (!lb_dir_make(dir, err))
		return LB_OK;
	if (err)
		err->status = LB_IO; /* that a part of the path is not there is no answer to what the user asked for */
	lb_hint(err, "%s", elsewhere);
	return LB_IO;
}

static int open_file(struct lb_budget *b, struct lb_error *err)
{
	struct stat st;
	if (b->fd >= 0)
		close(b->fd);
	b->fd = open(b->path, O_RDWR | O_CLOEXEC);
	if (b->fd < 0 && errno == ENOENT) {
		LB_TRY(make_folder(b, err));
		LB_TRY(create(b, err));
		b->fd = open(b->path, O_RDWR | O_CLOEXEC);
	}
	if (b->fd < 0 || fstat(b->fd, &st))
		return cannot(b, "open", err);
	return S_ISREG(st.st_mode) ? LB_OK : lb_fail(err, LB_IO, "\"%s\", where API calls are counted, is not a file", b->path);
}

/* ---- what the file says ------------------------------------------------------------------------------------------------- */

static bool is_whole(const struct image *im)
{
	if (memcmp(im->header.magic, magic, sizeof magic) || im->header.check != header_check(&im->header))
		return false;
	for (size_t i = 0; i < CELLS; i++)
		if (im->cells[i].check != cell_check(&im->cells[i]))
			return false;
	return true;
}

static bool is_of_the_future(const struct image *im, int64_t now)
{
	for (size_t i = 0; i < CELLS; i++)
		if (im->cells[i].starts && im->cells[i].second > second_at(now) + 1)
			return true;
	return false;
}

static int read_image(struct lb_budget *b, bool *whole, struct lb_error *err)
{
	struct stat st;
	ssize_t n = pread(b->fd, &b->image, sizeof b->image, 0);
	if (n < 0 || fstat(b->fd, &st))
		return cannot(b, "read", err);
	*whole = n == (ssize_t)sizeof b->image && st.st_size == n && is_whole(&b->image);
	return LB_OK;
}

static int count_as_full(struct lb_budget *b, int64_t now, struct lb_error *err)
{
	lb_ctx_note(b->ctx, LB_EVENT_WARN, "\"%s\" is damaged: as nobody knows how many API calls were made, the next is in an hour", b->path);
	clear_cells(&b->image);
	cell_add(&b->image, second_at(now), FULL);
	if (ftruncate(b->fd, sizeof b->image))
		return cannot(b, "write", err);
	return write_all(b, now, err);
}

/* The machine was started anew, or the file is another machine's: how long ago was the last change? At least so long. */
static int64_t surely_gone(const struct header *h, int64_t wall, int64_t now)
{
	int64_t claimed = wall > h->wall ? wall - h->wall : 0;
	return claimed < now ? claimed : now;
}

static int move_to_this_start(struct lb_budget *b, int64_t now, struct lb_error *err)
{
	struct image old = b->image;
	int64_t wall = b->clock->wall(b->clock->arg), gone = surely_gone(&old.header, wall, now);
	bool ran_since = wall >= old.header.wall && now > wall - old.header.wall + SURELY_OFF_MS;
	clear_cells(&b->image);
	for (size_t i = 0; i < CELLS; i++) {
		int64_t age = old.header.now - (over_at(old.cells[i].second) - WINDOW_MS - 1);
		age = age > 0 ? age : 0;
		if (old.cells[i].starts && age + gone <= WINDOW_MS)
			cell_add(&b->image, second_at(now - gone - age), old.cells[i].starts);
	}
	if (!ran_since) /* it may have ended without a farewell */
		cell_add(&b->image, second_at(now - gone), SYNC_EVERY);
	return write_all(b, now, err);
}

static int look(struct lb_budget *b, int64_t now, struct lb_error *err)
{
	bool whole = false;
	LB_TRY(read_image(b, &whole, err));
	if (!whole)
		return count_as_full(b, now, err);
	if (memcmp(b->image.header.boot, b->clock->boot, sizeof b->image.header.boot))
		return move_to_this_start(b, now, err);
	return is_of_the_future(&b->image, now) ? count_as_full(b, now, err) : LB_OK;
}

/* ---- counting ------------------------------------------------------------------------------------------------------------- */

static int write_start(struct lb_budget *b, int64_t now, struct lb_error *err)
{
	int64_t second = second_at(now);
	size_t n = (size_t)(second % CELLS);
	cell_add(&b->image, second, 1);
	bool sync = ++b->image.header.unsynced >= SYNC_EVERY;
	if (sync)
		b->image.header.unsynced = 0;
	stamp(b, now);
	bool done = put(b->fd, &b->image.cells[n], sizeof b->image.cells[n], offsetof(struct image, cells) + n * sizeof(struct cell)) &&
		put(b->fd, &b->image.header, sizeof b->image.header, 0) && (!sync || fdatasync(b->fd) == 0);
	b->started = true;
	return done ? LB_OK : cannot(b, "write", err);
}

static int count(struct lb_budget *b, int64_t *wait, struct lb_error *err)
{
	int64_t now = lb_clock_now(b->clock);
	LB_TRY(look(b, now, err));
	b->used = tally(&b->image, b->limit, now, wait);
	if (*wait)
		return LB_OK;
	b->used++;
	return write_start(b, now, err);
}

static int set_lock(const struct lb_budget *b, short type)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET};
	int rc;
	do
		rc = fcntl(b->fd, F_OFD_SETLK, &lock);
	while (rc < 0 && errno == EINTR);
	return rc;
}

/* By someone who wants to begin anew. */
static bool is_removed(const struct lb_budget *b)
{
	struct stat st;
	return fstat(b->fd, &st) == 0 && st.st_nlink == 0;
}

int lb_budget_take(struct lb_budget *b, int64_t *wait, struct lb_error *err)
{
	if (set_lock(b, F_WRLCK)) { /* not waited for in the kernel: a process that was stopped may hold it */
		*wait = BUSY_MS;
		return errno == EAGAIN || errno == EACCES ? LB_OK : cannot(b, "lock", err);
	}
	if (is_removed(b)) {
		*wait = BUSY_MS;
		return open_file(b, err);
	}
	int rc = count(b, wait, err);
	set_lock(b, F_UNLCK);
	return rc;
}

/* After damage nobody knows. */
uint64_t lb_budget_used(const struct lb_budget *b)
{
	return b->used < FULL ? b->used : 0;
}

static void seed_second(const struct lb_budget *b, int64_t second, int64_t now, struct lb_pacer *p)
{
	int64_t at = over_at(second) - WINDOW_MS - 1;
	uint64_t starts = starts_in(&b->image, second);
	starts = starts < b->limit ? starts : b->limit;
	for (uint64_t i = 0; i < starts; i++)
		lb_pacer_seed(p, at < now ? at : now);
}

int lb_budget_seed(struct lb_budget *b, struct lb_pacer *p, struct lb_error *err)
{
	int64_t now = lb_clock_now(b->clock), last = second_at(now);
	for (int tries = 0; set_lock(b, F_WRLCK); tries++) {
		if (tries == SEED_TRIES)
			return LB_OK; /* the file itself still holds the run back */
		usleep(BUSY_MS * 1000 / 4);
	}
	int rc = look(b, now, err);
	set_lock(b, F_UNLCK);
	for (int64_t s = last - CELLS + 1; !rc && s <= last; s++)
		if (over_at(s) > now)
			seed_second(b, s, now, p);
	return rc;
}

/* ---- opening ---------------------------------------------------------------------------------------------------------------- */

int lb_budget_open(const char *path, size_t limit, const struct lb_clock *clock, const struct lb_ctx *ctx, struct lb_budget **out, struct lb_error *err)
{
	struct lb_budget *b = lb_alloc(sizeof *b);
	*b = (struct lb_budget){.path = lb_strdup(path), .fd = -1, .limit = limit, .clock = clock, .ctx = ctx};
	int rc = open_file(b, err);
	if (rc) {
		lb_budget_free(b);
		return rc;
	}
	*out = b;
	return LB_OK;
}

void lb_budget_free(struct lb_budget *b)
{
	if (!b)
		return;
	if (b->fd >= 0) {
		if (b->started)
			fdatasync(b->fd); /* a failure costs SYNC_EVERY starts after the next power failure, and no more */
		close(b->fd);
	}
	free(b->path);
	free(b);
}

void lb_net_budget_path(struct lb_buf *b, const char *dir, const char *api_key)
{
	char hex[LB_SHA256_HEX];
	lb_sha256(api_key, strlen(api_key), hex);
	lb_buf_addf(b, "%s/calls-%.16s", dir, hex);
}
