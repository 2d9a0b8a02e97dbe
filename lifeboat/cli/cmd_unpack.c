#include <string.h>

#include "format/package/package.h"
#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

/* The name that the file gives, if it is one; else the file's own without its ending. */
static const char *default_dir(struct lb_cli *cli, const char *file, const struct lb_container *c)
{
	const char *root = lb_container_root(c), *base = lb_path_base(file);
	if (root && !strchr(root, '/') && root[0] != '-' && lb_path_is_safe(lb_span(root), NULL))
		return lb_arena_strdup(&cli->arena, root);
	const char *dot = strchr(base, '.');
	size_t n = dot && dot != base ? (size_t)(dot - base) : strlen(base);
	return lb_arena_printf(&cli->arena, "%.*s%s", (int)n, base, n == strlen(base) ? "-unpacked" : "");
}

/* report NULL: it was not verified. */
static void tell(struct lb_cli *cli, const char *dir, const struct lb_report *r)
{
	struct lb_line line;
	if (r)
		lb_say_done(cli, "unpacked %s: valid, %s files, %s\n", lb_cli_show(cli, dir), lb_human_count(cli, r->files),
			lb_human_bytes(cli, r->bytes));
	else
		lb_say_done(cli, "unpacked %s: not verified\n", lb_cli_show(cli, dir));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", dir);
	lb_jw_bool(&line.w, "verified", r != NULL);
	if (r) {
		lb_jw_int(&line.w, "files", (int64_t)r->files);
		lb_jw_int(&line.w, "bytes", (int64_t)r->bytes);
		lb_jw_int(&line.w, "warnings", (int64_t)r->warnings);
	}
	lb_line_end(cli, &line);
}

static int find_target(struct lb_cli *cli, const char *file, const char **dir, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	const char *path;
	if (lb_dir_exists(file))
		return lb_fail(err, LB_USAGE, "cannot unpack \"%s\": it is a folder already", file);
	LB_TRY(lb_cli_open_package(cli, file, &path, &c, err));
	*dir = lb_opt_str(cli, "output");
	if (!*dir)
		*dir = default_dir(cli, file, c);
	return LB_OK;
}

/* The file is verified where it is: what is not valid is never written, whatever size it would have. */
int cmd_unpack(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	const char *file = cli->args[0], *dir = NULL;
	bool verify = !lb_opt_flag(cli, "no-verify");
	LB_TRY(find_target(cli, file, &dir, err));
	if (verify)
		LB_TRY(lb_cli_check_valid(cli, file, "unpacks it", &report, err));
	int rc = lb_unpack(file, dir, &cli->ctx, err);
	if (rc == LB_EXISTS)
		return lb_hint(err, "-o DIR names another folder");
	if (rc == LB_OK)
		tell(cli, dir, verify ? &report : NULL);
	return rc;
}
