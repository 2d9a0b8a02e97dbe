/* The pages: a package comes from a stranger, and whoever opens it shall be safe. So their HTML is of a narrow kind that no two
 * readers take differently, and of which a list tells all that may stand there. The viewer is script, and is not read here. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/verify/life_private.h"

#define NAME_MAX_BYTES 32
#define PAGE_MAX ((size_t)256 << 20)

struct page {
	struct lb_verify *v;
	const char *path;
	struct lb_span rest;
	size_t length, depth;             /* depth: of the folder that the page is in */
	char element[NAME_MAX_BYTES];
	unsigned policies, data_blocks;
	bool is_policy;                   /* the <meta> being read says that it is one */
	bool is_utf8;                     /* it says so: else a browser would guess */
	bool late;                        /* something was there already that a policy does not hold for */
	bool broken;                      /* told; the rest is not read */
};

static const char *const elements[] = {
	"a", "article", "b", "bdi", "blockquote", "body", "br", "code", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2",
	"h3", "head", "header", "hr", "html", "i", "img", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "rect", "s", "script", "section",
	"small", "source", "span", "strong", "summary", "svg", "table", "tbody", "td", "th", "thead", "time", "title", "tr", "u", "ul", "video",
};
static const char *const attributes[] = {
	"alt", "aria-current", "aria-hidden", "aria-label", "charset", "class", "content", "controls", "datetime", "decoding", "dir", "focusable",
	"height", "href", "http-equiv", "id", "lang", "loading", "name", "poster", "preload", "rel", "scope", "src", "start", "tabindex", "type",
	"viewBox", "width", "x", "y",
};

static int by_name(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}
#define AMONG(name, list) (bsearch(name, list, LB_COUNT(list), sizeof *(list), by_name) != NULL)

static void tell(struct page *p, const char *rule, const char *what, const char *about)
{
	struct lb_shown_name shown;
	size_t at = p->length - p->rest.n;
	lb_found(p->v, rule, p->path, "%s \"%.80s\" before byte %zu", what, lb_show_name(&shown, about), at);
	p->broken = true;
}

static bool take(struct page *p, const char *text)
{
	if (!lb_span_starts(p->rest, text))
		return false;
	p->rest = (struct lb_span){p->rest.p + strlen(text), p->rest.n - strlen(text)};
	return true;
}

static bool take_name(struct page *p, char name[NAME_MAX_BYTES])
{
	size_t n = 0;
	while (n < p->rest.n && n < NAME_MAX_BYTES - 1 && (isalnum((unsigned char)p->rest.p[n]) || p->rest.p[n] == '-'))
		n++;
	memcpy(name, p->rest.p, n);
	name[n] = '\0';
	p->rest = (struct lb_span){p->rest.p + n, p->rest.n - n};
	return n > 0;
}

/* ---- attributes ---- */

/* The address without what stands behind the path. */
static struct lb_span path_of(struct lb_span address)
{
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] == '?' || address.p[i] == '#')
			return (struct lb_span){address.p, i};
	return address;
}

/* How many dots the part of a path consists of, which may be encoded; 0 when it is a name. */
static size_t dots_in(struct lb_span part)
{
	size_t dots = 0;
	for (size_t i = 0; i < part.n; dots++) {
		if (part.p[i] == '.')
			i++;
		else if (part.n - i >= 3 && strncasecmp(part.p + i, "%2e", 3) == 0)
			i += 3;
		else
			return 0;
	}
	return dots;
}

/* Does the path never lead above the package? `depth` folders lie between. */
static bool stays_inside(struct lb_span path, size_t depth)
{
	struct lb_span part;
	while (lb_span_cut(&path, '/', &part)) {
		size_t dots = dots_in(part);
		if (dots == 2 && depth == 0)
			return false;
		if (dots == 2)
			depth--;
		else if (dots != 1)
			depth++;
	}
	return true;
}

/* An address that a browser loads by itself, or that leads on inside the package: relative, without leaving a doubt. */
static bool is_relative(const struct page *p, struct lb_span address)
{
	struct lb_span path = path_of(address), first, rest = path;
	for (size_t i = 0; i < address.n; i++)
		if ((unsigned char)address.p[i] <= ' ' || address.p[i] == '\\')
			return false;
	if (!lb_span_cut(&rest, '/', &first))
		return true;
	return path.p[0] != '/' && !memchr(first.p, ':', first.n) && !memchr(path.p, '&', path.n) && stays_inside(path, p->depth);
}

