#include <math.h>
#include <stdlib.h>

#include "tests/fake/draw.h"

#define POLYGON_EDGES_MAX 64
#define SUBROWS 4 /* samples a row for smooth edges */

/* ---- numbers --------------------------------------------------------------------------------------------------- */

uint64_t dice_throw(struct dice *d, unsigned site)
{
	uint32_t n = d->uses[site % DICE_SITES]++;
	return fake_mix(fake_mix(d->seed, site), n) >> 16;
}

float dice_roll(struct dice *d, unsigned site, float low, float high)
{
	return low + (high - low) * (float)(dice_throw(d, site) & 0xffffff) / 16777216.0f;
}

float clampf(float x, float low, float high)
{
	return x < low ? low : x > high ? high : x;
}

float smooth(float from, float to, float x)
{
	float t = clampf((x - from) / (to - from), 0, 1);
	return t * t * (3 - 2 * t);
}

static float lattice(int x, int y, uint64_t seed)
{
	uint32_t h = (uint32_t)x * 0x8da6b343u ^ (uint32_t)y * 0xd8163841u ^ (uint32_t)seed * 0xcb1ab31fu;
	h = (h ^ (h >> 13)) * 0x5bd1e995u;
	h = (h ^ (h >> 15)) * 0x27d4eb2du;
	return (float)((h ^ (h >> 14)) & 0xffffff) / 16777216.0f;
}

float noise(float x, float y, uint64_t seed)
{
	float fx = floorf(x), fy = floorf(y);
	int ix = (int)fx, iy = (int)fy;
	float tx = x - fx, ty = y - fy;
	tx = tx * tx * (3 - 2 * tx);
	ty = ty * ty * (3 - 2 * ty);
	float a = lattice(ix, iy, seed), b = lattice(ix + 1, iy, seed), c = lattice(ix, iy + 1, seed),
		d = lattice(ix + 1, iy + 1, seed);
	return (a + (b - a) * tx) * (1 - ty) + (c + (d - c) * tx) * ty;
}

float cloudy(float x, float y, int octaves, uint64_t seed)
{
	float sum = 0, weight = 0.5f, all = 0;
	for (int i = 0; i < octaves; i++) {
		sum += weight * noise(x, y, seed + (uint64_t)i * 101);
		all += weight;
		weight *= 0.5f;
		float turned = x * 1.6f - y * 1.2f;
		y = x * 1.2f + y * 1.6f;
		x = turned;
	}
	return sum / all;
}

/* ---- colours --------------------------------------------------------------------------------------------------- */

struct rgb hex(uint32_t v)
{
	return (struct rgb){ (float)(v >> 16 & 255) / 255, (float)(v >> 8 & 255) / 255, (float)(v & 255) / 255 };
}

struct rgb mix(struct rgb a, struct rgb b, float t)
{
	return (struct rgb){ a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t };
}

struct rgb shade(struct rgb a, float f)
{
	return (struct rgb){ a.r * f, a.g * f, a.b * f };
}

struct rgb add(struct rgb a, struct rgb b, float f)
{
	return (struct rgb){ a.r + b.r * f, a.g + b.g * f, a.b + b.b * f };
}

struct rgb hue(float turn, float saturation, float value)
{
	float r = clampf(fabsf(fmodf(turn * 6 + 0, 6) - 3) - 1, 0, 1);
	float g = clampf(fabsf(fmodf(turn * 6 + 4, 6) - 3) - 1, 0, 1);
	float b = clampf(fabsf(fmodf(turn * 6 + 2, 6) - 3) - 1, 0, 1);
	return shade(mix((struct rgb){ 1, 1, 1 }, (struct rgb){ r, g, b }, saturation), value);
}

/* ---- pixels ---------------------------------------------------------------------------------------------------- */

struct canvas canvas_new(int w, int h)
{
	return (struct canvas){ w, h, (float)(w < h ? w : h) / 1000, lb_alloc((size_t)w * (size_t)h * sizeof(struct rgb)) };
}

void canvas_free(struct canvas *c)
{
	free(c->px);
	c->px = NULL;
}

