/* Any text as a Flickr URL. What is understood must be safe to put into requests and file names. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect_digits(const char *id)
{
	if (id && (!*id || strspn(id, "0123456789") != strlen(id) || strlen(id) > 20))
		abort();
}

static void expect_url(const char *url, const char *prefix)
{
	if (url && (strncmp(url, prefix, strlen(prefix)) || strstr(url, "..") == url + strlen(prefix)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_flickr_url u;
	char *url = lb_strndup((const char *)data, size);
	if (lb_flickr_url_parse(url, &a, &u, &err) == 0) {
		expect_digits(u.photo_id);
		expect_digits(u.album_id);
		expect_digits(u.gallery_id);
		expect_url(u.user_url, "https://www.flickr.com/photos/");
		expect_url(u.group_url, "https://www.flickr.com/groups/");
		if (u.page < 1 || !lb_url_kind_name(u.kind))
			abort();
	} else if (!err.what[0]) {
		abort();
	}
	free(url);
	lb_arena_clear(&a);
	return 0;
}
