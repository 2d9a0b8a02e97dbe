/* lifeboat.json and data/metadata/lifeboat.js: what the package is. */
#include <stdlib.h>
#include <string.h>

#include "format/package/writer_private.h"

static void write_counts(const struct lb_package *p, struct lb_jw *w, bool with_files)
{
	const struct lb_writer_totals *t = &p->totals;
	size_t files;
	const uint64_t bytes = lb_writer_payload_bytes(p, &files);
	const struct { const char *name; uint64_t value; } counts[] = {
		{"planned", p->info.planned}, {"photos", t->photos}, {"stubs", t->stubs}, {"missing", t->missing}, {"originals", t->originals},
		{"thumbnails", t->thumbnails}, {"videos", t->videos}, {"comments", t->comments}, {"faves", t->faves},
		{"tags", t->tags}, {"notes", t->notes}, {"people", t->people}, {"albums", p->albums.count},
		{"groups", p->groups.count}, {"galleries", p->galleries.count}, {"collections", p->collections.count},
		{"contributors", p->people.count}, {"profiles", t->profiles}, {"icons", t->icons},
		{"consents", p->info.policy.nconsent},
		{"gaps", p->ngaps}, {"files", files}, {"bytes", bytes},
	};
	lb_jw_object(w, "counts");
	for (size_t i = 0; i < LB_COUNT(counts) - (with_files ? 0 : 2); i++)
		lb_jw_int(w, counts[i].name, (int64_t)counts[i].value);
	lb_jw_end(w);
}

static void write_policy(const struct lb_package *p, struct lb_jw *w)
{
	lb_jw_object(w, "policy");
	lb_writer_policy(p, w);
	lb_jw_end(w);
}

/* Only where there is something to tell: a package from Flickr's answers has no such field. */
static void write_origin(const struct lb_package *p, struct lb_jw *w)
{
	const struct lb_package_origin *o = p->info.origin;
	if (!o)
		return;
	lb_jw_object(w, "convertedFrom");
	lb_jw_str(w, "format", o->format);
	lb_jw_array(w, "layouts");
	for (size_t i = 0; i < o->nlayouts; i++)
		lb_jw_str(w, NULL, o->layouts[i]);
	lb_jw_end(w);
	lb_jw_str(w, "name", o->name);
	lb_jw_str(w, "container", o->container);
	lb_jw_str(w, "id", o->id);
	lb_jw_object(w, "creator");
	lb_jw_str(w, "id", o->maker_id);
	lb_jw_str(w, "name", o->maker_name);
	lb_jw_end(w);
	lb_jw_str(w, "sha256", o->sha256);
	lb_writer_jw_date(w, "date", o->date);
	lb_jw_str(w, "program", o->program);
	lb_jw_object(w, "fixity");
	lb_jw_int(w, "files", (int64_t)o->files);
	lb_jw_int(w, "vouched", (int64_t)o->vouched);
	lb_jw_int(w, "differing", (int64_t)o->differing);
	lb_jw_end(w);
	lb_jw_end(w);
}

