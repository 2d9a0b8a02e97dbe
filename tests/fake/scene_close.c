/* Scenes seen from near: things, patterns, faces in shadow, papers. */
#include <math.h>

#include "tests/fake/draw.h"

#define TURN 6.2831853f

static void soft_backdrop(const struct canvas *c, struct dice *d, struct rgb a, struct rgb b, int spots)
{
	uint64_t seed = fresh(d);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++)
			*at(c, x, y) = mix(a, b, clampf(cloudy((float)x * 0.0026f / c->unit, (float)y * 0.0026f / c->unit, 3, seed) * 1.4f - 0.2f, 0, 1));
	for (int i = 0; i < spots; i++) {
		struct point p = { roll(d, 0, (float)c->w), roll(d, 0, (float)c->h) };
		float r = c->unit * roll(d, 25, 90);
		struct rgb spot = mix(add(a, hex(0xffffff), 0.35f), b, roll(d, 0, 0.8f));
		fill_ellipse(c, p, r, r, 0, spot, roll(d, 0.05f, 0.22f));
	}
	blur(c, c->unit * 14);
}

static void draw_petal(const struct canvas *c, struct point o, float angle, float length, float width, struct rgb inner,
	struct rgb outer, uint64_t seed)
{
	float co = cosf(angle), si = sinf(angle);
	for (int y = (int)(o.y - length); (float)y <= o.y + length; y++)
		for (int x = (int)(o.x - length); (float)x <= o.x + length; x++) {
			float dx = (float)x - o.x, dy = (float)y - o.y, u = (dx * co + dy * si) / length,
				v = (dy * co - dx * si) / width;
			if (u <= 0 || u >= 1)
				continue;
			float half = powf(sinf(powf(u, 0.75f) * TURN / 2), 0.8f), side = fabsf(v) / (half + 1e-4f);
			if (side > 1)
				continue;
			float vein = noise(v * 9, u * 2, seed) * 0.14f,
				fold = 1 - 0.3f * smooth(0.12f, 0, fabsf(v)) * (1 - u);
			struct rgb tone = mix(inner, outer, smooth(0.05f, 0.85f, u));
			put(c, x, y, shade(tone, fold * (0.8f + vein + 0.2f * (1 - side)) + 0.1f * v),
				clampf((1 - side) * half * width * 0.6f, 0, 1));
		}
}

void scene_flower(const struct canvas *c, struct dice *d)
{
	float turn = roll(d, 0, 1), size = c->unit * roll(d, 330, 430);
	struct point o = { (float)c->w * roll(d, 0.36f, 0.62f), (float)c->h * roll(d, 0.44f, 0.56f) };
	struct rgb outer = hue(turn, roll(d, 0.45f, 0.8f), 0.95f), inner = mix(outer,
		hex(pick(d, 2) ? 0xfff2c4 : 0x5a1230), 0.55f);
	soft_backdrop(c, d, shade(hue(0.28f + roll(d, -0.05f, 0.08f), 0.5f, 0.34f), 0.8f), hue(0.22f, 0.42f, 0.62f), 26);
	line(c, o, (struct point){ o.x + c->unit * 120, (float)c->h + 20 }, c->unit * 22, hex(0x46652c), 1);
	int petals = 8 + pick(d, 9);
	for (int ring = 0; ring < 2; ring++)
		for (int i = 0; i < petals; i++) {
			float angle = TURN * ((float)i + 0.5f * (float)ring) / (float)petals + roll(d, -0.07f, 0.07f),
				far = size * (ring ? 0.78f : 1.0f) * roll(d, 0.93f, 1.05f);
			draw_petal(c, o, angle, far, far * 1.9f / (float)petals + far * 0.08f,
				ring ? shade(inner, 1.05f) : shade(inner, 0.85f), ring ? outer : shade(outer, 0.9f),
				fresh(d));
		}
	for (int i = 0; i < 420; i++) {
		float a = (float)i * 2.39996f, r = size * 0.0098f * sqrtf((float)i) * 1.02f;
		struct point p = { o.x + cosf(a) * r, o.y + sinf(a) * r };
		fill_ellipse(c, p, c->unit * 5.5f, c->unit * 4.5f, a, mix(hex(0x6b3a12), hex(0xf5c542),
			smooth(40, 400, (float)i) * roll(d, 0.7f, 1)), 0.95f);
	}
	for (int i = 0; i < 22; i++) {
		float a = roll(d, 0, TURN), r = size * roll(d, 0.3f, 0.85f), s = c->unit * roll(d, 3, 9);
		struct point p = { o.x + cosf(a) * r, o.y + sinf(a) * r };
		fill_ellipse(c, p, s, s, 0, mix(outer, hex(0xffffff), 0.35f), 0.55f);
		fill_ellipse(c, (struct point){ p.x - s * 0.3f, p.y - s * 0.3f }, s * 0.3f, s * 0.3f, 0, hex(0xffffff),
			0.95f);
	}
}

