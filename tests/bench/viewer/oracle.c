#include "tests/bench/viewer/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What the benchmark searches for: words that all must be there, the last one also as a beginning of a word. */
static const struct query { const char *kind, *text, *words[3]; } queries[] = {
	{"common", "the", {"the"}},
	{"common", "harbour", {"harbour"}},
	{"prefix", "ma", {"ma"}},
	{"prefix", "harb", {"harb"}},
	{"rare", "hekapa", {"hekapa"}},
	{"rare", "tirula", {"tirula"}},
	{"both", "the boat", {"the", "boat"}},
	{"both", "harbour light sun", {"harbour", "light", "sun"}},
	{"accent", "caf\xc3\xa9", {"cafe"}},
	{"capitals", "LIGHTHOUSE", {"lighthouse"}},
	{"number", "img 42", {"img", "42"}},
	{"cyrillic", "\xd0\xb0\xd0\xb1\xd0\xb2", {"\xd0\xb0\xd0\xb1\xd0\xb2"}},
	{"han", "\xe4\xb8\x80\xe4\xb8\x81", {"\xe4\xb8\x80\xe4\xb8\x81"}},
	{"none", "zzzz", {"zzzz"}},
};

struct bench_oracle { struct lb_buf text; size_t hits[LB_COUNT(queries)]; };

struct bench_oracle *bench_oracle_new(void)
{
	struct bench_oracle *o = lb_alloc(sizeof *o);
	o->text.max = 1 << 24;
	return o;
}

void bench_oracle_free(struct bench_oracle *o)
{
	lb_buf_clear(&o->text);
	free(o);
}

/* Text without marks, in small letters, without the one accent that the collection has. */
static void add_text(struct lb_buf *b, const char *s)
{
	lb_buf_addc(b, '\n');
	for (; s && *s; s++) {
		if (*s == '<')
			s = strchr(s, '>');
		else if ((unsigned char)*s == 0xc3 && (unsigned char)s[1] == 0xa9)
			lb_buf_addc(b, 'e'), s++;
		else if (*s == '&' && !strncmp(s, "&amp;", 5))
			s += 4;
		else
			lb_buf_addc(b, (char)tolower((unsigned char)*s));
	}
}

static void add_person(struct lb_buf *b, const struct lb_person *p)
{
	add_text(b, p->username);
	add_text(b, p->realname);
}

/* A photo that is withheld tells no more of its owner than the name. */
static void add_all(struct lb_buf *b, const struct lb_photo *p)
{
	add_text(b, p->title);
	add_text(b, p->description);
	add_text(b, p->owner.username);
	if (!p->withheld)
		add_text(b, p->owner.realname);
	for (size_t i = 0; i < p->ntags; i++)
		add_text(b, p->tags[i].raw);
	for (size_t i = 0; i < p->ncomments; i++)
		add_text(b, p->comments[i].text);
	for (size_t i = 0; i < p->nnotes; i++)
		add_text(b, p->notes[i].text);
	for (size_t i = 0; i < p->npeople; i++)
		add_person(b, &p->people[i].person);
	add_text(b, p->location.locality);
	add_text(b, p->location.country);
	lb_buf_addc(b, '\n');
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_han(const char *word)
{
	return (unsigned char)word[0] >= 0xe4;
}

static bool says(const char *text, const char *word, bool whole)
{
	size_t n = strlen(word);
	for (const char *at = text; (at = strstr(at, word)); at++)
		if (is_han(word) || (!is_letter(at[-1]) && (!whole || !is_letter(at[n]))))
			return true;
	return false;
}

void bench_oracle_add(struct bench_oracle *o, const struct lb_photo *photo)
{
	lb_buf_reset(&o->text);
	add_all(&o->text, photo);
	for (size_t i = 0; i < LB_COUNT(queries); i++) {
		bool all = true;
		for (size_t k = 0; all && k < LB_COUNT(queries[i].words) && queries[i].words[k]; k++) {
			bool last = k + 1 == LB_COUNT(queries[i].words) || !queries[i].words[k + 1];
			all = says(lb_buf_str(&o->text), queries[i].words[k], !last);
		}
		o->hits[i] += all;
	}
}

int bench_oracle_write(const struct bench_oracle *o, const char *path, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	for (size_t i = 0; i < LB_COUNT(queries); i++)
		lb_buf_addf(&b, "%s{\"kind\":\"%s\",\"query\":\"%s\",\"hits\":%zu}", i ? ",\n" : "[", queries[i].kind, queries[i].text, o->hits[i]);
	lb_buf_adds(&b, "]\n");
	return lb_file_write(path, b.p, b.len, err);
}
