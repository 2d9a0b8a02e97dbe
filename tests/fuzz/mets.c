/* Any bytes as METS.xml. The first byte says in how large pieces they arrive: what is told must not depend on it. Problems heard or
 * not make the only difference between them: whoever does not listen gets the first one as an error. Listed as a file, the same
 * photos come as the reader tells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/mets/mets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool truth)
{
	if (!truth)
		abort();
}

struct told { struct lb_buf text; size_t photos, places, problems; };

static int on_photo(void *arg, size_t number, const struct lb_mets_photo *p, struct lb_error *err)
{
	struct told *t = arg;
	(void)err;
	need(p->id && number >= t->photos); /* one without an id is not told */
	t->photos = number + 1;
	lb_buf_addf(&t->text, "%s %s %zu %d\n", p->id, p->title ? p->title : "-", p->ntags, p->stub);
	return 0;
}

static int on_file(void *arg, size_t number, const struct lb_mets_file *f, struct lb_error *err)
{
	struct told *t = arg;
	(void)err, (void)number;
	need(*f->path && f->mime && f->group && strlen(f->sha256) == LB_SHA256_HEX - 1);
	lb_buf_addf(&t->text, "%s %s %llu\n", f->path, f->sha256, (unsigned long long)f->size);
	return 0;
}

static int on_place(void *arg, const struct lb_mets_place *p, struct lb_error *err)
{
	struct told *t = arg;
	(void)err;
	need(*p->id);
	t->places++;
	lb_buf_addf(&t->text, "%s %s\n", p->id, p->license_id ? p->license_id : "-");
	for (size_t i = 0; i < p->nfiles; i++)
		lb_buf_addf(&t->text, "%zu %s\n", p->files[i].number, p->files[i].group);
	return 0;
}

static void on_problem(void *arg, const char *rule, const char *message)
{
	struct told *t = arg;
	need(strlen(rule) == strlen("METS-000") && *message);
	t->problems++;
	lb_buf_addf(&t->text, "%s %s\n", rule, message);
}

static int read_in(const uint8_t *data, size_t size, size_t step, bool listen, struct told *told)
{
	struct lb_mets_handler h = {told, on_photo, on_file, on_place, listen ? on_problem : NULL};
	struct lb_mets_reader *r = lb_mets_reader_new(&h);
	struct lb_error err = {0};
	struct lb_mets_about about;
	int rc = 0;
	for (size_t i = 0; i < size && !rc; i += step)
		rc = lb_mets_reader_feed(r, data + i, size - i < step ? size - i : step, &err);
	if (!rc)
		rc = lb_mets_reader_end(r, &about, &err);
	need(!rc || err.what[0]);
	lb_mets_reader_free(r);
	return rc;
}

static int count_photo(void *arg, const struct lb_mets_photo *photo, const struct lb_mets_file *files, size_t nfiles, struct lb_error *err)
{
	(void)err;
	need(photo->id && *photo->id);
	for (size_t i = 0; i < nfiles; i++)
		need(files[i].path && files[i].group);
	(*(size_t *)arg)++;
	return 0;
}

static void list_it(const uint8_t *data, size_t size, int sound, const struct told *told)
{
	char path[] = "/tmp/fuzz-mets-XXXXXX";
	struct lb_error err = {0};
	size_t photos = 0;
	int fd = mkstemp(path);
	need(fd >= 0 && write(fd, data, size) == (ssize_t)size && close(fd) == 0);
	int rc = lb_mets_list(path, count_photo, &photos, &err);
	unlink(path);
	need(!rc || err.what[0]);
	need(sound == 0 || rc != 0);
	need(rc != 0 || photos == told->places);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct told whole = {.text = LB_BUF(8 << 20)}, pieces = {.text = LB_BUF(8 << 20)}, deaf = {.text = LB_BUF(8 << 20)};
	int rc = read_in(data + 1, size - 1, size, true, &whole);
	int again = read_in(data + 1, size - 1, (size_t)data[0] + 1, true, &pieces);
	int strict = read_in(data + 1, size - 1, size, false, &deaf);
	need(!rc == !again);
	need(rc || lb_span_eq(lb_buf_span(&whole.text), lb_buf_span(&pieces.text)));
	need(!strict == (!rc && !whole.problems));
	if (size < 1 << 20)
		list_it(data + 1, size - 1, strict, &whole);
	lb_buf_clear(&whole.text);
	lb_buf_clear(&pieces.text);
	lb_buf_clear(&deaf.text);
	return 0;
}