static void draw_tile(const struct canvas *c, struct point o, float half, const struct rgb ink[3], int kind, uint64_t seed)
{
	for (int y = (int)(o.y - half); (float)y < o.y + half; y++)
		for (int x = (int)(o.x - half); (float)x < o.x + half; x++) {
			float u = fabsf((float)x + 0.5f - o.x) / half, v = fabsf((float)y + 0.5f - o.y) / half;
			float far = sqrtf(u * u + v * v), angle = atan2f(v, u),
				corner = sqrtf((1 - u) * (1 - u) + (1 - v) * (1 - v));
			float star = far - 0.42f - 0.2f * cosf(angle * (float)(kind % 2 ? 8 : 4)),
				leaf = corner - 0.5f - 0.13f * cosf(angle * 6);
			struct rgb tone = hex(0xf1ede0);
			tone = mix(tone, ink[0], smooth(0.03f, -0.03f, star));
			tone = mix(tone, ink[1], smooth(0.03f, -0.03f, star + 0.2f));
			tone = mix(tone, ink[2], smooth(0.03f, -0.03f, far - 0.14f));
			tone = mix(tone, ink[1], smooth(0.03f, -0.03f, leaf) * 0.9f);
			tone = mix(tone, ink[0], smooth(0.03f, -0.03f, fabsf(leaf + 0.16f) - 0.03f));
			float glaze = 0.88f + 0.2f * cloudy((float)x * 0.02f / c->unit, (float)y * 0.02f / c->unit, 4,
				seed), joint = u > v ? u : v;
			put(c, x, y, shade(tone, glaze * (joint > 0.97f ? 0.62f : 1) - 0.1f * smooth(0.82f, 1, joint)), 1);
		}
}

void scene_tiles(const struct canvas *c, struct dice *d)
{
	float turn = chance(d, 0.6f) ? roll(d, 0.56f, 0.63f) : roll(d, 0, 1), half = c->unit * roll(d, 90, 150);
	const struct rgb ink[3] = { hue(turn, 0.72f, 0.5f), hue(turn + 0.02f, 0.5f, 0.78f),
		hue(fmodf(turn + 0.52f, 1), 0.6f, 0.85f) };
	int kind = pick(d, 2);
	for (float y = half * 0.6f; y < (float)c->h + half; y += half * 2)
		for (float x = half * 0.7f; x < (float)c->w + half; x += half * 2)
			draw_tile(c, (struct point){ x, y }, half, ink, kind, fresh(d));
	for (int i = 0; i < 5; i++) {
		struct point p = { roll(d, 0, (float)c->w), roll(d, 0, (float)c->h) };
		for (int s = 0; s < 7; s++) {
			struct point q = { p.x + c->unit * roll(d, -40, 40), p.y + c->unit * roll(d, -40, 40) };
			line(c, p, q, c->unit * 1.6f, hex(0x5a5145), 0.5f);
			p = q;
		}
	}
	glow(c, (struct point){ (float)c->w * roll(d, 0.1f, 0.4f), 0 }, c->unit * 520, hex(0xfff2d0), 0.3f);
}

