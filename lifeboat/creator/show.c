#include "lifeboat/creator/show.h"

#define FOLDER "data/viewer/"

static int create(void *arg, const char *path, struct lb_out **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(4096);
	lb_buf_addf(&whole, FOLDER "%s", path);
	return lb_package_create(arg, lb_buf_str(&whole), out, err);
}

static int close_file(void *arg, const char *path, struct lb_out *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(4096);
	lb_buf_addf(&whole, FOLDER "%s", path);
	return lb_package_close(arg, lb_buf_str(&whole), out, err);
}

void lb_show_files(struct lb_package *package, struct lb_viewer_files *out)
{
	*out = (struct lb_viewer_files){ .arg = package, .create = create, .close = close_file };
}

int lb_show_begin(struct lb_show *s, struct lb_package *package, const char *const *ids, size_t count, struct lb_error *err)
{
	s->package = package;
	lb_show_files(package, &s->files);
	LB_TRY(lb_pages_begin(package, ids, count, &s->pages, err));
	return lb_viewer_begin(&s->files, ids, count, &s->viewer, err);
}

int lb_show_add(struct lb_show *s, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *err)
{
	LB_TRY(lb_pages_add(s->pages, photo, missing, gaps, ngaps, err));
	return lb_viewer_add(s->viewer, photo, missing, gaps, ngaps, err);
}

int lb_show_finish(struct lb_show *s, struct lb_error *err)
{
	struct lb_viewer_facts facts;
	lb_viewer_facts_of(s->package, &facts);
	LB_TRY(lb_pages_finish(s->pages, err));
	return lb_viewer_finish(s->viewer, &facts, err);
}

void lb_show_clear(struct lb_show *s)
{
	lb_pages_free(s->pages);
	lb_viewer_free(s->viewer);
	*s = (struct lb_show){ 0 };
}
