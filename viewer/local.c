#include "viewer/internal.h"

#include <string.h>

/* Addresses of Flickr that name a photo: https://www.flickr.com/photos/OWNER/ID… and
 * https://live.staticflickr.com/SERVER/ID_SECRET….jpg */

static bool cut_scheme(struct lb_span *url)
{
	static const char *const schemes[] = { "https://", "http://" };
	for (size_t i = 0; i < LB_COUNT(schemes); i++)
		if (lb_span_starts(*url, schemes[i])) {
			url->p += strlen(schemes[i]);
			url->n -= strlen(schemes[i]);
			return true;
		}
	return false;
}

static struct lb_span leading_digits(struct lb_span text)
{
	size_t n = 0;
	while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
		n++;
	return (struct lb_span){ text.p, n };
}

/* path: photos/OWNER/ID[/…]; what follows the ID must not make it another word. */
static struct lb_span id_of_page(struct lb_span path)
{
	struct lb_span part, none = { "", 0 };
	if (!lb_span_cut(&path, '/', &part) || !lb_span_is(part, "photos") || !lb_span_cut(&path, '/', &part) || !part.n)
		return none;
	struct lb_span id = leading_digits(path);
	if (id.n < path.n && !strchr("/?#", path.p[id.n]))
		return none;
	return id;
}

static struct lb_span id_of_file(struct lb_span path)
{
	struct lb_span part, name = { "", 0 }, none = { "", 0 };
	while (lb_span_cut(&path, '/', &part))
		name = part;
	struct lb_span id = leading_digits(name);
	return id.n < name.n && name.p[id.n] == '_' ? id : none;
}

struct lb_span lb_photo_id_of(const char *address)
{
	struct lb_span url = lb_span(address), host, none = { "", 0 };
	if (!cut_scheme(&url) || !lb_span_cut(&url, '/', &host))
		return none;
	if (lb_span_is(host, "www.flickr.com") || lb_span_is(host, "flickr.com") || lb_span_is(host, "m.flickr.com"))
		return id_of_page(url);
	if (lb_span_ends(host, ".staticflickr.com") || lb_span_ends(host, ".static.flickr.com"))
		return id_of_file(url);
	return none;
}

const char *lb_local_photo(struct lb_pages *v, const struct lb_page *page, const char *url)
{
	size_t place;
	struct lb_span id = lb_photo_id_of(url);
	if (!id.n || !lb_map_get(&v->where, id, &place))
		return NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf href = LB_BUF(4096);
	lb_photo_href(&href, page, v->plan[place], place);
	return lb_arena_strdup(&v->scratch, lb_buf_str(&href));
}

struct local_arg { struct lb_pages *v; struct lb_page *page; };

static const char *local_link(void *arg, const char *url)
{
	struct local_arg *at = arg;
	return lb_local_photo(at->v, at->page, url);
}

void lb_add_rich(struct lb_pages *v, struct lb_page *page, const char *html_from_flickr)
{
	if (!lb_said(html_from_flickr))
		return;
	struct lb_arena arena = { 0 };
	lb_buf_adds(&page->b, "<div class=\"text\" dir=\"auto\">");
	lb_rich_html(&page->b, lb_rich_parse(html_from_flickr, &arena), local_link, &(struct local_arg){ v, page });
	lb_buf_adds(&page->b, "</div>\n");
	lb_arena_clear(&arena);
}
