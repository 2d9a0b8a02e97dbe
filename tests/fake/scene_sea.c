/* Scenes of the sea and the harbour. */
#include <math.h>

#include "tests/fake/draw.h"

static const struct light *some_light(struct dice *d, const int *choices, int count)
{
	return &lights[choices[pick(d, count)]];
}

/* Houses shoulder to shoulder behind a quay wall; returns nothing the water cannot mirror. */
static void draw_waterfront(const struct canvas *c, struct dice *d, float ground, float from, float to, const struct light *l)
{
	float x = from;
	while (x < to) {
		float w = c->unit * roll(d, 70, 125), h = w * roll(d, 1.0f, 1.75f);
		draw_house(c, d, x, ground - c->unit * 12, w, h, l);
		x += w + (chance(d, 0.25f) ? c->unit * roll(d, 5, 30) : 0);
	}
	fill_rect(c, from - c->unit * 30, ground - c->unit * 14, to - from + c->unit * 170, c->unit * 16,
		shade(hex(0x8a8378), l->brightness), 1);
	fill_rect(c, from - c->unit * 30, ground - c->unit * 14, to - from + c->unit * 170, c->unit * 3,
		shade(hex(0xb9b2a4), l->brightness), 1);
}

static void draw_town_hill(const struct canvas *c, struct dice *d, float horizon, const struct light *l)
{
	uint64_t seed = fresh(d);
	fill_ridge(c, horizon, c->unit * roll(d, 120, 260), 1.3f, seed, mix(l->haze, l->dark, 0.12f), l->haze);
	fill_ridge(c, horizon + c->unit * 20, c->unit * roll(d, 90, 170), 2.2f, seed + 3, mix(l->haze, l->dark, 0.42f),
		mix(l->haze, l->dark, 0.25f));
}

static void draw_church(const struct canvas *c, float x, float ground, float h, const struct light *l)
{
	struct rgb wall = shade(hex(0xe9e4d8), l->brightness * 0.93f), roof = shade(hex(0x4a4f57), l->brightness);
	const struct point spire[] = { { x - h * 0.1f, ground - h * 0.55f }, { x, ground - h }, { x + h * 0.1f,
		ground - h * 0.55f } };
	const struct point nave[] = { { x + h * 0.05f, ground - h * 0.3f }, { x + h * 0.12f, ground - h * 0.44f },
		{ x + h * 0.48f, ground - h * 0.44f }, { x + h * 0.55f, ground - h * 0.3f } };
	fill_rect(c, x + h * 0.07f, ground - h * 0.3f, h * 0.46f, h * 0.3f, wall, 1);
	fill_polygon(c, nave, LB_COUNT(nave), roof, 1);
	fill_rect(c, x - h * 0.08f, ground - h * 0.56f, h * 0.16f, h * 0.56f, wall, 1);
	fill_polygon(c, spire, LB_COUNT(spire), roof, 1);
	fill_ellipse(c, (struct point){ x, ground - h * 0.47f }, h * 0.03f, h * 0.03f, 0,
		shade(hex(0x39424a), l->brightness), 1);
}

static void float_boat(const struct canvas *c, struct dice *d, struct point keel, float length, float brightness)
{
	draw_boat(c, d, keel, length, brightness);
	draw_reflection(c, keel, length * 0.62f, length * 0.8f, fresh(d));
}

static void float_sail(const struct canvas *c, struct dice *d, struct point keel, float height, struct rgb cloth,
	float brightness)
{
	draw_sail(c, d, keel, height, cloth, brightness);
	draw_reflection(c, keel, height * 0.55f, height * 0.9f, fresh(d));
}

