#include <time.h>

#include "lifeboat/cli/line.h"

#define DAYS_TO_ANSWER 30

/* The day by which owners are asked to answer: as said, or a month from now. */
static const char *deadline_of(struct lb_cli *cli)
{
	char iso[LB_TIME_ISO];
	const char *said = lb_opt_str(cli, "deadline");
	if (said)
		return said;
	lb_time_iso(lb_ctx_now(&cli->ctx) + DAYS_TO_ANSWER * 86400, iso);
	return lb_arena_strndup(&cli->arena, iso, 10);
}

static int write_letters(struct lb_cli *cli, const char *dir, const struct lb_plan *plan, struct lb_error *err)
{
	size_t written = 0;
	LB_TRY(lb_create_letters(dir, plan, deadline_of(cli), &cli->ctx, &written, err));
	if (written)
		lb_say_done(cli, "  %s letter%s to owners whose consent would let more in: %s/letters; their answers go into %s/consent.csv\n",
			lb_human_count(cli, written), written == 1 ? "" : "s", dir, dir);
	return 0;
}

int lb_line_plan(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_plan *plan, struct lb_error *err)
{
	struct lb_plan_request request;
	LB_TRY(lb_line_request(cli, dir, &request, err));
	lb_ctx_event(&cli->ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "plan" });
	LB_TRY(lb_create_plan(dir, &request, source, &cli->ctx, plan, err));
	int rc = write_letters(cli, dir, plan, err);
	if (rc)
		lb_plan_clear(plan);
	return rc;
}

int cmd_plan(struct lb_cli *cli, struct lb_error *err)
{
	const char *dir;
	struct lb_source source;
	struct lb_plan plan;
	LB_TRY(lb_line_folder(cli, &dir, err));
	LB_TRY(lb_line_source(cli, &source, err));
	LB_TRY(lb_line_plan(cli, dir, &source, &plan, err));
	int code = plan.ngaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
	int rc = lb_tell_plan(cli, "summary", dir, &plan, err);
	lb_plan_clear(&plan);
	LB_TRY(rc);
	lb_say_done(cli, "plan: %s/plan.json\n", dir);
	return code;
}
