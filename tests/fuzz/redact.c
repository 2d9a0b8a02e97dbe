/* Any answer, redacted. People are those that the answer itself names and two that are planted; what comes out is XML, and
 * redacting it once more finds nothing to change. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/redact_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char crowd[] = "<rsp><comments><comment author=\"2000@N02\" authorname=\"Zorblax the 3rd\" path_alias=\"zorb-lax\"/>"
	"<comment author=\"2001@N02\" authorname=\"Bo\" realname=\"\xc3\x89lo\xc3\xafse\"/></comments></rsp>";

static struct lb_redactor *new_redactor(const struct lb_xml *answer, struct lb_arena *a)
{
	static const unsigned char key[LB_PSEUDONYM_KEY] = { 1, 2, 3 };
	static struct lb_plan_photo photos[] = { { .id = "100", .owner_id = "1000@N01" }, { .id = "200" } };
	static const struct lb_plan plan = { .photos = photos, .nphotos = 2 };
	struct lb_redactor *r = lb_alloc(sizeof *r);
	struct lb_xml *known;
	if (lb_xml_parse(lb_span(crowd), NULL, a, &known, NULL))
		abort();
	lb_redactor_photo(r, "100", LB_VERDICT_TAKE);
	lb_redactor_photo(r, "200", LB_VERDICT_STUB);
	lb_redactor_photo(r, "300", LB_VERDICT_NONE);
	if (!answer)
		return r;
	r->people = lb_people_new(&plan, key);
	lb_people_note(r->people, known);
	lb_people_note(r->people, answer);
	lb_people_settle(r->people);
	return r;
}

/* Redacts and writes; the result is read again. */
static struct lb_xml *redact(struct lb_redactor *r, struct lb_xml *tree, struct lb_buf *out, struct lb_arena *a)
{
	struct lb_xml *again;
	lb_redact_answer(r, "flickr.photos.getInfo", tree, a);
	lb_buf_reset(out);
	lb_redact_serialise(tree, out);
	if (out->overflow || lb_xml_parse(lb_buf_span(out), NULL, a, &again, NULL))
		abort();
	return again;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_arena a = { 0 };
	struct lb_xml *tree;
	struct lb_buf once = LB_BUF(1 << 28), twice = LB_BUF(1 << 28);
	if (lb_xml_parse((struct lb_span){ (const char *)data, size }, NULL, &a, &tree, NULL) == 0) {
		struct lb_redactor *people = new_redactor(tree, &a), *plain = new_redactor(NULL, &a);
		tree = redact(people, tree, &once, &a);
		tree = redact(plain, tree, &once, &a);
		redact(plain, tree, &twice, &a);
		if (strcmp(once.p, twice.p) != 0)
			abort();
		lb_redactor_free(people);
		lb_redactor_free(plain);
	}
	lb_buf_clear(&once);
	lb_buf_clear(&twice);
	lb_arena_clear(&a);
	return 0;
}
