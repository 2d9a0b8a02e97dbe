/* bench-viewer PHOTOS [DIR]: an invented collection, told to the writer of the viewer's data. Writes DIR/data/viewer/data, the pictures
 * that all photos share, and DIR/expected.json: how many photos a scan finds. Says in JSON what the writer took. Without DIR the
 * collection is only made up: what the memory of that is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "tests/bench/viewer/internal.h"
#include "viewer/data/data.h"

struct making {
	const char *dir;
	struct lb_map folders;             /* that are there */
	size_t files; uint64_t bytes, largest;
	double seconds;                    /* of the processor, in the writer */
};

static double processor(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void path_in(const struct making *m, const char *path, struct lb_buf *out)
{
	lb_path_join(out, m->dir, "data/viewer");
	lb_buf_addf(out, "/%s", path);
}

static int create(void *arg, const char *path, struct lb_out **out, struct lb_error *err)
{
	struct making *m = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(4096);
	path_in(m, path, &whole);
	struct lb_span folder = {whole.p, whole.len - strlen(lb_path_base(whole.p)) - 1};
	if (lb_map_put(&m->folders, folder, 0)) {
		LB_AUTO(lb_freep) char *name = lb_strndup(folder.p, folder.n);
		LB_TRY(lb_dir_make(name, err));
	}
	return lb_out_open(whole.p, LB_OUT_REPLACE | LB_OUT_NOSYNC, out, err);
}

static int close_file(void *arg, const char *path, struct lb_out *out, struct lb_error *err)
{
	(void)path;
	struct making *m = arg;
	uint64_t size;
	LB_TRY(lb_out_commit(out, NULL, &size, err));
	m->files++;
	m->bytes += size;
	m->largest = size > m->largest ? size : m->largest;
	return LB_OK;
}

static void media(void *arg, struct lb_buf *path, const struct lb_photo *photo, enum lb_role role)
{
	(void)arg;
	char name[16];
	bench_picture_name(name, strtoull(photo->id, NULL, 10));
	lb_buf_addf(path, "media/%s/%s", role == LB_ORIGINAL ? "originals" : "thumbnails", name);
}

static int add(struct making *m, struct bench *b, struct bench_facts *facts, struct bench_oracle *oracle, struct lb_viewer *v, size_t i,
	struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_photo photo;
	bool missing;
	bench_photo(b, &arena, i, &photo, &missing);
	struct lb_gap gap = {.kind = missing ? LB_GAP_REFUSED : LB_GAP_WITHHELD, .photo_id = photo.id, .layer = missing ? "photo" : "original",
		.subject = lb_arena_printf(&arena, "photo %s", photo.id), .code = missing ? 1 : LB_UNKNOWN,
		.message = missing ? "Photo not found" : "the owner does not allow downloads"};
	if (!missing)
		bench_facts_add(facts, &photo, i);
	if (!v)
		return LB_OK;
	if (!missing)
		bench_oracle_add(oracle, &photo);
	double from = processor();
	LB_TRY(lb_viewer_add(v, &photo, missing, &gap, missing || (!photo.withheld && !photo.files[LB_ORIGINAL].present), err));
	m->seconds += processor() - from;
	return LB_OK;
}

static int finish(struct making *m, const struct bench *b, const struct bench_facts *f, struct lb_viewer *v, struct lb_error *err)
{
	static const struct lb_license licenses[] = {{"0", "All Rights Reserved", ""}, {"4", "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/"},
		{"9", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"}};
	const struct lb_selection_url selection = {"https://www.flickr.com/photos/10000000@N00/", "photostream", b->photos};
	const struct lb_package_info info = {.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "A collection of many photographs",
		.purpose = "To measure with.", .maker_name = "Nobody", .created = BENCH_CREATED, .program = "lifeboat", .policy.name = "careful",
		.policy.sentence = "Originals where allowed.", .policy.safety = "safe", .selection = &selection, .nselection = 1, .planned = b->photos};
	const struct lb_viewer_facts facts = {.info = &info, .people = f->people, .npeople = f->npeople, .albums = f->albums, .nalbums = f->nalbums,
		.groups = f->groups, .ngroups = f->ngroups, .galleries = f->galleries, .ngalleries = f->ngalleries, .licenses = licenses,
		.nlicenses = LB_COUNT(licenses)};
	double from = processor();
	LB_TRY(lb_viewer_finish(v, &facts, err));
	m->seconds += processor() - from;
	return LB_OK;
}

static int add_all(struct making *m, struct bench *b, struct bench_facts *facts, struct bench_oracle *oracle, struct lb_viewer *v, struct lb_error *err)
{
	for (size_t i = 0; i < b->photos; i++)
		LB_TRY(add(m, b, facts, oracle, v, i, err));
	bench_facts_end(facts, b);
	return LB_OK;
}

static int make(struct making *m, struct bench *b, struct bench_facts *facts, struct bench_oracle *oracle, struct lb_error *err)
{
	if (!m->dir)
		return add_all(m, b, facts, oracle, NULL, err);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char **ids = lb_arena_alloc(&arena, b->photos * sizeof *ids);
	for (size_t i = 0; i < b->photos; i++)
		ids[i] = bench_photo_id(&arena, i);
	const struct lb_viewer_files files = {m, create, close_file, media};
	LB_AUTO(lb_viewer_freep) struct lb_viewer *v = NULL;
	LB_TRY(lb_viewer_begin(&files, ids, b->photos, &v, err));
	LB_TRY(add_all(m, b, facts, oracle, v, err));
	LB_TRY(finish(m, b, facts, v, err));
	LB_TRY(bench_pictures(lb_arena_printf(&arena, "%s/data/media/thumbnails", m->dir), err));
	return bench_oracle_write(oracle, lb_arena_printf(&arena, "%s/expected.json", m->dir), err);
}

int main(int argc, char **argv)
{
	uint64_t photos;
	if (argc < 2 || argc > 3 || !lb_parse_u64(lb_span(argv[1]), &photos) || !photos)
		return fprintf(stderr, "usage: bench-viewer PHOTOS [DIR]\n"), 2;
	struct making m = {.dir = argc == 3 ? argv[2] : NULL};
	struct bench b;
	bench_init(&b, (size_t)photos);
	struct bench_facts *facts = bench_facts_new(&b);
	struct bench_oracle *oracle = bench_oracle_new();
	struct lb_error err = {0};
	int rc = make(&m, &b, facts, oracle, &err);
	bench_oracle_free(oracle);
	bench_facts_free(facts, &b);
	bench_clear(&b);
	lb_map_clear(&m.folders);
	if (rc)
		return fprintf(stderr, "bench-viewer: %s\n", err.what), 1;
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("{\"photos\":%zu,\"seconds\":%.2f,\"peakMB\":%.0f,\"files\":%zu,\"bytes\":%llu,\"largest\":%llu}\n", (size_t)photos, m.seconds,
		(double)usage.ru_maxrss / 1024, m.files, (unsigned long long)m.bytes, (unsigned long long)m.largest);
	return 0;
}
