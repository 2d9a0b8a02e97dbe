/* create: the whole line, stage by stage. */
#include "lifeboat/cli/line.h"

static int gather_build_verify(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_error *err)
{
	struct lb_gather_result got;
	struct lb_build_result built;
	const char *package = lb_line_package(cli, dir);
	LB_TRY(lb_line_gather(cli, dir, source, &got, err));
	LB_TRY(lb_line_build(cli, dir, &built, err));
	int verdict = lb_cli_verify(cli, package, NULL, err);
	if (verdict)
		return verdict;
	lb_say_done(cli, "open %s/index.html in any browser\n", package);
	lb_tell_built(cli, dir, &built);
	return built.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}

int cmd_create(struct lb_cli *cli, struct lb_error *err)
{
	const char *dir;
	struct lb_source source;
	struct lb_plan plan;
	LB_TRY(lb_line_folder(cli, &dir, err));
	LB_TRY(lb_line_source(cli, &source, err));
	LB_TRY(lb_line_plan(cli, dir, &source, &plan, err));
	bool gaps = plan.ngaps > 0, dry = lb_opt_flag(cli, "dry-run");
	int rc = dry || !cli->quiet || cli->json ? lb_tell_plan(cli, dry ? "summary" : "plan", dir, &plan, err) : 0;
	lb_plan_clear(&plan);
	LB_TRY(rc);
	if (dry)
		return gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
	return gather_build_verify(cli, dir, &source, err);
}
