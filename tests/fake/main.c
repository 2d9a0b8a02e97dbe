/* fake-flickr: see README.md. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/draw.h"
#include "tests/fake/fake.h"

static const char usage[] =
	"usage: fake-flickr --world FILE [--port N] [--latency MS] [--fault RULE]… [--record FILE] [--date DATE]\n"
	"       fake-flickr --world FILE --record-all FILE [--date DATE]\n"
	"       fake-flickr --draw SCENE FILE.png|FILE.jpg\n";

struct options {
	const char *world, *record, *record_all, *date, *faults[FAULTS_MAX], *scene, *file;
	size_t nfaults;
	int64_t port, latency;
};

static int take_number(const char *text, int64_t *out, struct lb_error *err)
{
	return lb_parse_i64(lb_span(text), out) ? 0 : lb_fail(err, LB_USAGE, "\"%s\" is not a number", text);
}

static int take_option(struct options *o, const char *name, const char *value, struct lb_error *err)
{
	const struct { const char *name; const char **text; int64_t *number; } known[] = {
		{ "--world", &o->world, NULL }, { "--record", &o->record, NULL }, { "--record-all", &o->record_all, NULL },
		{ "--date", &o->date, NULL }, { "--draw", &o->scene, NULL }, { "--port", NULL, &o->port }, { "--latency",
			NULL, &o->latency },
	};
	if (!value)
		return lb_fail(err, LB_USAGE, "\"%s\" needs a value", name);
	if (strcmp(name, "--fault") == 0 && o->nfaults < FAULTS_MAX) {
		o->faults[o->nfaults++] = value;
		return 0;
	}
	for (size_t i = 0; i < LB_COUNT(known); i++) {
		if (strcmp(known[i].name, name) != 0)
			continue;
		if (known[i].number)
			return take_number(value, known[i].number, err);
		*known[i].text = value;
		return 0;
	}
	return lb_fail(err, LB_USAGE, "no option \"%s\"", name);
}

static int read_options(int argc, char **argv, struct options *o, struct lb_error *err)
{
	for (int i = 1; i < argc; i += 2) {
		if (o->scene && argv[i][0] != '-') {
			o->file = argv[i--];
			continue;
		}
		LB_TRY(take_option(o, argv[i], argv[i + 1], err));
	}
	if (o->port < 0 || o->port > 65535)
		return lb_fail(err, LB_USAGE, "no port %lld", (long long)o->port);
	return o->world || (o->scene && o->file) ? 0 : lb_fail(err, LB_USAGE, "which world?");
}

/* ---- modes ----------------------------------------------------------------------------------------------------- */

/* "harbour" or "harbour:7" with another seed. */
static int draw_file(const struct options *o, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(64u << 20);
	LB_AUTO(lb_freep) char *scene = lb_strndup(o->scene, strcspn(o->scene, ":"));
	struct picture p = { .scene = scene, .seed = 1, .width = 1280, .height = 853, .orientation = 1 };
	struct image drawn;
	const char *seed = strchr(o->scene, ':');
	if (seed && !lb_parse_u64(lb_span(seed + 1), &p.seed))
		return lb_fail(err, LB_USAGE, "\"%s\" has no seed", o->scene);
	draw_picture(&p, &drawn);
	if (lb_span_ends(lb_span(o->file), ".png"))
		image_png(&drawn, &out);
	else
		image_jpeg(&drawn, 82, 0, NULL, &out);
	image_free(&drawn);
	return lb_file_write(o->file, out.p, out.len, err);
}

static int add_faults(struct fake *f, const struct options *o, struct lb_error *err)
{
	for (size_t i = 0; i < o->nfaults; i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct query q;
		query_parse(&q, o->faults[i], &arena);
		LB_TRY(fault_add(&f->faults, &q, err));
	}
	return 0;
}

static int run_world(struct fake *f, const struct options *o, struct lb_error *err)
{
	LB_TRY(world_load(o->world, &f->world, err));
	auth_init(&f->auth, &f->world);
	LB_TRY(add_faults(f, o, err));
	f->latency_ms = (int)o->latency;
	f->date = f->world.now;
	if (o->date && !lb_time_parse(lb_span(o->date), &f->date))
		return lb_fail(err, LB_USAGE, "\"%s\" is not a date like 2024-05-31T12:00:00Z", o->date);
	if (o->record_all) {
		record_all(f);
		return record_write(f, o->record_all, err);
	}
	f->recording = o->record != NULL;
	LB_TRY(fake_serve(f, (unsigned)o->port, err));
	return o->record ? record_write(f, o->record, err) : 0;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct lb_error err = { 0 };
	struct fake f;
	if (read_options(argc, argv, &o, &err)) {
		fprintf(stderr, "fake-flickr: %s\n%s", err.what, usage);
		return 2;
	}
	fake_init(&f);
	int rc = o.scene ? draw_file(&o, &err) : run_world(&f, &o, &err);
	fake_clear(&f);
	if (rc)
		fprintf(stderr, "fake-flickr: %s\n", err.what);
	return rc ? 1 : 0;
}
