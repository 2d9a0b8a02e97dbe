/* auth: signing in to Flickr, to read what only its owner, friends or family may see. Out of band: the user opens an address,
 * says yes there, and brings back the code that Flickr shows. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli.h"
#include "lifeboat/cli/source.h"
#include "lifeboat/flickr/flickr.h"
#include "lifeboat/net/net.h"

#define OAUTH "https://www.flickr.com/services/oauth/"
#define CODE_MAX 100

/* ---- asking --------------------------------------------------------------------------------------------------------- */

struct question {
	const struct lb_ctx *ctx;
	const char *uri;
	bool api;                /* an API call: it counts */
	struct lb_oauth oauth;
	struct lb_param extra;
	struct lb_buf body;
};

static void address(void *arg, struct lb_buf *b)
{
	const struct question *q = arg;
	char nonce[33];
	lb_net_nonce(nonce);
	lb_oauth_uri(b, "GET", q->uri, &q->oauth, &q->extra, q->extra.name != NULL, lb_ctx_now(q->ctx), nonce);
}

/* Of the answer only oauth_problem: the rest repeats the request, key and all. */
static int refused(const struct lb_answer *a, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(400);
	const char *problem = lb_form_value(lb_buf_span(&a->body), "oauth_problem", &arena);
	lb_show(&shown, lb_span(problem ? problem : a->reason));
	lb_fail(err, LB_AUTH, "flickr refuses to sign in: %s", lb_buf_str(&shown));
	return lb_hint(err, "check LIFEBOAT_API_KEY and LIFEBOAT_API_SECRET, this machine's clock, and the code; then `lifeboat auth` again");
}

static int take(void *arg, struct lb_answer *a, struct lb_error *err)
{
	struct question *q = arg;
	if (a->outcome == LB_RECORD_RESPONSE) {
		lb_buf_add(&q->body, a->body.p, a->body.len);
		return 0;
	}
	if (a->status == 400 || a->status == 401 || a->status == 403)
		return refused(a, err);
	return lb_fail(err, LB_NETWORK, "flickr cannot be reached: %s", a->reason);
}

static int ask(const struct lb_source *source, struct question *q, struct lb_error *err)
{
	LB_AUTO(lb_net_freep) struct lb_net *net = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf budget = LB_BUF(4096);
	if (source->budget_dir)
		lb_net_budget_path(&budget, source->budget_dir, source->api_key);
	const struct lb_net_options options = {.tries = source->tries, .timeout_s = source->timeout_s,
		.retry_base_ms = source->retry_base_ms, .reroute = source->reroute, .budget = budget.len && q->api ? lb_buf_str(&budget) : NULL};
	LB_TRY(lb_net_open(&options, q->ctx, &net, err));
	lb_net_submit(net, &(struct lb_request){.lane = LB_LANE_API, .unpaced = !q->api, .max_bytes = 65536, .address = address,
		.done = take, .arg = q});
	return lb_net_run(net, err);
}

/* Asks for a token, which comes with its secret. */
static int ask_token(struct lb_cli *cli, const struct lb_source *source, const char *uri, const struct lb_oauth *oauth,
	struct lb_param extra, struct lb_oauth *out, struct lb_error *err)
{
	struct question q = {.ctx = &cli->ctx, .uri = uri, .oauth = *oauth, .extra = extra, .body = LB_BUF(65536)};
	int rc = ask(source, &q, err);
	*out = *oauth;
	if (!rc) {
		out->token = lb_form_value(lb_buf_span(&q.body), "oauth_token", &cli->arena);
		out->token_secret = lb_form_value(lb_buf_span(&q.body), "oauth_token_secret", &cli->arena);
		if (!out->token || !*out->token || !out->token_secret || !*out->token_secret)
			rc = lb_fail(err, LB_NETWORK, "flickr's answer to the sign-in holds no token");
	}
	lb_buf_clear(&q.body);
	return rc;
}

static int read_login(struct lb_cli *cli, struct lb_span body, struct lb_source *source, struct lb_error *err)
{
	struct lb_api_answer answer;
	LB_TRY(lb_api_parse("flickr.test.login", body, &cli->arena, &answer, err));
	if (answer.fault == LB_FAULT_TRANSIENT)
		return lb_fail(err, LB_NETWORK, "flickr cannot say who is signed in: %s", lb_cli_show(cli, answer.message));
	if (answer.fault == LB_FAULT_NONE)
		return lb_parse_login(answer.rsp, &cli->arena, &source->account_id, &source->account_name, err);
	lb_fail(err, LB_AUTH, "flickr does not accept the sign-in: %s", lb_cli_show(cli, answer.message));
	return lb_hint(err, "`lifeboat auth` signs in again");
}

/* Who is it that the token of `source` stands for? Fills in the account. */
static int ask_who(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1000);
	lb_api_uri(&uri, "flickr.test.login", NULL, 0);
	struct question q = {.ctx = &cli->ctx, .uri = lb_buf_str(&uri), .api = true, .body = LB_BUF(65536),
		.oauth = {source->api_key, source->api_secret, source->token, source->token_secret}};
	int rc = ask(source, &q, err);
	if (!rc)
		rc = read_login(cli, lb_buf_span(&q.body), source, err);
	lb_buf_clear(&q.body);
	return rc;
}

/* ---- signing in ------------------------------------------------------------------------------------------------------- */

