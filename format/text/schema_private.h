/* What the files of the JSON Schema validator share. */
#ifndef LB_SCHEMA_PRIVATE_H
#define LB_SCHEMA_PRIVATE_H

#include "format/text/text.h"

/* A pattern as a table: next[state][byte]; state 0 is the dead one, 1 the first. */
struct lb_pattern { unsigned char (*next)[128]; bool *accepts; size_t count; bool open_end; };
/* The pattern must begin with '^'; `arena` holds it. LB_FORMAT when it is none that is known here. */
LB_CHECKED int lb_pattern_compile(const char *text, struct lb_arena *arena, struct lb_pattern *out, struct lb_error *err);
bool lb_pattern_matches(const struct lb_pattern *p, const char *text);

#define LB_SCHEMA_REQUIRED_MAX 64 /* members of one object that must be there */
#define LB_SCHEMA_DEPTH_MAX 512

struct lb_schema_list { const struct lb_schema **items; size_t count; };
struct lb_schema_member { const char *name; const struct lb_schema *schema; int required; /* number among the required, or -1 */ };

/* One schema. Pointers are NULL, and numbers -1, where it says nothing. */
struct lb_schema {
	bool never;                            /* the schema `false` */
	unsigned kinds;                        /* bits of enum lb_json_kind; 0: any */
	const struct lb_json *constant, *among;
	const struct lb_schema *ref, *items, *others, *names, *when, *then, *otherwise;
	const char *ref_text, *base;           /* until the reference is resolved */
	struct lb_schema_list prefix, any, all;
	struct lb_schema_member *members; size_t nmembers;
	const char **required; size_t nrequired; /* names of the required, in order */
	bool has_minimum, has_maximum;
	double minimum, maximum;
	int64_t min_items, max_items, min_length, max_length, min_members;
	struct lb_pattern *pattern; const char *pattern_text;
	unsigned mark;                         /* while circles are looked for */
};

#endif
