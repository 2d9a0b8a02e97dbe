/* create, plan, gather, build: the line and its stages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli.h"
#include "lifeboat/cli/source.h"
#include "lifeboat/creator/creator.h"

/* Tests fix the date of everything: tests/README.md. */
static int64_t fixed_time(void *arg)
{
	return *(const int64_t *)arg;
}

static void use_test_clock(struct lb_cli *cli)
{
	const char *text = getenv("LIFEBOAT_TEST_CLOCK");
	int64_t *at = lb_arena_alloc(&cli->arena, sizeof *at);
	if (!text || !lb_time_parse(lb_span(text), at))
		return;
	cli->ctx.wall = fixed_time;
	cli->ctx.wall_arg = at;
}

static int source_of(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	use_test_clock(cli);
	return lb_cli_source(lb_opt_str(cli, "replay"), lb_opt_number(cli, "rate", 0), (unsigned)lb_opt_number(cli, "parallel", 0),
		&cli->arena, source, err);
}

/* ---- the maker's words ------------------------------------------------------------------------------------------------- */

static const char *const folder_help = "give the working folder with -o DIR";

static const struct { const char *option, *question; } questions[] = {
	{ "title", "Title of this lifeboat" },
	{ "purpose", "Purpose: why should these photographs be kept?" },
	{ "future", "What should later readers know or respect?" },
	{ "maker", "Your name, or that of your institution" },
};

static const char *ask(struct lb_cli *cli, struct lb_input *in, const char *question)
{
	struct lb_span line;
	fprintf(stderr, "%s (Enter to skip): ", question);
	fflush(stderr);
	if (lb_input_line(in, &cli->ctx, &line, NULL))
		return NULL;
	struct lb_span answer = lb_span_trim(line);
	return answer.n ? lb_arena_strndup(&cli->arena, answer.p, answer.n) : NULL;
}

/* From the options, and on a terminal one by one for a lifeboat that is new. */
static void words_of(struct lb_cli *cli, bool is_new, struct lb_maker_words *out)
{
	const char *said[LB_COUNT(questions)];
	struct lb_input in = LB_INPUT(STDIN_FILENO);
	bool may_ask = is_new && !cli->json && !cli->quiet && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	for (size_t i = 0; i < LB_COUNT(questions); i++) {
		said[i] = lb_opt_str(cli, questions[i].option);
		if (!said[i] && may_ask && !lb_ctx_cancelled(&cli->ctx))
			said[i] = ask(cli, &in, questions[i].question);
	}
	lb_buf_clear(&in.held);
	*out = (struct lb_maker_words){ .title = said[0], .purpose = said[1], .future = said[2], .maker = said[3],
		.maker_id = lb_opt_str(cli, "maker-id") };
}

/* ---- plan ------------------------------------------------------------------------------------------------------------------- */

static void say_tally(struct lb_cli *cli, const char *what, const struct lb_tally *list, size_t count)
{
	size_t shown = count > 8 ? 8 : count;
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

static void json_plan(struct lb_cli *cli, const char *type, const char *dir, const struct lb_plan *plan, const struct lb_plan_sums *s)
{
	struct lb_line line;
	lb_line_begin(&line, type);
	lb_jw_str(&line.w, "path", dir);
	lb_jw_str(&line.w, "id", plan->id);
	lb_jw_str(&line.w, "title", plan->words.title);
	lb_jw_int(&line.w, "photos", (int64_t)plan->nphotos);
	lb_jw_int(&line.w, "gaps", (int64_t)plan->ngaps);
	json_tally(&line.w, "licenses", s->licenses, s->nlicenses);
	json_tally(&line.w, "owners", s->owners, s->nowners);
	json_tally(&line.w, "visibility", s->visibilities, s->nvisibilities);
	json_tally(&line.w, "media", s->media, s->nmedia);
	json_tally(&line.w, "downloads", s->downloads, s->ndownloads);
	lb_jw_int(&line.w, "estimatedCalls", (int64_t)s->calls);
	lb_jw_int(&line.w, "estimatedBytes", (int64_t)s->bytes);
	lb_jw_num(&line.w, "estimatedHours", (double)(int64_t)(s->hours * 100 + 0.5) / 100);
	lb_line_end(cli, &line);
}

/* `type`: of the JSON line; "summary" when the plan is all there will be. */
static void say_plan(struct lb_cli *cli, const char *type, const char *dir, const struct lb_plan *plan)
{
	struct lb_plan_sums s;
	lb_plan_sum(plan, lb_opt_number(cli, "rate", 0), &s);
	lb_say(cli, "%s: %s photo%s\n", lb_cli_show(cli, plan->words.title), lb_human_count(cli, plan->nphotos), plan->nphotos == 1 ? "" : "s");
	say_tally(cli, "licence", s.licenses, s.nlicenses);
	say_tally(cli, "owner", s.owners, s.nowners);
	say_tally(cli, "visibility", s.visibilities, s.nvisibilities);
	say_tally(cli, "media", s.media, s.nmedia);
	say_tally(cli, "download", s.downloads, s.ndownloads);
	lb_say(cli, "  about %s API calls, %s, %s\n", lb_human_count(cli, s.calls), lb_human_bytes(cli, s.bytes), lb_human_time(cli, s.hours * 3600));
	for (size_t i = 0; i < plan->ngaps; i++)
		lb_say(cli, "  missing: %s, %s: %s\n", lb_cli_show(cli, plan->gaps[i].subject), lb_cli_show(cli, plan->gaps[i].layer),
			lb_cli_show(cli, plan->gaps[i].message));
	json_plan(cli, type, dir, plan, &s);
	lb_plan_sums_clear(&s);
}

static int make_plan(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_plan *plan, struct lb_error *err)
{
	const char *const *urls;
	size_t count;
	struct lb_maker_words words;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "plan.json");
	LB_TRY(lb_cli_words(cli, 0, &urls, &count, err));
	words_of(cli, !lb_file_exists(lb_buf_str(&path)), &words);
	lb_ctx_event(&cli->ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "plan" });
	return lb_create_plan(dir, urls, count, &words, source, &cli->ctx, plan, err);
}