void scene_bokeh(const struct canvas *c, struct dice *d)
{
	float base = roll(d, 0, 1), w = (float)c->w, h = (float)c->h;
	soft_backdrop(c, d, hue(base, 0.7f, 0.1f), hue(fmodf(base + 0.15f, 1), 0.6f, 0.26f), 12);
	for (int i = 0; i < 95; i++) {
		float r = c->unit * roll(d, 14, 74);
		struct point p = { roll(d, 0, w), h * 0.5f + roll(d, -1, 1) * roll(d, 0, 1) * h * 0.48f };
		struct rgb lamp = hue(chance(d, 0.7f) ? roll(d, 0.02f, 0.14f) : roll(d, 0.5f, 0.98f),
			roll(d, 0.35f, 0.8f), 1);
		float strength = roll(d, 0.12f, 0.5f);
		fill_ellipse(c, p, r, r, 0, lamp, strength);
		fill_ellipse(c, p, r * 0.9f, r * 0.9f, 0, shade(lamp, 0.82f), strength * 0.6f);
	}
	for (int i = 0; i < 260; i++) {
		struct point p = { roll(d, 0, w), roll(d, 0, h) };
		float s = c->unit * (2 + 9 * powf(roll(d, 0, 1), 4));
		struct rgb behind = *at(c, (int)p.x, (int)(p.y + s * 3));
		fill_ellipse(c, p, s, s * 1.15f, 0, add(shade(behind, 0.75f), hex(0xffffff), 0.12f), 0.8f);
		fill_ellipse(c, (struct point){ p.x - s * 0.25f, p.y - s * 0.4f }, s * 0.3f, s * 0.22f, 0, hex(0xffffff),
			0.8f);
	}
}

static void draw_fish(const struct canvas *c, struct point o, float n, float tilt, struct rgb back, uint64_t seed)
{
	float co = cosf(tilt), si = sinf(tilt), thick = n * 0.135f;
	for (int y = (int)(o.y - n * 0.6f); (float)y < o.y + n * 0.6f; y++)
		for (int x = (int)(o.x - n * 0.6f); (float)x < o.x + n * 0.6f; x++) {
			float dx = (float)x - o.x, dy = (float)y - o.y, u = (dx * co + dy * si) / n + 0.5f,
				v = (dy * co - dx * si) / thick;
			if (u < 0 || u > 1)
				continue;
			float body = powf(sinf(powf(clampf(u / 0.86f, 0, 1), 0.7f) * TURN / 2), 0.62f),
				tail = smooth(0.8f, 1, u) * 0.95f, half = body > tail ? body : tail;
			float side = fabsf(v) / (half + 1e-3f);
			if (side > 1)
				continue;
			float scale = fmodf(fabsf(u * 62 + (fmodf(fabsf(v * 9), 2) > 1 ? 0.5f : 0)), 1),
				sheen = expf(-(v + 0.15f) * (v + 0.15f) * 16);
			struct rgb tone = mix(back, hex(0xdde4e6), smooth(-0.75f, 0.5f, v));
			tone = add(shade(tone, 0.72f + 0.2f * scale * (u < 0.82f) + 0.12f * noise(u * 40, v * 8, seed)),
				hex(0xf4f8ff), sheen * 0.3f);
			put(c, x, y, shade(tone, 1 - 0.45f * smooth(0.7f, 1, side)),
				clampf((1 - side) * half * thick * 0.5f, 0, 1));
		}
	struct point eye = { o.x - co * n * 0.43f + si * thick * 0.2f, o.y - si * n * 0.43f - co * thick * 0.2f };
	fill_ellipse(c, eye, n * 0.02f, n * 0.02f, 0, hex(0xe4d9a8), 1);
	fill_ellipse(c, eye, n * 0.012f, n * 0.012f, 0, hex(0x101214), 1);
}

