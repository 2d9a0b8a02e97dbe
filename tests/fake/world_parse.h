/* Reading a world's text: what world.c and its field tables share. */
#ifndef FAKE_WORLD_PARSE_H
#define FAKE_WORLD_PARSE_H

#include "tests/fake/world.h"

struct parser {
	struct world *world;
	const char *path;
	size_t line;
	void *object;                            /* the member, photo or set being described; NULL: the world itself */
	const struct field *fields; size_t nfields;
};

enum field_type { FIELD_TEXT, FIELD_INT, FIELD_INT64, FIELD_DATE, FIELD_FLAG, FIELD_CALL };
struct field {
	const char *name;
	enum field_type type;
	size_t offset;
	int (*call)(struct parser *p, char *value, struct lb_error *err);
};
extern const struct field world_photo_fields[], world_member_fields[], world_set_fields[];
extern const size_t world_photo_field_count, world_member_field_count, world_set_field_count;

int world_bad(const struct parser *p, struct lb_error *err, const char *fmt, ...) LB_PRINTF(3, 4);
/* Cuts the next word, or the next part before `sep`, off *rest; "" when used up. */
char *world_word(char **rest);
char *world_part(char **rest, char sep);
LB_CHECKED int world_who(const struct parser *p, const char *key, const struct member **out, struct lb_error *err);
LB_CHECKED int world_date(const struct parser *p, const char *text, int64_t *out, struct lb_error *err);
LB_CHECKED int world_number(const struct parser *p, const char *text, int64_t *out, struct lb_error *err);

#endif