void scene_harbour(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_DAWN, LIGHT_DAY, LIGHT_GOLD, LIGHT_DUSK, LIGHT_GREY, LIGHT_DAY, LIGHT_GOLD };
	const struct light *l = some_light(d, choices, LB_COUNT(choices));
	float w = (float)c->w, horizon = (float)c->h * roll(d, 0.52f, 0.6f);
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, roll(d, 0.35f, 0.62f), seed);
	draw_town_hill(c, d, horizon, l);
	draw_church(c, w * roll(d, 0.2f, 0.7f), horizon - c->unit * 60, c->unit * roll(d, 210, 280), l);
	draw_waterfront(c, d, horizon, w * roll(d, -0.05f, 0.1f), w * roll(d, 0.82f, 1.1f), l);
	for (int i = 0, n = 3 + pick(d, 3); i < n; i++)
		draw_boat(c, d, (struct point){ w * roll(d, 0.04f, 0.96f), horizon + c->unit * 3 },
			c->unit * roll(d, 70, 120), l->brightness);
	draw_water(c, l, horizon, 0.5f, seed);
	float row = horizon + c->unit * 60;
	for (int i = 0; i < 4; i++, row += c->unit * roll(d, 35, 80))
		float_boat(c, d, (struct point){ w * (0.12f + 0.76f * roll(d, 0, 1)), row },
			c->unit * (110 + (float)i * 55), l->brightness);
	draw_gulls(c, d, mix(l->cloud, l->dark, 0.25f), 5 + pick(d, 6));
}

/* A close view: bows and masts side by side, fenders, bollard. */
void scene_quay(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_DAWN, LIGHT_GREY, LIGHT_DAY, LIGHT_GOLD };
	const struct light *l = some_light(d, choices, LB_COUNT(choices));
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.47f;
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, 0.5f, seed);
	draw_town_hill(c, d, horizon, l);
	draw_waterfront(c, d, horizon, -0.1f * w, w * 0.55f, l);
	draw_water(c, l, horizon, 0.35f, seed);
	float x = w * -0.05f;
	while (x < w * 1.05f) {
		float n = c->unit * roll(d, 300, 380);
		float_boat(c, d, (struct point){ x + n / 2, h * roll(d, 0.7f, 0.79f) }, n, l->brightness);
		x += n * 0.72f;
	}
	fill_rect(c, 0, h * 0.88f, w, h * 0.12f, shade(hex(0x7c756b), l->brightness), 1);
	for (int i = 0; i < 60; i++) {
		float sx = roll(d, 0, w), sy = roll(d, h * 0.89f, h);
		fill_ellipse(c, (struct point){ sx, sy }, c->unit * roll(d, 12, 40), c->unit * roll(d, 5, 12), 0,
			shade(hex(chance(d, 0.5f) ? 0x8b8479 : 0x6b655c), l->brightness), 0.6f);
	}
	fill_rect(c, 0, h * 0.88f, w, c->unit * 10, shade(hex(0xaaa295), l->brightness), 1);
	struct point bollard = { w * roll(d, 0.2f, 0.8f), h * 0.93f };
	fill_rect(c, bollard.x - c->unit * 26, bollard.y - c->unit * 80, c->unit * 52, c->unit * 80, hex(0x22262a), 1);
	fill_ellipse(c, (struct point){ bollard.x, bollard.y - c->unit * 82 }, c->unit * 42, c->unit * 20, 0,
		hex(0x30363b), 1);
	fill_ellipse(c, bollard, c->unit * 27, c->unit * 10, 0, hex(0x1b1e21), 1);
}

void scene_sunset(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_GOLD, LIGHT_DUSK, LIGHT_DAWN };
	const struct light *l = some_light(d, choices, LB_COUNT(choices));
	float w = (float)c->w, h = (float)c->h, horizon = h * roll(d, 0.55f, 0.66f);
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, roll(d, 0.45f, 0.7f), seed);
	draw_sun(c, l, (struct point){ w * roll(d, 0.3f, 0.7f), horizon - h * roll(d, 0.04f, 0.16f) },
		c->unit * roll(d, 26, 42));
	fill_ridge(c, horizon + c->unit * 4, c->unit * roll(d, 20, 110), 0.8f, seed + 1, mix(l->haze, l->dark, 0.35f),
		mix(l->haze, l->dark, 0.5f));
	draw_water(c, l, horizon, 0.8f, seed);
	if (chance(d, 0.6f))
		float_sail(c, d, (struct point){ w * roll(d, 0.15f, 0.85f), horizon + c->unit * roll(d, 10, 60) },
			c->unit * roll(d, 90, 190), mix(l->horizon, l->dark, 0.55f), 0.8f);
	draw_gulls(c, d, l->dark, 4 + pick(d, 5));
}