void scene_fish(const struct canvas *c, struct dice *d)
{
	static const uint32_t backs[] = { 0x2f4f5e, 0x3c5a46, 0x4a4e63, 0x6a4b3c };
	struct rgb back = hex(backs[pick(d, LB_COUNT(backs))]);
	uint64_t seed = fresh(d);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float ice = cloudy((float)x * 0.035f / c->unit, (float)y * 0.035f / c->unit, 4, seed);
			*at(c, x, y) = mix(hex(0x7f97a3), hex(0xf3f8fb), smooth(0.25f, 0.72f, ice));
		}
	float n = (float)c->w * roll(d, 0.46f, 0.56f), tilt = roll(d, -0.25f, 0.25f);
	for (float y = -n * 0.02f; y < (float)c->h + n * 0.1f; y += n * 0.19f)
		for (float x = n * roll(d, 0.1f, 0.4f); x < (float)c->w + n * 0.4f; x += n * 1.02f) {
			struct point p = { x + roll(d, -12, 12) * c->unit, y + roll(d, -8, 8) * c->unit };
			fill_ellipse(c, (struct point){ p.x + n * 0.01f, p.y + n * 0.06f }, n * 0.46f, n * 0.1f, tilt,
				hex(0x10202a), 0.4f);
			draw_fish(c, p, n, tilt + roll(d, -0.08f, 0.08f), shade(back, roll(d, 0.8f, 1.2f)), seed);
		}
	for (int i = 0; i < 5; i++) {
		struct point p = { roll(d, 0, (float)c->w), roll(d, 0, (float)c->h) };
		float r = c->unit * roll(d, 46, 62);
		fill_ellipse(c, p, r, r, 0, hex(0xf0c92e), 1);
		fill_ellipse(c, p, r * 0.88f, r * 0.88f, 0, hex(0xfbf1b4), 1);
		for (int k = 0; k < 8; k++)
			fill_ellipse(c, (struct point){ p.x + cosf(TURN * (float)k / 8) * r * 0.46f,
				p.y + sinf(TURN * (float)k / 8) * r * 0.46f }, r * 0.34f, r * 0.12f, TURN * (float)k / 8,
				hex(0xf4dc62), 0.95f);
	}
}

void scene_rope(const struct canvas *c, struct dice *d)
{
	struct point o = { (float)c->w * roll(d, 0.4f, 0.6f), (float)c->h * roll(d, 0.44f, 0.58f) };
	float thick = c->unit * roll(d, 42, 60);
	uint64_t seed = fresh(d);
	struct rgb fibre = pick(d, 3) ? hex(0xc9a66b) : hue(roll(d, 0.5f, 0.62f), 0.45f, 0.75f);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float dx = (float)x - o.x, dy = ((float)y - o.y) * 1.25f, far = sqrtf(dx * dx + dy * dy),
				angle = atan2f(dy, dx);
			float coil = far / thick - angle / TURN, turns = floorf(coil), across = coil - turns - 0.5f;
			float deck = cloudy((float)x * 0.004f / c->unit, (float)y * 0.05f / c->unit, 4, seed),
				plank = fmodf((float)y / (c->unit * 120), 1);
			struct rgb ground = shade(hex(0x7a5a3f), (0.6f + 0.55f * deck) * (plank < 0.03f ? 0.45f : 1));
			float round = sqrtf(clampf(1 - 4 * across * across, 0, 1)),
				run = (turns + angle / TURN) * 21 + across * 2.4f;
			float strand = 0.5f + 0.5f * sinf(run * TURN / 2), fuzz = cloudy(run * 6, across * 14, 3, seed + 2);
			bool rope = turns >= 1 && turns < 7;
			struct rgb tone = shade(fibre, (0.25f + 0.62f * round) * (0.62f + 0.4f * strand) + 0.2f * (fuzz - 0.4f));
			*at(c, x, y) = rope ? tone : turns < 1 ? shade(ground, 0.45f + 0.4f * far / thick) : shade(ground, 1 - 0.5f * smooth(8.2f, 7, coil));
		}
}