static bool leads_out(struct lb_span address)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:"};
	for (size_t i = 0; i < LB_COUNT(schemes); i++)
		if (lb_span_starts(address, schemes[i]))
			return !memchr(address.p, '\\', address.n);
	return false;
}

/* default-src 'none' first, and of all others only 'self' or 'none'. No character is in it that could be another one to a browser:
 * it decodes references, and takes tabs for blanks. */
static bool is_strict_policy(struct lb_span policy)
{
	struct lb_span part, word;
	bool first = true;
	for (size_t i = 0; i < policy.n; i++)
		if (!islower((unsigned char)policy.p[i]) && !strchr("-'; ", policy.p[i]))
			return false;
	while (lb_span_cut(&policy, ';', &part)) {
		part = lb_span_trim(part);
		lb_span_cut(&part, ' ', &word);
		if (first && (!lb_span_is(word, "default-src") || !lb_span_is(part, "'none'")))
			return false;
		while (lb_span_cut(&part, ' ', &word))
			if (!lb_span_is(word, "'none'") && !lb_span_is(word, "'self'"))
				return false;
		first = false;
	}
	return !first;
}

static void check_charset(struct page *p, struct lb_span value)
{
	p->is_utf8 = value.n == 5 && strncasecmp(value.p, "utf-8", 5) == 0 && !p->late;
	if (!p->is_utf8)
		tell(p, "LB-070", "has another encoding than UTF-8, or tells it too late, in", p->element);
}

static void check_meta(struct page *p, const char *name, struct lb_span value)
{
	if (strcmp(name, "charset") == 0)
		check_charset(p, value);
	if (strcmp(name, "http-equiv") == 0) {
		p->is_policy = lb_span_is(value, "Content-Security-Policy");
		if (!p->is_policy)
			tell(p, "LB-070", "has a command in", "meta");
	}
	if (strcmp(name, "content") == 0 && p->is_policy) {
		p->policies++;
		if (p->late)
			tell(p, "LB-072", "its policy stands behind what it should hold for, in", p->element);
		else if (!is_strict_policy(value))
			tell(p, "LB-072", "its policy allows more than it may in", p->element);
	}
}

static void check_attribute(struct page *p, const char *name, struct lb_span value)
{
	bool link = strcmp(p->element, "a") == 0 && strcmp(name, "href") == 0;
	bool address = strcmp(name, "href") == 0 || strcmp(name, "src") == 0 || strcmp(name, "poster") == 0;
	if (!AMONG(name, attributes))
		tell(p, "LB-070", "has the attribute", name);
	else if (address && !is_relative(p, value) && !(link && leads_out(value)))
		tell(p, "LB-071", "has an address that leads elsewhere in", p->element);
	else if (strcmp(p->element, "meta") == 0)
		check_meta(p, name, value);
	else if (strcmp(p->element, "script") == 0 && !(strcmp(name, "type") == 0 && lb_span_is(value, "application/ld+json")))
		tell(p, "LB-070", "has a script with", name);
}

/* ` name="value"` or ` name`; false at the end of the tag. */
static bool read_attribute(struct page *p)
{
	char name[NAME_MAX_BYTES];
	struct lb_span value = {"", 0};
	if (!take(p, " "))
		return false;
	if (!take_name(p, name)) {
		tell(p, "LB-070", "has a blank that no attribute follows in", p->element);
		return false;
	}
	if (take(p, "=")) {
		const char *end = take(p, "\"") ? memchr(p->rest.p, '"', p->rest.n) : NULL;
		if (!end) {
			tell(p, "LB-070", "has no quotes behind", name);
			return false;
		}
		value = (struct lb_span){p->rest.p, (size_t)(end - p->rest.p)};
		if (memchr(value.p, '<', value.n))
			tell(p, "LB-070", "has a \"<\" in the attribute", name);
		p->rest = (struct lb_span){end + 1, p->rest.n - value.n - 1};
	}
	if (!p->broken)
		check_attribute(p, name, value);
	return !p->broken;
}

/* ---- tags ---- */

/* Data for programs, which no browser runs: no "<" in it, so that it ends where all think that it does. */
static void read_data_block(struct page *p, bool typed)
{
	LB_AUTO(lb_json_freep) struct lb_json *data = NULL;
	const char *end = memchr(p->rest.p, '<', p->rest.n);
	struct lb_span text = {p->rest.p, end ? (size_t)(end - p->rest.p) : p->rest.n};
	p->rest = (struct lb_span){text.p + text.n, p->rest.n - text.n};
	if (!typed || p->data_blocks++ || !take(p, "</script>") || lb_json_parse(text, &data, NULL) != LB_OK)
		tell(p, "LB-070", "has more than one data block of JSON:", p->element);
}