static void draw_rocks(const struct canvas *c, struct dice *d, float base, float from, float to, struct rgb color)
{
	for (float x = from; x < to; x += c->unit * roll(d, 14, 34)) {
		float r = c->unit * roll(d, 14, 46);
		struct point lump[7];
		for (int i = 0; i < 7; i++) {
			float a = 6.2832f * (float)i / 7, far = r * roll(d, 0.7f, 1.15f);
			lump[i] = (struct point){ x + cosf(a) * far * 1.3f, base + sinf(a) * far * 0.6f };
		}
		fill_polygon(c, lump, 7, shade(color, roll(d, 0.75f, 1.2f)), 1);
	}
}

static void draw_tower(const struct canvas *c, struct point foot, float h, const struct light *l)
{
	float b = l->brightness;
	for (int i = 0; i < 5; i++) {
		float low = (float)i / 5, high = (float)(i + 1) / 5, r0 = h * (0.11f - 0.045f * low),
			r1 = h * (0.11f - 0.045f * high);
		const struct point ring[] = { { foot.x - r0, foot.y - h * 0.8f * low }, { foot.x + r0,
			foot.y - h * 0.8f * low }, { foot.x + r1, foot.y - h * 0.8f * high }, { foot.x - r1,
			foot.y - h * 0.8f * high } };
		const struct point dim[] = { { foot.x + r0 * 0.2f, ring[0].y }, ring[1], ring[2], { foot.x + r1 * 0.2f,
			ring[2].y } };
		fill_polygon(c, ring, 4, shade(hex(i % 2 ? 0xf4efe6 : 0xb23a32), b), 1);
		fill_polygon(c, dim, 4, l->dark, 0.25f);
	}
	fill_rect(c, foot.x - h * 0.085f, foot.y - h * 0.82f, h * 0.17f, h * 0.025f, shade(hex(0x2a2f33), b), 1);
	fill_rect(c, foot.x - h * 0.045f, foot.y - h * 0.91f, h * 0.09f, h * 0.09f,
		b < 0.6f ? hex(0xffe7a8) : shade(hex(0xbfd4da), b), 1);
	const struct point cap[] = { { foot.x - h * 0.06f, foot.y - h * 0.91f }, { foot.x, foot.y - h },
		{ foot.x + h * 0.06f, foot.y - h * 0.91f } };
	fill_polygon(c, cap, 3, shade(hex(0x8c2f28), b), 1);
	if (b < 0.6f)
		glow(c, (struct point){ foot.x, foot.y - h * 0.865f }, h * 0.28f, hex(0xffe0a0), 0.7f);
}

static void draw_beam(const struct canvas *c, struct point from, float side, struct rgb color)
{
	float reach = (float)c->w * 1.2f;
	for (int i = 0; i < 14; i++) {
		float wide = reach * (0.04f + 0.012f * (float)i);
		const struct point cone[] = { from, { from.x + side * reach, from.y - reach * 0.1f - wide },
			{ from.x + side * reach, from.y - reach * 0.1f + wide } };
		fill_polygon(c, cone, 3, color, 0.016f);
	}
}

void scene_lighthouse(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_DUSK, LIGHT_NIGHT, LIGHT_DAY, LIGHT_GREY };
	const struct light *l = some_light(d, choices, LB_COUNT(choices));
	float w = (float)c->w, h = (float)c->h, horizon = h * roll(d, 0.62f, 0.7f), x = w * roll(d, 0.25f, 0.75f);
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, l->night ? 0.3f : 0.5f, seed);
	if (l->night)
		draw_stars(c, d, horizon, 350);
	struct point foot = { x, horizon - c->unit * 40 };
	if (l->brightness < 0.6f)
		draw_beam(c, (struct point){ foot.x, foot.y - c->unit * 380 * 0.865f }, x < w / 2 ? 1.0f : -1.0f,
			hex(0xffe9b8));
	draw_tower(c, foot, c->unit * 380, l);
	draw_house(c, d, x + c->unit * 60, foot.y + c->unit * 12, c->unit * 95, c->unit * 60, l);
	for (int i = 0; i < 3; i++)
		draw_rocks(c, d, horizon - c->unit * (28 - 14 * (float)i), x - c->unit * (170 + 50 * (float)i),
			x + c->unit * (230 + 60 * (float)i), mix(shade(hex(0x6c675f), l->brightness), l->dark, 0.35f));
	draw_water(c, l, horizon, 1.0f, seed);
}

