/* The files of the crate: folders as Datasets, each file below data/ as a File, photographs also as what they show. */
#include <stdio.h>
#include <string.h>

#include "format/package/crate_private.h"

static const struct { const char *path, *name; } names[] = {
	{"README.html", "The maker's words to later readers"},
	{"documentation/", "How this package is made"},
	{"media/icons/", "Pictures that members chose of themselves"},
	{"media/originals/", "The best file of each photograph"},
	{"media/thumbnails/", "A small picture of each photograph"},
	{"metadata/", "Indexes"},
	{"metadata/albumIndex.js", "Albums"},
	{"metadata/collectionIndex.js", "Collections of albums"},
	{"metadata/consentIndex.js", "Rules and consent"},
	{"metadata/contributorIndex.js", "People who took, tagged, said, faved or are shown"},
	{"metadata/galleryIndex.js", "Galleries"},
	{"metadata/groupIndex.js", "Groups"},
	{"metadata/licenseIndex.js", "Licences"},
	{"metadata/lifeboat.js", "What this lifeboat is"},
	{"metadata/missing.js", "What could not be had, and why"},
	{"metadata/photoIndex.js", "All photographs, for lists"},
	{"metadata/photoOrder.js", "The maker's order"},
	{"metadata/photos/", "Everything that is known about each photograph"},
	{"metadata/profileIndex.js", "What members say of themselves"},
	{"metadata/tagList.js", "Tags"},
	{"pages/", "Pages for readers"},
	{"provenance/", "What was received, and when"},
	{"provenance/api.warc.gz", "Answers of Flickr as received"},
	{"provenance/plan.json", "What was asked for"},
	{"viewer/", "Style of the pages"},
};

static const char *name_of(const char *path)
{
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (strcmp(names[i].path, path) == 0)
			return names[i].name;
	return NULL;
}

/* ---- folders ---- */

static bool is_in(const struct lb_writer_file *f, const char *folder, size_t n)
{
	return strncmp(f->path, folder, n) == 0 && !strchr(f->path + n, '/');
}