struct rgb *at(const struct canvas *c, int x, int y)
{
	x = x < 0 ? 0 : x >= c->w ? c->w - 1 : x;
	y = y < 0 ? 0 : y >= c->h ? c->h - 1 : y;
	return &c->px[(size_t)y * (size_t)c->w + (size_t)x];
}

void put(const struct canvas *c, int x, int y, struct rgb color, float alpha)
{
	if (x < 0 || y < 0 || x >= c->w || y >= c->h || alpha <= 0)
		return;
	struct rgb *p = at(c, x, y);
	*p = mix(*p, color, alpha > 1 ? 1 : alpha);
}

/* ---- shapes ---------------------------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;
	return x < y ? -1 : x > y;
}

/* Adds to `cover` how much of each pixel of a row lies between x0 and x1. */
static void cover_run(float *cover, int w, float x0, float x1, float weight)
{
	x0 = clampf(x0, 0, (float)w);
	x1 = clampf(x1, 0, (float)w);
	for (int x = (int)x0; x < w && (float)x < x1; x++) {
		float left = x0 > (float)x ? x0 : (float)x, right = x1 < (float)x + 1 ? x1 : (float)x + 1;
		cover[x] += weight * (right - left);
	}
}

static size_t crossings(const struct point *p, size_t count, float y, float out[POLYGON_EDGES_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < count && n < POLYGON_EDGES_MAX; i++) {
		struct point a = p[i], b = p[(i + 1) % count];
		if ((a.y <= y) != (b.y <= y))
			out[n++] = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
	}
	qsort(out, n, sizeof *out, by_value);
	return n;
}

/* The rectangle of whole pixels around points, inside the canvas. */
static void bounds(const struct canvas *c, const struct point *p, size_t count, int box[4])
{
	float low_x = p[0].x, high_x = p[0].x, low_y = p[0].y, high_y = p[0].y;
	for (size_t i = 1; i < count; i++) {
		low_x = fminf(low_x, p[i].x);
		high_x = fmaxf(high_x, p[i].x);
		low_y = fminf(low_y, p[i].y);
		high_y = fmaxf(high_y, p[i].y);
	}
	box[0] = (int)clampf(floorf(low_x), 0, (float)c->w);
	box[1] = (int)clampf(floorf(low_y), 0, (float)c->h);
	box[2] = (int)clampf(ceilf(high_x), 0, (float)c->w);
	box[3] = (int)clampf(ceilf(high_y), 0, (float)c->h);
}

void fill_polygon(const struct canvas *c, const struct point *points, size_t count, struct rgb color, float alpha)
{
	float hits[POLYGON_EDGES_MAX];
	int box[4];
	bounds(c, points, count, box);
	float *cover = lb_alloc((size_t)c->w * sizeof *cover);
	for (int y = box[1]; y < box[3]; y++) {
		for (int s = 0; s < SUBROWS; s++) {
			size_t n = crossings(points, count, (float)y + ((float)s + 0.5f) / SUBROWS, hits);
			for (size_t i = 0; i + 1 < n; i += 2)
				cover_run(cover, c->w, hits[i], hits[i + 1], 1.0f / SUBROWS);
		}
		for (int x = box[0]; x < box[2]; x++) {
			put(c, x, y, color, alpha * cover[x]);
			cover[x] = 0;
		}
	}
	free(cover);
}

void fill_rect(const struct canvas *c, float x, float y, float w, float h, struct rgb color, float alpha)
{
	const struct point p[] = { { x, y }, { x + w, y }, { x + w, y + h }, { x, y + h } };
	fill_polygon(c, p, 4, color, alpha);
}

void fill_ellipse(const struct canvas *c, struct point o, float rx, float ry, float turn, struct rgb color, float alpha)
{
	float reach = (rx > ry ? rx : ry) + 1, co = cosf(turn), si = sinf(turn);
	for (int y = (int)(o.y - reach); (float)y <= o.y + reach; y++)
		for (int x = (int)(o.x - reach); (float)x <= o.x + reach; x++) {
			float dx = (float)x + 0.5f - o.x, dy = (float)y + 0.5f - o.y;
			float u = (dx * co + dy * si) / rx, v = (dy * co - dx * si) / ry;
			float far = sqrtf(u * u + v * v);
			put(c, x, y, color, alpha * clampf((1 - far) * (rx < ry ? rx : ry) + 0.5f, 0, 1));
		}
}

