/* Asking: a row in the ledger and a letter for every owner whose photos need consent and who was not asked yet. Letters are
 * written first: a run that is stopped between them leaves owners unasked in the ledger, and the next run goes on. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/consent_private.h"
#include "lifeboat/creator/policy.h"

struct asking {
	const char *dir, *deadline;
	char today[LB_TIME_ISO];
	const struct lb_plan *plan;
	struct lb_consent_file file;
	struct lb_ledger ledger;
	struct lb_buf text;                     /* of the ledger to come */
	size_t *photos, *first;                 /* photos to ask for by owner: those of owner i begin at first[i] */
	bool changed;
	size_t written;
	struct lb_arena arena;
};

static void clear(struct asking *a)
{
	lb_consent_clear(&a->file);
	lb_buf_clear(&a->text);
	lb_arena_clear(&a->arena);
	free(a->photos);
	free(a->first);
}

/* ---- rows ------------------------------------------------------------------------------------------------------------- */

static bool has_passed(const struct asking *a, const struct lb_consent_row *r)
{
	return r->status == LB_CONSENT_PENDING && *r->deadline && strcmp(r->deadline, a->today) < 0;
}

/* Copies the ledger; of it only the status of those whose time is up changes. */
static void take_over(struct asking *a)
{
	const char *from = a->file.text.p;
	for (size_t i = 0; i < a->file.nlines; i++) {
		struct lb_consent_line *line = &a->file.lines[i];
		if (!has_passed(a, &line->row))
			continue;
		line->row.status = LB_CONSENT_SILENT;
		lb_buf_add(&a->text, from, (size_t)(line->status.p - from));
		lb_csv_add(&a->text, lb_consent_status_name(LB_CONSENT_SILENT), a->file.separator);
		from = line->status.p + line->status.n;
		a->changed = true;
	}
	lb_buf_add(&a->text, from, (size_t)(a->file.text.p + a->file.text.len - from));
}

static void add_row(struct asking *a, const char *owner, const char *name)
{
	const char *values[LB_COLUMN_COUNT] = { [LB_COLUMN_OWNER] = owner, [LB_COLUMN_STATUS] = lb_consent_status_name(LB_CONSENT_PENDING),
		[LB_COLUMN_DATE] = a->today, [LB_COLUMN_DEADLINE] = a->deadline, [LB_COLUMN_NAME] = name };
	if (a->text.len && !strchr("\r\n", a->text.p[a->text.len - 1]))
		lb_buf_adds(&a->text, a->file.line_end);
	for (size_t i = 1; i <= a->file.ncolumns; i++) {
		if (i > 1)
			lb_buf_addc(&a->text, a->file.separator);
		for (enum lb_consent_column c = 0; c < LB_COLUMN_COUNT; c++)
			if (a->file.at[c] == i && values[c])
				lb_csv_add(&a->text, values[c], a->file.separator);
	}
	lb_buf_adds(&a->text, a->file.line_end);
	a->changed = true;
}

/* ---- letters ------------------------------------------------------------------------------------------------------------- */

/* A plan may have been edited: an owner's id becomes the name of a file, and a row that must be read again. */
static int letter_path(const struct asking *a, const char *owner, struct lb_buf *path, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *id = lb_consent_owner(owner, &arena);
	if (!id || strcmp(id, owner) != 0)
		return lb_fail(err, LB_FORMAT, "cannot write a letter to the owner \"%.64s\" in plan.json: expected an id like 12345678@N00", owner);
	lb_path_join(path, a->dir, "letters");
	lb_buf_addf(path, "/%s.txt", owner);
	return 0;
}

static int write_letter(struct asking *a, const struct lb_letter *letter, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192), text = LB_BUF(64 << 20);
	LB_TRY(letter_path(a, letter->owner, &path, err));
	if (lb_file_exists(lb_buf_str(&path)))
		return 0;
	lb_letter_write(letter, &text);
	LB_TRY(lb_buf_check(&text, "a letter", err));
	LB_TRY(lb_file_write(lb_buf_str(&path), text.p, text.len, err));
	a->written++;
	return 0;
}