static void draw_hat(const struct canvas *c, int kind, float x, float y, float s, struct rgb tone)
{
	if (kind == 0) { /* cap with a peak */
		fill_ellipse(c, (struct point){ x - s * 0.01f, y - s * 0.1f }, s * 0.145f, s * 0.085f, 0, tone, 1);
		fill_ellipse(c, (struct point){ x + s * 0.08f, y - s * 0.07f }, s * 0.11f, s * 0.018f, 0.1f, tone, 1);
	} else if (kind == 1) { /* hair in a knot */
		fill_ellipse(c, (struct point){ x, y - s * 0.04f }, s * 0.145f, s * 0.16f, 0, tone, 1);
		fill_ellipse(c, (struct point){ x - s * 0.05f, y - s * 0.22f }, s * 0.062f, s * 0.055f, 0, tone, 1);
	} else if (kind == 2) { /* sou'wester */
		fill_ellipse(c, (struct point){ x, y - s * 0.09f }, s * 0.14f, s * 0.115f, 0, tone, 1);
		fill_ellipse(c, (struct point){ x - s * 0.04f, y - s * 0.03f }, s * 0.21f, s * 0.035f, -0.28f, tone, 1);
	} else { /* scarf */
		const struct point ends[] = { { x - s * 0.1f, y + s * 0.12f }, { x + s * 0.1f, y + s * 0.12f },
			{ x + s * 0.2f, y + s * 0.27f }, { x - s * 0.2f, y + s * 0.27f } };
		fill_ellipse(c, (struct point){ x, y - s * 0.01f }, s * 0.155f, s * 0.195f, 0, tone, 1);
		fill_polygon(c, ends, 4, tone, 1);
	}
}

static void draw_bust(const struct canvas *c, int kind, float x, float base, float s, struct rgb tone)
{
	struct point outline[42];
	size_t n = 0;
	for (int side = -1; side <= 1; side += 2)
		for (int i = 0; i <= 20; i++) { /* a shoulder falls away like part of a cosine */
			float t = side < 0 ? 1 - (float)i / 20 : (float)i / 20;
			outline[n++] = (struct point){ x + (float)side * s * (0.065f + 0.32f * t),
				base - s * (0.4f - 0.1f * t - 0.3f * t * t * t * t * t) };
		}
	fill_polygon(c, outline, n, tone, 1);
	fill_rect(c, x - s * 0.067f, base - s * 0.48f, s * 0.134f, s * 0.12f, tone, 1);
	fill_ellipse(c, (struct point){ x, base - s * 0.59f }, s * 0.12f, s * 0.16f, 0, tone, 1);
	fill_ellipse(c, (struct point){ x + s * 0.112f, base - s * 0.57f }, s * 0.026f, s * 0.022f, 0.5f, tone, 1);
	draw_hat(c, kind, x, base - s * 0.59f, s, tone);
}

/* A head against a window: kept dark, as one who does not want to be known. */
void scene_portrait(const struct canvas *c, struct dice *d)
{
	float w = (float)c->w, h = (float)c->h, s = (w < h ? w : h) * roll(d, 0.95f, 1.15f), x = w * roll(d, 0.38f, 0.62f),
		base = h * 1.02f;
	struct rgb back = hue(roll(d, 0.03f, 0.14f), roll(d, 0.2f, 0.5f), 0.92f),
		dark = hue(roll(d, 0.55f, 0.7f), 0.35f, 0.13f);
	int kind = pick(d, 4);
	soft_backdrop(c, d, shade(back, 0.5f), back, 40);
	glow(c, (struct point){ w * roll(d, 0.15f, 0.85f), h * 0.25f }, s * 0.5f, back, 0.4f);
	draw_bust(c, kind, x - s * 0.006f, base - s * 0.004f, s, mix(back, hex(0xffffff), 0.5f));
	draw_bust(c, kind, x, base, s, dark);
	for (int i = 0; i < 9; i++)
		line(c, (struct point){ x - s * 0.26f, base - s * (0.03f + 0.03f * (float)i) },
			(struct point){ x + s * 0.26f, base - s * (0.02f + 0.03f * (float)i) }, c->unit * 2,
			shade(dark, 1.6f), 0.6f);
}

