/* JSON files that are written piece by piece, and the values that may be unknown. */
#include "format/package/writer_private.h"

#define FLUSH_AT 65536

int lb_writer_json_open(struct lb_package *p, const char *path, const char *name, struct lb_writer_json *j,
	struct lb_error *err)
{
	*j = (struct lb_writer_json){.package = p, .path = path, .wrapped = name != NULL, .photo = -1,
		.buf = LB_BUF(LB_WRITER_ITEM_MAX)};
	LB_TRY(lb_package_create(p, path, &j->out, err));
	if (name)
		lb_buf_addf(&j->buf, "const %s = ", name);
	lb_jw_begin(&j->jw, &j->buf, false);
	return LB_OK;
}

static void move_out(struct lb_writer_json *j)
{
	j->overflow |= j->buf.overflow;
	lb_out_add(j->out, lb_buf_str(&j->buf), j->buf.len);
	lb_buf_reset(&j->buf);
}

void lb_writer_json_flush(struct lb_writer_json *j)
{
	if (j->out && j->buf.len >= FLUSH_AT)
		move_out(j);
}

int lb_writer_json_close(struct lb_writer_json *j, struct lb_error *err)
{
	lb_buf_adds(&j->buf, j->wrapped ? ";\n" : "\n");
	move_out(j);
	if (j->overflow) {
		lb_writer_json_abandon(j);
		return lb_fail(err, LB_LIMIT, "cannot write \"%s\": one entry is larger than %zu bytes", j->path, LB_WRITER_ITEM_MAX);
	}
	struct lb_out *out = j->out;
	j->out = NULL;
	lb_buf_clear(&j->buf);
	return lb_writer_close_for(j->package, j->path, out, j->photo, err);
}

void lb_writer_json_abandon(struct lb_writer_json *j)
{
	lb_out_abandon(j->out);
	j->out = NULL;
	lb_buf_clear(&j->buf);
}

void lb_writer_jw_text(struct lb_jw *w, const char *key, const char *text)
{
	lb_jw_str(w, key, text && *text ? text : NULL);
}

void lb_writer_jw_id(struct lb_jw *w, const char *key, const char *id)
{
	lb_jw_str(w, key, lb_writer_id_is_plain(id) ? id : NULL);
}

void lb_writer_jw_count(struct lb_jw *w, const char *key, int64_t n)
{
	if (n < 0) /* LB_UNKNOWN, or nonsense */
		lb_jw_null(w, key);
	else
		lb_jw_int(w, key, n);
}

void lb_writer_jw_flag(struct lb_jw *w, const char *key, int flag)
{
	if (flag == LB_UNKNOWN)
		lb_jw_null(w, key);
	else
		lb_jw_bool(w, key, flag != 0);
}

void lb_writer_jw_date(struct lb_jw *w, const char *key, int64_t unix_seconds)
{
	char iso[LB_TIME_ISO] = "";
	if (unix_seconds != LB_UNKNOWN)
		lb_time_iso(unix_seconds, iso);
	lb_writer_jw_text(w, key, iso);
}

void lb_writer_jw_taken(struct lb_jw *w, const char *key, const struct lb_taken *t)
{
	char value[LB_TAKEN_ISO];
	if (!lb_taken_iso(t, value)) {
		lb_jw_null(w, key);
		return;
	}
	lb_jw_object(w, key);
	lb_jw_str(w, "value", value);
	lb_jw_str(w, "granularity", lb_granularity_name(t->granularity));
	lb_jw_end(w);
}

void lb_writer_jw_license(struct lb_jw *w, const char *key, const char *flickr_id)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	lb_jw_str(w, key, lb_license_slug(flickr_id, &arena));
}
