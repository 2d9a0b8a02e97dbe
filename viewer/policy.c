#include "viewer/internal.h"

#include <string.h>

/* By what rules the lifeboat was made: in short on the start page, in full on the page of rights and consent. */

#define PER_PAGE 200 /* rows of the ledger */

static const struct { const char *name; enum lb_ui words; } choices[] = {
	{ "photo", UI_CHOICE_PHOTO }, { "comments", UI_CHOICE_COMMENTS }, { "faves", UI_CHOICE_FAVES }, { "people", UI_CHOICE_PEOPLE },
	{ "albums", UI_CHOICE_ALBUMS }, { "groups", UI_CHOICE_GROUPS }, { "galleries", UI_CHOICE_GALLERIES },
	{ "exif", UI_CHOICE_EXIF }, { "licenses", UI_CHOICE_LICENSES }, { "profiles", UI_CHOICE_PROFILES },
	{ "icons", UI_CHOICE_ICONS },
};

static bool was_asked(const struct lb_package_policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->nlayers; i++)
		if (strcmp(policy->layers[i], name) == 0)
			return true;
	return false;
}

/* The layers that were asked for, or those that were not; nothing when none is. */
static void add_layers(struct lb_page *page, const struct lb_package_policy *policy, bool asked)
{
	LB_AUTO(lb_buf_clear) struct lb_buf names = LB_BUF(4096);
	for (size_t i = 0; policy->nlayers && i < LB_COUNT(choices); i++)
		if (was_asked(policy, choices[i].name) == asked && (asked || strcmp(choices[i].name, "photo") != 0))
			lb_buf_addf(&names, "%s%s", names.len ? ", " : "", lb_ui(choices[i].words));
	if (!names.len)
		return;
	lb_buf_adds(&page->b, "<p>");
	lb_ui_fill(&page->b, asked ? UI_LAYERS_ASKED : UI_LAYERS_UNASKED, lb_buf_str(&names), NULL);
	lb_buf_adds(&page->b, "</p>\n");
}

static void add_if(struct lb_page *page, bool truth, enum lb_ui words)
{
	if (truth)
		lb_buf_addf(&page->b, "<p>%s</p>\n", lb_ui(words));
}

static void add_withheld(struct lb_pages *v, struct lb_page *page)
{
	if (!v->tally.stubs)
		return;
	lb_buf_adds(&page->b, "<p><strong>");
	lb_ui_count(&page->b, UI_N_WITHHELD, v->tally.stubs);
	lb_buf_addf(&page->b, ".</strong> %s</p>\n", lb_ui(UI_WITHHELD_INTRO));
	lb_add_reasons(v, page);
}

static bool is_rescue(const struct lb_package_policy *policy)
{
	return policy->name && strcmp(policy->name, "rescue") == 0;
}

/* The first thing to be seen where people's rights were set aside. */
static void add_rescue(struct lb_page *page, const struct lb_package_policy *policy)
{
	if (!is_rescue(policy) && policy->agreed <= 0)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf day = LB_BUF(256);
	lb_buf_adds(&page->b, "<p class=\"rescue\">");
	if (is_rescue(policy))
		lb_buf_addf(&page->b, "<strong>%s</strong> ", lb_ui(UI_RESCUE));
	if (policy->agreed > 0) {
		lb_add_day(&day, policy->agreed);
		lb_ui_fill(&page->b, UI_AGREED_SHORT, lb_buf_str(&day), NULL);
	}
	lb_buf_adds(&page->b, "</p>\n");
}

static void add_safety(struct lb_page *page, const struct lb_package_policy *policy)
{
	LB_AUTO(lb_buf_clear) struct lb_buf level = LB_BUF(SIZE_MAX / 4);
	if (!lb_said(policy->safety) || strcmp(policy->safety, "safe") == 0)
		return;
	lb_add_name(&level, policy->safety);
	lb_buf_adds(&page->b, "<p>");
	lb_ui_fill(&page->b, UI_SAFETY, lb_buf_str(&level), NULL);
	lb_buf_adds(&page->b, "</p>\n");
}

/* What both the start page and the full page say. */
static void add_rules(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_policy *policy = &lb_package_info(v->package)->policy;
	add_rescue(page, policy);
	if (lb_said(policy->sentence)) {
		lb_buf_adds(&page->b, "<p>");
		lb_add_name(&page->b, policy->sentence);
		lb_buf_adds(&page->b, "</p>\n");
	}
	add_withheld(v, page);
	add_if(page, policy->pseudonymised, UI_PSEUDONYMS);
	add_if(page, policy->private_included, UI_PRIVATE_INCLUDED);
	add_safety(page, policy);
	add_layers(page, policy, false);
}

void lb_policy_section(struct lb_pages *v, struct lb_page *page)
{
	lb_buf_adds(&page->b, "<section class=\"policy\">\n");
	lb_page_h(page, 2, UI_POLICY_TITLE);
	add_rules(v, page);
	lb_buf_adds(&page->b, "<p class=\"all\">");
	lb_page_local(page, "pages/rights.html", lb_ui(UI_RIGHTS_MORE));
	lb_buf_adds(&page->b, "</p>\n</section>\n");
	lb_page_flush(page);
}

