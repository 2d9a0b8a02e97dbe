#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "format/base/internal.h"

#define BLOCK_FIRST ((size_t)4096)
#define BLOCK_MAX ((size_t)1 << 20)

void *lb_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);
	if (!p)
		lb_die("out of memory");
	return p;
}

void *lb_realloc(void *old, size_t count, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(count, size, &bytes))
		lb_die("out of memory");
	void *p = realloc(old, bytes ? bytes : 1);
	if (!p)
		lb_die("out of memory");
	return p;
}

char *lb_strdup(const char *s)
{
	return s ? lb_strndup(s, strlen(s)) : NULL;
}

char *lb_strndup(const char *s, size_t n)
{
	char *copy = lb_alloc(n + 1);
	if (n)
		memcpy(copy, s, n);
	return copy;
}

void lb_freep(void *pointer_to_pointer)
{
	void **p = pointer_to_pointer;
	free(*p);
	*p = NULL;
}

/* ---- arenas: the head block is filled from the front; `used` counts in it ---- */

struct lb_arena_block {
	struct lb_arena_block *next;
	size_t size;
	alignas(16) unsigned char data[];
};

static struct lb_arena_block *block_new(size_t size)
{
	if (size > SIZE_MAX - sizeof(struct lb_arena_block))
		lb_die("out of memory");
	struct lb_arena_block *block = malloc(sizeof *block + size);
	if (!block)
		lb_die("out of memory");
	block->size = size;
	block->next = NULL;
	return block;
}

/* A piece too large to share a block gets one of its own, behind the head, which stays in use. */
static void *alloc_alone(struct lb_arena *arena, size_t size)
{
	struct lb_arena_block *block = block_new(size);
	block->next = arena->head->next;
	arena->head->next = block;
	return memset(block->data, 0, size);
}

static void push_block(struct lb_arena *arena)
{
	size_t size = arena->head ? arena->head->size * 2 : BLOCK_FIRST;
	struct lb_arena_block *block = block_new(size < BLOCK_MAX ? size : BLOCK_MAX);
	block->next = arena->head;
	arena->head = block;
	arena->used = 0;
}

void *lb_arena_alloc(struct lb_arena *arena, size_t size)
{
	if (size > SIZE_MAX - 16)
		lb_die("out of memory");
	size = (size + 15) & ~(size_t)15;
	if (!arena->head)
		push_block(arena);
	if (size > arena->head->size - arena->used) {
		if (size > arena->head->size / 4)
			return alloc_alone(arena, size);
		push_block(arena);
	}
	void *p = arena->head->data + arena->used;
	arena->used += size;
	return memset(p, 0, size);
}

char *lb_arena_strndup(struct lb_arena *arena, const char *s, size_t n)
{
	if (n == SIZE_MAX)
		lb_die("out of memory");
	char *copy = lb_arena_alloc(arena, n + 1);
	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *lb_arena_strdup(struct lb_arena *arena, const char *s)
{
	return s ? lb_arena_strndup(arena, s, strlen(s)) : NULL;
}

char *lb_arena_printf(struct lb_arena *arena, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	size_t n = lb_vformat(NULL, 0, fmt, args);
	char *text = lb_arena_alloc(arena, n + 1);
	lb_vformat(text, n + 1, fmt, again);
	va_end(again);
	va_end(args);
	return text;
}

static void free_blocks(struct lb_arena_block *block)
{
	while (block) {
		struct lb_arena_block *next = block->next;
		free(block);
		block = next;
	}
}

void lb_arena_reset(struct lb_arena *arena)
{
	if (arena->head) {
		free_blocks(arena->head->next);
		arena->head->next = NULL;
	}
	arena->used = 0;
}

void lb_arena_clear(struct lb_arena *arena)
{
	free_blocks(arena->head);
	arena->head = NULL;
	arena->used = 0;
}
