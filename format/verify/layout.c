/* What a lifeboat must have and a plain bag need not: fixed files at the root, and manifests of which every byte is
 * decided by what they list. The tag manifest is listed nowhere, so its form is its only protection. */
#include <string.h>

#include "format/verify/verify_private.h"

#define MANIFEST_MAX ((size_t)1 << 30)

static const char *const root_files[] = {
	"METS.xml", "README.txt", "bag-info.txt", "bagit.txt", "index.html", "lifeboat.json", "manifest-sha256.txt",
		"tagmanifest-sha256.txt",
};

/* A reader without a program begins at one of these. */
static const char *const entries[] = {"data/README.html", "data/documentation/index.html", "data/pages/index.html"};

static bool is_root_name(const char *path)
{
	for (size_t i = 0; i < LB_COUNT(root_files); i++)
		if (strcmp(path, root_files[i]) == 0)
			return true;
	return strcmp(path, "data") == 0 || lb_is_payload(path);
}

static void check_there(struct lb_verify *v, const char *path)
{
	long member = lb_container_find(v->c, path);
	if (member < 0)
		lb_found(v, "LB-003", path, "is missing");
	else if (v->members[member].kind != LB_MEMBER_FILE)
		lb_found(v, "LB-003", path, "is not a file");
}

static void check_root(struct lb_verify *v)
{
	for (size_t i = 0; i < LB_COUNT(root_files); i++)
		check_there(v, root_files[i]);
	for (size_t i = 0; i < LB_COUNT(entries); i++)
		check_there(v, entries[i]);
	for (size_t i = 0; i < v->count; i++)
		if (!is_root_name(v->members[i].path))
			lb_found(v, "LB-004", v->members[i].path, "does not belong to a lifeboat");
}

/* ---- canonical manifests ---- */

static bool cut_expected(struct lb_span *rest, const struct lb_buf *line)
{
	if (rest->n < line->len || memcmp(rest->p, line->p, line->len) != 0)
		return false;
	*rest = (struct lb_span){rest->p + line->len, rest->n - line->len};
	return true;
}

static bool is_canonical(const struct lb_verify *v, const struct lb_bag_manifest *m, struct lb_span text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 16);
	for (size_t i = m->first; i < m->first + m->count; i++) {
		const struct lb_listed *l = &v->lines[i];
		struct lb_shown_digest digest;
		if (i > m->first && strcmp(l[-1].path, l->path) >= 0)
			return false;
		lb_buf_reset(&line);
		lb_bag_line_format(&line, lb_show_digest(&digest, v, l, l->raw), l->path);
		if (!cut_expected(&text, &line))
			return false;
	}
	return text.n == 0;
}

static void check_manifest(struct lb_verify *v, const struct lb_bag_manifest *m)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(MANIFEST_MAX);
	if (lb_read_member(v, "BAG-015", m->name, MANIFEST_MAX, &text) && !is_canonical(v, m, lb_buf_span(&text)))
		lb_found(v, "LB-005", m->name,
			"is not in canonical form: sorted lines of lower-case digest, two spaces, path, LF");
}

static void check_bag(struct lb_verify *v)
{
	if (v->version != 100 || strcmp(v->encoding, "UTF-8") != 0)
		lb_found(v, "LB-006", "bagit.txt", "must be BagIt 1.0 and UTF-8");
	for (size_t i = 0; i < v->nmanifests; i++) {
		if (v->manifests[i].hash == LB_SHA256)
			check_manifest(v, &v->manifests[i]);
		else
			lb_found(v, "LB-006", v->manifests[i].name, "a lifeboat has SHA-256 manifests only");
	}
}

void lb_check_layout(struct lb_verify *v)
{
	check_root(v);
	check_bag(v);
}