/* A browser takes all for text up to </title>: tags in it would be none. */
static void check_title(struct page *p)
{
	const char *end = memchr(p->rest.p, '<', p->rest.n);
	if (!end || !lb_span_starts((struct lb_span){end, p->rest.n - (size_t)(end - p->rest.p)}, "</title>"))
		tell(p, "LB-070", "has more than text in", p->element);
}

/* Before the policy may stand what neither shows nor loads anything. */
static bool is_before_all(const struct page *p)
{
	static const char *const first[] = {"head", "html", "meta"};
	return AMONG(p->element, first);
}

static void read_tag(struct page *p)
{
	bool closing = take(p, "/"), attributed = false;
	if (!take_name(p, p->element) || !AMONG(p->element, elements)) {
		tell(p, "LB-070", "has the element", p->element);
		return;
	}
	p->is_policy = false;
	p->late = p->late || closing || !is_before_all(p);
	while (!closing && read_attribute(p))
		attributed = true;
	if (p->broken)
		return;
	take(p, "/");
	if (!take(p, ">"))
		tell(p, "LB-070", "has a tag that is not written plainly:", p->element);
	else if (strcmp(p->element, "script") == 0)
		read_data_block(p, attributed);
	else if (strcmp(p->element, "title") == 0 && !closing)
		check_title(p);
}

/* What HTML takes for white space, and nothing besides: any other character begins the body. */
static bool is_blank(struct lb_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!memchr(" \t\n\f\r", text.p[i], 5))
			return false;
	return true;
}

static void read_page(struct page *p)
{
	if (!take(p, "<!DOCTYPE html>"))
		tell(p, "LB-070", "does not begin with", "<!DOCTYPE html>");
	while (!p->broken && p->rest.n) {
		const char *open = memchr(p->rest.p, '<', p->rest.n);
		size_t n = open ? (size_t)(open - p->rest.p) + 1 : p->rest.n;
		p->late = p->late || !is_blank((struct lb_span){p->rest.p, n - (open != NULL)});
		p->rest = (struct lb_span){p->rest.p + n, p->rest.n - n};
		if (open)
			read_tag(p);
	}
	if (!p->broken && !p->is_utf8)
		tell(p, "LB-070", "lacks", "<meta charset=\"utf-8\">");
	if (!p->broken && p->policies != 1)
		lb_found(p->v, "LB-072", p->path, "has %u policies", p->policies);
}

/* ---- the pages ---- */

/* What a browser opens as a page. */
static bool is_opened(const char *path)
{
	static const char *const endings[] = {".html", ".htm", ".xhtml", ".xht", ".svg"};
	const char *ending = strrchr(path, '.');
	for (size_t i = 0; ending && i < LB_COUNT(endings); i++)
		if (strcasecmp(ending, endings[i]) == 0)
			return true;
	return false;
}

static bool is_page(const struct lb_member *m)
{
	struct lb_span path = lb_span(m->path);
	bool ours = lb_span_is(path, "index.html") || lb_span_is(path, "data/README.html") || lb_span_starts(path, "data/pages/") ||
		    (lb_span_starts(path, "data/documentation/") && is_opened(m->path));
	return ours && m->kind == LB_MEMBER_FILE;
}

static size_t depth_of(const char *path)
{
	size_t depth = 0;
	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

static int check_member(void *arg, size_t i, struct lb_error *err)
{
	struct lb_verify *v = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(PAGE_MAX);
	if (!is_page(&v->members[i]))
		return LB_OK;
	LB_TRY(lb_ctx_check(v->ctx, err));
	if (!lb_read_member(v, "LB-070", v->members[i].path, PAGE_MAX, &text))
		return LB_OK;
	struct page p = {.v = v, .path = v->members[i].path, .rest = lb_buf_span(&text), .length = text.len,
		.depth = depth_of(v->members[i].path)};
	if (!lb_utf8_valid(p.rest) || memchr(lb_buf_str(&text), '\0', text.len))
		lb_found(v, "LB-070", p.path, "is not UTF-8 text");
	else
		read_page(&p);
	return LB_OK;
}

int lb_life_pages(struct lb_life *life, struct lb_error *err)
{
	return lb_parallel(life->v->ctx, life->v->count, check_member, life->v, err);
}
