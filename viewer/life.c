#include "viewer/internal.h"

#include <string.h>

/* The life around a photo: notes, comments, faves. */

/* More than these are folded away. */
#define FAVES_OPEN 12
#define COMMENTS_OPEN 20

size_t lb_person_entry(struct lb_pages *v, const struct lb_person *person)
{
	return lb_said(person->nsid) ? lb_topic_entry(&v->topics[LB_TOPIC_PEOPLE], person->nsid, person->username) : SIZE_MAX;
}

void lb_person_use(struct lb_pages *v, const struct lb_person *person, enum lb_topic_role role)
{
	size_t entry = lb_person_entry(v, person);
	if (entry != SIZE_MAX)
		lb_topic_use(&v->topics[LB_TOPIC_PEOPLE], entry, role, v->added);
}

void lb_add_person_name(struct lb_buf *b, const struct lb_person *person)
{
	const char *const names[] = { person->username, person->realname, person->nsid };
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (lb_said(names[i])) {
			size_t start = b->len;
			lb_buf_adds(b, "<bdi>");
			if (lb_add_title_text(b, names[i])) {
				lb_buf_adds(b, "</bdi>");
				return;
			}
			b->len = start;
		}
	lb_buf_adds(b, lb_ui(UI_SOMEONE));
}

void lb_add_person(struct lb_pages *v, struct lb_page *page, const struct lb_person *person)
{
	size_t entry = lb_person_entry(v, person);
	if (entry != SIZE_MAX) {
		lb_buf_adds(&page->b, "<a href=\"");
		lb_topic_href(page, LB_TOPIC_PEOPLE, entry);
		lb_buf_adds(&page->b, "\">");
	}
	lb_add_person_name(&page->b, person);
	if (entry != SIZE_MAX)
		lb_buf_adds(&page->b, "</a>");
	if (person->is_deleted == 1)
		lb_buf_addf(&page->b, " <small>(%s)</small>", lb_ui(UI_DELETED_MEMBER));
}

static void add_who(struct lb_pages *v, struct lb_page *page, const struct lb_person *person)
{
	lb_add_person(v, page, person);
	if (lb_said(person->nsid)) {
		lb_buf_adds(&page->b, " <code>");
		lb_rich_name(&page->b, person->nsid);
		lb_buf_adds(&page->b, "</code>");
	}
}

static void count_heading(struct lb_page *page, enum lb_ui words, size_t n)
{
	lb_buf_addf(&page->b, "<h3>%s <span class=\"n\">", lb_ui(words));
	lb_add_number(&page->b, (int64_t)n);
	lb_buf_adds(&page->b, "</span></h3>\n");
}

/* Width and height of the whole picture, as far as their proportions go. */
static bool picture_size(const struct lb_photo *p, double *width, double *height)
{
	const enum lb_role roles[] = { LB_THUMBNAIL, LB_ORIGINAL };
	for (size_t i = 0; i < LB_COUNT(roles); i++) {
		const struct lb_media *m = &p->files[roles[i]];
		bool cropped = m->label && strstr(m->label, "Square");
		if (!m->present || cropped || m->width <= 0 || m->height <= 0)
			continue;
		*width = (double)m->width;
		*height = (double)m->height;
		return true;
	}
	return false;
}

/* In which third of an edge of 500 * share the middle of from..from + length lies. */
static int third(int64_t from, int64_t length, double share)
{
	double middle = ((double)from + (double)length / 2) / (500 * share);
	return middle < 1.0 / 3 ? 0 : middle <= 2.0 / 3 ? 1 : 2;
}

void lb_add_box(struct lb_buf *b, const struct lb_photo *p, struct lb_box box)
{
	static const enum lb_ui words[3][3] = {
		{ UI_UPPER_LEFT, UI_TOP, UI_UPPER_RIGHT }, { UI_LEFT, UI_MIDDLE, UI_RIGHT },
		{ UI_LOWER_LEFT, UI_BOTTOM, UI_LOWER_RIGHT },
	};
	double width, height;
	if (!picture_size(p, &width, &height))
		return;
	double longest = width > height ? width : height;
	int row = third(box.y, box.h, height / longest), column = third(box.x, box.w, width / longest);
	lb_buf_addf(b, " <span class=\"box\">%s</span>", lb_ui(words[row][column]));
}

static void add_notes(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	if (!p->nnotes)
		return;
	lb_buf_adds(&page->b, "<section class=\"notes\">\n");
	count_heading(page, UI_NOTES, p->nnotes);
	lb_buf_adds(&page->b, "<ul>\n");
	for (size_t i = 0; i < p->nnotes; i++) {
		const struct lb_note *note = &p->notes[i];
		lb_person_use(v, &note->author, LB_NOTED);
		lb_buf_adds(&page->b, "<li");
		lb_page_id(page, "n", note->id ? note->id : "");
		lb_buf_adds(&page->b, ">\n");
		lb_add_rich(v, page, note->text);
		lb_buf_adds(&page->b, "<p class=\"who\">");
		add_who(v, page, &note->author);
		lb_add_box(&page->b, p, (struct lb_box){ note->x, note->y, note->w, note->h });
		lb_buf_adds(&page->b, "</p>\n</li>\n");
		lb_page_flush(page);
	}
	lb_buf_adds(&page->b, "</ul>\n</section>\n");
	v->tally.notes += (int64_t)p->nnotes;
}

