/* The letter to an owner: plain text, to be sent by hand, and changed before that as its sender likes. */
#include <string.h>

#include "format/text/text.h"
#include "lifeboat/creator/consent_private.h"

enum { LISTED_MAX = 50, TITLE_MAX = 200, LINE_MAX_COLUMNS = 78 };

/* Strangers wrote the titles: one line each, with nothing in it that a reader cannot see. */
static void add_line(struct lb_buf *b, const char *text)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf flat = LB_BUF(TITLE_MAX * 8);
	struct lb_span rest = lb_span(lb_html_unescape(text, &a));
	bool gap = false;
	while (rest.n && flat.len < TITLE_MAX) {
		uint32_t c = lb_utf8_next(&rest);
		if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
			gap = flat.len > 0;
			continue;
		}
		lb_buf_adds(&flat, gap ? " " : "");
		lb_utf8_add(&flat, c);
		gap = false;
	}
	lb_show(b, lb_buf_span(&flat));
	lb_buf_adds(b, rest.n ? " …" : "");
}

/* A text of the maker's, wrapped and indented; its own line ends stay. */
static void add_indented(struct lb_buf *b, const char *text)
{
	struct lb_span rest = lb_span(text), line, word;
	while (lb_span_cut(&rest, '\n', &line)) {
		size_t column = 0;
		line = lb_span_trim(line);
		while (lb_span_cut(&line, ' ', &word)) {
			bool fits = column + word.n < LINE_MAX_COLUMNS - 4;
			if (word.n == 0)
				continue;
			lb_buf_adds(b, column == 0 ? "    " : fits ? " " : "\n    ");
			column = fits ? column + word.n + 1 : word.n;
			lb_show(b, word);
		}
		lb_buf_adds(b, "\n");
	}
}

static void add_greeting(const struct lb_letter *l, struct lb_buf *b)
{
	lb_buf_addf(b, "Date:   %s\nTo:     ", l->today);
	add_line(b, l->owner_name ? l->owner_name : l->owner);
	lb_buf_addf(b, " (Flickr member %s, https://www.flickr.com/people/%s/)\n", l->owner, l->owner);
	lb_buf_addf(b, "About:  %zu of your photographs on Flickr\nAnswer: until %s, please\n\n", l->nphotos, l->deadline);
	lb_buf_adds(b, "Hello ");
	add_line(b, l->owner_name ? l->owner_name : "there");
	lb_buf_adds(b, ",\n\n");
}

static void add_purpose(const struct lb_letter *l, struct lb_buf *b)
{
	const struct lb_maker_words *w = &l->plan->words;
	lb_buf_adds(b, "my name is ");
	add_line(b, w->maker ? w->maker : "(please write your name here)");
	lb_buf_adds(b, ". I am making a Data Lifeboat: a folder that keeps photographs\n"
		"from Flickr together with the words and people around them, so that they can still\n"
		"be seen and understood in many years, whatever becomes of the website. It needs no\n"
		"internet to be opened.");
	if (w->title) {
		lb_buf_adds(b, " It is called \"");
		add_line(b, w->title);
		lb_buf_adds(b, "\".");
	}
	lb_buf_adds(b, "\n\nWhy I make it:\n\n");
	add_indented(b, w->purpose ? w->purpose : "(please write here why you make it)");
	if (w->future) {
		lb_buf_adds(b, "\nWhat is to become of it:\n\n");
		add_indented(b, w->future);
	}
}

static void add_question(const struct lb_letter *l, struct lb_buf *b)
{
	lb_buf_addf(b, "\nI would like to keep %zu of your photographs in it, with title, description,\n"
		"tags and comments. The list is below. What is yours stays yours: each photograph\n"
		"carries your name, its licence and a link to its page.\n\nMay I?\n\n", l->nphotos);
	lb_buf_addf(b, "How to answer: reply to this message until %s. \"Yes\", \"no\" or \"yes, but not\n"
		"these\" is enough. You can change your mind later, too: tell me, and I take your\n"
		"photographs out of my copy.\n\n", l->deadline);
	lb_buf_adds(b, l->plan->choices.silence_is_consent ?
		"If I hear nothing until then, I will take it that you do not mind, and keep them. The\n"
		"lifeboat will say that you were asked and did not answer.\n\n" :
		"If I hear nothing until then, I will not keep them: only their titles, your name,\n"
		"their licences and links will be in the lifeboat, and that you did not answer.\n\n");
	lb_buf_adds(b, "Thank you for your time, and for your photographs.\n\n");
	add_line(b, l->plan->words.maker ? l->plan->words.maker : "(please write your name here)");
	lb_buf_adds(b, "\n");
}

static void add_list(const struct lb_letter *l, struct lb_buf *b)
{
	size_t listed = l->nphotos > LISTED_MAX ? LISTED_MAX : l->nphotos;
	lb_buf_adds(b, "\n\nThe photographs\n\n");
	for (size_t i = 0; i < listed; i++) {
		const struct lb_plan_photo *p = &l->plan->photos[l->photos[i]];
		lb_buf_addf(b, "%3zu. ", i + 1);
		add_line(b, p->title && *p->title ? p->title : "(without a title)");
		lb_buf_addf(b, "\n     https://www.flickr.com/photos/%s/%s/\n", l->owner, p->id);
	}
	if (listed < l->nphotos)
		lb_buf_addf(b, "\nand %zu more. The annex has the numbers of all.\n", l->nphotos - listed);
}

/* The page of number N is https://www.flickr.com/photos/<owner>/N/. */
static void add_annex(const struct lb_letter *l, struct lb_buf *b)
{
	size_t column = 0;
	if (l->nphotos <= LISTED_MAX)
		return;
	lb_buf_addf(b, "\n\nAnnex: the numbers of all %zu photographs. The page of a photograph is\n"
		"https://www.flickr.com/photos/%s/NUMBER/\n\n", l->nphotos, l->owner);
	for (size_t i = 0; i < l->nphotos; i++) {
		const char *id = l->plan->photos[l->photos[i]].id;
		bool fits = column && column + strlen(id) < LINE_MAX_COLUMNS;
		lb_buf_addf(b, "%s%s", fits ? " " : column ? "\n" : "", id);
		column = fits ? column + strlen(id) + 1 : strlen(id);
	}
	lb_buf_adds(b, "\n");
}

void lb_letter_write(const struct lb_letter *letter, struct lb_buf *out)
{
	add_greeting(letter, out);
	add_purpose(letter, out);
	add_question(letter, out);
	add_list(letter, out);
	add_annex(letter, out);
}
