#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/verify/life_private.h"

static void verify_clear(struct lb_verify *v)
{
	free(v->manifests);
	free(v->lines);
	free(v->first);
	free(v->info);
	lb_map_clear(&v->composed);
	lb_arena_clear(&v->arena);
	pthread_mutex_destroy(&v->lock);
}

static bool is_there(const struct lb_container *c, const char *path)
{
	return lb_container_find(c, path) >= 0;
}

static int hash_or_read(void *arg, size_t i, struct lb_error *err)
{
	struct lb_life *life = arg;
	if (i > 0)
		return lb_life_read(life, err);
	return lb_checks(life->v, LB_LEVEL_FIXITY) ? lb_bag_hash(life->v, err) : LB_OK;
}

/* A bag, or what needs none: then no line names any member. */
static int bag_steps(struct lb_verify *v, struct lb_error *err)
{
	if (v->foundation && !is_there(v->c, "bagit.txt")) {
		v->first = lb_realloc(NULL, v->count + 1, sizeof *v->first);
		memset(v->first, 0xFF, (v->count + 1) * sizeof *v->first);
		return LB_OK;
	}
	LB_TRY(lb_bag_read(v, err));
	if (lb_checks(v, LB_LEVEL_FIXITY))
		LB_TRY(lb_bag_hash(v, err));
	return lb_bag_judge(v, err);
}

static int foundation_steps(struct lb_verify *v, const struct lb_foundation *f, const struct lb_bag_profile *profile,
	struct lb_error *err)
{
	if (profile && !is_there(v->c, "bagit.txt"))
		return lb_fail(err, LB_USAGE, "cannot check a profile: this package of the Flickr Foundation is in no bag");
	lb_check_container(v);
	LB_TRY(bag_steps(v, err));
	if (profile)
		lb_profile_judge(v, profile);
	v->report->contents = true;
	return lb_check_foundation(v, f, err);
}

static int steps(struct lb_verify *v, const struct lb_bag_profile *profile, struct lb_error *err)
{
	LB_AUTO(lb_life_clear) struct lb_life life = {.v = v};
	lb_check_container(v);
	LB_TRY(lb_bag_read(v, err));
	LB_TRY(lb_parallel(v->ctx, v->lifeboat ? 2 : 1, hash_or_read, &life, err));
	LB_TRY(lb_bag_judge(v, err));
	if (profile)
		lb_profile_judge(v, profile);
	if (!v->lifeboat)
		return LB_OK;
	lb_check_layout(v);
	v->report->contents = life.info != NULL;
	v->report->id = lb_arena_strdup(&v->report->arena, lb_json_get_str(life.info, "id"));
	return lb_life_judge(&life, err);
}

/* A broken zip or tar may hide what it holds: then it is not "no bag", it is a broken one. */
static bool is_broken(const struct lb_container *c)
{
	size_t count, members;
	const struct lb_defect *d = lb_container_defects(c, &count);
	lb_container_members(c, &members);
	for (size_t i = 0; i < count; i++)
		if (lb_rule_find(d[i].rule)->severity == LB_SEVERITY_ERROR)
			return true;
	return false;
}

static int run(const struct lb_container *c, const struct lb_bag_profile *profile, const struct lb_ctx *ctx,
	struct lb_report *report, struct lb_error *err)
{
	LB_AUTO(verify_clear) struct lb_verify v = {.ctx = ctx, .c = c, .report = report, .lock = PTHREAD_MUTEX_INITIALIZER};
	struct lb_foundation theirs;
	v.members = lb_container_members(c, &v.count);
	v.lifeboat = is_there(c, "lifeboat.json");
	v.foundation = lb_foundation_find(c, &theirs);
	report->profile = v.lifeboat ? LB_PROFILE_LIFEBOAT : v.foundation ? LB_PROFILE_FOUNDATION : LB_PROFILE_BAGIT;
	LB_TRY(v.foundation ? foundation_steps(&v, &theirs, profile, err) : steps(&v, profile, err));
	lb_report_settle(&v);
	return LB_OK;
}

/* What was checked: a file of this format and size, or a folder. */
static void describe(const struct lb_container *c, const char *path, struct lb_report *report)
{
	static const char *const formats[] = {
		[LB_CONTAINER_FOLDER] = NULL, [LB_CONTAINER_ZIP] = "application/zip", [LB_CONTAINER_TAR] = "application/x-tar",
	};
	struct stat st;
	report->format = formats[lb_container_kind(c)];
	if (report->format && stat(path, &st) == 0)
		report->size = (uint64_t)st.st_size;
}

static int open_it(const char *path, struct lb_container **out, struct lb_error *err)
{
	int rc = lb_container_open(path, out, err);
	if (rc == LB_FORMAT && err)
		err->status = LB_NOTFOUND;
	return rc == LB_FORMAT ? LB_NOTFOUND : rc;
}

int lb_verify(const char *path, const struct lb_verify_options *options, const struct lb_ctx *ctx, struct lb_report *out,
	struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_report_clear) struct lb_report report = {.levels = LB_LEVEL_ALL, .at = lb_ctx_now(ctx)};
	int64_t begin = lb_time_mono();
	struct lb_foundation theirs;
	if (options && options->levels)
		report.levels = options->levels | LB_LEVEL_STRUCTURE;
	LB_TRY(open_it(path, &c, err));
	if (!is_there(c, "lifeboat.json") && !is_there(c, "bagit.txt") && !lb_foundation_find(c, &theirs) && !is_broken(c))
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is neither a lifeboat nor a BagIt bag", path);
	describe(c, path, &report);
	LB_TRY(run(c, options ? options->profile : NULL, ctx, &report, err));
	report.seconds = (double)(lb_time_mono() - begin) / 1000;
	*out = report;
	report = (struct lb_report){0};
	return LB_OK;
}
