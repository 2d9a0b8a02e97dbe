/* flickr METHOD [k=v…]: one API call, raw answer. */
#include <string.h>

#include "lifeboat/cli/cli.h"
#include "lifeboat/cli/source.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"

static const char *full_name(struct lb_cli *cli, const char *method)
{
	return strncmp(method, "flickr.", 7) == 0 ? method : lb_arena_printf(&cli->arena, "flickr.%s", method);
}

static int read_params(struct lb_cli *cli, struct lb_param *params, struct lb_error *err)
{
	for (size_t i = 1; i < cli->nargs; i++) {
		struct lb_span value = lb_span(cli->args[i]), name;
		if (!strchr(cli->args[i], '=') || !lb_span_cut(&value, '=', &name) || !name.n)
			return lb_fail(err, LB_USAGE, "\"%s\" is not of the form name=value", cli->args[i]);
		params[i - 1].name = lb_arena_strndup(&cli->arena, name.p, name.n);
		params[i - 1].value = lb_arena_strndup(&cli->arena, value.p ? value.p : "", value.n);
	}
	return 0;
}

/* 0, or the status that fits what the answer says. */
static int judge(const char *method, struct lb_span body, struct lb_error *err)
{
	static const struct { enum lb_api_fault fault; enum lb_status status; } statuses[] = {
		{ LB_FAULT_NOT_FOUND, LB_NOTFOUND }, { LB_FAULT_DELETED, LB_NOTFOUND }, { LB_FAULT_DENIED, LB_AUTH },
		{ LB_FAULT_KEY, LB_AUTH }, { LB_FAULT_SIGNIN, LB_AUTH }, { LB_FAULT_TRANSIENT, LB_NETWORK },
	};
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_api_answer answer;
	LB_TRY(lb_api_parse(method, body, &arena, &answer, err));
	if (answer.fault == LB_FAULT_NONE)
		return 0;
	enum lb_status status = LB_DENIED;
	for (size_t i = 0; i < LB_COUNT(statuses); i++)
		if (statuses[i].fault == answer.fault)
			status = statuses[i].status;
	return lb_fail(err, status, "flickr answers: %s (code %lld)", answer.message ? answer.message : "", (long long)answer.code);
}

static void tell(struct lb_cli *cli, const char *method, const struct lb_buf *body)
{
	struct lb_line line;
	if (!cli->json)
		lb_say_raw(cli, body->p, body->len);
	lb_line_begin(&line, "answer");
	lb_jw_str(&line.w, "method", method);
	lb_jw_str(&line.w, "body", lb_buf_str(body));
	lb_line_end(cli, &line);
}

static void tell_summary(struct lb_cli *cli, const char *method, const struct lb_buf *body)
{
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "method", method);
	lb_jw_int(&line.w, "bytes", (int64_t)body->len);
	lb_line_end(cli, &line);
}

int cmd_flickr(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF((size_t)64 << 20);
	struct lb_source source;
	const char *method = full_name(cli, cli->args[0]);
	struct lb_param *params = lb_arena_alloc(&cli->arena, cli->nargs * sizeof *params);
	LB_TRY(read_params(cli, params, err));
	LB_TRY(lb_cli_source(lb_opt_str(cli, "replay"), lb_opt_number(cli, "rate", 0), 0, &cli->arena, &source, err));
	LB_TRY(lb_create_call(method, params, cli->nargs - 1, &source, &cli->ctx, &body, err));
	tell(cli, method, &body);
	LB_TRY(judge(method, lb_buf_span(&body), err));
	tell_summary(cli, method, &body);
	return LB_EXIT_DONE;
}
