#include <string.h>

#include "format/foundation/foundation.h"
#include "lifeboat/cli/cli.h"

static const char *const kinds[] = {[LB_CONTAINER_FOLDER] = "folder", [LB_CONTAINER_ZIP] = "zip", [LB_CONTAINER_TAR] = "tar"};

/* ---- for people ---- */

static void say_field(struct lb_cli *cli, const char *label, const char *value)
{
	if (value && *value)
		lb_say(cli, "%-12s %s\n", label, lb_cli_show(cli, value));
}

static void say_maker(struct lb_cli *cli, const struct lb_json *maker)
{
	const char *name = lb_json_get_str(maker, "name"), *id = lb_json_get_str(maker, "id");
	if (name && id)
		say_field(cli, "maker", lb_arena_printf(&cli->arena, "%s (%s)", name, id));
	else
		say_field(cli, "maker", name ? name : id);
}

static void say_counts(struct lb_cli *cli, const struct lb_json *counts)
{
	void *it = NULL;
	const char *key;
	const struct lb_json *value;
	while (lb_json_each(counts, &it, &key, &value)) {
		int64_t n = lb_json_int(value, -1);
		if (n <= 0)
			continue;
		bool bytes = strcmp(key, "bytes") == 0;
		say_field(cli, lb_cli_show(cli, key), bytes ? lb_human_bytes(cli, (uint64_t)n) : lb_human_count(cli, (uint64_t)n));
	}
}

static void say_list(struct lb_cli *cli, const char *label, const struct lb_json *list, const char *first, const char *second)
{
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *item = lb_json_at(list, i);
		const char *name = lb_json_get_str(item, first), *more = lb_json_get_str(item, second);
		say_field(cli, label, lb_arena_printf(&cli->arena, "%s%s%s", name ? name : "?", more ? "  " : "", more ? more : ""));
	}
}

static void say_info(struct lb_cli *cli, const struct lb_json *info, const char *kind)
{
	static const struct { const char *label, *key; } fields[] = {
		{"title", "title"}, {"id", "id"}, {"purpose", "purpose"}, {"future", "futureConsiderations"}, {"made", "created"},
		{"program", "program"}, {"format", "formatVersion"},
	};
	for (size_t i = 0; i < LB_COUNT(fields); i++)
		say_field(cli, fields[i].label, lb_json_get_str(info, fields[i].key));
	const char *format = lb_json_get_str(info, "format");
	if (format && strcmp(format, "flickr-foundation") == 0)
		say_field(cli, "format", "Data Lifeboat of the Flickr Foundation");
	say_field(cli, "policy", lb_json_get_str(lb_json_get(info, "policy"), "sentence"));
	say_maker(cli, lb_json_get(info, "maker"));
	say_field(cli, "container", kind);
	say_list(cli, "selection", lb_json_get(info, "selection"), "url", "type");
	say_list(cli, "licence", lb_json_get(info, "licenses"), "label", "url");
	say_counts(cli, lb_json_get(info, "counts"));
}

/* ---- for programs: what lifeboat.json says, without its long lists ---- */

static void copy_value(struct lb_jw *w, const char *key, const struct lb_json *v);

static void copy_members(struct lb_jw *w, const struct lb_json *v)
{
	void *it = NULL;
	const char *key;
	const struct lb_json *value;
	while (lb_json_each(v, &it, &key, &value))
		copy_value(w, key, value);
}

static void copy_number(struct lb_jw *w, const char *key, const struct lb_json *v)
{
	int64_t whole = lb_json_int(v, INT64_MIN);
	if (whole != INT64_MIN)
		lb_jw_int(w, key, whole);
	else
		lb_jw_num(w, key, lb_json_num(v, 0));
}

/* The depth of a parsed document is limited, and with it this recursion. */
static void copy_value(struct lb_jw *w, const char *key, const struct lb_json *v)
{
	if (lb_json_is_object(v)) {
		lb_jw_object(w, key);
		copy_members(w, v);
		lb_jw_end(w);
	} else if (lb_json_is_array(v)) {
		lb_jw_array(w, key);
		for (size_t i = 0; i < lb_json_count(v); i++)
			copy_value(w, NULL, lb_json_at(v, i));
		lb_jw_end(w);
	} else if (lb_json_str(v) || lb_json_is_null(v)) {
		lb_jw_str(w, key, lb_json_str(v));
	} else if (lb_json_bool(v, false) == lb_json_bool(v, true)) {
		lb_jw_bool(w, key, lb_json_bool(v, false));
	} else {
		copy_number(w, key, v);
	}
}

static void tell_json(struct lb_cli *cli, const struct lb_json *info, const char *path, const char *kind)
{
	static const char *const wanted[] = {"format", "formatVersion", "id", "title", "folder", "purpose", "futureConsiderations",
		"maker", "created", "program", "policy", "convertedFrom", "selection", "counts", "licenses"};
	struct lb_line line;
	lb_line_begin(&line, "summary");
	lb_jw_str(&line.w, "path", path);
	lb_jw_str(&line.w, "container", kind);
	for (size_t i = 0; i < LB_COUNT(wanted); i++)
		if (lb_json_get(info, wanted[i]))
			copy_value(&line.w, wanted[i], lb_json_get(info, wanted[i]));
	lb_line_end(cli, &line);
}

int cmd_info(struct lb_cli *cli, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	struct lb_foundation theirs;
	const char *path;
	LB_TRY(lb_cli_open_package(cli, cli->args[0], &path, &c, err));
	LB_TRY(lb_foundation_find(c, &theirs) ? lb_foundation_info(&theirs, &info, err) : lb_package_read_info(c, &info, err));
	const char *kind = kinds[lb_container_kind(c)];
	say_info(cli, info, kind);
	tell_json(cli, info, cli->args[0], kind);
	return LB_EXIT_DONE;
}