static int ask(struct asking *a, size_t number, const char *owner, struct lb_error *err)
{
	const size_t *photos = a->photos + a->first[number];
	struct lb_letter letter = { .plan = a->plan, .owner = owner, .today = a->today, .deadline = a->deadline,
		.photos = photos, .nphotos = a->first[number + 1] - a->first[number] };
	for (size_t i = 0; i < letter.nphotos && !letter.owner_name; i++)
		letter.owner_name = a->plan->photos[photos[i]].owner_name;
	LB_TRY(write_letter(a, &letter, err));
	add_row(a, owner, letter.owner_name);
	return 0;
}

/* Photos by owner, in the plan's order: counted, then placed. */
static void sort_photos(struct asking *a, const char **owners, size_t count)
{
	LB_AUTO(lb_map_clear) struct lb_map numbers = { 0 };
	struct lb_policy_rules rules = { a->plan, &a->ledger, a->plan->choices.policy };
	const size_t none = SIZE_MAX;
	LB_AUTO(lb_freep) size_t *owner_of = lb_realloc(NULL, a->plan->nphotos + 1, sizeof *owner_of);
	LB_AUTO(lb_freep) size_t *next = lb_realloc(NULL, count + 1, sizeof *next);
	a->photos = lb_realloc(NULL, a->plan->nphotos + 1, sizeof *a->photos);
	a->first = lb_alloc((count + 2) * sizeof *a->first);
	for (size_t i = 0; i < count; i++)
		lb_map_put(&numbers, lb_span(owners[i]), i);
	for (size_t i = 0; i < a->plan->nphotos; i++) {
		const struct lb_plan_photo *p = &a->plan->photos[i];
		owner_of[i] = none;
		if (lb_policy_needs_asking(&rules, p) && lb_map_get(&numbers, lb_span(p->owner_id), &owner_of[i]))
			a->first[owner_of[i] + 1]++;
	}
	for (size_t i = 0; i < count; i++)
		a->first[i + 1] += a->first[i];
	memcpy(next, a->first, count * sizeof *next);
	for (size_t i = 0; i < a->plan->nphotos; i++)
		if (owner_of[i] != none)
			a->photos[next[owner_of[i]]++] = i;
}

static int ask_all(struct asking *a, struct lb_error *err)
{
	size_t count, ignored;
	lb_consent_ledger(&a->file, &a->ledger);
	const char **owners = lb_policy_owners_to_ask(a->plan, &a->ledger, &a->arena, &count);
	if (count == 0)
		return 0;
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(4096);
	lb_path_join(&folder, a->dir, "letters");
	LB_TRY(lb_dir_make(lb_buf_str(&folder), err));
	sort_photos(a, owners, count);
	for (size_t i = 0; i < count; i++)
		if (!lb_map_get(&a->file.owners, lb_span(owners[i]), &ignored))
			LB_TRY(ask(a, i, owners[i], err));
	return 0;
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------- */

static int save(struct asking *a, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	if (!a->changed)
		return 0;
	LB_TRY(lb_buf_check(&a->text, LB_CONSENT_FILE, err));
	lb_path_join(&path, a->dir, LB_CONSENT_FILE);
	return lb_file_write(lb_buf_str(&path), a->text.p, a->text.len, err);
}

static int check_deadline(const struct asking *a, struct lb_error *err)
{
	if (!lb_consent_is_date(lb_span(a->deadline)))
		return lb_fail(err, LB_USAGE, "the deadline \"%.40s\" is no date; expected one like 2026-12-31", a->deadline);
	if (strcmp(a->deadline, a->today) < 0)
		return lb_fail(err, LB_USAGE, "the deadline %s has passed: today is %s", a->deadline, a->today);
	return 0;
}

int lb_create_letters(const char *dir, const struct lb_plan *plan, const char *deadline, const struct lb_ctx *ctx, size_t *written, struct lb_error *err)
{
	LB_AUTO(clear) struct asking a = { .dir = dir, .plan = plan, .deadline = deadline, .text = LB_BUF(128 << 20) };
	lb_time_iso(lb_ctx_now(ctx), a.today);
	a.today[10] = '\0'; /* the day alone */
	LB_TRY(check_deadline(&a, err));
	LB_TRY(lb_consent_read(dir, &a.file, err));
	take_over(&a);
	LB_TRY(ask_all(&a, err));
	LB_TRY(save(&a, err));
	*written = a.written;
	return 0;
}
