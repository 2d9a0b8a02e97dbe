#include <string.h>
#include <sys/stat.h>

#include "format/package/package.h"
#include "format/verify/verify.h"
#include "lifeboat/cli/cli.h"

/* The folder's own name; but the package in a working folder, which is always "lifeboat", goes by the working folder's. */
static const char *name_of(struct lb_cli *cli, const char *package)
{
	const char *name = lb_cli_folder_name(cli, package);
	if (strcmp(name, "lifeboat") != 0)
		return name;
	return lb_cli_folder_name(cli, lb_arena_printf(&cli->arena, "%s/..", package));
}

static bool is_folder_name(const char *name)
{
	return name && !strchr(name, '/') && lb_path_is_safe(lb_span(name), NULL);
}

/* Name of the top folder in the file: what the lifeboat says of itself. */
static int root_of(struct lb_cli *cli, const struct lb_container *c, const char *name, const char **root, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	LB_TRY(lb_package_read_info(c, &info, err));
	const char *folder = lb_json_get_str(info, "folder");
	*root = is_folder_name(folder) ? lb_arena_strdup(&cli->arena, folder) : is_folder_name(name) ? name : "lifeboat";
	return LB_OK;
}

static void tell(struct lb_cli *cli, const char *file, const char *root)
{
	struct lb_line line;
	struct stat st;
	uint64_t bytes = stat(file, &st) == 0 ? (uint64_t)st.st_size : 0;
	lb_say_done(cli, "packed %s: %s\n", lb_cli_show(cli, file), lb_human_bytes(cli, bytes));
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", file);
	lb_jw_str(&line.w, "folder", root);
	lb_jw_int(&line.w, "bytes", (int64_t)bytes);
	lb_line_end(cli, &line);
}

static int check(struct lb_cli *cli, const char *path, struct lb_error *err)
{
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	return lb_opt_flag(cli, "no-verify") ? LB_OK : lb_cli_check_valid(cli, path, "packs it", &report, err);
}

int cmd_pack(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	const char *path, *root, *file = lb_opt_str(cli, "output");
	LB_TRY(lb_cli_open_package(cli, cli->args[0], &path, &c, err));
	if (lb_container_kind(c) != LB_CONTAINER_FOLDER) {
		lb_fail(err, LB_USAGE, "cannot pack \"%s\": it is one file already", path);
		return lb_hint(err, "`lifeboat unpack` makes a folder of it");
	}
	const char *name = name_of(cli, path);
	LB_TRY(root_of(cli, c, name, &root, err));
	LB_TRY(check(cli, path, err));
	if (!file)
		file = lb_arena_printf(&cli->arena, "%s.zip", name);
	int rc = lb_pack(path, root, file, lb_opt_flag(cli, "force"), &cli->ctx, err);
	if (rc == LB_EXISTS)
		return lb_hint(err, "--force replaces it, -o FILE names another");
	if (rc == LB_OK)
		tell(cli, file, root);
	return rc;
}
