#include <string.h>

#include "format/bag/bag.h"
#include "format/package/package.h"
#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

#define PROFILE_LABEL "BagIt-Profile-Identifier"

/* Labels that the maker knows better than its user. */
static bool is_own_label(struct lb_span label, const struct lb_bag_profile *profile)
{
	return lb_bag_label_is(label, "Payload-Oxum") || (profile && lb_bag_label_is(label, PROFILE_LABEL));
}

/* ---- options ---- */

static int take_place(struct lb_cli *cli, struct lb_bag_making *m, struct lb_error *err)
{
	bool in_place = lb_opt_flag(cli, "in-place");
	m->out = lb_opt_str(cli, "output");
	if (!m->out == in_place)
		return LB_OK;
	lb_fail(err, LB_USAGE, in_place ? "-o and --in-place are two ways: only one can be gone" : "where shall the bag be?");
	return lb_hint(err, "-o OUT copies into a new bag and leaves \"%.80s\" as it is; --in-place turns it into a bag", m->dir);
}

static int take_algorithms(struct lb_cli *cli, struct lb_bag_making *m, struct lb_error *err)
{
	struct lb_span rest = lb_span(lb_opt_str(cli, "algorithm")), name;
	enum lb_hash hash;
	while (lb_span_cut(&rest, ',', &name)) {
		name = lb_span_trim(name);
		if (lb_hash_by_name(name, &hash)) {
			m->hashes |= 1u << hash;
			continue;
		}
		lb_fail(err, LB_USAGE, "there is no algorithm \"%.*s\"", (int)name.n, name.p);
		return lb_hint(err, "sha512, sha256, sha3512 …: `lifeboat help bag` lists them");
	}
	return LB_OK;
}

static bool is_repeated(const struct lb_bag_making *m, struct lb_span label)
{
	for (size_t i = 0; i < m->ninfo; i++)
		if (lb_bag_label_is(label, m->info[i].label))
			return true;
	return false;
}

static int take_line(struct lb_cli *cli, const struct lb_bag_profile *profile, const char *text, const struct lb_bag_making *m,
	struct lb_bag_label *out, struct lb_error *err)
{
	struct lb_span label, value;
	struct lb_error why = {0};
	if (lb_bag_info_split(text, &label, &value, &why) != LB_OK) {
		lb_fail(err, LB_USAGE, "option \"--info\" takes \"Label: value\", not \"%s\": %s", lb_cli_show(cli, text), why.what);
		return lb_hint(err, "--info \"Contact-Name: Ann\"");
	}
	if (is_own_label(label, profile))
		return lb_fail(err, LB_USAGE, "\"%.*s\" is written by the program itself", (int)label.n, label.p);
	if (lb_bag_label_is_single(label) && is_repeated(m, label))
		return lb_fail(err, LB_USAGE, "\"%.*s\" may be given only once", (int)label.n, label.p);
	out->label = lb_arena_strndup(&cli->arena, label.p, label.n);
	out->value = lb_arena_strndup(&cli->arena, value.p, value.n);
	return LB_OK;
}

static int take_info(struct lb_cli *cli, const struct lb_bag_profile *profile, struct lb_bag_making *m, struct lb_error *err)
{
	struct lb_bag_label *info = lb_arena_alloc(&cli->arena, (cli->ngiven + 1) * sizeof *info);
	const char *text;
	m->info = info;
	for (size_t at = 0; (text = lb_opt_each(cli, "info", &at)); m->ninfo++)
		LB_TRY(take_line(cli, profile, text, m, &info[m->ninfo], err));
	if (profile)
		info[m->ninfo++] = (struct lb_bag_label){PROFILE_LABEL, lb_bag_profile_id(profile)};
	return LB_OK;
}

/* ---- the result ---- */

/* `conforms`: to the profile; negative: there was none. */
static void tell(struct lb_cli *cli, const struct lb_bag_making *m, const struct lb_bag_made *made, int conforms, double seconds)
{
	struct lb_line line;
	const char *path = m->out ? m->out : m->dir;
	unsigned hashes = m->hashes ? m->hashes : 1u << LB_SHA512;
	lb_say_done(cli, "%s %s: %s files, %s in %s\n", made->finished ? "had been bagged" : "bagged", lb_cli_show(cli, path),
		lb_human_count(cli, made->files), lb_human_bytes(cli, made->bytes), lb_human_time(cli, seconds));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", path);
	lb_jw_bool(&line.w, "in_place", m->out == NULL);
	lb_jw_array(&line.w, "algorithms");
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (hashes >> i & 1 && !made->finished)
			lb_jw_str(&line.w, NULL, lb_hash_name((enum lb_hash)i));
	lb_jw_end(&line.w);
	lb_jw_int(&line.w, "files", (int64_t)made->files);
	lb_jw_int(&line.w, "bytes", (int64_t)made->bytes);
	if (conforms >= 0)
		lb_jw_bool(&line.w, "conforms", conforms);
	lb_jw_num(&line.w, "seconds", seconds);
	lb_line_end(cli, &line);
}

/* What was just hashed need not be hashed again: the profile asks for names and words only. */
static int check_profile(struct lb_cli *cli, const char *path, const struct lb_bag_profile *profile, struct lb_error *err)
{
	const struct lb_verify_options options = {.levels = LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS, .profile = profile};
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	LB_TRY(lb_verify(path, &options, &cli->ctx, &report, err));
	lb_cli_tell_findings(cli, &report);
	return report.errors ? LB_EXIT_INVALID : LB_EXIT_DONE;
}

int cmd_bag(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *profile = NULL;
	struct lb_bag_making m = {.dir = cli->args[0], .agent = "lifeboat " LB_VERSION};
	struct lb_bag_made made;
	int64_t begin = lb_time_mono();
	LB_TRY(take_place(cli, &m, err));
	LB_TRY(take_algorithms(cli, &m, err));
	LB_TRY(lb_cli_profile(cli, &profile, err));
	LB_TRY(take_info(cli, profile, &m, err));
	int rc = lb_bag_make(&m, &cli->ctx, &made, err);
	if (rc == LB_EXISTS && m.out && !err->hint[0])
		return lb_hint(err, "-o OUT names another");
	LB_TRY(rc);
	int code = profile ? check_profile(cli, m.out ? m.out : m.dir, profile, err) : LB_EXIT_DONE;
	if (code >= 0)
		tell(cli, &m, &made, profile ? code == LB_EXIT_DONE : -1, (double)(lb_time_mono() - begin) / 1000);
	return code;
}
