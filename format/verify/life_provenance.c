/* The recording of what Flickr answered, against the media that are here. */
#include <string.h>

#include "format/evidence/evidence.h"
#include "format/verify/life_private.h"

#define WARC "data/provenance/api.warc.gz"
#define PLAN "data/provenance/plan.json"
#define MEDIA "data/media/"
#define KEY_BYTES 32 /* of a digest, in hexadecimal: more than chance reaches */

struct recording { struct lb_life *life; struct lb_warc_stream *stream; struct lb_map media; bool secret; };

static void recording_clear(struct recording *r)
{
	lb_map_clear(&r->media);
}

static int take_record(void *arg, const struct lb_exchange *x, struct lb_error *err)
{
	struct recording *r = arg;
	struct lb_span uri = lb_span(x->uri);
	LB_TRY(lb_ctx_check(r->life->v->ctx, err));
	if (lb_uri_has_secret(uri) && !r->secret) {
		lb_found(r->life->v, "LB-062", WARC, "the address of record %zu carries a key, a token or a signature",
			lb_warc_stream_number(r->stream));
		r->secret = true;
	}
	if (x->kind == LB_RECORD_MEDIA && x->sha256)
		lb_map_put(&r->media, (struct lb_span){x->sha256, KEY_BYTES}, (size_t)x->size);
	return LB_OK;
}

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_warc_stream_feed(arg, data, n, err);
}

static int read_recording(struct recording *r, size_t member, struct lb_error *err)
{
	LB_AUTO(lb_warc_stream_freep) struct lb_warc_stream *stream = lb_warc_stream_new(take_record, r);
	r->stream = stream;
	LB_TRY(lb_container_stream(r->life->v->c, member, feed, stream, err));
	return lb_warc_stream_end(stream, err);
}

static void check_media(const struct recording *r)
{
	struct lb_verify *v = r->life->v;
	size_t size;
	for (size_t i = 0; i < v->count; i++) {
		const struct lb_listed *line = lb_span_starts(lb_span(v->members[i].path), MEDIA) ? lb_payload_line(v, v->members[i].path) : NULL;
		struct lb_shown_digest digest;
		if (!line)
			continue;
		if (!lb_map_get(&r->media, (struct lb_span){lb_show_digest(&digest, v, line, line->raw), KEY_BYTES}, &size))
			lb_found(v, "LB-061", line->path, "no record of %s tells where it came from", WARC);
		else if (size != v->members[i].size)
			lb_found(v, "LB-061", line->path, "has %llu bytes, but came as %zu", (unsigned long long)v->members[i].size, size);
	}
}

void lb_life_evidence(struct lb_life *life)
{
	const struct lb_verify *v = life->v;
	if (lb_json_is_object(lb_json_get(life->info, "convertedFrom")))
		return;
	if (lb_container_find(v->c, PLAN) < 0)
		lb_found(life->v, "LB-063", PLAN, "is missing: nobody can tell what was asked for");
	if (lb_container_find(v->c, WARC) < 0)
		lb_found(life->v, "LB-063", WARC, "is missing: nobody can tell what Flickr answered");
}

int lb_life_provenance(struct lb_life *life, struct lb_error *err)
{
	LB_AUTO(recording_clear) struct recording r = {.life = life};
	struct lb_verify *v = life->v;
	struct lb_error why = {0};
	long member = lb_container_find(v->c, WARC);
	if (member < 0 || v->members[member].kind != LB_MEMBER_FILE)
		return LB_OK;
	int rc = read_recording(&r, (size_t)member, &why);
	LB_TRY(lb_ctx_check(v->ctx, err));
	if (rc)
		lb_found(v, "LB-060", WARC, "%s", why.what);
	else
		check_media(&r);
	return LB_OK;
}