static void add_comment(struct lb_pages *v, struct lb_page *page, const struct lb_comment *comment)
{
	lb_buf_adds(&page->b, "<li");
	lb_page_id(page, "c", comment->id ? comment->id : "");
	lb_buf_adds(&page->b, ">\n<p class=\"who\">");
	add_who(v, page, &comment->author);
	lb_buf_adds(&page->b, " <span class=\"when\">");
	lb_add_moment(&page->b, comment->date);
	lb_buf_adds(&page->b, "</span></p>\n");
	lb_add_rich(v, page, comment->text);
	lb_buf_adds(&page->b, "</li>\n");
	lb_page_flush(page);
}

/* Said when Flickr's own count and what was had differ, so that a shorter list explains itself. */
static void add_counted(struct lb_page *page, enum lb_ui what, int64_t counted, size_t had)
{
	if (counted < 0 || (size_t)counted == had)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf count = LB_BUF(256);
	lb_ui_count(&count, what, counted);
	lb_buf_adds(&page->b, "<p class=\"counted\">");
	lb_ui_fill(&page->b, UI_COMMENTS_COUNTED, lb_buf_str(&count), NULL);
	lb_buf_adds(&page->b, "</p>\n");
}

static void fold(struct lb_page *page, enum lb_ui words, size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf count = LB_BUF(64);
	lb_add_number(&count, (int64_t)n);
	lb_buf_adds(&page->b, "<details>\n<summary>");
	lb_ui_fill(&page->b, words, lb_buf_str(&count), NULL);
	lb_buf_adds(&page->b, "</summary>\n");
}

static void add_comment_list(struct lb_pages *v, struct lb_page *page, const struct lb_comment *comments, size_t from,
	size_t to)
{
	if (from == to)
		return;
	lb_buf_adds(&page->b, "<ol");
	if (from)
		lb_buf_addf(&page->b, " start=\"%zu\"", from + 1);
	lb_buf_adds(&page->b, ">\n");
	for (size_t i = from; i < to; i++)
		add_comment(v, page, &comments[i]);
	lb_buf_adds(&page->b, "</ol>\n");
}

void lb_comment_list(struct lb_pages *v, struct lb_page *page, const struct lb_comment *comments, size_t count)
{
	size_t open = count > COMMENTS_OPEN + 5 ? COMMENTS_OPEN : count;
	add_comment_list(v, page, comments, 0, open);
	if (open == count)
		return;
	fold(page, UI_COMMENTS_REST, count - open);
	add_comment_list(v, page, comments, open, count);
	lb_buf_adds(&page->b, "</details>\n");
}

static void add_comments(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	if (!p->ncomments && p->count_comments <= 0)
		return;
	for (size_t i = 0; i < p->ncomments; i++)
		lb_person_use(v, &p->comments[i].author, LB_COMMENTED);
	lb_buf_adds(&page->b, "<section class=\"comments\">\n");
	count_heading(page, UI_COMMENTS, p->ncomments);
	add_counted(page, UI_N_COMMENTS, p->count_comments, p->ncomments);
	lb_comment_list(v, page, p->comments, p->ncomments);
	lb_buf_adds(&page->b, "</section>\n");
	v->tally.comments += (int64_t)p->ncomments;
}

static void add_fave_list(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	lb_buf_adds(&page->b, "<ul>\n");
	for (size_t i = 0; i < p->nfaves; i++) {
		lb_person_use(v, &p->faves[i].person, LB_FAVED);
		lb_buf_adds(&page->b, "<li>");
		lb_add_person(v, page, &p->faves[i].person);
		lb_buf_adds(&page->b, " <span class=\"when\">");
		lb_add_day(&page->b, p->faves[i].date);
		lb_buf_adds(&page->b, "</span></li>\n");
		lb_page_flush(page);
	}
	lb_buf_adds(&page->b, "</ul>\n");
}

static void add_faves(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	if (!p->nfaves && p->count_faves <= 0)
		return;
	lb_buf_adds(&page->b, "<section class=\"faves\">\n");
	count_heading(page, UI_FAVES, p->nfaves);
	add_counted(page, UI_N_FAVES, p->count_faves, p->nfaves);
	if (p->nfaves > FAVES_OPEN)
		fold(page, UI_FAVES_SHOW, p->nfaves);
	if (p->nfaves)
		add_fave_list(v, page, p);
	lb_buf_adds(&page->b, p->nfaves > FAVES_OPEN ? "</details>\n</section>\n" : "</section>\n");
	v->tally.faves += (int64_t)p->nfaves;
}

void lb_photo_life(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	add_notes(v, page, p);
	add_comments(v, page, p);
	add_faves(v, page, p);
}
