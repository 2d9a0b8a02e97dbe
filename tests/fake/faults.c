#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/fake.h"

static const struct { const char *name; enum fault_kind kind; } kinds[] = {
	{ "truncate", FAULT_TRUNCATE }, { "cutoff", FAULT_CUTOFF }, { "html", FAULT_HTML }, { "hang", FAULT_HANG },
		{ "reset", FAULT_RESET },
};

/* "429" is an HTTP status, "code201" an error code of the API. */
static int read_kind(const char *name, struct fault *out, struct lb_error *err)
{
	int64_t number;
	snprintf(out->name, sizeof out->name, "%s", name);
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0) {
			out->kind = kinds[i].kind;
			return 0;
		}
	bool code = strncmp(name, "code", 4) == 0;
	if (!lb_parse_i64(lb_span(name + (code ? 4 : 0)), &number) || number < 0 || (!code && (number < 400 || number > 599)))
		return lb_fail(err, LB_USAGE, "no fault \"%s\"", name);
	out->kind = code ? FAULT_CODE : FAULT_STATUS;
	out->number = (int)number;
	return 0;
}

int fault_add(struct faults *f, const struct query *q, struct lb_error *err)
{
	struct fault rule = { .every = (int)query_number(q, "every", 1), .times = (int)query_number(q, "times", 0),
		.skip = (int)query_number(q, "skip", 0), .retry_after = (int)query_number(q, "retry-after", 0) };
	const char *match = query_get(q, "match"), *name = query_get(q, "fault");
	if (f->count == FAULTS_MAX)
		return lb_fail(err, LB_LIMIT, "more than %d faults", FAULTS_MAX);
	if (rule.every < 1)
		return lb_fail(err, LB_USAGE, "every must be 1 or more");
	LB_TRY(read_kind(name ? name : "", &rule, err));
	snprintf(rule.match, sizeof rule.match, "%s", match ? match : "");
	f->rules[f->count++] = rule;
	return 0;
}

static bool strikes(struct fault *rule)
{
	if (rule->times && rule->fired == rule->times)
		return false;
	rule->seen++;
	if (rule->seen <= rule->skip || (rule->seen - rule->skip) % rule->every != 0)
		return false;
	rule->fired++;
	return true;
}

const struct fault *fault_for(struct faults *f, const char *uri)
{
	for (size_t i = 0; i < f->count; i++)
		if (strstr(uri, f->rules[i].match) && strikes(&f->rules[i]))
			return &f->rules[i];
	return NULL;
}
