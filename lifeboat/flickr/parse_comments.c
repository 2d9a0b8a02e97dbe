/* Comments on photos and on albums. */
#include "lifeboat/flickr/fields.h"

static void init_comment(void *comment)
{
	lb_person_init(&((struct lb_comment *)comment)->author);
}

/* Albums' comments are documented with another name of the date. */
static int read_comments(const struct lb_xml *rsp, struct lb_arena *a, struct lb_comment **out, size_t *count,
	struct lb_error *err)
{
#define AT(member) offsetof(struct lb_comment, member)
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, AT(id) },
		{ NULL, "permalink", LB_FIELD_LINK, false, AT(permalink) },
		{ NULL, "date_create", LB_FIELD_NUMBER, false, AT(date) },
		{ NULL, "datecreate", LB_FIELD_NUMBER, false, AT(date) },
		{ NULL, NULL, LB_FIELD_EXACT, false, AT(text) },
		{ NULL, "author", LB_FIELD_NAME, false, AT(author.nsid) },
		{ NULL, "authorname", LB_FIELD_EXACT, false, AT(author.username) },
		{ NULL, "realname", LB_FIELD_TEXT, false, AT(author.realname) },
		{ NULL, "path_alias", LB_FIELD_WORD, false, AT(author.path_alias) },
		{ NULL, "iconserver", LB_FIELD_WORD, false, AT(author.iconserver) },
		{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(author.iconfarm) },
		{ NULL, "author_is_deleted", LB_FIELD_FLAG, false, AT(author.is_deleted) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_comment, init_comment, 0);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "comments", &e, err));
	LB_TRY(lb_fields_list(&record, e, "comment", a, &rows, count, err));
	*out = rows;
	return 0;
}

/* flickr.photos.comments.getList */
int lb_parse_comments(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	return read_comments(rsp, a, &p->comments, &p->ncomments, err);
}

/* flickr.photosets.comments.getList */
int lb_parse_album_comments(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *album,
	struct lb_error *err)
{
	return read_comments(rsp, a, &album->comments, &album->ncomments, err);
}