static size_t first_below(const struct lb_crate *c, const char *folder, size_t n)
{
	size_t low = 0, high = c->nfiles;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (strncmp(c->p->files[c->files[middle]].path, folder, n) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void write_folder(struct lb_crate *c, const char *folder)
{
	const size_t n = strlen(folder);
	const char *path = folder + strlen("data/"), *name = name_of(path);
	lb_crate_begin(c, lb_crate_file_id(c, path), "Dataset");
	lb_crate_text(c, "name", name ? name : path);
	lb_jw_array(&c->w, "hasPart");
	for (size_t i = first_below(c, folder, n); i < c->nfiles; i++) {
		const struct lb_writer_file *f = &c->p->files[c->files[i]];
		if (strncmp(f->path, folder, n) != 0)
			break;
		if (is_in(f, folder, n))
			lb_crate_link(c, NULL, lb_crate_file_id(c, f->path + strlen("data/")));
	}
	lb_jw_end(&c->w);
	lb_crate_end(c);
}

void lb_crate_folders(struct lb_crate *c)
{
	for (size_t i = 0; i < c->nfolders; i++)
		write_folder(c, c->folders[i]);
}

/* ---- files ---- */

static void begin_file(struct lb_crate *c, const struct lb_writer_file *f, const char *kind)
{
	lb_crate_begin(c, lb_crate_file_id(c, f->path + strlen("data/")), kind ? NULL : "File");
	if (!kind)
		return;
	lb_jw_array(&c->w, "@type");
	lb_jw_str(&c->w, NULL, "File");
	lb_jw_str(&c->w, NULL, kind);
	lb_jw_end(&c->w);
}

static void write_form(struct lb_crate *c, const struct lb_writer_file *f)
{
	char size[32];
	snprintf(size, sizeof size, "%llu", (unsigned long long)f->size);
	lb_crate_text(c, "encodingFormat", f->mime);
	lb_crate_text(c, "contentSize", size); /* a text, as RO-Crate wants it */
	lb_crate_text(c, "sha256", f->sha256);
}

static const char *kind_of(const struct lb_writer_file *f)
{
	const struct lb_span mime = lb_span(f->mime);
	return lb_span_starts(mime, "video/") ? "VideoObject" : lb_span_starts(mime, "image/") ? "ImageObject" : NULL;
}

/* Title, owner, licence: what is said even of a photo that is withheld. */
static void write_credit(struct lb_crate *c, const struct lb_summary *s)
{
	if (s->title)
		lb_crate_title(c, "name", s->title);
	else
		lb_crate_text(c, "name", lb_arena_printf(&c->arena, "%s %s", s->video ? "Video" : "Photograph", s->id));
	lb_crate_link(c, "author", lb_crate_owner_id(c, s->owner_id));
	lb_crate_link(c, "license", lb_crate_license_id(c, s->license_id));
}

/* The page where it stands, if the pages are the ones of chapter 8. */
static void write_page(struct lb_crate *c, size_t place)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_buf_adds(&path, "data/");
	lb_layout_page(&path, "photos", place / LB_PHOTOS_PER_PAGE + 1);
	if (lb_map_get(&c->p->paths, lb_buf_span(&path), NULL))
		lb_crate_link(c, "subjectOf", lb_crate_file_id(c, lb_buf_str(&path) + strlen("data/")));
}

static void write_media(struct lb_crate *c, const struct lb_writer_file *f)
{
	const struct lb_summary *s = &c->p->photos[f->photo];
	char taken[LB_TAKEN_ISO];
	begin_file(c, f, kind_of(f));
	write_credit(c, s);
	write_form(c, f);
	if (s->original_path && strcmp(f->path + strlen("data/"), s->original_path) == 0 && s->thumb_path)
		lb_crate_link(c, "thumbnail", lb_crate_file_id(c, s->thumb_path));
	if (strcmp(lb_crate_photo_id(c, s), lb_crate_file_id(c, f->path + strlen("data/"))) == 0) {
		lb_crate_text(c, "dateCreated", lb_taken_date(&s->taken, taken) ? taken : NULL);
		write_page(c, (size_t)f->photo);
	}
	lb_crate_end(c);
}

/* Of so many files no more than what they are about: the manifests have their sizes and digests. */
static void write_metadata(struct lb_crate *c, const struct lb_writer_file *f)
{
	begin_file(c, f, NULL);
	lb_crate_link(c, "about", lb_crate_photo_id(c, &c->p->photos[f->photo]));
	lb_crate_end(c);
}

void lb_crate_file(struct lb_crate *c, const struct lb_writer_file *f)
{
	if (f->photo >= 0 && strcmp(f->role, "metadata") == 0) {
		write_metadata(c, f);
	} else if (f->photo >= 0) {
		write_media(c, f);
	} else {
		begin_file(c, f, kind_of(f));
		lb_crate_text(c, "name", name_of(f->path + strlen("data/")));
		write_form(c, f);
		lb_crate_end(c);
	}
}

/* Photos of which no file is kept: withheld ones, and those whose files could not be had. */
static void write_photos(struct lb_crate *c)
{
	for (size_t i = 0; i < c->p->nphotos; i++) {
		const struct lb_summary *s = &c->p->photos[i];
		if (s->missing || s->original_path || s->thumb_path)
			continue;
		lb_crate_begin(c, lb_crate_photo_id(c, s), "CreativeWork");
		write_credit(c, s);
		lb_crate_text(c, "url", s->url);
		lb_crate_text(c, "description", s->withheld);
		write_page(c, i);
		lb_crate_end(c);
	}
}

void lb_crate_files(struct lb_crate *c)
{
	lb_crate_folders(c);
	for (size_t i = 0; i < c->nfiles; i++)
		lb_crate_file(c, &c->p->files[c->files[i]]);
	write_photos(c);
}
