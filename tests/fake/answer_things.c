/* Collections, institutions, profiles, what is said of albums, who is signed in. */
#include <stdio.h>
#include <string.h>

#include "tests/fake/answer.h"

int answer_login(struct ask *a)
{
	if (!a->viewer)
		return refuse(a, 99, "User not logged in / Insufficient permissions");
	x_open(a->out, 0, "user");
	x_str(a->out, "id", a->viewer->nsid);
	x_str(a->out, "path_alias", a->viewer->alias);
	x_more(a->out);
	x_leaf(a->out, 1, "username", a->viewer->username);
	x_close(a->out, 0, "user");
	return 0;
}

int answer_album_comments(struct ask *a)
{
	const char *id = query_get(a->query, "photoset_id");
	const struct set *s = id ? world_set(a->world, SET_ALBUM, id) : NULL;
	char page[200];
	if (!s)
		return refuse(a, 1, "Photoset not found.");
	snprintf(page, sizeof page, "https://www.flickr.com/photos/%s/sets/%s/", member_path(s->owner), s->id);
	x_open(a->out, 0, "comments");
	x_str(a->out, "photoset_id", s->id);
	write_comments(a->out, s->owner->nsid, s->id, page, s->said, s->nsaid);
	return 0;
}

/* Members without a word of their own have empty attributes, as at Flickr; an address only where there is one. */
int answer_profile(struct ask *a)
{
	static const char *const names[] = { "occupation", "hometown", "showcase_set", "showcase_set_title", "first_name",
		"last_name", "email", "profile_description", "website", "city", "country", "facebook", "twitter", "tumblr",
		"instagram", "pinterest" };
	const struct member *m = ask_member(a, "user_id");
	if (!m)
		return refuse(a, 1, "Invalid NSID provided");
	x_open(a->out, 0, "profile");
	x_str(a->out, "id", m->nsid);
	x_str(a->out, "nsid", m->nsid);
	x_int(a->out, "join_date", m->joined);
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		const char *value = NULL;
		for (size_t k = 0; k < m->nprofile; k++)
			if (strcmp(m->profile[k].name, names[i]) == 0)
				value = m->profile[k].value;
		if (value || strcmp(names[i], "email") != 0)
			x_str(a->out, names[i], value);
	}
	x_empty(a->out);
	return 0;
}

int answer_institutions(struct ask *a)
{
	x_open(a->out, 0, "institutions");
	x_more(a->out);
	for (size_t i = 0; i < a->world->nmembers; i++) {
		const struct member *m = a->world->members[i];
		char url[200];
		if (m->launched < 0)
			continue;
		snprintf(url, sizeof url, "http://flickr.com/photos/%s/", member_path(m));
		x_open(a->out, 1, "institution");
		x_str(a->out, "nsid", m->nsid);
		x_int(a->out, "date_launch", m->launched);
		x_more(a->out);
		x_leaf(a->out, 2, "name", m->username);
		lb_buf_adds(a->out, "\t\t<urls>\n\t\t\t<url type=\"site\">");
		x_text(a->out, m->site);
		lb_buf_adds(a->out, "</url>\n\t\t\t<url type=\"license\">");
		x_text(a->out, m->rights_page);
		lb_buf_addf(a->out, "</url>\n\t\t\t<url type=\"flickr\">%s</url>\n\t\t</urls>\n", url);
		x_close(a->out, 1, "institution");
	}
	x_close(a->out, 0, "institutions");
	return 0;
}

/* ---- collections ------------------------------------------------------------------------------------------------- */

static void tree_begin(struct lb_buf *b, int depth, const struct set *s)
{
	x_open(b, depth, s->kind == SET_COLLECTION ? "collection" : "set");
	if (s->kind == SET_COLLECTION)
		lb_buf_addf(b, " id=\"%.*s-%s\"", (int)strcspn(s->owner->nsid, "@"), s->owner->nsid, s->id);
	else
		x_str(b, "id", s->id);
	x_str(b, "title", s->title);
	x_str(b, "description", s->description);
	if (s->kind == SET_COLLECTION)
		lb_buf_adds(b, " iconlarge=\"https://combo.staticflickr.com/pw/images/collection_default_l.gif\""
			" iconsmall=\"https://combo.staticflickr.com/pw/images/collection_default_s.gif\"");
}

/* As deep as the world's text nests them: each names a parent that came before. */
static void write_tree(struct lb_buf *b, int depth, const struct set *s)
{
	tree_begin(b, depth, s);
	if (!s->nchildren) {
		x_empty(b);
		return;
	}
	x_more(b);
	for (size_t i = 0; i < s->nchildren; i++)
		write_tree(b, depth + 1, s->children[i]);
	x_close(b, depth, "collection");
}

/* Both "72157…" and "10000001-72157…" name a collection. */
int answer_collections(struct ask *a)
{
	const char *id = query_get(a->query, "collection_id"), *dash = id ? strchr(id, '-') : NULL;
	const struct member *m = ask_member(a, "user_id");
	const struct set *one = id ? world_set(a->world, SET_COLLECTION, dash ? dash + 1 : id) : NULL;
	if (query_get(a->query, "user_id") && !m)
		return refuse(a, 1, "User not found");
	if (!m && !one)
		return refuse(a, 1, "User not found");
	if ((id && !one) || (one && m && one->owner != m))
		return refuse(a, 2, "Collection not found");
	x_open(a->out, 0, "collections");
	x_more(a->out);
	if (one)
		write_tree(a->out, 1, one);
	for (size_t i = 0; !one && i < a->world->nsets; i++)
		if (a->world->sets[i]->kind == SET_COLLECTION && !a->world->sets[i]->parent && a->world->sets[i]->owner == m)
			write_tree(a->out, 1, a->world->sets[i]);
	x_close(a->out, 0, "collections");
	return 0;
}
