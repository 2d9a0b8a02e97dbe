/* What a plan comes to, for people and for programs. */
#include "lifeboat/cli/line.h"

#define SHOWN 8 /* of the values of one kind */

static const char *s(size_t n)
{
	return n == 1 ? "" : "s";
}

static void say_tally(struct lb_cli *cli, const char *what, const struct lb_tally *list, size_t count)
{
	size_t shown = count > SHOWN ? SHOWN : count;
	for (size_t i = 0; i < shown; i++)
		lb_say(cli, "  %-12s %8s  %s\n", i ? "" : what, lb_human_count(cli, list[i].count), lb_cli_show(cli, list[i].name));
	if (count > shown)
		lb_say(cli, "  %-12s %8s  and %zu others\n", "", "", count - shown);
}

static void json_tally(struct lb_jw *w, const char *key, const struct lb_tally *list, size_t count)
{
	lb_jw_array(w, key); /* pairs: names may come from Flickr and are never keys */
	for (size_t i = 0; i < count; i++) {
		lb_jw_array(w, NULL);
		lb_jw_str(w, NULL, list[i].name);
		lb_jw_int(w, NULL, (int64_t)list[i].count);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static double hundredths(double x)
{
	return (double)(int64_t)(x * 100 + 0.5) / 100;
}

static void json_layers(struct lb_jw *w, const struct lb_plan_sums *sums)
{
	lb_jw_array(w, "layers");
	for (size_t i = 0; i < sums->nlayers; i++) {
		lb_jw_object(w, NULL);
		lb_jw_str(w, "name", sums->layers[i].name);
		lb_jw_bool(w, "chosen", sums->layers[i].chosen);
		lb_jw_int(w, "estimatedCalls", (int64_t)sums->layers[i].calls);
		lb_jw_num(w, "estimatedHours", hundredths(sums->layers[i].hours));
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void json_policies(struct lb_jw *w, const struct lb_plan_sums *sums)
{
	lb_jw_array(w, "policies");
	for (size_t i = 0; i < LB_COUNT(sums->policies); i++) {
		lb_jw_object(w, NULL);
		lb_jw_str(w, "name", sums->policies[i].name);
		lb_jw_bool(w, "chosen", sums->policies[i].chosen);
		lb_jw_int(w, "taken", (int64_t)sums->policies[i].taken);
		lb_jw_int(w, "withheld", (int64_t)sums->policies[i].withheld);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void json_selection(struct lb_jw *w, const struct lb_plan *plan)
{
	lb_jw_array(w, "selection");
	for (size_t i = 0; i < plan->nurls; i++) {
		lb_jw_object(w, NULL);
		lb_jw_str(w, "url", plan->urls[i].url);
		lb_jw_str(w, "type", plan->urls[i].type);
		if (plan->urls[i].claimed == LB_UNKNOWN)
			lb_jw_null(w, "claimed");
		else
			lb_jw_int(w, "claimed", plan->urls[i].claimed);
		lb_jw_int(w, "found", (int64_t)plan->urls[i].found);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void json_plan(struct lb_cli *cli, const char *type, const char *dir, const struct lb_plan *plan, const struct lb_plan_sums *sums)
{
	struct lb_line line;
	lb_line_begin(&line, type);
	lb_jw_str(&line.w, "path", dir);
	lb_jw_str(&line.w, "id", plan->id);
	lb_jw_str(&line.w, "title", lb_plan_title(plan, &cli->arena));
	lb_jw_int(&line.w, "photos", (int64_t)plan->nphotos);
	lb_jw_int(&line.w, "gaps", (int64_t)plan->ngaps);
	json_selection(&line.w, plan);
	json_tally(&line.w, "licenses", sums->licenses, sums->nlicenses);
	json_tally(&line.w, "owners", sums->owners, sums->nowners);
	json_tally(&line.w, "visibility", sums->visibilities, sums->nvisibilities);
	json_tally(&line.w, "safety", sums->safety, sums->nsafety);
	json_tally(&line.w, "media", sums->media, sums->nmedia);
	json_tally(&line.w, "downloads", sums->downloads, sums->ndownloads);
	json_policies(&line.w, sums);
	json_layers(&line.w, sums);
	lb_jw_int(&line.w, "estimatedCalls", (int64_t)sums->calls);
	lb_jw_int(&line.w, "estimatedBytes", (int64_t)sums->bytes);
	lb_jw_num(&line.w, "estimatedHours", hundredths(sums->hours));
	lb_line_end(cli, &line);
}

/* ---- in words --------------------------------------------------------------------------------------------------------- */

static void say_policies(struct lb_cli *cli, const struct lb_plan_sums *sums)
{
	for (size_t i = 0; i < LB_COUNT(sums->policies); i++)
		lb_say(cli, "  %-12s %8s  %s%s%s\n", i ? "" : "policy", lb_human_count(cli, sums->policies[i].taken), sums->policies[i].name,
			sums->policies[i].withheld ? lb_arena_printf(&cli->arena, " (withholds %s)", lb_human_count(cli, sums->policies[i].withheld)) : "",
			sums->policies[i].chosen ? "  <- chosen" : "");
}

static void say_layers(struct lb_cli *cli, const struct lb_plan_sums *sums)
{
	for (size_t i = 0; i < sums->nlayers; i++)
		lb_say(cli, "  %-12s %8s  %-10s %s%s\n", i ? "" : "API calls", lb_human_count(cli, sums->layers[i].calls), sums->layers[i].name,
			lb_human_time(cli, sums->layers[i].hours * 3600), sums->layers[i].chosen ? "" : "  (not chosen)");
}

/* What the lists claimed and did not give is said now, not found out later. */
static void say_claims(struct lb_cli *cli, const struct lb_plan *plan)
{
	for (size_t i = 0; i < plan->nurls; i++) {
		const struct lb_plan_url *u = &plan->urls[i];
		if (u->claimed != LB_UNKNOWN && (uint64_t)u->claimed > u->found)
			lb_say(cli, "  %s: Flickr claims %s, its lists gave %s\n", lb_cli_show(cli, u->url), lb_human_count(cli, (uint64_t)u->claimed),
				lb_human_count(cli, u->found));
	}
}

int lb_tell_plan(struct lb_cli *cli, const char *type, const char *dir, const struct lb_plan *plan, struct lb_error *err)
{
	struct lb_plan_sums sums;
	struct lb_ledger ledger;
	LB_TRY(lb_ledger_load(dir, &ledger, err));
	lb_plan_sum(plan, &ledger, lb_opt_number(cli, "rate", 0), &sums);
	lb_ledger_clear(&ledger);
	lb_say(cli, "%s: %s photo%s\n", lb_cli_show(cli, lb_plan_title(plan, &cli->arena)), lb_human_count(cli, plan->nphotos), s(plan->nphotos));
	say_tally(cli, "licence", sums.licenses, sums.nlicenses);
	say_tally(cli, "owner", sums.owners, sums.nowners);
	say_tally(cli, "visibility", sums.visibilities, sums.nvisibilities);
	say_tally(cli, "safety", sums.safety, sums.nsafety);
	say_tally(cli, "media", sums.media, sums.nmedia);
	say_tally(cli, "download", sums.downloads, sums.ndownloads);
	say_policies(cli, &sums);
	say_layers(cli, &sums);
	lb_say(cli, "  in all about %s API calls, %s, %s\n", lb_human_count(cli, sums.calls), lb_human_bytes(cli, sums.bytes), lb_human_time(cli, sums.hours * 3600));
	say_claims(cli, plan);
	for (size_t i = 0; i < plan->ngaps; i++)
		lb_say(cli, "  missing: %s, %s: %s\n", lb_cli_show(cli, plan->gaps[i].subject), lb_cli_show(cli, plan->gaps[i].layer),
			lb_cli_show(cli, plan->gaps[i].message));
	json_plan(cli, type, dir, plan, &sums);
	lb_plan_sums_clear(&sums);
	return 0;
}
