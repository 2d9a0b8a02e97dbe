/* mets write PHOTOS FILE | check FILE | list FILE: a METS document of invented photos (an original, a thumbnail and a metadata file
 * each), made from nothing but its numbers; read and judged; its photos listed. For measuring time and memory. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format/mets/mets.h"

#define BEGIN 1763675220
#define OWNERS 5000

/* What the source told last. */
struct invented { char id[24], title[64], url[96], owner[24], name[24], path[96], sha256[LB_SHA256_HEX], address[128]; const char *tags[6]; };

static int tell_photo(void *arg, size_t i, struct lb_mets_photo *out, struct lb_error *err)
{
	static const char *const words[] = {"sea", "harbour", "oldquay", "1930s", "snow", "ferry", "market", "rope", "gulls"};
	struct invented *v = arg;
	(void)err;
	snprintf(v->id, sizeof v->id, "%zu", 50000000000 + i);
	snprintf(v->title, sizeof v->title, "Photograph number %zu of the old quay", i);
	snprintf(v->owner, sizeof v->owner, "%zu@N05", 71000000 + i % OWNERS);
	snprintf(v->name, sizeof v->name, "member %zu", i % OWNERS);
	snprintf(v->url, sizeof v->url, "https://www.flickr.com/photos/%s/%s/", v->owner, v->id);
	for (size_t k = 0; k < LB_COUNT(v->tags); k++)
		v->tags[k] = words[(i + k) % LB_COUNT(words)];
	*out = (struct lb_mets_photo){.id = v->id, .title = v->title, .url = v->url, .owner_id = v->owner, .owner_name = v->name,
		.license_id = "4", .license_uri = "https://creativecommons.org/licenses/by/2.0/", .license_label = "Attribution License",
		.taken = {"2009-05-01 10:00:00", 0, 0}, .posted = BEGIN, .tags = v->tags, .ntags = LB_COUNT(v->tags),
		.place = "Old Quay, Marrowick", .captured = BEGIN + (int64_t)i};
	return 0;
}

static int tell_file(void *arg, size_t i, struct lb_mets_file *out, struct lb_error *err)
{
	static const char *const groups[] = {"original", "thumbnail", "metadata"};
	struct invented *v = arg;
	const size_t photo = i / 3, kind = i % 3;
	const bool media = kind < 2;
	unsigned long long id = 50000000000ull + photo;
	(void)err;
	snprintf(v->path, sizeof v->path, kind == 0 ? "data/media/originals/%llu_62fbaa808f_o.jpg" : kind == 1 ?
		"data/media/thumbnails/%llu_62fbaa808f_q.jpg" : "data/metadata/photos/%llu.js", id);
	for (size_t k = 0; k < LB_SHA256_HEX - 1; k++)
		v->sha256[k] = "0123456789abcdef"[(i * 2654435761u >> k % 28) % 16];
	v->sha256[LB_SHA256_HEX - 1] = '\0';
	snprintf(v->address, sizeof v->address, "https://live.staticflickr.com/65535/%llu_62fbaa808f_%c.jpg", id, kind ? 'q' : 'o');
	*out = (struct lb_mets_file){.path = v->path, .sha256 = v->sha256, .mime = media ? "image/jpeg" : "text/javascript",
		.size = 1000 + i, .group = groups[kind], .photo = (long)photo, .source_url = media ? v->address : NULL,
		.format_label = media ? kind ? "Large Square" : "Original" : NULL, .captured = media ? BEGIN + (int64_t)photo : LB_UNKNOWN};
	return 0;
}

static int write_it(uint64_t photos, const char *path, struct lb_error *err)
{
	struct invented told = {0};
	struct lb_out *out;
	LB_TRY(lb_out_open(path, LB_OUT_REPLACE | LB_OUT_NOSYNC, &out, err));
	LB_TRY(lb_mets_write(&(struct lb_mets){.id = "urn:uuid:0190163d-8694-8b14-98c9-4f1d2d3e4f50", .title = "Everything", .maker = "bench",
		.program = "lifeboat bench", .created = BEGIN, .policy = "rescue: all",
		.source = {.arg = &told, .nphotos = photos, .nfiles = 3 * photos, .photo = tell_photo, .file = tell_file}}, out, err));
	return lb_out_commit(out, NULL, NULL, err);
}

static void on_problem(void *arg, const char *rule, const char *message)
{
	(*(size_t *)arg)++;
	fprintf(stderr, "%s %s\n", rule, message);
}

static int check_it(const char *path, struct lb_error *err)
{
	static char chunk[1 << 16];
	size_t problems = 0;
	struct lb_mets_about about;
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){.arg = &problems, .problem = on_problem});
	int fd = open(path, O_RDONLY), rc = fd < 0 ? lb_fail_sys(err, "cannot read \"%s\"", path) : 0;
	for (ssize_t n; rc == 0 && (n = read(fd, chunk, sizeof chunk)) > 0;)
		rc = lb_mets_reader_feed(r, chunk, (size_t)n, err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, &about, err);
	lb_mets_reader_free(r);
	return rc == 0 && problems ? lb_fail(err, LB_FORMAT, "%zu problems", problems) : rc;
}

static int count(void *arg, const struct lb_mets_photo *p, const struct lb_mets_file *files, size_t nfiles, struct lb_error *err)
{
	(void)files, (void)err;
	*(size_t *)arg += p->id && nfiles == 2;
	return 0;
}

static int list_it(const char *path, struct lb_error *err)
{
	size_t photos = 0;
	LB_TRY(lb_mets_list(path, count, &photos, err));
	printf("%zu\n", photos);
	return 0;
}

int main(int argc, char **argv)
{
	struct lb_error err = {0};
	uint64_t photos;
	int rc = -1;
	if (argc == 4 && !strcmp(argv[1], "write") && lb_parse_u64(lb_span(argv[2]), &photos))
		rc = write_it(photos, argv[3], &err);
	else if (argc == 3 && !strcmp(argv[1], "check"))
		rc = check_it(argv[2], &err);
	else if (argc == 3 && !strcmp(argv[1], "list"))
		rc = list_it(argv[2], &err);
	else
		return fprintf(stderr, "usage: mets write PHOTOS FILE | check FILE | list FILE\n"), 2;
	if (rc)
		fprintf(stderr, "mets: %s\n", err.what);
	return rc != 0;
}
