#include <stdio.h>
#include <string.h>

#include "format/foundation/foundation.h"

#define INDEX "metadata/photoIndex.js"

static bool is_file(const struct lb_container *c, const char *path)
{
	long member = lb_container_find(c, path);
	size_t count;
	return member >= 0 && lb_container_members(c, &count)[member].kind == LB_MEMBER_FILE;
}

/* Takes `base` if the index is below it. */
static bool is_at(const struct lb_container *c, const char *base, struct lb_foundation *out)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	lb_buf_addf(&path, "%s" INDEX, base);
	if (path.overflow || strlen(base) >= sizeof out->base || !is_file(c, lb_buf_str(&path)))
		return false;
	snprintf(out->base, sizeof out->base, "%s", base);
	return true;
}

/* "x/" of the one folder below `base` that has the index; not where two have it. */
static bool is_in_one_folder(const struct lb_container *c, const char *base, struct lb_foundation *out)
{
	size_t count, n = strlen(base), found = 0;
	const struct lb_member *m = lb_container_members(c, &count);
	for (size_t i = 0; i < count; i++) {
		const char *rest = strncmp(m[i].path, base, n) == 0 ? m[i].path + n : NULL;
		const char *slash = rest ? strchr(rest, '/') : NULL;
		if (!slash || strcmp(slash + 1, INDEX) != 0 || m[i].kind != LB_MEMBER_FILE)
			continue;
		size_t length = (size_t)(slash + 1 - m[i].path);
		if (found++ || length >= sizeof out->base)
			return false;
		snprintf(out->base, sizeof out->base, "%.*s", (int)length, m[i].path);
	}
	return found == 1;
}

bool lb_foundation_find(const struct lb_container *c, struct lb_foundation *out)
{
	*out = (struct lb_foundation){.container = c};
	if (lb_container_find(c, "lifeboat.json") >= 0)
		return false;
	out->bagged = lb_container_find(c, "bagit.txt") >= 0;
	const char *base = out->bagged ? "data/" : "";
	return is_at(c, base, out) || is_in_one_folder(c, base, out);
}

long lb_foundation_member(const struct lb_foundation *f, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(1 << 16);
	lb_buf_addf(&whole, "%s%s", f->base, path);
	return whole.overflow ? -1 : lb_container_find(f->container, lb_buf_str(&whole));
}
