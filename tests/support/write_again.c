#include "tests/support/write_again.h"

#include <stdio.h>
#include <string.h>

#include "format/reading/reading.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

static struct lb_error err;

struct again { const char *from; struct lb_package *package; struct lb_arena arena; };

static int add(void *arg, const struct lb_photo *said, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *e)
{
	struct again *a = arg;
	struct lb_photo photo = *said;
	(void)gaps, (void)ngaps;
	if (missing)
		return lb_package_add_missing(a->package, photo.id, e);
	for (enum lb_role role = LB_ORIGINAL; role < LB_ROLE_COUNT; role++) {
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
		lb_buf_addf(&path, "%s/data/", a->from);
		lb_layout_media(&path, &photo, role);
		photo.files[role].source_path = lb_arena_strdup(&a->arena, lb_buf_str(&path));
	}
	return lb_package_add_photo(a->package, &photo, e);
}

static void add_icon(struct again *a, const struct lb_contributor *c)
{
	LB_AUTO(lb_buf_clear) struct lb_buf bytes = LB_BUF(1 << 20);
	char sha256[LB_SHA256_HEX];
	if (!c->icon_path)
		return;
	char *path = lb_arena_printf(&a->arena, "data/%s", c->icon_path);
	test_read(a->from, path, &bytes);
	lb_sha256(bytes.p, bytes.len, sha256);
	const struct lb_media icon = {.present = true, .sha256 = sha256, .size = bytes.len, .extension = strrchr(path, '.') + 1, .captured = LB_UNKNOWN,
		.source_path = lb_arena_printf(&a->arena, "%s/%s", a->from, path)};
	ck_assert_ok(lb_package_add_icon(a->package, c->person.nsid, &icon, &err));
}

static void add_records(struct again *a, const struct lb_reading *r)
{
	for (size_t i = 0; i < r->nlicenses; i++)
		lb_package_add_license(a->package, &r->licenses[i]);
	for (size_t i = 0; i < r->npeople; i++)
		lb_package_add_person(a->package, &r->people[i].person);
	for (size_t i = 0; i < r->nalbums; i++)
		lb_package_add_album(a->package, &r->albums[i].album);
	for (size_t i = 0; i < r->ngroups; i++)
		lb_package_add_group(a->package, &r->groups[i].group);
	for (size_t i = 0; i < r->ngalleries; i++)
		lb_package_add_gallery(a->package, &r->galleries[i].gallery);
	for (size_t i = 0; i < r->ncollections; i++)
		lb_package_add_collection(a->package, &r->collections[i].collection);
	for (size_t i = 0; i < r->ngaps; i++)
		lb_package_add_gap(a->package, &r->gaps[i]);
}

void test_write_again(const char *from, const char *to)
{
	static const char *const pages[] = {"index.html", "data/README.html", "data/pages/index.html"};
	struct lb_container *c = NULL;
	struct lb_reading r = {0};
	struct again a = {.from = from};
	ck_assert_ok(lb_container_open(from, &c, &err));
	ck_assert_ok(lb_reading_open(c, &r, &err));
	ck_assert_ok(lb_package_begin(to, &r.info, NULL, &a.package, &err));
	add_records(&a, &r);
	if (r.info.origin)
		lb_package_converted(a.package, r.info.origin);
	ck_assert_ok(lb_reading_photos(&r, NULL, add, &a, &err));
	for (size_t i = 0; i < r.npeople; i++)
		add_icon(&a, &r.people[i]);
	for (size_t i = 0; i < LB_COUNT(pages); i++)
		ck_assert_ok(lb_package_put(a.package, pages[i], lb_span(test_page), &err));
	ck_assert_ok(lb_package_finish(a.package, &err));
	lb_package_free(a.package);
	lb_arena_clear(&a.arena);
	lb_reading_clear(&r);
	lb_container_free(c);
}
