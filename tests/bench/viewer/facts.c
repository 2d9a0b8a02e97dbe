#include "tests/bench/viewer/internal.h"

#include <stdlib.h>
#include <string.h>

struct bench_list { size_t *photos, count, cap; };

/* ---- during ---- */

struct bench_facts *bench_facts_new(const struct bench *b)
{
	struct bench_facts *f = lb_alloc(sizeof *f);
	f->people = lb_alloc(b->people * sizeof *f->people);
	f->album_photos = lb_alloc(b->albums * sizeof *f->album_photos);
	f->group_photos = lb_alloc(b->groups * sizeof *f->group_photos);
	f->gallery_photos = lb_alloc(b->galleries * sizeof *f->gallery_photos);
	return f;
}

static struct lb_contributor *who(struct bench_facts *f, const struct lb_person *p)
{
	return &f->people[bench_number(p->nsid)];
}

static void join(struct bench_list *sets, const char *id, size_t photo)
{
	struct bench_list *list = &sets[bench_number(id)];
	LB_GROW(list->photos, list->count, list->cap);
	list->photos[list->count++] = photo;
}

void bench_facts_add(struct bench_facts *f, const struct lb_photo *p, size_t i)
{
	who(f, &p->owner)->photos++;
	who(f, &p->owner)->tags += p->ntags;
	for (size_t k = 0; k < p->ncomments; k++)
		who(f, &p->comments[k].author)->comments++;
	for (size_t k = 0; k < p->nfaves; k++)
		who(f, &p->faves[k].person)->faves++;
	for (size_t k = 0; k < p->nnotes; k++)
		who(f, &p->notes[k].author)->notes++;
	for (size_t k = 0; k < p->npeople; k++)
		who(f, &p->people[k].person)->depicted++;
	for (size_t k = 0; k < p->nalbums; k++)
		join(f->album_photos, p->albums[k].id, i);
	for (size_t k = 0; k < p->ngroups; k++)
		join(f->group_photos, p->groups[k].id, i);
	for (size_t k = 0; k < p->ngalleries; k++)
		join(f->gallery_photos, p->galleries[k].id, i);
}

/* ---- at the end ---- */

static bool appears(const struct lb_contributor *c)
{
	return c->photos + c->tags + c->comments + c->faves + c->notes + c->depicted > 0;
}

static void end_people(struct bench_facts *f, struct bench *b)
{
	for (size_t i = 0; i < b->people; i++) {
		if (!appears(&f->people[i]))
			continue;
		bench_person(b, &f->arena, i, &f->people[i].person);
		f->people[f->npeople++] = f->people[i];
	}
}

static void end_sets(struct bench_facts *f, struct bench *b)
{
	f->albums = lb_alloc(b->albums * sizeof *f->albums);
	f->groups = lb_alloc(b->groups * sizeof *f->groups);
	f->galleries = lb_alloc(b->galleries * sizeof *f->galleries);
	for (size_t i = 0; i < b->albums; i++) {
		struct lb_album_entry *e = &f->albums[f->nalbums];
		const struct bench_list *list = &f->album_photos[i];
		bench_album(b, &f->arena, i, &e->album);
		e->photos = list->photos;
		f->nalbums += (e->nphotos = list->count) > 0;
	}
	for (size_t i = 0; i < b->groups; i++) {
		struct lb_group_entry *e = &f->groups[f->ngroups];
		const struct bench_list *list = &f->group_photos[i];
		bench_group(b, &f->arena, i, &e->group);
		e->photos = list->photos;
		f->ngroups += (e->nphotos = list->count) > 0;
	}
	for (size_t i = 0; i < b->galleries; i++) {
		struct lb_gallery_entry *e = &f->galleries[f->ngalleries];
		const struct bench_list *list = &f->gallery_photos[i];
		bench_gallery(b, &f->arena, i, &e->gallery);
		e->photos = list->photos;
		e->words = lb_arena_alloc(&f->arena, (list->count + 1) * sizeof *e->words);
		f->ngalleries += (e->nphotos = list->count) > 0;
	}
}

void bench_facts_end(struct bench_facts *f, struct bench *b)
{
	end_people(f, b);
	end_sets(f, b);
}

static void free_lists(struct bench_list *lists, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lists[i].photos);
	free(lists);
}

void bench_facts_free(struct bench_facts *f, const struct bench *b)
{
	free_lists(f->album_photos, b->albums);
	free_lists(f->group_photos, b->groups);
	free_lists(f->gallery_photos, b->galleries);
	free(f->people);
	free(f->albums);
	free(f->groups);
	free(f->galleries);
	lb_arena_clear(&f->arena);
	free(f);
}
