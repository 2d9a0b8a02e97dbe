#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/verify/verify_private.h"

#define FINDINGS_MAX 20000

const char *lb_severity_name(enum lb_severity s)
{
	static const char *const names[] = {"error", "warning", "info"};
	return names[s];
}

const char *lb_profile_name(enum lb_profile p)
{
	static const char *const names[] = {"lifeboat", "bagit", "foundation"};
	return names[p];
}

const char *lb_show_name(struct lb_shown_name *s, const char *name)
{
	struct lb_buf b = LB_BUF(sizeof s->text * 4);
	lb_show(&b, (struct lb_span){name, strnlen(name, sizeof s->text - 1)});
	snprintf(s->text, sizeof s->text, "%s", lb_buf_str(&b));
	lb_buf_clear(&b);
	return s->text;
}

bool lb_checks(const struct lb_verify *v, unsigned levels)
{
	return v->report->levels & levels;
}

static void count(struct lb_report *r, const struct lb_rule *known, enum lb_severity severity)
{
	r->errors += severity == LB_SEVERITY_ERROR;
	r->warnings += severity == LB_SEVERITY_WARNING;
	for (unsigned i = 0; known && i < LB_LEVEL_COUNT; i++)
		if (known->level == 1u << i) {
			r->by_level[i].errors += severity == LB_SEVERITY_ERROR;
			r->by_level[i].warnings += severity == LB_SEVERITY_WARNING;
		}
}

static void add(struct lb_verify *v, const char *rule, enum lb_severity severity, const char *path, const char *message)
{
	struct lb_report *r = v->report;
	const struct lb_rule *known = lb_rule_find(rule);
	if (known && !lb_checks(v, known->level))
		return;
	if (known && known->level == LB_LEVEL_SCHEMA && v->newer && severity == LB_SEVERITY_ERROR)
		severity = LB_SEVERITY_WARNING;
	pthread_mutex_lock(&v->lock);
	count(r, known, severity);
	if (r->count == FINDINGS_MAX) {
		v->left_out++;
	} else {
		LB_GROW(r->findings, r->count, v->found_cap);
		struct lb_finding *f = &r->findings[r->count++];
		*f = (struct lb_finding){rule, severity, lb_arena_strdup(&r->arena, path),
			lb_arena_strdup(&r->arena, message)};
	}
	pthread_mutex_unlock(&v->lock);
}

static enum lb_severity severity_of(const char *rule)
{
	const struct lb_rule *r = lb_rule_find(rule);
	return r ? r->severity : LB_SEVERITY_ERROR;
}

static void found(struct lb_verify *v, const char *rule, enum lb_severity severity, const char *path,
	const char *fmt, va_list args)
	__attribute__((format(printf, 5, 0)));

static void found(struct lb_verify *v, const char *rule, enum lb_severity severity, const char *path,
	const char *fmt, va_list args)
{
	char text[1024];
	vsnprintf(text, sizeof text, fmt, args);
	add(v, rule, severity, path, text);
}

void lb_found(struct lb_verify *v, const char *rule, const char *path, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	found(v, rule, severity_of(rule), path, fmt, args);
	va_end(args);
}

void lb_found_as(struct lb_verify *v, const char *rule, enum lb_severity severity, const char *path, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	found(v, rule, severity, path, fmt, args);
	va_end(args);
}

void lb_found_since_1_0(struct lb_verify *v, const char *rule, const char *path, const char *fmt, ...)
{
	bool old = v->version && v->version < 100 && !v->lifeboat;
	va_list args;
	va_start(args, fmt);
	found(v, rule, old ? LB_SEVERITY_WARNING : severity_of(rule), path, fmt, args);
	va_end(args);
}

/* What is wrong with the container is the cause of much that is then wrong in it; how it is written is not. */
static bool is_of_container(const struct lb_finding *f)
{
	struct lb_span rule = lb_span(f->rule);
	return f->severity == LB_SEVERITY_ERROR && (lb_span_starts(rule, "ZIP-") || lb_span_starts(rule, "TAR-"));
}

static int by_place_and_rule(const void *a, const void *b)
{
	const struct lb_finding *x = a, *y = b;
	int order = is_of_container(y) - is_of_container(x);
	order = order ? order : strcmp(x->path ? x->path : "", y->path ? y->path : "");
	order = order ? order : strcmp(x->rule, y->rule);
	return order ? order : strcmp(x->message, y->message);
}

void lb_report_settle(struct lb_verify *v)
{
	struct lb_report *r = v->report;
	if (r->count)
		qsort(r->findings, r->count, sizeof *r->findings, by_place_and_rule);
	if (!v->left_out)
		return;
	struct lb_finding *last = &r->findings[r->count - 1];
	last->rule = "BAG-099";
	last->severity = LB_SEVERITY_INFO;
	last->path = NULL;
	last->message = lb_arena_printf(&r->arena, "%zu more findings are left out", v->left_out + 1);
}

void lb_report_clear(struct lb_report *r)
{
	free(r->findings);
	lb_arena_clear(&r->arena);
	*r = (struct lb_report){0};
}
