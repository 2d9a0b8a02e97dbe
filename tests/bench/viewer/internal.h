/* The collection that `make bench-viewer` measures with: invented photographs with the life around them, each a function of its
 * number alone. Words are Zipf's; one photo in six speaks another script; titles, tags, talk and faves are as uneven as Flickr's. */
#ifndef BENCH_VIEWER_H
#define BENCH_VIEWER_H

#include "format/base/base.h"
#include "format/model/model.h"
#include "format/package/package.h"

/* ---- chance: the same seed throws the same numbers ---- */

struct luck { uint64_t state; };
struct luck luck_of(uint64_t seed, uint64_t what);
size_t luck_below(struct luck *l, size_t count);                   /* 0..count-1, all alike */
size_t luck_rank(struct luck *l, size_t count);                    /* 0..count-1, low ones oftener: Zipf's law */
bool luck_percent(struct luck *l, unsigned percent);

/* ---- words ---- */

#define BENCH_WORDS 60000u /* of the Latin script; the first are English */
enum bench_script { BENCH_LATIN, BENCH_GREEK, BENCH_CYRILLIC, BENCH_HEBREW, BENCH_ARABIC, BENCH_DEVANAGARI, BENCH_HANGUL, BENCH_HAN,
	BENCH_KANA, BENCH_THAI, BENCH_SCRIPTS };
void bench_word(struct lb_buf *b, enum bench_script script, size_t rank);  /* without capitals and accents */
enum bench_script bench_script(struct luck *l);
/* So many words as people write: capitals, accents, stops. */
void bench_words(struct lb_buf *b, struct luck *l, enum bench_script script, size_t count);
/* A text of so many words as Flickr gives it: paragraphs, bold words, links. */
void bench_rich(struct lb_buf *b, struct luck *l, enum bench_script script, size_t count);

/* ---- the collection ---- */

#define BENCH_CREATED 1793534400 /* 2026-11-01 */
struct bench {
	size_t photos, people, albums, groups, galleries, places, tags;
	struct lb_buf text;                                        /* what is being written just now */
};
void bench_init(struct bench *b, size_t photos);
void bench_clear(struct bench *b);
const char *bench_photo_id(struct lb_arena *arena, size_t i);
void bench_person(struct bench *b, struct lb_arena *arena, size_t i, struct lb_person *out);
void bench_album(struct bench *b, struct lb_arena *arena, size_t i, struct lb_album *out);
void bench_group(struct bench *b, struct lb_arena *arena, size_t i, struct lb_group *out);
void bench_gallery(struct bench *b, struct lb_arena *arena, size_t i, struct lb_gallery *out);
size_t bench_number(const char *id);                               /* the i of a person's or set's id */
/* Photo i; `missing`: nothing but its id is known. All in the arena. */
void bench_photo(struct bench *b, struct lb_arena *arena, size_t i, struct lb_photo *out, bool *missing);

/* What is known at the end: who did what, and which photos each set holds. */
struct bench_facts {
	struct lb_contributor *people; size_t npeople;             /* those who appear */
	struct lb_album_entry *albums; size_t nalbums;
	struct lb_group_entry *groups; size_t ngroups;
	struct lb_gallery_entry *galleries; size_t ngalleries;
	struct bench_list *album_photos, *group_photos, *gallery_photos;
	struct lb_arena arena;
};
struct bench_facts *bench_facts_new(const struct bench *b);
void bench_facts_add(struct bench_facts *f, const struct lb_photo *photo, size_t i);
void bench_facts_end(struct bench_facts *f, struct bench *b);      /* after the last photo */
void bench_facts_free(struct bench_facts *f, const struct bench *b);

/* ---- what a search must find: a scan of all texts, without any index ---- */

struct bench_oracle;
struct bench_oracle *bench_oracle_new(void);
void bench_oracle_add(struct bench_oracle *o, const struct lb_photo *photo);
LB_CHECKED int bench_oracle_write(const struct bench_oracle *o, const char *path, struct lb_error *err); /* JSON */
void bench_oracle_free(struct bench_oracle *o);

/* ---- pictures ---- */

#define BENCH_PICTURES 60 /* drawn; all photos share them */
LB_CHECKED int bench_pictures(const char *dir, struct lb_error *err);
void bench_picture_name(char name[16], size_t photo);

#endif
