/* The first byte chooses the method, the rest is the body of its answer: into the model, and then through what reads it. */
#include <stdint.h>
#include <stdlib.h>

#include "tests/conformance/flickr_parsers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

/* What the parsers promise to those who make file names of it. */
static void check_photo(const struct lb_photo *p)
{
	const char *why = NULL;
	if (p->id)
		expect(strspn(p->id, "0123456789") == strlen(p->id) && strlen(p->id) <= 20 && *p->id);
	if (p->owner.nsid)
		expect(lb_path_is_safe(lb_span(p->owner.nsid), NULL) && !strchr(p->owner.nsid, '/'));
	for (int role = 0; role < LB_ROLE_COUNT; role++) {
		const struct lb_size *s = lb_size_choose(p, (enum lb_role)role, &why);
		expect(s ? !strncmp(s->source, "https://", 8) : why != NULL);
	}
	expect(p->views >= LB_UNKNOWN && p->count_comments >= LB_UNKNOWN);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	const struct parser *parser = &parsers[data[0] % LB_COUNT(parsers)];
	struct lb_span body = { (const char *)data + 1, size - 1 };
	struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_api_answer answer;
	struct parsed out = { .rows = 0 };
	lb_photo_init(&out.photo);
	if (lb_api_parse(parser->method, body, &a, &answer, &err) == 0 && answer.fault == LB_FAULT_NONE) {
		bool good = parser->parse(answer.rsp, &a, &out, &err) == 0;
		expect(good || err.what[0]);
		for (size_t i = 0; good && out.photos && i < out.rows; i++)
			check_photo(&out.photos[i]);
		check_photo(&out.photo);
	}
	lb_arena_clear(&a);
	return 0;
}