void scene_regatta(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_DAY, LIGHT_DAY, LIGHT_GREY, LIGHT_GOLD };
	const struct light *l = some_light(d, choices, LB_COUNT(choices));
	float w = (float)c->w, h = (float)c->h, horizon = h * roll(d, 0.5f, 0.6f);
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, roll(d, 0.4f, 0.6f), seed);
	fill_ridge(c, horizon + c->unit * 3, c->unit * roll(d, 60, 140), 1.1f, seed + 1, mix(l->haze, l->dark, 0.25f),
		l->haze);
	for (int i = 0; i < 9; i++)
		draw_sail(c, d, (struct point){ w * roll(d, 0.02f, 0.98f), horizon + c->unit * 2 },
			c->unit * roll(d, 55, 100), hex(0xf5f2ea), l->brightness);
	draw_water(c, l, horizon, 0.9f, seed);
	for (int i = 0; i < 5; i++) {
		float near = (float)i / 4;
		struct rgb cloth = chance(d, 0.35f) ? hue(roll(d, 0, 1), 0.65f, 0.9f) : hex(0xf7f4ec);
		float_sail(c, d, (struct point){ w * roll(d, 0.1f, 0.9f), horizon + c->unit * (30 + 190 * near) },
			c->unit * (170 + 230 * near), cloth, l->brightness);
	}
}

static void draw_smoke(const struct canvas *c, struct dice *d, struct point from, float size, float drift, struct rgb color)
{
	for (int i = 0; i < 60; i++) {
		float t = (float)i / 60;
		struct point p = { from.x + drift * t * size * 7 + roll(d, -1, 1) * size * t,
			from.y - size * 2.6f * sqrtf(t) + roll(d, -1, 1) * size * t };
		glow(c, p, size * (0.25f + t * 0.9f), mix(color, hex(0x777777), t), -0.16f * (1 - t));
	}
}

/* Her keel amidships at y; n long; lit: lamps behind the portholes. */
static void draw_steamer(const struct canvas *c, struct dice *d, float x, float y, float n, float b, bool lit)
{
	const struct point hull[] = { { x - n * 0.1f, y - n * 0.15f }, { x - n * 0.05f, y + n * 0.01f }, { x + n * 0.8f,
		y + n * 0.01f }, { x + n * 0.92f, y - n * 0.19f }, { x + n * 0.7f, y - n * 0.135f }, { x + n * 0.1f,
		y - n * 0.125f } };
	fill_rect(c, x + n * 0.06f, y - n * 0.185f, n * 0.6f, n * 0.07f, shade(hex(0xf0ebdf), b), 1);
	fill_rect(c, x + n * 0.17f, y - n * 0.235f, n * 0.34f, n * 0.055f, shade(hex(0xf4efe3), b), 1);
	fill_rect(c, x + n * 0.44f, y - n * 0.29f, n * 0.1f, n * 0.07f, shade(hex(0xdcd5c5), b), 1);
	fill_rect(c, x + n * 0.29f, y - n * 0.38f, n * 0.075f, n * 0.16f, shade(hex(0x37322e), b), 1);
	fill_rect(c, x + n * 0.29f, y - n * 0.35f, n * 0.075f, n * 0.035f, shade(hex(0xc9a05a), b), 1);
	fill_polygon(c, hull, LB_COUNT(hull), shade(hex(0x25282b), b), 1);
	for (int i = 0; i < 14; i++) {
		struct point port = { x + n * (0.09f + 0.04f * (float)i), y - n * 0.15f };
		fill_ellipse(c, port, n * 0.009f, n * 0.012f, 0, lit ? hex(0xffe2a0) : shade(hex(0x2b2f33), b), 1);
		if (lit)
			glow(c, port, n * 0.024f, hex(0xffb860), 0.5f);
	}
	for (int i = 0; i < 2; i++) {
		struct point foot = { x + n * (0.02f + 0.66f * (float)i), y - n * 0.13f }, top = { foot.x - n * 0.01f,
			foot.y - n * 0.42f };
		line(c, foot, top, n * 0.012f, shade(hex(0x5a4735), b), 1);
		line(c, top, (struct point){ x + n * (i ? 0.9f : 0.3f), y - n * (i ? 0.18f : 0.36f) }, c->unit * 1.4f,
			hex(0x33302c), 0.8f);
		if (lit)
			glow(c, top, n * 0.03f, hex(0xffe0a8), 0.9f);
	}
	for (int i = 0; i < 16; i++)
		draw_person(c, d, (struct point){ x + n * roll(d, 0.02f, 0.66f), y - n * 0.184f }, n * 0.045f,
			shade(hex(0x2e2b2a), roll(d, 0.6f, 1.4f) * (lit ? 0.4f : 1)));
}