void line(const struct canvas *c, struct point a, struct point b, float width, struct rgb color, float alpha)
{
	float dx = b.x - a.x, dy = b.y - a.y, far = sqrtf(dx * dx + dy * dy);
	if (far < 0.01f)
		return;
	float nx = -dy / far * width / 2, ny = dx / far * width / 2;
	const struct point p[] = { { a.x + nx, a.y + ny }, { b.x + nx, b.y + ny }, { b.x - nx, b.y - ny }, { a.x - nx,
		a.y - ny } };
	fill_polygon(c, p, 4, color, alpha);
}

void glow(const struct canvas *c, struct point o, float radius, struct rgb color, float strength)
{
	float reach = radius * 2.6f;
	int x0 = (int)clampf(o.x - reach, 0, (float)c->w), x1 = (int)clampf(o.x + reach, 0, (float)c->w);
	int y0 = (int)clampf(o.y - reach, 0, (float)c->h), y1 = (int)clampf(o.y + reach, 0, (float)c->h);
	for (int y = y0; y < y1; y++)
		for (int x = x0; x < x1; x++) {
			float dx = ((float)x - o.x) / radius, dy = ((float)y - o.y) / radius;
			float far = dx * dx + dy * dy;
			if (far < 6.7f) {
				struct rgb *p = at(c, x, y);
				*p = add(*p, color, strength * (expf(-far * 1.2f) - expf(-6.7f * 1.2f)));
			}
		}
}

float ridge_at(const struct canvas *c, float x, float base, float height, float scale, uint64_t seed)
{
	return base - height * cloudy(x / (float)c->h * scale, 0.37f, 6, seed);
}

void fill_ridge(const struct canvas *c, float base, float height, float scale, uint64_t seed, struct rgb top, struct rgb foot)
{
	for (int x = 0; x < c->w; x++) {
		float edge = ridge_at(c, (float)x, base, height, scale, seed);
		int y = (int)floorf(edge);
		float span = (float)c->h - edge;
		put(c, x, y, top, 1 - (edge - (float)y));
		for (y = y < 0 ? 0 : y + 1; y < c->h; y++) {
			float grain = noise((float)x * 0.35f, (float)y * 0.35f, seed) - 0.5f;
			put(c, x, y, shade(mix(top, foot, smooth(0, 0.5f * span + 1, (float)y - edge)),
				1 + 0.06f * grain), 1);
		}
	}
}

/* ---- blur ------------------------------------------------------------------------------------------------------ */

/* One pass of a running mean over `count` pixels, `step` apart. */
static void mean_pass(struct rgb *px, int count, size_t step, int radius, struct rgb *copy)
{
	struct rgb sum = { 0, 0, 0 };
	float share = 1.0f / (float)(2 * radius + 1);
	for (int i = 0; i < count; i++)
		copy[i] = px[(size_t)i * step];
	for (int i = -radius; i <= radius; i++)
		sum = add(sum, copy[i < 0 ? 0 : i >= count ? count - 1 : i], 1);
	for (int i = 0; i < count; i++) {
		px[(size_t)i * step] = shade(sum, share);
		int in = i + radius + 1, out = i - radius;
		sum = add(sum, copy[in >= count ? count - 1 : in], 1);
		sum = add(sum, copy[out < 0 ? 0 : out], -1);
	}
}

void blur_rows(const struct canvas *c, int from, int to, float radius)
{
	int r = (int)(radius / 1.7f + 0.5f);
	if (r < 1 || to <= from)
		return;
	struct rgb *copy = lb_alloc((size_t)(c->w > c->h ? c->w : c->h) * sizeof *copy);
	for (int pass = 0; pass < 3; pass++) {
		for (int y = from; y < to; y++)
			mean_pass(at(c, 0, y), c->w, 1, r, copy);
		for (int x = 0; x < c->w; x++)
			mean_pass(at(c, x, from), to - from, (size_t)c->w, r, copy);
	}
	free(copy);
}

void blur(const struct canvas *c, float radius)
{
	blur_rows(c, 0, c->h, radius);
}