void scene_cat(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[LIGHT_GOLD];
	float w = (float)c->w, h = (float)c->h, sill = h * 0.82f, s = c->unit * 520, x = w * roll(d, 0.35f, 0.65f);
	uint64_t seed = fresh(d);
	struct rgb fur = hex(pick(d, 2) ? 0x1c1714 : 0x4a2c18);
	draw_sky(c, l, h * 0.7f, 0.5f, seed);
	draw_sun(c, l, (struct point){ w * 0.8f, h * 0.4f }, c->unit * 40);
	fill_ridge(c, h * 0.7f, h * 0.14f, 1.3f, seed, mix(l->haze, l->dark, 0.3f), mix(l->haze, l->dark, 0.5f));
	blur(c, c->unit * 12);
	struct rgb frame = hex(0x5b4334);
	for (int i = 0; i <= 2; i++)
		fill_rect(c, w * 0.5f * (float)i - c->unit * 18, 0, c->unit * 36, h, frame, 1);
	fill_rect(c, 0, h * 0.3f, w, c->unit * 22, frame, 1);
	fill_rect(c, 0, sill, w, h - sill, hex(0x8a6a50), 1);
	fill_rect(c, 0, sill, w, c->unit * 14, hex(0xe0b98c), 1);
	const struct point ears[2][3] = { { { x - s * 0.15f, sill - s * 0.66f }, { x - s * 0.145f, sill - s * 0.84f },
		{ x - s * 0.02f, sill - s * 0.72f } }, { { x + s * 0.15f, sill - s * 0.66f }, { x + s * 0.145f,
		sill - s * 0.84f }, { x + s * 0.02f, sill - s * 0.72f } } };
	for (int pass = 0; pass < 2; pass++) {
		struct rgb tone = pass ? fur : mix(l->sun, fur, 0.25f);
		float grow = pass ? 1 : 1.025f, off = pass ? 0 : c->unit * 5;
		fill_ellipse(c, (struct point){ x + off, sill - s * 0.24f }, s * 0.22f * grow, s * 0.31f * grow, 0, tone, 1);
		fill_ellipse(c, (struct point){ x + off, sill - s * 0.62f }, s * 0.165f * grow, s * 0.15f * grow, 0, tone, 1);
		fill_ellipse(c, (struct point){ x + off + s * 0.2f, sill - s * 0.02f }, s * 0.2f, s * 0.045f * grow,
			0.08f, tone, 1);
		fill_ellipse(c, (struct point){ x + off - s * 0.08f, sill - s * 0.01f }, s * 0.07f, s * 0.04f, 0, tone, 1);
		fill_ellipse(c, (struct point){ x + off + s * 0.07f, sill - s * 0.01f }, s * 0.07f, s * 0.04f, 0, tone, 1);
	}
	for (int i = 0; i < 2; i++)
		fill_polygon(c, ears[i], 3, fur, 1);
	for (int i = -2; i <= 2; i++)
		line(c, (struct point){ x - s * 0.26f, sill - s * (0.58f + 0.02f * (float)i) },
			(struct point){ x + s * 0.26f, sill - s * (0.58f - 0.02f * (float)i) }, c->unit * 1.2f,
			mix(fur, l->sun, 0.6f), 0.5f);
}

/* A pot on a stove, steam in the light. */
void scene_kettle(const struct canvas *c, struct dice *d)
{
	float w = (float)c->w, h = (float)c->h, s = c->unit * 420, x = w * roll(d, 0.42f, 0.58f), base = h * 0.78f;
	struct rgb enamel = hue(pick(d, 2) ? roll(d, 0.55f, 0.62f) : roll(d, 0.0f, 0.08f), 0.6f, 0.62f);
	soft_backdrop(c, d, hex(0x3b2418), hex(0xb8834f), 16);
	fill_rect(c, 0, base, w, h - base, hex(0x2b211b), 1);
	fill_rect(c, 0, base, w, c->unit * 8, hex(0x8f6f52), 1);
	line(c, (struct point){ x + s * 0.3f, base - s * 0.2f }, (struct point){ x + s * 0.62f, base - s * 0.52f },
		s * 0.11f, shade(enamel, 0.8f), 1);
	for (int i = 0; i < 40; i++) {
		float a = TURN / 2 * (float)i / 40, b = TURN / 2 * (float)(i + 1) / 40;
		line(c, (struct point){ x + cosf(a) * s * 0.33f, base - s * 0.5f - sinf(a) * s * 0.36f },
			(struct point){ x + cosf(b) * s * 0.33f, base - s * 0.5f - sinf(b) * s * 0.36f }, s * 0.045f,
			hex(0x2a1c14), 1);
	}
	for (int y = (int)(base - s * 0.62f); (float)y < base; y++) {
		float t = (base - (float)y) / (s * 0.62f), half = s * (0.42f - 0.16f * t * t);
		for (int px = (int)(x - half); (float)px < x + half; px++) {
			float u = ((float)px - x) / half, lit = clampf(0.75f - 0.6f * (u + 0.35f) * (u + 0.35f), 0.12f, 1);
			put(c, px, y, add(shade(enamel, lit * 1.15f), hex(0xfff0d8),
				0.7f * expf(-(u + 0.45f) * (u + 0.45f) * 60) * smooth(0.1f, 0.4f, t)),
				clampf((1 - fabsf(u)) * half, 0, 1));
		}
	}
	fill_ellipse(c, (struct point){ x, base - s * 0.62f }, s * 0.26f, s * 0.045f, 0, shade(enamel, 1.25f), 1);
	fill_ellipse(c, (struct point){ x, base - s * 0.68f }, s * 0.035f, s * 0.035f, 0, hex(0x1d1410), 1);
	for (int i = 0; i < 70; i++) {
		float t = (float)i / 70;
		glow(c, (struct point){ x + s * (0.64f + 0.16f * sinf(t * 7) * t + 0.1f * t),
			base - s * (0.56f + 0.75f * t) }, s * (0.03f + 0.1f * t), hex(0xfff4e4), 0.1f * (1 - t));
	}
}

