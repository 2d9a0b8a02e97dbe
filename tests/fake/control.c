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

static void count_call(struct fake *f, const char *method)
{
	size_t at = f->ncalls;
	if (!lb_map_get(&f->called, lb_span(method), &at)) {
		LB_GROW(f->calls, f->ncalls, f->calls_cap);
		lb_map_put(&f->called, lb_span(method), at);
		f->calls[f->ncalls++] = (struct call_count){ lb_strdup(method), 0 };
	}
	f->calls[at].count++;
}

static void forget_calls(struct fake *f)
{
	for (size_t i = 0; i < f->ncalls; i++)
		f->calls[i].count = 0;
	lb_buf_reset(&f->log);
}

static bool kept_secret(const char *name)
{
	return strcmp(name, "method") == 0 || strcmp(name, "api_key") == 0 || strcmp(name, "extras") == 0 || strncmp(name, "oauth_", 6) == 0;
}

static void log_request(struct fake *f, const char *uri)
{
	struct lb_buf *b = &f->log;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *question = strchr(uri, '?'), *words[LB_COUNT(((struct query *)NULL)->items)];
	struct query q;
	size_t n = 0;
	query_parse(&q, question ? question + 1 : "", &arena);
	const char *method = query_get(&q, "method");
	if (!method) { /* tokens are no business of a log */
		lb_buf_add(b, uri, strstr(uri, "/services/oauth/") ? strcspn(uri, "?") : strlen(uri));
		return;
	}
	for (size_t i = 0; i < q.count; i++)
		if (!kept_secret(q.items[i].name))
			words[n++] = lb_arena_printf(&arena, "%s=%s", q.items[i].name, q.items[i].value);
	qsort(words, n, sizeof(const char *), by_name);
	count_call(f, method);
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
	log_request(f, uri);
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
	const char *name = query_get(q, "photo"), *state = query_get(q, "state"), *media = query_get(q, "media"),
		*line = query_get(q, "line");
	struct photo *p = world_photo(&f->world, name ? name : "");
	bool known = false;
	if (!p)
		return lb_fail(err, LB_USAGE, "no photo \"%s\"", name ? name : "");
	if (line)
		return world_edit(&f->world, p, line, err);
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

static void list_sets(const struct fake *f, struct lb_buf *out)
{
	static const struct { const char *part, *link; } forms[SET_KIND_COUNT] = {
		[SET_ALBUM] = { "albums", "s" }, [SET_GALLERY] = { "galleries", "y" }, [SET_COLLECTION] = { "collections", NULL },
	};
	for (size_t i = 0; i < f->world.nsets; i++) {
		const struct set *s = f->world.sets[i];
		char code[16], url[200];
		if (s->kind == SET_GROUP)
			snprintf(url, sizeof url, "https://www.flickr.com/groups/%s/", *s->alias ? s->alias : s->id);
		else
			snprintf(url, sizeof url, "https://www.flickr.com/photos/%s/%s/%s/", member_path(s->owner),
				forms[s->kind].part, s->id);
		short_of_set(s, code);
		lb_buf_addf(out, "set %s %s %s", s->key, s->id, url);
		if (forms[s->kind].link)
			lb_buf_addf(out, " https://flic.kr/%s/%s", forms[s->kind].link, code);
		lb_buf_addc(out, '\n');
	}
}

static void list_world(const struct fake *f, struct lb_buf *out)
{
	char page[160], code[16];
	for (size_t i = 0; i < f->world.nphotos; i++) {
		short_of_photo(f->world.photos[i], code);
		lb_buf_addf(out, "photo %s %s %s https://flic.kr/p/%s\n", f->world.photos[i]->key, f->world.photos[i]->id,
			photo_page(f->world.photos[i], page), code);
	}
	for (size_t i = 0; i < f->world.nmembers; i++) {
		short_of_member(f->world.members[i], code);
		lb_buf_addf(out, "member %s %s https://www.flickr.com/photos/%s/ https://flic.kr/ps/%s\n", f->world.members[i]->key,
			f->world.members[i]->nsid, member_path(f->world.members[i]), code);
	}
	list_sets(f, out);
}

static void clear_all(struct fake *f)
{
	f->faults.count = 0;
	f->latency_ms = 0;
	forget_calls(f);
	auth_clear(&f->auth);
	auth_init(&f->auth, &f->world);
	world_reset(&f->world);
}

/* Questions: what was asked, what there is. */
static bool tell(struct fake *f, const struct query *q, struct lb_buf *out)
{
	if (query_get(q, "log"))
		lb_buf_add(out, f->log.p, f->log.len);
	else if (query_get(q, "calls"))
		for (size_t i = 0; i < f->ncalls; i++)
			lb_buf_addf(out, "%s %zu\n", f->calls[i].name, f->calls[i].count);
	else if (query_get(q, "world"))
		list_world(f, out);
	else if (query_get(q, "verifier"))
		lb_buf_addf(out, "%s\n", auth_verifier(&f->auth) ? auth_verifier(&f->auth) : "none");
	else
		return false;
	return true;
}

static int obey(struct fake *f, const struct query *q, struct lb_error *err)
{
	if (query_get(q, "reset"))
		clear_all(f);
	else if (query_get(q, "forget"))
		forget_calls(f);
	else if (query_get(q, "clear"))
		f->faults.count = 0;
	else if (query_get(q, "revoke"))
		auth_revoke(&f->auth, query_get(q, "revoke"));
	else if (query_get(q, "latency"))
		f->latency_ms = (int)query_number(q, "latency", 0);
	else if (query_get(q, "photo"))
		return set_states(f, q, err);
	else
		return fault_add(&f->faults, q, err);
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
	bool told = tell(f, &q, &out->body);
	if (!told && obey(f, &q, &err)) {
		out->status = 400;
		lb_buf_addf(&out->body, "%s\n", err.what);
	} else if (!told) {
		lb_buf_adds(&out->body, "ok\n");
	}
	pthread_mutex_unlock(&f->lock);
}
