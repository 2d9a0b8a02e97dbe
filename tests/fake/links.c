/* Short links and guest passes: addresses that only say where to go on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/fake.h"

static void go_to(struct reply *out, const char *fmt, ...) LB_PRINTF(2, 3);
static void go_to(struct reply *out, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(out->location, sizeof out->location, fmt, args);
	va_end(args);
	out->status = 302;
	out->type = "text/html; charset=utf-8";
}

/* ---- what a code stands for ------------------------------------------------------------------------------------- */

static void to_photo(const struct world *w, const char *code, struct reply *out)
{
	char short_id[16];
	for (size_t i = 0; i < w->nphotos; i++) {
		short_of_photo(w->photos[i], short_id);
		if (strcmp(short_id, code) == 0)
			go_to(out, "/photos/%s/%s/", member_path(w->photos[i]->owner), w->photos[i]->id);
	}
}

static void to_set(const struct world *w, enum set_kind kind, const char *part, const char *code, struct reply *out)
{
	char short_id[16];
	for (size_t i = 0; i < w->nsets; i++) {
		const struct set *s = w->sets[i];
		short_of_set(s, short_id);
		if (s->kind == kind && strcmp(short_id, code) == 0)
			go_to(out, "/photos/%s/%s/%s/", member_path(s->owner), part, s->id);
	}
}

static void to_album(const struct world *w, const char *code, struct reply *out)
{
	to_set(w, SET_ALBUM, "sets", code, out);
}

static void to_gallery(const struct world *w, const char *code, struct reply *out)
{
	to_set(w, SET_GALLERY, "galleries", code, out);
}

static void to_stream(const struct world *w, const char *code, struct reply *out)
{
	char short_id[16];
	for (size_t i = 0; i < w->nmembers; i++) {
		short_of_member(w->members[i], short_id);
		if (strcmp(short_id, code) == 0)
			go_to(out, "/photos/%s/", member_path(w->members[i]));
	}
}

/* /gp/WHO/CODE: the photo's page, with the secret that opens it. */
static void to_guest(const struct world *w, const char *code, struct reply *out)
{
	const char *slash = strchr(code, '/');
	for (size_t i = 0; slash && i < w->nphotos; i++) {
		const struct photo *p = w->photos[i];
		if (p->guest_pass && strcmp(p->guest_pass, slash + 1) == 0)
			go_to(out, "/photos/%s/%s/?secret=%s", member_path(p->owner), p->id, p->secret);
	}
}

static const struct {
	const char *at, *next;                   /* address; where its code goes first, or NULL */
	void (*find)(const struct world *w, const char *code, struct reply *out);
} links[] = {
	{ "/flic.kr/p/", "https://www.flickr.com/photo.gne?short=", NULL },
	{ "/flic.kr/s/", "https://www.flickr.com/short_urls.gne?photoset=", NULL },
	{ "/flic.kr/y/", "https://www.flickr.com/short_urls.gne?gallery=", NULL },
	{ "/flic.kr/ps/", "https://www.flickr.com/short_urls.gne?photostream=", NULL },
	{ "/www.flickr.com/photo.gne?short=", NULL, to_photo },
	{ "/www.flickr.com/short_urls.gne?photoset=", NULL, to_album },
	{ "/www.flickr.com/short_urls.gne?gallery=", NULL, to_gallery },
	{ "/www.flickr.com/short_urls.gne?photostream=", NULL, to_stream },
	{ "/www.flickr.com/gp/", NULL, to_guest },
};

bool links_answer(const struct world *w, const char *uri, struct reply *out)
{
	for (size_t i = 0; i < LB_COUNT(links); i++) {
		size_t n = strlen(links[i].at);
		if (strncmp(uri, links[i].at, n) != 0)
			continue;
		LB_AUTO(lb_freep) char *code = lb_strdup(uri + n);
		size_t length = strlen(code);
		if (length && code[length - 1] == '/')
			code[length - 1] = 0;
		if (links[i].next && *code)
			go_to(out, "%s%.120s", links[i].next, code);
		else if (links[i].find)
			links[i].find(w, code, out);
		return true;
	}
	return false;
}
