/* From the words of the command line to a request for a plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

#include "lifeboat/cli/line.h"
#include "lifeboat/flickr/flickr.h"
#include "lifeboat/url/url.h"

/* ---- source ------------------------------------------------------------------------------------------------ */

/* Seconds that the clock on the wall is ahead of UTC at this moment. */
static int64_t ahead(int64_t at)
{
	struct tm tm;
	time_t moment = (time_t)at;
	return localtime_r(&moment, &tm) ? tm.tm_gmtoff : 0;
}

/* "22:30" is the next time that the clock on the wall shows it; else an ISO 8601 date and time. */
static bool read_until(const char *text, int64_t now, int64_t *out)
{
	int hour, minute, end = 0;
	if (lb_time_parse(lb_span(text), out))
		return true;
	if (sscanf(text, "%2d:%2d%n", &hour, &minute, &end) != 2 || text[end] || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	int64_t local = now + ahead(now);
	*out = now - local % 86400 + hour * 3600 + minute * 60;
	if (*out <= now)
		*out += 86400;
	*out -= ahead(*out) - ahead(now); /* where the clocks are changed in between */
	return *out > now;
}

static int set_until(struct lb_cli *cli, struct lb_error *err)
{
	const char *text = lb_opt_str(cli, "until");
	if (!text)
		return 0;
	if (!read_until(text, lb_ctx_now(&cli->ctx), &cli->ctx.until)) {
		lb_fail(err, LB_USAGE, "--until \"%s\" is no time", text);
		return lb_hint(err, "say an hour of the day like 06:30, or a date and time like 2026-12-24T06:30:00Z");
	}
	if (cli->ctx.until > lb_ctx_now(&cli->ctx))
		return 0;
	lb_fail(err, LB_USAGE, "--until \"%s\" is past", text);
	return LB_USAGE;
}

int lb_line_source(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	LB_TRY(set_until(cli, err));
	return lb_cli_source(lb_opt_str(cli, "replay"), lb_opt_number(cli, "rate", 0), (unsigned)lb_opt_number(cli, "parallel", 0),
		&cli->arena, source, err);
}

int lb_line_folder(struct lb_cli *cli, const char **dir, struct lb_error *err)
{
	*dir = lb_opt_str(cli, "output");
	if (*dir)
		return 0;
	lb_fail(err, LB_USAGE, "no working folder given");
	return lb_hint(err, "give the working folder with -o DIR");
}

/* ---- the maker's words ------------------------------------------------------------------------------------------------- */

static const struct { const char *option, *question; } questions[] = {
	{ "title", "Title of the lifeboat" },
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

int lb_line_maker_id(struct lb_cli *cli, const char **out, struct lb_error *err)
{
	const char *said = lb_opt_str(cli, "maker-id");
	*out = said ? lb_flickr_nsid(lb_span_trim(lb_span(said)), &cli->arena) : NULL;
	if (!said || *out)
		return 0;
	lb_fail(err, LB_USAGE, "--maker-id \"%s\" is no Flickr id", said);
	return lb_hint(err, "it looks like 12345678@N00; lifeboat call flickr.urls.lookupUser url=https://www.flickr.com/photos/NAME/ tells it");
}

/* From the options, and on a terminal one by one for a lifeboat that is new. */
static void words_of(struct lb_cli *cli, bool is_new, struct lb_maker_words *out)
{
	const char *said[LB_COUNT(questions)];
	struct lb_input in = LB_INPUT(STDIN_FILENO, "standard input");
	bool may_ask = is_new && !cli->json && !cli->quiet && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
	for (size_t i = 0; i < LB_COUNT(questions); i++) {
		said[i] = lb_opt_str(cli, questions[i].option);
		if (!said[i] && may_ask && !lb_ctx_cancelled(&cli->ctx))
			said[i] = ask(cli, &in, questions[i].question);
	}
	lb_buf_clear(&in.held);
	out->title = said[0];
	out->purpose = said[1];
	out->future = said[2];
	out->maker = said[3];
}

/* ---- choices --------------------------------------------------------------------------------------------------------------- */

/* The number of a word in a list that NULL ends; the parser has refused all others. */
static size_t number_in(const char *word, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return 0;
}

static void read_words(struct lb_cli *cli, struct lb_plan_request *r)
{
	const char *policy = lb_opt_str(cli, "policy"), *safety = lb_opt_str(cli, "safety"), *silence = lb_opt_str(cli, "silence");
	for (size_t i = 0; policy && i < LB_POLICY_COUNT; i++)
		if (strcmp(policy, lb_policies[i].name) == 0)
			r->choices.policy = (enum lb_policy)i;
	if (safety)
		r->choices.safety = (int64_t)number_in(safety, lb_plan_safeties);
	if (silence)
		r->choices.silence_is_consent = number_in(silence, lb_plan_silences) == 1;
	r->choices_said |= (policy ? LB_SAID_POLICY : 0u) | (safety ? LB_SAID_SAFETY : 0u) | (silence ? LB_SAID_SILENCE : 0u);
}

static int read_choices(struct lb_cli *cli, struct lb_plan_request *r, struct lb_error *err)
{
	const char *layers = lb_opt_str(cli, "layers");
	if (layers) {
		LB_TRY(lb_choices_parse(layers, &r->choices.layers, err));
		r->choices_said |= LB_SAID_LAYERS;
	}
	read_words(cli, r);
	const char *who = lb_opt_str(cli, "pseudonymise");
	if (who && strcmp(who, "commenters") != 0)
		return lb_fail(err, LB_USAGE, "option \"--pseudonymise\" takes only \"commenters\": owners are always named");
	if (lb_opt_flag(cli, "agree")) {
		r->choices.agreed = lb_ctx_now(&cli->ctx);
		r->choices_said |= LB_SAID_AGREED;
	}
	const struct { const char *option; bool *set; uint32_t said; } flags[] = {
		{ "include-private", &r->choices.include_private, LB_SAID_PRIVATE },
		{ "include-evidence", &r->choices.include_evidence, LB_SAID_EVIDENCE },
		{ "pseudonymise", &r->choices.pseudonymise, LB_SAID_PSEUDONYMS },
	};
	for (size_t i = 0; i < LB_COUNT(flags); i++) {
		if (!lb_opt_flag(cli, flags[i].option))
			continue;
		*flags[i].set = true;
		r->choices_said |= flags[i].said;
	}
	return 0;
}

/* ---- URLs -------------------------------------------------------------------------------------------------------------------- */

struct words { const char **list; size_t count, cap; };

static void add_word(struct words *w, const char *word)
{
	LB_GROW(w->list, w->count, w->cap);
	w->list[w->count++] = word;
}

/* In a long list a wrong line is hard to find by its text. */
static int check_url(const char *name, size_t number, const char *url, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_flickr_url parsed;
	struct lb_error why = { 0 };
	if (lb_flickr_url_parse(url, &arena, &parsed, &why) == 0)
		return 0;
	return lb_fail(err, LB_USAGE, "line %zu of %s: %s", number, name, why.what);
}

/* A URL a line; # begins a comment line. */
static int read_from(struct lb_cli *cli, const char *file, struct words *w, struct lb_error *err)
{
	struct lb_input in = LB_INPUT(strcmp(file, "-") == 0 ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC), lb_arena_printf(&cli->arena, "\"%s\"", file));
	struct lb_span line;
	size_t number = 0;
	int rc;
	if (in.fd < 0)
		return lb_fail_sys(err, "cannot open \"%s\"", file);
	while ((rc = lb_input_line(&in, &cli->ctx, &line, err)) == LB_OK) {
		struct lb_span url = lb_span_trim(line);
		number++;
		if (!url.n || *url.p == '#')
			continue;
		add_word(w, lb_arena_strndup(&cli->arena, url.p, url.n));
		if ((rc = check_url(in.name, number, w->list[w->count - 1], err)))
			break;
	}
	lb_buf_clear(&in.held);
	if (in.fd != STDIN_FILENO)
		close(in.fd);
	return rc == LB_NOTFOUND ? 0 : rc;
}

/* Those given as arguments, then those of the file. */
static int read_urls(struct lb_cli *cli, struct lb_plan_request *r, struct lb_error *err)
{
	const char *const *given, *from = lb_opt_str(cli, "from");
	struct words w = { 0 };
	size_t count;
	LB_TRY(lb_cli_words(cli, 0, &given, &count, err));
	for (size_t i = 0; i < count; i++)
		add_word(&w, given[i]);
	int rc = from ? read_from(cli, from, &w, err) : 0;
	const char **list = lb_arena_alloc(&cli->arena, (w.count + 1) * sizeof *list);
	if (w.count)
		memcpy(list, w.list, w.count * sizeof *list);
	r->urls = list;
	r->nurls = w.count;
	free(w.list);
	return rc;
}

int lb_line_request(struct lb_cli *cli, const char *dir, struct lb_plan_request *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	*out = (struct lb_plan_request){ .choices.layers = lb_choices_default(), .update = lb_opt_flag(cli, "update") };
	lb_path_join(&path, dir, "plan.json");
	LB_TRY(lb_line_maker_id(cli, &out->words.maker_id, err));
	LB_TRY(read_choices(cli, out, err));
	LB_TRY(read_urls(cli, out, err));
	words_of(cli, !lb_file_exists(lb_buf_str(&path)), &out->words);
	return 0;
}