static void write_selection(const struct lb_package *p, struct lb_jw *w)
{
	lb_jw_array(w, "selection");
	for (size_t i = 0; i < p->info.nselection; i++) {
		lb_jw_object(w, NULL);
		lb_jw_str(w, "url", p->info.selection[i].url);
		lb_jw_str(w, "type", p->info.selection[i].type);
		lb_jw_int(w, "count", (int64_t)p->info.selection[i].count);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

/* The name that the folder has by itself. */
static void add_folder_name(const struct lb_package *p, struct lb_buf *b)
{
	lb_slug(b, p->info.title ? p->info.title : "");
	if (b->len == 0)
		lb_buf_addf(b, "lifeboat-%.8s", p->info.id + strlen("urn:uuid:"));
}

static void write_identity(const struct lb_package *p, struct lb_jw *w)
{
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(256);
	add_folder_name(p, &folder);
	lb_jw_str(w, "format", "data-lifeboat");
	lb_jw_str(w, "formatVersion", LB_FORMAT_VERSION);
	lb_jw_str(w, "id", p->info.id);
	lb_jw_str(w, "title", p->info.title);
	lb_jw_str(w, "folder", lb_buf_str(&folder));
	lb_jw_str(w, "purpose", p->info.purpose);
	lb_jw_str(w, "futureConsiderations", p->info.future);
	lb_jw_object(w, "maker");
	lb_jw_str(w, "id", p->info.maker_id);
	lb_jw_str(w, "name", p->info.maker_name);
	lb_jw_end(w);
	lb_writer_jw_date(w, "created", p->info.created);
	lb_jw_str(w, "program", p->info.program);
	write_policy(p, w);
	write_origin(p, w);
	write_selection(p, w);
	write_counts(p, w, true);
}

size_t *lb_writer_license_counts(const struct lb_package *p)
{
	size_t *photos = lb_alloc((p->licenses.count + 1) * sizeof *photos);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (size_t i = 0, number; i < p->nphotos; i++) {
		const char *slug = lb_license_slug(p->photos[i].license_id, &arena);
		if (slug && lb_map_get(&p->licenses.ids, lb_span(slug), &number))
			photos[number]++;
		lb_arena_reset(&arena);
	}
	return photos;
}

static void write_licenses(const struct lb_package *p, struct lb_jw *w)
{
	LB_AUTO(lb_freep) size_t *photos = lb_writer_license_counts(p);
	const struct lb_license *licenses = p->licenses.items;
	lb_jw_array(w, "licenses");
	for (size_t i = 0; i < p->licenses.count; i++) {
		if (photos[i] == 0)
			continue;
		lb_jw_object(w, NULL);
		lb_jw_str(w, "id", p->licenses.ids.items[i].key);
		lb_jw_str(w, "flickrId", licenses[i].id);
		lb_jw_str(w, "label", licenses[i].label);
		lb_jw_str(w, "url", licenses[i].url);
		lb_jw_int(w, "photos", (int64_t)photos[i]);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void write_photo_ids(struct lb_writer_json *j, const char *key, bool missing)
{
	const struct lb_package *p = j->package;
	lb_jw_array(&j->jw, key);
	for (size_t i = 0; i < p->nphotos; i++) {
		if (p->photos[i].missing == missing)
			lb_jw_str(&j->jw, NULL, p->photos[i].id);
		lb_writer_json_flush(j);
	}
	lb_jw_end(&j->jw);
}

void lb_writer_file_line(struct lb_buf *line, const struct lb_writer_file *f, const char *photo)
{
	struct lb_jw w;
	lb_buf_reset(line);
	lb_jw_begin(&w, line, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "path", f->path);
	lb_jw_int(&w, "size", (int64_t)f->size);
	lb_jw_str(&w, "sha256", f->sha256);
	lb_jw_str(&w, "role", f->role);
	lb_jw_str(&w, "photo", photo);
	lb_jw_end(&w);
}

static void write_file(struct lb_writer_json *j, const struct lb_writer_file *f, struct lb_buf *line)
{
	lb_writer_file_line(line, f, f->photo < 0 ? NULL : j->package->photos[f->photo].id);
	lb_jw_raw(&j->jw, NULL, lb_buf_str(line));
	lb_writer_json_flush(j);
}

static void write_files(struct lb_writer_json *j)
{
	size_t count;
	LB_AUTO(lb_freep) size_t *numbers = lb_writer_sorted(j->package, true, &count);
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(64 << 10);
	lb_jw_array(&j->jw, "files");
	for (size_t i = 0; i < count; i++)
		write_file(j, &j->package->files[numbers[i]], &line);
	lb_jw_end(&j->jw);
}

int lb_writer_manifest(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(lb_writer_json_abandon) struct lb_writer_json j = {0};
	LB_TRY(lb_writer_json_open(p, "lifeboat.json", NULL, &j, err));
	lb_jw_object(&j.jw, NULL);
	write_identity(p, &j.jw);
	write_licenses(p, &j.jw);
	write_photo_ids(&j, "photos", false);
	write_photo_ids(&j, "missing", true);
	write_files(&j);
	lb_jw_end(&j.jw);
	return lb_writer_json_close(&j, err);
}

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

/* The Foundation's fields are strings without exception: what was not said is empty. */
int lb_writer_lifeboat_js(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(lb_writer_json_abandon) struct lb_writer_json j = {0};
	LB_TRY(lb_writer_json_open(p, "data/metadata/lifeboat.js", "lifeboat", &j, err));
	struct lb_jw *w = &j.jw;
	lb_jw_object(w, NULL);
	lb_jw_str(w, "id", p->info.id);
	lb_jw_str(w, "name", or_empty(p->info.title));
	lb_jw_object(w, "creator");
	lb_jw_str(w, "id", or_empty(p->info.maker_id));
	lb_jw_str(w, "name", or_empty(p->info.maker_name));
	lb_jw_end(w);
	lb_writer_jw_date(w, "dateCreated", p->info.created);
	lb_jw_str(w, "purpose", or_empty(p->info.purpose));
	lb_jw_str(w, "futureConsiderations", or_empty(p->info.future));
	lb_jw_str(w, "formatVersion", LB_FORMAT_VERSION);
	lb_jw_str(w, "program", p->info.program);
	write_policy(p, w);
	write_selection(p, w);
	write_counts(p, w, false);
	lb_jw_end(w);
	return lb_writer_json_close(&j, err);
}