/* ---- the page of rights and consent ---- */

static void add_account(struct lb_page *page, const struct lb_package_policy *policy)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(SIZE_MAX / 4);
	const char *who = lb_said(policy->account_name) ? policy->account_name : policy->account_id;
	lb_buf_adds(&page->b, "<p>");
	if (lb_said(who)) {
		lb_add_title(&name, who);
		lb_ui_fill(&page->b, UI_ACCOUNT_NAMED, lb_buf_str(&name), NULL);
	} else {
		lb_buf_adds(&page->b, lb_ui(UI_ACCOUNT_NONE));
	}
	lb_buf_adds(&page->b, "</p>\n");
}

static void add_agreement(struct lb_page *page, const struct lb_package_policy *policy)
{
	LB_AUTO(lb_buf_clear) struct lb_buf day = LB_BUF(256);
	if (!lb_said(policy->agreement) || policy->agreed <= 0)
		return;
	lb_add_day(&day, policy->agreed);
	lb_buf_adds(&page->b, "<section class=\"agreement\">\n");
	lb_page_h(page, 2, UI_AGREEMENT);
	lb_buf_adds(&page->b, "<p>");
	lb_ui_fill(&page->b, UI_AGREED, lb_buf_str(&day), NULL);
	lb_buf_adds(&page->b, "</p>\n<blockquote>\n");
	lb_add_text(&page->b, policy->agreement);
	lb_buf_adds(&page->b, "</blockquote>\n</section>\n");
}

static void add_whole_policy(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_policy *policy = &lb_package_info(v->package)->policy;
	lb_buf_adds(&page->b, "<section class=\"policy\">\n");
	lb_page_h(page, 2, UI_POLICY_TITLE);
	add_rules(v, page);
	add_layers(page, policy, true);
	if (!lb_package_info(v->package)->origin) /* else who asked Flickr is not known */
		add_account(page, policy);
	lb_buf_adds(&page->b, "</section>\n");
	add_agreement(page, policy);
}

static void add_row(struct lb_pages *v, struct lb_page *page, const struct lb_package_consent *c)
{
	lb_buf_adds(&page->b, "<li><p class=\"who\">");
	lb_add_known_person(v, page, c->owner_id, c->owner_name);
	lb_buf_adds(&page->b, "</p>\n<dl class=\"facts\">\n");
	lb_fact_text(page, UI_CONSENT_STATUS, c->status);
	lb_fact_text(page, UI_CONSENT_DATE, c->date);
	lb_fact_text(page, UI_CONSENT_DEADLINE, c->deadline);
	lb_fact_text(page, UI_CONSENT_EVIDENCE, c->evidence);
	lb_fact_text(page, UI_CONSENT_NOTE, c->note);
	lb_buf_adds(&page->b, "</dl>\n</li>\n");
	lb_page_flush(page);
}

static void add_ledger(struct lb_pages *v, struct lb_page *page, size_t from)
{
	const struct lb_package_policy *policy = &lb_package_info(v->package)->policy;
	lb_page_h(page, 2, UI_CONSENT);
	lb_buf_addf(&page->b, "<p class=\"role\">%s</p>\n", lb_ui(policy->nconsent ? UI_CONSENT_INTRO : UI_CONSENT_NONE));
	if (!policy->nconsent)
		return;
	add_if(page, true, policy->silence_is_consent ? UI_SILENCE_CONSENT : UI_SILENCE_WITHHOLDS);
	lb_buf_adds(&page->b, "<ul class=\"gaplist ledger\">\n");
	for (size_t i = from; i < from + PER_PAGE && i < policy->nconsent; i++)
		add_row(v, page, &policy->consent[i]);
	lb_buf_adds(&page->b, "</ul>\n");
}

static int write_page(struct lb_pages *v, const struct lb_row *row, size_t number, struct lb_error *err)
{
	LB_AUTO(lb_page_abandon) struct lb_page page = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_buf_adds(&path, "data/");
	lb_row_path(&path, row, number);
	LB_TRY(lb_page_begin(&page, v->package, lb_buf_str(&path), lb_ui(UI_RIGHTS_TITLE), LB_NAV_RIGHTS, err));
	lb_page_h(&page, 1, UI_RIGHTS_TITLE);
	lb_buf_addf(&page.b, "<p class=\"intro\">%s</p>\n", lb_ui(UI_RIGHTS_PAGE_INTRO));
	lb_page_pager(&page, UI_PAGER, row, number);
	if (number == 1)
		add_whole_policy(v, &page);
	add_ledger(v, &page, (number - 1) * PER_PAGE);
	lb_page_pager(&page, UI_PAGER_BELOW, row, number);
	return lb_page_end(&page, err);
}

int lb_write_rights(struct lb_pages *v, struct lb_error *err)
{
	size_t rows = lb_package_info(v->package)->policy.nconsent;
	struct lb_row row = { "rights", "pages/rights.html", rows ? (rows + PER_PAGE - 1) / PER_PAGE : 1 };
	for (size_t i = 1; i <= row.total; i++)
		LB_TRY(write_page(v, &row, i, err));
	return 0;
}
