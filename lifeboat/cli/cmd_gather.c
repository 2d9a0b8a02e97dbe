#include "lifeboat/cli/line.h"

int lb_line_gather(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_gather_result *got, struct lb_error *err)
{
	LB_TRY(lb_create_gather(dir, lb_opt_flag(cli, "rescue"), source, &cli->ctx, got, err));
	lb_say_done(cli, "gathered: %s API calls, %s files, %s, %s not to be had\n", lb_human_count(cli, got->calls),
		lb_human_count(cli, got->files), lb_human_bytes(cli, got->bytes), lb_human_count(cli, got->gaps));
	return 0;
}

int cmd_gather(struct lb_cli *cli, struct lb_error *err)
{
	struct lb_source source;
	struct lb_gather_result got;
	struct lb_line line;
	LB_TRY(lb_line_source(cli, &source, err));
	LB_TRY(lb_line_gather(cli, cli->args[0], &source, &got, err));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", cli->args[0]);
	lb_jw_int(&line.w, "photos", (int64_t)got.photos);
	lb_jw_int(&line.w, "withheld", (int64_t)got.withheld);
	lb_jw_int(&line.w, "calls", (int64_t)got.calls);
	lb_jw_int(&line.w, "retries", (int64_t)got.retries);
	lb_jw_int(&line.w, "files", (int64_t)got.files);
	lb_jw_int(&line.w, "bytes", (int64_t)got.bytes);
	lb_jw_int(&line.w, "gaps", (int64_t)got.gaps);
	lb_line_end(cli, &line);
	return got.gaps ? LB_EXIT_GAPS : LB_EXIT_DONE;
}
