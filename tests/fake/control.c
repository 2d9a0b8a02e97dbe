/* The door for tests: faults, states and the log of a running server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/fake.h"

/* ---- the log --------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void log_request(struct lb_buf *b, const char *uri)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *question = strchr(uri, '?'), *words[LB_COUNT(((struct query *)NULL)->items)];
	struct query q;
	size_t n = 0;
	query_parse(&q, question ? question + 1 : "", &arena);
	const char *method = query_get(&q, "method");
	if (!method) {
		lb_buf_adds(b, uri);
		return;
	}
	for (size_t i = 0; i < q.count; i++)
		if (strcmp(q.items[i].name, "method") && strcmp(q.items[i].name, "api_key") && strcmp(q.items[i].name,
			"extras"))
			words[n++] = lb_arena_printf(&arena, "%s=%s", q.items[i].name, q.items[i].value);
	qsort(words, n, sizeof(const char *), by_name);
	lb_buf_adds(b, method);
	for (size_t i = 0; i < n; i++)
		lb_buf_addf(b, " %s", words[i]);
}

void fake_log(struct fake *f, const char *uri, const struct reply *r, const struct fault *fault)
{
	pthread_mutex_lock(&f->lock);
	lb_buf_addf(&f->log, "%d ", fault && fault->kind == FAULT_STATUS ? fault->number : r->status);
	if (fault)
		lb_buf_addf(&f->log, "fault:%s ", fault->name);
	else if (r->code)
		lb_buf_addf(&f->log, "err:%d ", r->code);
	else
		lb_buf_adds(&f->log, r->status < 400 ? "ok " : "none ");
	log_request(&f->log, uri);
	lb_buf_addc(&f->log, '\n');
	pthread_mutex_unlock(&f->lock);
}

/* ---- commands -------------------------------------------------------------------------------------------------- */

static int set_states(struct fake *f, const struct query *q, struct lb_error *err)
{
	static const struct { const char *name; enum photo_state state; } states[] = {
		{ "there", STATE_THERE }, { "deleted", STATE_DELETED }, { "private", STATE_PRIVATE }, { "private-old",
			STATE_PRIVATE_OLD },
	};
	static const struct { const char *name; enum media_state state; } files[] = {
		{ "there", MEDIA_THERE }, { "gone", MEDIA_GONE }, { "html", MEDIA_HTML }, { "404", MEDIA_404 },
	};
	const char *name = query_get(q, "photo"), *state = query_get(q, "state"), *media = query_get(q, "media");
	struct photo *p = world_photo(&f->world, name ? name : "");
	bool known = false;
	if (!p)
		return lb_fail(err, LB_USAGE, "no photo \"%s\"", name ? name : "");
	for (size_t i = 0; i < LB_COUNT(states) && state; i++)
		if (strcmp(states[i].name, state) == 0) {
			p->state = states[i].state;
			known = true;
		}
	for (size_t i = 0; i < LB_COUNT(files) && media; i++)
		if (strcmp(files[i].name, media) == 0) {
			p->media = files[i].state;
			known = true;
		}
	return known ? 0 : lb_fail(err, LB_USAGE, "photo \"%s\": neither a state nor a media state", name);
}

static void list_world(const struct fake *f, struct lb_buf *out)
{
	char page[160];
	for (size_t i = 0; i < f->world.nphotos; i++)
		lb_buf_addf(out, "photo %s %s %s\n", f->world.photos[i]->key, f->world.photos[i]->id,
			photo_page(f->world.photos[i], page));
	for (size_t i = 0; i < f->world.nmembers; i++)
		lb_buf_addf(out, "member %s %s https://www.flickr.com/photos/%s/\n", f->world.members[i]->key,
			f->world.members[i]->nsid, member_path(f->world.members[i]));
	for (size_t i = 0; i < f->world.nsets; i++)
		lb_buf_addf(out, "set %s %s\n", f->world.sets[i]->key, f->world.sets[i]->id);
}

static void clear_all(struct fake *f)
{
	f->faults.count = 0;
	f->latency_ms = 0;
	lb_buf_reset(&f->log);
	world_reset(&f->world);
}

static int obey(struct fake *f, const struct query *q, struct lb_buf *out, struct lb_error *err)
{
	if (query_get(q, "log")) {
		lb_buf_add(out, f->log.p, f->log.len);
		return 0;
	}
	if (query_get(q, "world")) {
		list_world(f, out);
		return 0;
	}
	if (query_get(q, "reset"))
		clear_all(f);
	else if (query_get(q, "clear"))
		f->faults.count = 0;
	else if (query_get(q, "latency"))
		f->latency_ms = (int)query_number(q, "latency", 0);
	else if (query_get(q, "photo"))
		LB_TRY(set_states(f, q, err));
	else
		LB_TRY(fault_add(&f->faults, q, err));
	lb_buf_adds(out, "ok\n");
	return 0;
}

void fake_control(struct fake *f, const char *query, struct reply *out)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_error err = { 0 };
	struct query q;
	query_parse(&q, query, &arena);
	*out = (struct reply){ .status = 200, .type = "text/plain; charset=utf-8", .body = LB_BUF(256u << 20) };
	pthread_mutex_lock(&f->lock);
	if (obey(f, &q, &out->body, &err)) {
		out->status = 400;
		lb_buf_addf(&out->body, "%s\n", err.what);
	}
	pthread_mutex_unlock(&f->lock);
}