static int check_keys(const struct lb_source *source, struct lb_error *err)
{
	if (source->api_key && source->api_secret)
		return 0;
	lb_fail(err, LB_AUTH, "signing in needs an API key and its secret");
	return lb_hint(err, "get both at https://www.flickr.com/services/apps/create/ and set LIFEBOAT_API_KEY and LIFEBOAT_API_SECRET, "
		"or write api_key and api_secret into lifeboat/credentials");
}

static void tell_address(struct lb_cli *cli, const char *token)
{
	struct lb_line line;
	struct lb_buf url = LB_BUF(8192);
	lb_buf_adds(&url, OAUTH "authorize?oauth_token=");
	lb_url_encode(&url, lb_span(token));
	lb_buf_adds(&url, "&perms=read");
	lb_say(cli, "Open this address, sign in, and allow reading:\n\n  %s\n\n", lb_buf_str(&url));
	lb_line_begin(&line, "authorize");
	lb_jw_str(&line.w, "url", lb_buf_str(&url));
	lb_line_end(cli, &line);
	lb_buf_clear(&url);
	fflush(stdout);
	if (isatty(STDIN_FILENO))
		fputs("Flickr then shows a code (like 123-456-789). The code: ", stderr);
}

static int read_code(struct lb_cli *cli, const char **code, struct lb_error *err)
{
	struct lb_input in = LB_INPUT(STDIN_FILENO, "standard input");
	struct lb_span line = {0};
	int rc = lb_input_line(&in, &cli->ctx, &line, err);
	struct lb_span word = rc ? line : lb_span_trim(line);
	if (!rc)
		*code = lb_arena_strndup(&cli->arena, word.p, word.n);
	lb_buf_clear(&in.held);
	if (rc && rc != LB_NOTFOUND)
		return rc;
	if (rc || !word.n || word.n > CODE_MAX || (*code)[strspn(*code, "0123456789abcdefABCDEF-")])
		return lb_fail(err, LB_USAGE, "no code was given: it looks like 123-456-789");
	return 0;
}

static int keep_account(const struct lb_source *s, struct lb_error *err)
{
	const struct lb_credential set[] = {{"token", s->token}, {"token_secret", s->token_secret}, {"account_id", s->account_id},
		{"account_name", s->account_name}};
	for (size_t i = 0; i < LB_COUNT(set); i++)
		if (!set[i].value || strpbrk(set[i].value, "\r\n"))
			return lb_fail(err, LB_NETWORK, "flickr's answer to the sign-in cannot be kept");
	return lb_credentials_set(set, LB_COUNT(set), err);
}

static void tell_account(struct lb_cli *cli, const struct lb_source *source)
{
	struct lb_line line;
	if (source->account_id)
		lb_say(cli, "signed in as %s (%s), to read\n", lb_cli_show(cli, source->account_name), lb_cli_show(cli, source->account_id));
	lb_line_begin(&line, "summary");
	lb_jw_bool(&line.w, "signed_in", source->account_id != NULL);
	lb_jw_str(&line.w, "account_id", source->account_id);
	lb_jw_str(&line.w, "account_name", source->account_name);
	lb_jw_str(&line.w, "credentials", lb_credentials_path(&cli->arena));
	lb_line_end(cli, &line);
}

static int sign_in(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	const struct lb_oauth key = {.key = source->api_key, .secret = source->api_secret};
	struct lb_oauth request, access;
	const char *code = NULL;
	LB_TRY(check_keys(source, err));
	LB_TRY(ask_token(cli, source, OAUTH "request_token", &key, (struct lb_param){"oauth_callback", "oob"}, &request, err));
	tell_address(cli, request.token);
	LB_TRY(read_code(cli, &code, err));
	LB_TRY(ask_token(cli, source, OAUTH "access_token", &request, (struct lb_param){"oauth_verifier", code}, &access, err));
	source->token = access.token;
	source->token_secret = access.token_secret;
	LB_TRY(ask_who(cli, source, err));
	LB_TRY(keep_account(source, err));
	tell_account(cli, source);
	return LB_EXIT_DONE;
}

/* ---- who am I, and no more ---------------------------------------------------------------------------------------------- */

static int status(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	if (!source->token) {
		lb_fail(err, LB_AUTH, "not signed in");
		return lb_hint(err, "`lifeboat auth` signs in");
	}
	LB_TRY(ask_who(cli, source, err));
	tell_account(cli, source);
	return LB_EXIT_DONE;
}

static int forget(struct lb_cli *cli, struct lb_source *source, struct lb_error *err)
{
	static const struct lb_credential none[] = {{"token", NULL}, {"token_secret", NULL}, {"account_id", NULL}, {"account_name", NULL}};
	const char *path = lb_credentials_path(&cli->arena);
	if (path && lb_file_exists(path))
		LB_TRY(lb_credentials_set(none, LB_COUNT(none), err));
	lb_say(cli, "signed out here; https://www.flickr.com/services/auth/list.gne takes back the permission itself\n");
	source->account_id = source->account_name = NULL;
	tell_account(cli, source);
	return LB_EXIT_DONE;
}

int cmd_auth(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_source source = {0};
	bool asked = lb_opt_flag(cli, "status"), away = lb_opt_flag(cli, "forget");
	if (asked && away)
		return lb_fail(err, LB_USAGE, "--status and --forget do not go together");
	if (away) /* whatever state the rest of the file is in */
		return forget(cli, &source, err);
	LB_TRY(lb_cli_source(NULL, 0, 0, &cli->arena, &source, err));
	return asked ? status(cli, &source, err) : sign_in(cli, &source, err);
}
