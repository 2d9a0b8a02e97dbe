/* What create, plan, gather and build share: the stages of the line as their commands run them. */
#ifndef LB_CLI_LINE_H
#define LB_CLI_LINE_H

#include "lifeboat/cli/cli.h"
#include "lifeboat/cli/source.h"

/* The folder that -o names; LB_USAGE without it. */
LB_CHECKED int lb_line_folder(struct lb_cli *cli, const char **dir, struct lb_error *err);
/* The source that --replay, --rate and --parallel mean; sets the time to stop (--until). */
LB_CHECKED int lb_line_source(struct lb_cli *cli, struct lb_source *source, struct lb_error *err);
/* --maker-id; NULL without it. LB_USAGE when it is none. */
LB_CHECKED int lb_line_maker_id(struct lb_cli *cli, const char **out, struct lb_error *err);
/* URLs, the maker's words and choices from arguments, --from and options; on a terminal the words of a new lifeboat are asked
 * for one by one. */
LB_CHECKED int lb_line_request(struct lb_cli *cli, const char *dir, struct lb_plan_request *out, struct lb_error *err);

/* Each runs its stage and says what came of it. */
LB_CHECKED int lb_line_plan(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_plan *plan, struct lb_error *err);
LB_CHECKED int lb_line_gather(struct lb_cli *cli, const char *dir, const struct lb_source *source, struct lb_gather_result *got, struct lb_error *err);
LB_CHECKED int lb_line_build(struct lb_cli *cli, const char *dir, struct lb_build_result *built, struct lb_error *err);

/* What a plan comes to, in words and as one JSON line of this type ("summary" when the plan is all there will be). */
LB_CHECKED int lb_tell_plan(struct lb_cli *cli, const char *type, const char *dir, const struct lb_plan *plan, struct lb_error *err);
/* The JSON line of a package that was built. */
void lb_tell_built(struct lb_cli *cli, const char *dir, const struct lb_build_result *built);
/* DIR/lifeboat, in the arena. */
const char *lb_line_package(struct lb_cli *cli, const char *dir);

#endif
