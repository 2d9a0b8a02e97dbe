/* By which rules photos were taken or withheld: in lifeboat.json, lifeboat.js and consentIndex.js. */
#include "format/package/writer_private.h"

static void write_account(struct lb_jw *w, const struct lb_package_policy *policy)
{
	if (!policy->account_id && !policy->account_name) {
		lb_jw_null(w, "account");
		return;
	}
	lb_jw_object(w, "account");
	lb_jw_str(w, "id", policy->account_id);
	lb_jw_str(w, "name", policy->account_name);
	lb_jw_end(w);
}

void lb_writer_policy(const struct lb_package *p, struct lb_jw *w)
{
	const struct lb_package_policy *policy = &p->info.policy;
	lb_jw_str(w, "name", policy->name);
	lb_jw_str(w, "sentence", policy->sentence);
	lb_writer_jw_date(w, "agreed", policy->agreed > 0 ? policy->agreed : LB_UNKNOWN);
	lb_jw_str(w, "agreement", policy->agreement);
	lb_jw_str(w, "safety", policy->safety);
	lb_jw_bool(w, "privateIncluded", policy->private_included);
	lb_jw_bool(w, "pseudonymised", policy->pseudonymised);
	lb_jw_bool(w, "silenceIsConsent", policy->silence_is_consent);
	write_account(w, policy);
	lb_jw_array(w, "layers");
	for (size_t i = 0; i < policy->nlayers; i++)
		lb_jw_str(w, NULL, policy->layers[i]);
	lb_jw_end(w);
}

static void write_row(struct lb_jw *w, const struct lb_package_consent *c)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "ownerId", c->owner_id);
	lb_jw_str(w, "ownerName", c->owner_name);
	lb_jw_str(w, "status", c->status);
	lb_jw_str(w, "date", c->date);
	lb_jw_str(w, "deadline", c->deadline);
	lb_jw_str(w, "evidence", c->evidence);
	lb_jw_str(w, "note", c->note);
	lb_jw_end(w);
}

int lb_writer_consent_index(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(lb_writer_json_abandon) struct lb_writer_json j = {0};
	LB_TRY(lb_writer_json_open(p, "data/metadata/consentIndex.js", "consentIndex", &j, err));
	lb_jw_object(&j.jw, NULL);
	lb_jw_object(&j.jw, "policy");
	lb_writer_policy(p, &j.jw);
	lb_jw_end(&j.jw);
	lb_jw_array(&j.jw, "consent");
	for (size_t i = 0; i < p->info.policy.nconsent; i++) {
		write_row(&j.jw, &p->info.policy.consent[i]);
		lb_writer_json_flush(&j);
	}
	lb_jw_end(&j.jw);
	lb_jw_end(&j.jw);
	return lb_writer_json_close(&j, err);
}
