/* data/ro-crate-metadata.json: the payload as an RO-Crate 1.1, for those whose tools read such. Everything in it is told elsewhere
 * in the package as well. */
#include <stdlib.h>
#include <string.h>

#include "format/package/crate_private.h"

#define ENTITY_MAX ((size_t)512 << 20) /* a folder of millions of files */

/* ---- parts of an entity ---- */

void lb_crate_begin(struct lb_crate *c, const char *id, const char *type)
{
	lb_buf_reset(&c->line);
	lb_jw_begin(&c->w, &c->line, true);
	lb_jw_object(&c->w, NULL);
	lb_jw_str(&c->w, "@id", id);
	if (type)
		lb_jw_str(&c->w, "@type", type);
}

void lb_crate_end(struct lb_crate *c)
{
	lb_jw_end(&c->w);
	c->j->overflow |= c->line.overflow;
	lb_jw_raw(&c->j->jw, NULL, lb_buf_str(&c->line));
	lb_writer_json_flush(c->j);
	lb_arena_reset(&c->arena);
}

void lb_crate_text(struct lb_crate *c, const char *key, const char *text)
{
	if (text && *text)
		lb_jw_str(&c->w, key, text);
}

void lb_crate_title(struct lb_crate *c, const char *key, const char *title)
{
	lb_crate_text(c, key, title ? lb_html_unescape(title, &c->arena) : NULL);
}

void lb_crate_link(struct lb_crate *c, const char *key, const char *id)
{
	if (!id)
		return;
	lb_jw_object(&c->w, key);
	lb_jw_str(&c->w, "@id", id);
	lb_jw_end(&c->w);
}

/* ---- identifiers ---- */

const char *lb_crate_file_id(struct lb_crate *c, const char *data_path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf id = LB_BUF(1 << 16);
	lb_url_encode_path(&id, lb_span(data_path));
	return lb_arena_strdup(&c->arena, lb_buf_str(&id));
}

const char *lb_crate_owner_id(struct lb_crate *c, const char *nsid)
{
	size_t number;
	if (!nsid || !lb_map_get(&c->p->people.ids, lb_span(nsid), &number) || !c->owners[number])
		return NULL;
	return lb_arena_printf(&c->arena, "#member-%s", nsid);
}

const char *lb_crate_license_id(struct lb_crate *c, const char *flickr_id)
{
	size_t number;
	const char *slug = lb_license_slug(flickr_id, &c->arena);
	return slug && lb_map_get(&c->p->licenses.ids, lb_span(slug), &number) ? c->license_ids[number] : NULL;
}

const char *lb_crate_photo_id(struct lb_crate *c, const struct lb_summary *s)
{
	if (!s->original_path && !s->thumb_path)
		return lb_arena_printf(&c->arena, "#photo-%s", s->id);
	return lb_crate_file_id(c, s->original_path ? s->original_path : s->thumb_path);
}

/* An absolute address in characters that an IRI may have. */
static bool is_address(const char *url)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=%";
	struct lb_span s = lb_span(url);
	return (lb_span_starts(s, "https://") || lb_span_starts(s, "http://")) && strspn(url, allowed) == s.n;
}

/* Licences of different names may have one address: then it is no @id. */
static void name_licenses(struct lb_crate *c, struct lb_arena *arena)
{
	const struct lb_package *p = c->p;
	const struct lb_license *licenses = p->licenses.items;
	LB_AUTO(lb_freep) size_t *photos = lb_writer_license_counts(p);
	c->license_ids = lb_alloc((p->licenses.count + 1) * sizeof *c->license_ids);
	for (size_t i = 0; i < p->licenses.count; i++) {
		bool alone = is_address(licenses[i].url);
		for (size_t k = 0; k < p->licenses.count; k++)
			alone = alone && (k == i || !licenses[k].url || strcmp(licenses[k].url, licenses[i].url) != 0);
		if (photos[i])
			c->license_ids[i] = alone ? licenses[i].url : lb_arena_printf(arena, "#license-%s", p->licenses.ids.items[i].key);
	}
}

static void find_owners(struct lb_crate *c)
{
	const struct lb_package *p = c->p;
	c->owners = lb_alloc((p->people.count + 1) * sizeof *c->owners);
	for (size_t i = 0, number; i < p->nphotos; i++)
		if (p->photos[i].owner_id && lb_map_get(&p->people.ids, lb_span(p->photos[i].owner_id), &number))
			c->owners[number] = true;
}