void scene_steamer(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[LIGHT_GREY];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.62f, n = c->unit * roll(d, 620, 820),
		x = w * roll(d, 0.28f, 0.4f), y = horizon + c->unit * 16;
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, 0.55f, seed);
	fill_ridge(c, horizon + c->unit * 3, c->unit * 90, 0.9f, seed + 1, mix(l->haze, l->dark, 0.2f), l->haze);
	draw_smoke(c, d, (struct point){ x + n * 0.33f, y - n * 0.36f }, c->unit * 62, roll(d, -1, 1) > 0 ? 0.9f : -0.9f,
		hex(0xffffff));
	draw_steamer(c, d, x, y, n, 0.7f, false);
	draw_water(c, l, horizon, 0.9f, seed);
}

static void draw_snowfall(const struct canvas *c, struct dice *d, int count)
{
	for (int i = 0; i < count; i++) {
		float r = c->unit * (0.9f + 4 * powf(roll(d, 0, 1), 7));
		fill_ellipse(c, (struct point){ roll(d, 0, (float)c->w), roll(d, 0, (float)c->h) }, r, r, 0,
			hex(0xffffff), roll(d, 0.2f, 0.75f));
	}
}

/* Backs of those who wait on the quay, some with a lantern. */
static void draw_waiting(const struct canvas *c, struct dice *d, int rows)
{
	for (int row = 0; row < rows; row++)
		for (float x = -20; x < (float)c->w + 20; x += c->unit * roll(d, 26, 62)) {
			struct point feet = { x, (float)c->h * (0.97f + 0.045f * (float)row) };
			float tall = c->unit * roll(d, 150, 205) * (0.85f + 0.12f * (float)row);
			draw_person(c, d, feet, tall, shade(hex(0x1d1b22), 1.5f - 0.35f * (float)row));
			if (!chance(d, 0.22f))
				continue;
			struct point lamp = { x + tall * 0.17f, feet.y - tall * roll(d, 0.75f, 1.02f) };
			glow(c, lamp, tall * 0.19f, hex(0xffb45c), 0.75f);
			fill_ellipse(c, lamp, tall * 0.026f, tall * 0.036f, 0, hex(0xfff0c8), 1);
		}
}

/* The ferry comes in at night and everybody is there. */
void scene_ferry(const struct canvas *c, struct dice *d)
{
	struct light l = lights[LIGHT_NIGHT];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.6f;
	uint64_t seed = fresh(d);
	l.zenith = hex(0x101a30);
	l.brightness = 0.36f;
	draw_sky(c, &l, horizon, 0.6f, seed);
	fill_ridge(c, horizon + c->unit * 3, c->unit * 150, 1.2f, seed + 1, hex(0x1b2740), hex(0x141d31));
	draw_waterfront(c, d, horizon, w * 0.6f, w * 1.05f, &l);
	draw_smoke(c, d, (struct point){ w * 0.3f, horizon - c->unit * 190 }, c->unit * 60, 0.8f, hex(0x444444));
	draw_steamer(c, d, w * roll(d, 0.06f, 0.14f), horizon + c->unit * 12, c->unit * 640, 0.4f, true);
	draw_water(c, &l, horizon, 0.8f, seed);
	fill_rect(c, 0, h * 0.88f, w, h * 0.12f, hex(0x2c3140), 1);
	fill_rect(c, 0, h * 0.88f, w, c->unit * 8, hex(0x8f97a8), 0.8f);
	draw_waiting(c, d, 3);
	draw_snowfall(c, d, 1100);
}

