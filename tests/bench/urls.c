/* URLs a second. `urls make N` prints N addresses of the kinds that dumps hold, always the same; `urls time FILE` tells how
 * many of the file's lines a second lb_flickr_url_parse understands or refuses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lifeboat/url/url.h"

static uint64_t random_below(uint64_t n)
{
	static uint64_t state = 88172645463325252u;
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % n;
}

/* In a hundred; %1 a photo, %2 an album, %3 a member. */
static const struct { unsigned share; const char *text; } mix[] = {
	{ 30, "https://www.flickr.com/photos/%3/%1/" },
	{ 8, "http://www.flickr.com/photos/%3/%1/in/set-%2/" },
	{ 6, "https://www.flickr.com/photos/%3/%1/in/photolist-RZufqg-ebEcP7-YvCkaU-2dKrfhV-6o5anp-7ZjJuj-fxZTiu-2c1pGwi" },
	{ 16, "https://live.staticflickr.com/65535/%1_63d765ee92_b.jpg" },
	{ 8, "http://farm4.static.flickr.com/3255/%1_0ed745cbd2_o.jpg" },
	{ 4, "https://flic.kr/p/2ouuqFT" },
	{ 5, "https://www.flickr.com/photos/%3/albums/%2" },
	{ 5, "https://www.flickr.com/photos/%3/sets/%2/with/%1/" },
	{ 4, "https://www.flickr.com/photos/%3/" },
	{ 2, "https://www.flickr.com/people/%3/" },
	{ 2, "https://www.flickr.com/groups/slovenia/pool/page30" },
	{ 2, "https://www.flickr.com/photos/tags/fluorspar/" },
	{ 1, "https://www.flickr.com/photos/%3/archives/date-taken/2010/05/31/" },
	{ 1, "https://www.flickr.com/search/?text=small%20boats&license=4%2C5&view_all=1" },
	{ 1, "https://www.flickr.com/photo.gne?id=%1" },
	{ 2, "https://www.flickr.com/account/email" },
	{ 2, "https://example.org/photos/%3/%1" },
	{ 1, "see <https://www.flickr.com/photos/%3/%1>." },
};

static const char *pick(void)
{
	uint64_t at = random_below(100);
	size_t i = 0;
	while (i + 1 < LB_COUNT(mix) && at >= mix[i].share)
		at -= mix[i++].share;
	return mix[i].text;
}

static void print_one(const char *text)
{
	for (; *text; text++) {
		if (text[0] != '%' || text[1] < '1' || text[1] > '3' || (text[1] == '2' && (text[2] == '0' || text[2] == 'C'))) {
			putchar(*text);
			continue;
		}
		switch (*++text) {
		case '1': printf("%llu", (unsigned long long)(1000 + random_below(54000000000u))); break;
		case '2': printf("7215%013llu", (unsigned long long)random_below(7000000000000u)); break;
		default: printf(random_below(3) ? "member_%llu" : "%llu@N00", (unsigned long long)(10000 + random_below(90000000))); break;
		}
	}
	putchar('\n');
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int time_file(const char *path)
{
	struct lb_error err = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF((size_t)2 << 30);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_flickr_url url;
	unsigned long lines = 0, understood = 0;
	if (lb_file_read(path, text.max, &text, &err))
		return fprintf(stderr, "%s\n", err.what), 1;
	for (char *p = text.p; p && (p = strchr(p, '\n')); p++)
		*p = '\0';
	double began = now();
	for (const char *p = text.p; p && p < text.p + text.len; p += strlen(p) + 1, lines++) {
		understood += lb_flickr_url_parse(p, &arena, &url, NULL) == LB_OK;
		lb_arena_reset(&arena);
	}
	printf("%.0f a second, %lu of %lu understood\n", (double)lines / (now() - began), understood, lines);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "time"))
		return time_file(argv[2]);
	if (argc != 3 || strcmp(argv[1], "make"))
		return fprintf(stderr, "usage: urls make N | urls time FILE\n"), 2;
	for (unsigned long n = strtoul(argv[2], NULL, 10); n; n--)
		print_one(pick());
	return 0;
}