static const char *maker_id(struct lb_crate *c)
{
	const struct lb_package_info *info = &c->p->info;
	if (lb_writer_id_is_plain(info->maker_id))
		return lb_arena_printf(&c->arena, "#member-%s", info->maker_id);
	return info->maker_name ? "#maker" : NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void lb_crate_find_folders(struct lb_crate *c)
{
	const struct lb_map *all = &c->p->folders;
	c->folders = lb_alloc((all->count + 1) * sizeof *c->folders);
	for (size_t i = 0; i < all->count; i++)
		if (lb_span_starts(lb_span(all->items[i].key), "data/") && strcmp(all->items[i].key, "data/") != 0)
			c->folders[c->nfolders++] = all->items[i].key;
	if (c->nfolders)
		qsort(c->folders, c->nfolders, sizeof *c->folders, by_text);
}

/* ---- the crate itself ---- */

static void write_descriptor(struct lb_crate *c)
{
	lb_crate_begin(c, "ro-crate-metadata.json", "CreativeWork");
	lb_crate_link(c, "about", "./");
	lb_crate_link(c, "conformsTo", "https://w3id.org/ro/crate/1.1");
	lb_crate_end(c);
}

static void write_licenses_of_all(struct lb_crate *c)
{
	lb_jw_array(&c->w, "license");
	for (size_t i = 0; i < c->p->licenses.count; i++)
		lb_crate_link(c, NULL, c->license_ids[i]);
	if (!c->p->licenses.count)
		lb_crate_link(c, NULL, "#no-licence");
	lb_jw_end(&c->w);
}

/* Every folder that has files, and the files beside them. */
static void write_parts(struct lb_crate *c)
{
	lb_jw_array(&c->w, "hasPart");
	for (size_t i = 0; i < c->nfolders; i++)
		lb_crate_link(c, NULL, lb_crate_file_id(c, c->folders[i] + strlen("data/")));
	for (size_t i = 0; i < c->nfiles; i++) {
		const char *path = c->p->files[c->files[i]].path + strlen("data/");
		if (!strchr(path, '/'))
			lb_crate_link(c, NULL, lb_crate_file_id(c, path));
	}
	lb_jw_end(&c->w);
}

static void write_mentions(struct lb_crate *c)
{
	const struct lb_album_entry *albums = c->p->albums.items;
	lb_jw_array(&c->w, "mentions");
	lb_crate_link(c, NULL, "#creation");
	for (size_t i = 0; i < c->p->albums.count; i++)
		if (albums[i].nphotos)
			lb_crate_link(c, NULL, lb_arena_printf(&c->arena, "#album-%s", albums[i].album.id));
	lb_jw_end(&c->w);
}

static void write_root(struct lb_crate *c)
{
	const struct lb_package_info *info = &c->p->info;
	char date[LB_TIME_ISO];
	lb_time_iso(info->created, date);
	lb_crate_begin(c, "./", "Dataset");
	lb_crate_text(c, "identifier", info->id);
	lb_crate_text(c, "name", info->title ? info->title : "A Data Lifeboat");
	lb_crate_text(c, "description", info->purpose ? info->purpose
		: "Photographs from Flickr, with what was said around them there. Each photograph has the licence that its own entry names.");
	lb_crate_text(c, "datePublished", date);
	lb_crate_link(c, "author", maker_id(c));
	write_licenses_of_all(c);
	write_parts(c);
	write_mentions(c);
	lb_crate_end(c);
}

/* ---- who and what made it ---- */

static void write_program(struct lb_crate *c)
{
	const char *program = c->p->info.program, *space = strrchr(program, ' ');
	const bool version = space && space[1] >= '0' && space[1] <= '9';
	lb_crate_begin(c, "#program", "SoftwareApplication");
	lb_crate_text(c, "name", version ? lb_arena_strndup(&c->arena, program, (size_t)(space - program)) : program);
	lb_crate_text(c, "softwareVersion", version ? space + 1 : NULL);
	lb_crate_end(c);
}

static void write_creation(struct lb_crate *c)
{
	const struct lb_package_info *info = &c->p->info;
	char date[LB_TIME_ISO];
	lb_time_iso(info->created, date);
	lb_crate_begin(c, "#creation", "CreateAction");
	lb_crate_text(c, "name", "The choosing and keeping of these photographs");
	lb_crate_text(c, "description", info->policy.sentence);
	lb_crate_text(c, "endTime", date);
	lb_crate_link(c, "agent", maker_id(c));
	lb_crate_link(c, "instrument", "#program");
	lb_jw_array(&c->w, "object");
	for (size_t i = 0; i < info->nselection; i++)
		if (is_address(info->selection[i].url))
			lb_crate_link(c, NULL, info->selection[i].url);
	lb_jw_end(&c->w);
	lb_crate_link(c, "result", "./");
	lb_crate_end(c);
}

static void write_maker(struct lb_crate *c)
{
	const struct lb_package_info *info = &c->p->info;
	const char *id = maker_id(c);
	if (!id || lb_crate_owner_id(c, info->maker_id))
		return;
	lb_crate_begin(c, id, "Person");
	lb_crate_text(c, "name", info->maker_name ? info->maker_name : info->maker_id);
	lb_crate_end(c);
}

static void write_owners(struct lb_crate *c)
{
	for (size_t i = 0; i < c->p->people.count; i++) {
		const struct lb_person *person = &((const struct lb_contributor *)c->p->people.items)[i].person;
		if (!c->owners[i])
			continue;
		lb_crate_begin(c, lb_crate_owner_id(c, person->nsid), "Person");
		lb_crate_title(c, "name", person->username ? person->username : person->nsid);
		lb_crate_text(c, "url", lb_photos_url(person, &c->arena));
		lb_crate_end(c);
	}
}

static void write_licenses(struct lb_crate *c)
{
	const struct lb_license *licenses = c->p->licenses.items;
	for (size_t i = 0; i < c->p->licenses.count; i++) {
		const char *slug = c->p->licenses.ids.items[i].key;
		if (!c->license_ids[i])
			continue;
		lb_crate_begin(c, c->license_ids[i], "CreativeWork");
		lb_crate_text(c, "name", licenses[i].label ? licenses[i].label : slug);
		lb_crate_text(c, "identifier", slug);
		if (*c->license_ids[i] == '#')
			lb_crate_text(c, "url", licenses[i].url);
		lb_crate_end(c);
	}
	if (c->p->licenses.count)
		return;
	lb_crate_begin(c, "#no-licence", "CreativeWork");
	lb_crate_text(c, "name", "No licence is known of anything in here");
	lb_crate_end(c);
}

static void write_albums(struct lb_crate *c)
{
	const struct lb_album_entry *albums = c->p->albums.items;
	for (size_t i = 0; i < c->p->albums.count; i++) {
		const struct lb_album_entry *e = &albums[i];
		if (!e->nphotos)
			continue;
		lb_crate_begin(c, lb_arena_printf(&c->arena, "#album-%s", e->album.id), "Collection");
		lb_crate_title(c, "name", e->album.title ? e->album.title : e->album.id);
		lb_crate_link(c, "creator", lb_crate_owner_id(c, e->album.owner_id));
		lb_jw_array(&c->w, "hasPart");
		for (size_t k = 0; k < e->nphotos; k++)
			lb_crate_link(c, NULL, lb_crate_photo_id(c, &c->p->photos[e->photos[k]]));
		lb_jw_end(&c->w);
		lb_crate_end(c);
	}
}

static void write_graph(struct lb_crate *c)
{
	static void (*const parts[])(struct lb_crate *c) = {write_descriptor, write_root, write_program, write_creation, write_maker, write_owners,
		write_licenses, write_albums, lb_crate_files};
	struct lb_jw *w = &c->j->jw;
	lb_jw_object(w, NULL);
	lb_jw_array(w, "@context");
	lb_jw_str(w, NULL, "https://w3id.org/ro/crate/1.1/context");
	lb_jw_object(w, NULL);
	lb_jw_str(w, "sha256", "http://schema.org/sha256"); /* younger than that context */
	lb_jw_end(w);
	lb_jw_end(w);
	lb_jw_array(w, "@graph");
	for (size_t i = 0; i < LB_COUNT(parts); i++)
		parts[i](c);
	lb_jw_end(w);
	lb_jw_end(w);
}

int lb_writer_crate(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(lb_writer_json_abandon) struct lb_writer_json j = {0};
	LB_AUTO(lb_arena_clear) struct lb_arena names = {0};
	LB_TRY(lb_writer_json_open(p, LB_CRATE_PATH, NULL, &j, err));
	struct lb_crate c = {.p = p, .j = &j, .line = LB_BUF(ENTITY_MAX)};
	lb_writer_settle(p);
	c.files = lb_writer_sorted(p, true, &c.nfiles);
	name_licenses(&c, &names);
	find_owners(&c);
	lb_crate_find_folders(&c);
	write_graph(&c);
	lb_buf_clear(&c.line);
	lb_arena_clear(&c.arena);
	free(c.files);
	free(c.folders);
	free(c.license_ids);
	free(c.owners);
	return lb_writer_json_close(&j, err);
}
