/* The viewer of a finished package, made anew from its metadata: for a package that an older program made, or whose viewer was damaged. */
#include "format/package/package.h"
#include "format/reading/reading.h"
#include "format/verify/verify.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/creator/show.h"

#include <string.h>

struct rebuild {
	const char *source, *made;
	const struct lb_ctx *ctx;
	struct lb_container *from;
	struct lb_remake *remake;
	struct lb_reading reading;
	struct lb_viewer_files files;
	struct lb_viewer *viewer;
	struct lb_rebuild_result result;
};

static void rebuild_clear(struct rebuild *b)
{
	lb_viewer_freep(&b->viewer);
	lb_reading_clear(&b->reading);
	lb_remake_freep(&b->remake);
	lb_container_freep(&b->from);
}

/* ---- making -------------------------------------------------------------------------------------------------------------------- */

static int add_photo(void *arg, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *err)
{
	struct rebuild *b = arg;
	return lb_viewer_add(b->viewer, photo, missing, gaps, ngaps, err);
}

static int make_viewer(struct rebuild *b, struct lb_error *err)
{
	const struct lb_reading *r = &b->reading;
	LB_TRY(lb_reading_open(b->from, &b->reading, err));
	b->result.photos = r->count;
	lb_show_files(lb_remake_package(b->remake), &b->files);
	LB_TRY(lb_viewer_begin(&b->files, r->ids, r->count, &b->viewer, err));
	LB_TRY(lb_reading_photos(r, b->ctx, add_photo, b, err));
	return lb_viewer_finish(b->viewer, &(struct lb_viewer_facts){ .info = &r->info, .people = r->people, .npeople = r->npeople,
		.albums = r->albums, .nalbums = r->nalbums, .groups = r->groups, .ngroups = r->ngroups, .galleries = r->galleries,
		.ngalleries = r->ngalleries, .collections = r->collections, .ncollections = r->ncollections, .licenses = r->licenses,
		.nlicenses = r->nlicenses, .gaps = r->gaps, .ngaps = r->ngaps }, err);
}

/* Not the digests of what was only taken over: those are told as they were, right or wrong. */
static int check_made(const struct rebuild *b, struct lb_error *err)
{
	const struct lb_verify_options options = { .levels = LB_LEVEL_ALL & ~LB_LEVEL_FIXITY };
	struct lb_report report = { 0 };
	LB_TRY(lb_verify(b->made, &options, b->ctx, &report, err));
	int rc = 0;
	for (size_t i = 0; i < report.count && !rc; i++)
		if (report.findings[i].severity == LB_SEVERITY_ERROR)
			rc = lb_fail(err, LB_CORRUPT, "cannot rebuild \"%s\": with a new viewer it would not be valid: %s%s%s (%s)", b->source,
				report.findings[i].path ? report.findings[i].path : "", report.findings[i].path ? ": " : "", report.findings[i].message,
				report.findings[i].rule);
	lb_report_clear(&report);
	return rc ? lb_hint(err, "`lifeboat verify %s` tells whether it is valid now", b->source) : 0;
}

static int fill(struct rebuild *b, struct lb_error *err)
{
	struct lb_remade made;
	LB_TRY(lb_container_open(b->source, &b->from, err));
	LB_TRY(lb_remake_begin(b->from, b->made, b->ctx, &b->remake, err));
	lb_ctx_event(b->ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "rebuild" });
	LB_TRY(make_viewer(b, err));
	LB_TRY(lb_remake_finish(b->remake, &made, err));
	b->result = (struct lb_rebuild_result){ .photos = b->result.photos, .files = made.files, .changed = made.changed, .gone = made.gone,
		.repaired = made.lost, .bytes = made.bytes };
	rebuild_clear(b); /* verifying needs the memory */
	return check_made(b, err);
}

/* ---- placing ------------------------------------------------------------------------------------------------------------------- */

static int place(struct rebuild *b, struct lb_new_folder *folder, bool in_place, struct lb_error *err)
{
	struct lb_rebuild_result *r = &b->result;
	r->untouched = in_place && !r->changed && !r->gone && !r->repaired;
	if (r->untouched)
		return 0;
	if (!in_place)
		return lb_new_folder_place(folder, "package", err);
	int rc = lb_new_folder_exchange(folder, "package", err);
	return rc ? lb_hint(err, "-o NEW writes a new package and leaves this one as it is") : 0;
}

int lb_create_rebuild(const char *package, const char *dir, const struct lb_ctx *ctx, struct lb_rebuild_result *out, struct lb_error *err)
{
	LB_AUTO(lb_new_folder_clear) struct lb_new_folder folder = { 0 };
	LB_AUTO(rebuild_clear) struct rebuild b = { .source = package, .ctx = ctx };
	LB_AUTO(lb_buf_clear) struct lb_buf made = LB_BUF(1 << 16);
	LB_TRY(dir ? lb_new_folder_name(&folder, dir, err) : lb_new_folder_for(&folder, package, err));
	LB_TRY(lb_new_folder_make(&folder, err));
	lb_path_join(&made, folder.temp, "package");
	b.made = lb_buf_str(&made);
	LB_TRY(fill(&b, err));
	LB_TRY(place(&b, &folder, dir == NULL, err));
	*out = b.result;
	return 0;
}