/* ---- papers ---------------------------------------------------------------------------------------------------- */

static void draw_compass(const struct canvas *c, struct point o, float r, struct rgb ink)
{
	for (int i = 0; i < 16; i++) {
		float a = TURN * (float)i / 16, far = r * (i % 4 == 0 ? 1 : i % 2 == 0 ? 0.7f : 0.45f), wide = r * 0.09f;
		struct point tip = { o.x + sinf(a) * far, o.y - cosf(a) * far }, side = { o.x + cosf(a) * wide,
			o.y + sinf(a) * wide };
		const struct point dart[] = { tip, side, o };
		line(c, o, tip, c->unit * 1.5f, ink, 0.9f);
		fill_polygon(c, dart, 3, ink, 0.85f);
	}
	for (int i = 0; i < 72; i++) {
		float a = TURN * (float)i / 72, in = i % 6 ? 1.04f : 1.0f;
		line(c, (struct point){ o.x + sinf(a) * r * in, o.y - cosf(a) * r * in },
			(struct point){ o.x + sinf(a) * r * 1.09f, o.y - cosf(a) * r * 1.09f }, c->unit * 1.4f, ink, 0.8f);
	}
}

void scene_chart(const struct canvas *c, struct dice *d)
{
	uint64_t seed = fresh(d);
	struct rgb land = hex(0xe6cf9a), shoal = hex(0xb9d4d6), deep = hex(0xeef2e8), ink = hex(0x4a3f35);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float u = (float)x * 0.0022f / c->unit, v = (float)y * 0.0022f / c->unit,
				height = cloudy(u, v, 6, seed) + 0.16f * ((float)x / (float)c->w - 0.5f);
			float level = (0.53f - height) * 22, to_line = fabsf(level - floorf(level + 0.5f)) / 22;
			float steep = fabsf(cloudy(u + 0.0022f / c->unit, v, 6, seed) - cloudy(u, v, 6,
				seed)) + fabsf(cloudy(u, v + 0.0022f / c->unit, 6, seed) - cloudy(u, v, 6, seed)) + 1e-5f;
			struct rgb tone = height > 0.53f ? shade(land, 0.94f + 0.25f * (height - 0.53f)) : mix(shoal,
				deep, clampf(level / 3.2f, 0, 1));
			bool coast = fabsf(height - 0.53f) < steep * 1.1f;
			tone = mix(tone, coast ? ink : mix(ink, shoal, 0.35f),
				coast ? 0.95f : level > 0 ? 0.55f * smooth(0.9f, 0.2f,
				to_line / steep) : 0.28f * smooth(0.9f, 0.2f, to_line / steep));
			*at(c, x, y) = tone;
		}
	for (int i = 1; i < 7; i++) {
		line(c, (struct point){ (float)c->w * (float)i / 7, 0 },
			(struct point){ (float)c->w * (float)i / 7, (float)c->h }, c->unit, ink, 0.3f);
		line(c, (struct point){ 0, (float)c->h * (float)i / 7 },
			(struct point){ (float)c->w, (float)c->h * (float)i / 7 }, c->unit, ink, 0.3f);
	}
	draw_compass(c, (struct point){ (float)c->w * roll(d, 0.18f, 0.3f), (float)c->h * roll(d, 0.65f, 0.78f) },
		c->unit * 110, hex(0x8a2f3c));
	float edge = c->unit * 26;
	for (int i = 0; i < 40; i++) {
		struct rgb bar = i % 2 ? ink : hex(0xf4efdf);
		fill_rect(c, (float)c->w * (float)i / 40, 0, (float)c->w / 40, edge * 0.4f, bar, 0.9f);
		fill_rect(c, (float)c->w * (float)i / 40, (float)c->h - edge * 0.4f, (float)c->w / 40, edge * 0.4f, bar,
			0.9f);
		fill_rect(c, 0, (float)c->h * (float)i / 40, edge * 0.4f, (float)c->h / 40, bar, 0.9f);
		fill_rect(c, (float)c->w - edge * 0.4f, (float)c->h * (float)i / 40, edge * 0.4f, (float)c->h / 40, bar,
			0.9f);
	}
}