static int output_folder(struct lb_cli *cli, const char **dir, struct lb_error *err)
{
	*dir = lb_opt_str(cli, "output");
	if (*dir)
		return 0;
	lb_fail(err, LB_USAGE, "no working folder given");
	lb_hint(err, "%s", folder_help);
	return LB_USAGE;
}

int cmd_plan(struct lb_cli *cli, struct lb_error *err)
{
	const char *dir;
	struct lb_source source;
	struct lb_plan plan;
	LB_TRY(output_folder(cli, &dir, err));
	LB_TRY(source_of(cli, &source, err));
	LB_TRY(make_plan(cli, dir, &source, &plan, err));
	say_plan(cli, "summary", dir, &plan);
	lb_say_done(cli, "plan: %s/plan.json\n", dir);
	int rc = plan.ngaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
	lb_plan_clear(&plan);
	return rc;
}

/* ---- gather and build ---------------------------------------------------------------------------------------------------------- */

static int run_gather(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_gather_result *got, struct lb_error *err)
{
	LB_TRY(lb_create_gather(dir, source, &cli->ctx, got, err));
	lb_say_done(cli, "gathered: %s API calls, %s files, %s, %s not to be had\n", lb_human_count(cli, got->calls),
		lb_human_count(cli, got->files), lb_human_bytes(cli, got->bytes), lb_human_count(cli, got->gaps));
	return 0;
}

int cmd_gather(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_source source;
	struct lb_gather_result got;
	struct lb_line line;
	LB_TRY(source_of(cli, &source, err));
	LB_TRY(run_gather(cli, cli->args[0], &source, &got, err));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", cli->args[0]);
	lb_jw_int(&line.w, "photos", (int64_t)got.photos);
	lb_jw_int(&line.w, "calls", (int64_t)got.calls);
	lb_jw_int(&line.w, "retries", (int64_t)got.retries);
	lb_jw_int(&line.w, "files", (int64_t)got.files);
	lb_jw_int(&line.w, "bytes", (int64_t)got.bytes);
	lb_jw_int(&line.w, "gaps", (int64_t)got.gaps);
	lb_line_end(cli, &line);
	return got.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}

static int run_build(struct lb_cli *cli, const char *dir, struct lb_build_result *built, struct lb_error *err)
{
	LB_TRY(lb_create_build(dir, &cli->ctx, built, err));
	lb_say_done(cli, "built: %s of %s photos; %s originals, %s in the largest size on offer%s\n", lb_human_count(cli, built->photos),
		lb_human_count(cli, built->planned), lb_human_count(cli, built->originals), lb_human_count(cli, built->largest),
		built->gaps ? "" : "; nothing missing");
	if (built->gaps)
		lb_say_done(cli, "  %s gap%s, listed with reasons in %s/lifeboat/data/metadata/missing.js and on the page \"What is missing\"\n",
			lb_human_count(cli, built->gaps), built->gaps == 1 ? "" : "s", dir);
	if (built->failed)
		lb_say_done(cli, "  %s of them may close: run the same command again to ask once more\n", lb_human_count(cli, built->failed));
	return 0;
}

static void json_built(struct lb_cli *cli, const char *package, const struct lb_build_result *built)
{
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", package);
	lb_jw_int(&line.w, "planned", (int64_t)built->planned);
	lb_jw_int(&line.w, "photos", (int64_t)built->photos);
	lb_jw_int(&line.w, "missing", (int64_t)built->missing);
	lb_jw_int(&line.w, "originals", (int64_t)built->originals);
	lb_jw_int(&line.w, "largest", (int64_t)built->largest);
	lb_jw_int(&line.w, "gaps", (int64_t)built->gaps);
	lb_jw_int(&line.w, "failed", (int64_t)built->failed);
	lb_line_end(cli, &line);
}

static const char *package_in(struct lb_cli *cli, const char *dir)
{
	return lb_arena_printf(&cli->arena, "%s/lifeboat", dir);
}

int cmd_build(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_build_result built;
	LB_TRY(run_build(cli, cli->args[0], &built, err));
	json_built(cli, package_in(cli, cli->args[0]), &built);
	return built.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}

/* ---- create ------------------------------------------------------------------------------------------------------------------------ */

static int gather_build_verify(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_error *err)
{
	struct lb_gather_result got;
	struct lb_build_result built;
	const char *package = package_in(cli, dir);
	LB_TRY(run_gather(cli, dir, source, &got, err));
	LB_TRY(run_build(cli, dir, &built, err));
	int verdict = lb_cli_verify(cli, package, err);
	if (verdict)
		return verdict;
	lb_say_done(cli, "open %s/index.html in any browser\n", package);
	json_built(cli, package, &built);
	return built.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}

int cmd_create(struct lb_cli *cli, struct lb_error *err)
{
	const char *dir;
	struct lb_source source;
	struct lb_plan plan;
	LB_TRY(output_folder(cli, &dir, err));
	LB_TRY(source_of(cli, &source, err));
	LB_TRY(make_plan(cli, dir, &source, &plan, err));
	bool gaps = plan.ngaps > 0, dry = lb_opt_flag(cli, "dry-run");
	if (dry || !cli->quiet || cli->json)
		say_plan(cli, dry ? "summary" : "plan", dir, &plan);
	lb_plan_clear(&plan);
	if (dry)
		return gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
	return gather_build_verify(cli, dir, &source, err);
}