/* Waves with steep crests: high where a sine is near its top, foam just below. */
static void draw_breaker(const struct canvas *c, float base, float height, float length, float phase, float near,
	uint64_t seed)
{
	struct rgb body = mix(hex(0x56696d), hex(0x1d343b), near), foam = hex(0xe9eeec);
	for (int x = 0; x < c->w; x++) {
		float u = (float)x / length + phase + 0.35f * noise((float)x / length * 0.7f, 4, seed),
			crest = 1 - fabsf(sinf(u));
		float top = base - height * (crest * crest * (0.55f + 0.6f * noise(u * 0.7f, 8,
			seed)) + 0.12f * noise(u * 6, 1, seed));
		for (int y = (int)top; y < c->h; y++) {
			float below = ((float)y - top) / (height + 1),
				lace = cloudy((float)x * 0.02f / c->unit, (float)y * 0.035f / c->unit, 4, seed + 3);
			float white = smooth(0.05f + 0.3f * crest * crest, 0,
				below - 0.35f * (lace - 0.5f)) * smooth(0.1f, 0.75f, crest) + smooth(0.62f, 0.74f,
				lace) * 0.6f * smooth(1.4f, 0.1f, below);
			float lit = 0.75f + 0.5f * noise((float)x * 0.008f / c->unit, (float)y * 0.05f / c->unit, seed + 7);
			put(c, x, y, mix(shade(body, lit), foam, clampf(white, 0, 0.95f)),
				y == (int)top ? 1 - (top - floorf(top)) : 1);
		}
	}
}

static void draw_spray(const struct canvas *c, struct dice *d, struct point foot, float size)
{
	for (int i = 0; i < 900; i++) {
		float angle = roll(d, -1.2f, 1.2f), far = size * powf(roll(d, 0, 1), 0.7f),
			r = c->unit * roll(d, 0.6f, 4.5f) * (1.2f - 0.8f * far / size);
		struct point p = { foot.x + sinf(angle) * far * 0.75f, foot.y - cosf(angle) * far };
		fill_ellipse(c, p, r, r, 0, hex(0xf3f6f5), roll(d, 0.15f, 0.7f) * (1 - 0.6f * far / size));
	}
	glow(c, (struct point){ foot.x, foot.y - size * 0.2f }, size * 0.3f, hex(0xdde4e4), 0.35f);
}

static void draw_pier(const struct canvas *c, struct dice *d, float from, float level, const struct light *l)
{
	fill_rect(c, from, level, (float)c->w - from, c->unit * 120, hex(0x30383c), 1);
	fill_rect(c, from, level, (float)c->w - from, c->unit * 12, hex(0x596366), 1);
	draw_tower(c, (struct point){ from + c->unit * 90, level + c->unit * 4 }, c->unit * 250, l);
	draw_spray(c, d, (struct point){ from - c->unit * 10, level + c->unit * 50 }, c->unit * roll(d, 240, 330));
}

void scene_storm(const struct canvas *c, struct dice *d)
{
	struct light l = lights[LIGHT_GREY];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.46f;
	uint64_t seed = fresh(d);
	l.zenith = hex(0x39444f);
	l.middle = hex(0x5c6770);
	l.horizon = hex(0xa9b2b0);
	l.cloud = hex(0x8c969c);
	l.cloud_shade = hex(0x343d47);
	draw_sky(c, &l, horizon, 0.85f, seed);
	for (int i = 0; i < 9; i++) {
		float near = (float)i / 8;
		draw_breaker(c, horizon + (h * 1.02f - horizon) * powf(near, 1.5f) + c->unit * 14,
			c->unit * (14 + 150 * near), c->unit * (60 + 260 * near), roll(d, 0, 6), near,
			seed + (uint64_t)i * 5);
		if (i == 4)
			draw_pier(c, d, w * roll(d, 0.55f, 0.72f), horizon + c->unit * 92, &l);
	}
	draw_gulls(c, d, hex(0xe8ebea), 4);
}