static void draw_scribble(const struct canvas *c, struct dice *d, struct point p, float width, float size, struct rgb ink)
{
	float end = p.x + width;
	while (p.x < end) {
		float word = size * roll(d, 1.5f, 6.5f), stop = p.x + word;
		struct point from = p;
		while (from.x < stop && from.x < end) {
			struct point to = { from.x + size * roll(d, 0.12f, 0.32f),
				p.y + size * (chance(d, 0.16f) ? roll(d, -0.95f, -0.5f) : chance(d, 0.08f) ? roll(d, 0.5f,
				0.8f) : roll(d, -0.42f, 0.08f)) };
			line(c, from, to, c->unit * roll(d, 1.3f, 2.3f), ink, 0.85f);
			from = to;
		}
		p.x = stop + size * 0.6f;
	}
}

void scene_letter(const struct canvas *c, struct dice *d)
{
	float w = (float)c->w, h = (float)c->h, m = w * 0.1f, size = c->unit * 26;
	uint64_t seed = fresh(d);
	struct rgb paper = hex(0xefe3c6), ink = hex(pick(d, 2) ? 0x2b2a4a : 0x3a2416);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float stain = cloudy((float)x * 0.003f / c->unit, (float)y * 0.003f / c->unit, 5, seed),
				fibre = noise((float)x * 0.5f, (float)y * 0.08f, seed);
			*at(c, x, y) = shade(mix(paper, hex(0xb98f57), smooth(0.52f, 0.85f, stain) * 0.6f), 0.97f + 0.05f * fibre);
		}
	draw_scribble(c, d, (struct point){ w * 0.62f, h * 0.1f }, w * 0.26f, size, ink);
	draw_scribble(c, d, (struct point){ m, h * 0.19f }, w * 0.3f, size * 1.15f, ink);
	for (float y = h * 0.26f; y < h * 0.82f; y += size * 2.1f)
		draw_scribble(c, d, (struct point){ m + roll(d, -4, 10) * c->unit, y },
			w * (y > h * 0.76f ? 0.4f : 0.78f), size, ink);
	draw_scribble(c, d, (struct point){ w * 0.55f, h * 0.88f }, w * 0.3f, size * 1.5f, ink);
	struct point seal = { w * 0.18f, h * 0.88f };
	for (int i = 0; i < 3; i++)
		fill_ellipse(c, seal, c->unit * (62 - 17 * (float)i), c->unit * (58 - 16 * (float)i), 0.4f,
			shade(hex(0x9b2226), i == 1 ? 0.75f : 1.05f), 0.93f);
	for (int k = 1; k < 3; k++)
		fill_rect(c, 0, h * 0.333f * (float)k, w, c->unit * 3, hex(0x9c8052), 0.35f);
}
