#include <string.h>

#include "format/text/text.h"

enum { NAME_SIZE = 64 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct lb_span take_word(struct lb_span *rest)
{
	struct lb_span word = { rest->p, 0 };
	while (word.n < rest->n && is_letter(rest->p[word.n]))
		word.n++;
	rest->p += word.n;
	rest->n -= word.n;
	return word;
}

static bool is_keyword(struct lb_span word)
{
	static const char *const keywords[] = { "const", "let", "var" };
	for (size_t i = 0; i < LB_COUNT(keywords); i++)
		if (lb_span_is(word, keywords[i]))
			return true;
	return false;
}

/* White space must part the keyword from the name; it may surround everything else. */
static struct lb_span take_name(struct lb_span *rest)
{
	struct lb_span word = take_word(rest), after = lb_span_trim(*rest);
	bool parted = after.p != rest->p;
	*rest = after;
	if (!is_keyword(word))
		return word;
	word = parted ? take_word(rest) : (struct lb_span){ word.p, 0 };
	*rest = lb_span_trim(*rest);
	return is_keyword(word) ? (struct lb_span){ word.p, 0 } : word;
}

int lb_datajs_open(struct lb_span text, char name[64], struct lb_span *json, struct lb_error *err)
{
	if (lb_span_starts(text, "\xEF\xBB\xBF"))
		text = (struct lb_span){ text.p + 3, text.n - 3 };
	text = lb_span_trim(text);
	struct lb_span word = take_name(&text);
	if (word.n == 0 || word.n >= NAME_SIZE || !lb_span_starts(text, "="))
		return lb_fail(err, LB_FORMAT,
			"cannot read data file: expected \"const name = …;\" with a name of letters");
	text = (struct lb_span){ text.p + 1, text.n - 1 };
	if (lb_span_ends(text, ";"))
		text.n--;
	memcpy(name, word.p, word.n);
	name[word.n] = '\0';
	*json = text;
	return 0;
}

int lb_datajs_parse(struct lb_span text, char name[64], struct lb_json **out, struct lb_error *err)
{
	char word[NAME_SIZE];
	struct lb_span json;
	LB_TRY(lb_datajs_open(text, word, &json, err));
	LB_TRY(lb_json_parse(json, out, err));
	memcpy(name, word, NAME_SIZE);
	return 0;
}
