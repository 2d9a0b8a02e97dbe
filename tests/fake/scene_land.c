/* Scenes of land and weather. */
#include <math.h>

#include "tests/fake/draw.h"

void scene_hills(const struct canvas *c, struct dice *d)
{
	static const int choices[] = { LIGHT_DAWN, LIGHT_GOLD, LIGHT_DAY, LIGHT_DUSK };
	const struct light *l = &lights[choices[pick(d, LB_COUNT(choices))]];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.55f;
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, roll(d, 0.35f, 0.6f), seed);
	if (chance(d, 0.7f))
		draw_sun(c, l, (struct point){ w * roll(d, 0.2f, 0.8f), h * roll(d, 0.22f, 0.38f) }, c->unit * 30);
	for (int i = 0; i < 6; i++) {
		float near = (float)i / 5;
		struct rgb top = mix(mix(l->haze, l->horizon, 0.25f), mix(l->dark, shade(hex(0x3f6b3a), l->brightness),
			0.45f), near);
		fill_ridge(c, h * (0.55f + 0.36f * near), h * (0.24f - 0.05f * near), 1.1f + near * 0.9f,
			seed + (uint64_t)i * 7, top, mix(top, l->haze, 0.5f - 0.4f * near));
	}
	for (int i = 0; i < 34; i++) {
		float x = roll(d, 0, w), base = ridge_at(c, x, h * 0.91f, h * 0.19f, 2.0f, seed + 35);
		draw_pine(c, d, (struct point){ x, base + c->unit * roll(d, 4, 60) }, c->unit * roll(d, 60, 150),
			mix(l->dark, shade(hex(0x2f5230), l->brightness), 0.35f));
	}
}

static void draw_trunk(const struct canvas *c, struct dice *d, float x, float width, struct rgb color, struct rgb rim)
{
	float bend = roll(d, -0.06f, 0.06f) * (float)c->w;
	uint64_t seed = fresh(d);
	for (int y = 0; y < c->h; y++) {
		float t = (float)y / (float)c->h,
			center = x + bend * (1 - t) * (1 - t) + c->unit * 4 * noise((float)y * 0.02f, 3, seed);
		float half = width * (0.38f + 0.16f * t + 0.25f * smooth(0.86f, 1, t));
		for (int px = (int)(center - half); (float)px <= center + half; px++) {
			float u = ((float)px - center) / half, bark = cloudy((float)px * 0.16f, (float)y * 0.025f, 3, seed);
			struct rgb tone = mix(color, rim, clampf(smooth(0.2f, 1, -u) * 0.75f, 0, 1));
			put(c, px, y, shade(tone, 0.72f + 0.6f * bark), clampf((1 - fabsf(u)) * half, 0, 1));
		}
	}
}

void scene_forest(const struct canvas *c, struct dice *d)
{
	static const uint32_t tints[][2] = { { 0xdfe8c4, 0x39492b }, { 0xf6d7a0, 0x5a3a20 }, { 0xcfdfe0, 0x2d4246 },
		{ 0xffc878, 0x5e2c17 } };
	const uint32_t *tint = tints[pick(d, LB_COUNT(tints))];
	struct rgb mist = hex(tint[0]), wood = hex(tint[1]);
	float w = (float)c->w, h = (float)c->h;
	uint64_t seed = fresh(d);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float t = (float)y / h, leaf = cloudy((float)x * 0.012f / c->unit, (float)y * 0.012f / c->unit, 4,
				seed);
			*at(c, x, y) = mix(mist, mix(wood, mist, 0.35f), clampf(fabsf(t - 0.45f) * 1.1f + (leaf - 0.5f) * 0.9f, 0, 1));
		}
	glow(c, (struct point){ w * roll(d, 0.25f, 0.7f), h * 0.3f }, h * 0.42f, mist, 0.35f);
	for (int layer = 0; layer < 5; layer++) {
		float near = (float)layer / 4;
		for (int i = 0; i < 13 - 2 * layer; i++)
			draw_trunk(c, d, roll(d, -0.02f, 1.02f) * w, c->unit * (14 + 78 * near * near) * roll(d, 0.7f,
				1.3f), mix(mist, shade(wood, 0.6f), 0.22f + 0.74f * near), mix(mist, wood, 0.3f * near));
	}
	for (int i = 0; i < 9; i++) {
		float x = w * roll(d, 0.1f, 0.9f), wide = c->unit * roll(d, 20, 70);
		const struct point ray[] = { { x, 0 }, { x + wide, 0 }, { x - h * 0.42f + wide * 2.6f, h }, { x - h * 0.42f,
			h } };
		fill_polygon(c, ray, 4, mist, 0.06f);
	}
	for (int i = 0; i < 1500; i++) {
		float y = h * (0.8f + 0.2f * sqrtf(roll(d, 0, 1))), x = roll(d, 0, w), r = c->unit * roll(d, 3, 13);
		fill_ellipse(c, (struct point){ x, y }, r, r * 0.4f, roll(d, -0.6f, 0.6f),
			mix(shade(wood, 0.8f), mist, roll(d, 0, 0.55f)), 0.7f);
	}
}

static void draw_aurora(const struct canvas *c, uint64_t seed, struct rgb low, struct rgb high)
{
	for (int x = 0; x < c->w; x++) {
		float u = (float)x / (float)c->h, foot = (float)c->h * (0.32f + 0.3f * cloudy(u * 1.4f, 1, 3, seed));
		float strength = smooth(0.3f, 0.75f, cloudy(u * 2.2f, 5, 3, seed + 1)),
			tall = (float)c->h * (0.2f + 0.3f * noise(u * 18, 2, seed + 2));
		for (int y = 0; y < c->h; y++) {
			float up = (foot - (float)y) / tall;
			if (up < -0.12f || up > 1.4f)
				continue;
			float body = up < 0 ? 1 + up / 0.12f : expf(-up * 2.4f);
			struct rgb *p = at(c, x, y);
			*p = add(*p, mix(low, high, clampf(up, 0, 1)), body * strength * (0.45f + 0.3f * noise(u * 60, up, seed + 3)));
		}
	}
}

void scene_night(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[LIGHT_NIGHT];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.74f, tilt = roll(d, -0.7f, 0.7f);
	uint64_t seed = fresh(d);
	bool aurora = chance(d, 0.5f);
	draw_sky(c, l, horizon, 0.1f, seed);
	for (int y = 0; y < c->h && !aurora; y++)
		for (int x = 0; x < c->w; x++) {
			float far = ((float)x / w - 0.5f) * tilt + (float)y / h - 0.34f,
				dust = cloudy((float)x * 0.006f / c->unit, (float)y * 0.006f / c->unit, 5, seed);
			float band = expf(-far * far * 34) * smooth(0.25f, 0.75f, dust);
			*at(c, x, y) = add(*at(c, x, y), mix(hex(0x8494c8), hex(0xd8b8a0), dust), band * 0.5f);
		}
	if (aurora)
		draw_aurora(c, seed, hex(0x4dff9a), hex(0x6a4dd8));
	draw_stars(c, d, horizon, aurora ? 500 : 1300);
	fill_ridge(c, horizon, h * 0.18f, 1.2f, seed + 3, hex(0x0b1424), hex(0x070d18));
	fill_ridge(c, h * 0.86f, h * 0.12f, 2.6f, seed + 4, hex(0x060b14), hex(0x03060b));
	for (int i = 0; i < 26; i++)
		draw_pine(c, d, (struct point){ roll(d, 0, w), h * roll(d, 0.86f, 1.0f) }, c->unit * roll(d, 70, 170),
			hex(0x04070c));
	float x = w * roll(d, 0.3f, 0.7f);
	fill_rect(c, x, h * 0.84f, c->unit * 46, c->unit * 26, hex(0x120d0a), 1);
	fill_rect(c, x + c->unit * 10, h * 0.848f, c->unit * 10, c->unit * 10, hex(0xffd07a), 1);
	glow(c, (struct point){ x + c->unit * 15, h * 0.853f }, c->unit * 26, hex(0xffa94d), 0.55f);
}

void scene_winter(const struct canvas *c, struct dice *d)
{
	struct light l = lights[chance(d, 0.5f) ? LIGHT_DUSK : LIGHT_GREY];
	float w = (float)c->w, h = (float)c->h, ground = h * 0.72f;
	uint64_t seed = fresh(d);
	struct rgb snow = mix(hex(0xf4f7fb), l.zenith, l.brightness < 0.6f ? 0.48f : 0.12f);
	draw_sky(c, &l, ground, 0.7f, seed);
	fill_ridge(c, ground, h * 0.26f, 1.2f, seed + 1, mix(snow, l.haze, 0.5f), mix(snow, l.haze, 0.3f));
	for (int i = 0; i < 24; i++)
		draw_pine(c, d, (struct point){ roll(d, 0, w), ground - h * roll(d, -0.01f, 0.06f) },
			c->unit * roll(d, 80, 200), mix(shade(hex(0x35504a), l.brightness), snow, 0.28f));
	for (float x = w * 0.06f; x < w * 0.9f; ) {
		float wide = c->unit * roll(d, 100, 150), tall = wide * roll(d, 0.7f, 1.1f);
		if (chance(d, 0.7f)) {
			draw_house(c, d, x, ground + c->unit * 10, wide, tall, &l);
			const struct point cap[] = { { x - wide * 0.07f, ground + c->unit * 10 - tall }, { x + wide / 2,
				ground + c->unit * 6 - tall - wide * 0.6f }, { x + wide * 1.07f,
				ground + c->unit * 10 - tall }, { x + wide / 2,
					ground + c->unit * 14 - tall - wide * 0.44f } };
			fill_polygon(c, cap, 4, snow, 0.96f);
		}
		x += wide * roll(d, 1.1f, 1.6f);
	}
	fill_ridge(c, ground + c->unit * 30, c->unit * 40, 1.6f, seed + 5, snow, mix(snow, l.zenith, 0.2f));
	for (int i = 0; i < 6; i++)
		draw_person(c, d, (struct point){ w * roll(d, 0.1f, 0.9f), h * roll(d, 0.8f, 0.92f) },
			c->unit * roll(d, 70, 110), mix(hue(roll(d, 0, 1), 0.5f, 0.35f), l.dark, 0.5f));
	for (int i = 0; i < 900; i++) {
		float r = c->unit * (1 + 3.5f * powf(roll(d, 0, 1), 6));
		fill_ellipse(c, (struct point){ roll(d, 0, w), roll(d, 0, h) }, r, r, 0, hex(0xffffff),
			roll(d, 0.25f, 0.85f));
	}
}

void scene_island(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[pick(d, 3)];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.56f;
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, roll(d, 0.3f, 0.55f), seed);
	struct rgb rock = mix(shade(hex(0x59704a), l->brightness), l->haze, 0.3f);
	float center = w * roll(d, 0.35f, 0.65f), wide = w * roll(d, 0.22f, 0.34f), tall = c->unit * roll(d, 170, 300);
	for (int x = 0; x < c->w; x++) {
		float u = ((float)x - center) / wide,
			top = tall * expf(-u * u * 2.2f) * (0.7f + 0.6f * cloudy((float)x * 0.012f / c->unit, 2, 5, seed));
		for (int y = (int)(horizon - top); (float)y < horizon && top > c->unit * 6; y++) {
			float relief = cloudy((float)x * 0.03f / c->unit, (float)y * 0.05f / c->unit, 4, seed + 1);
			put(c, x, y, mix(shade(rock, 0.6f + 0.8f * relief), hex(0xbfb5a0),
				smooth(0.94f, 1, (float)y / horizon) * 0.7f), 1);
		}
	}
	for (int i = 0; i < 7; i++)
		draw_house(c, d, center + wide * roll(d, -0.75f, 0.6f), horizon - c->unit * roll(d, 0, 24),
			c->unit * roll(d, 22, 34), c->unit * roll(d, 20, 32), l);
	draw_water(c, l, horizon, 0.6f, seed);
	draw_boat(c, d, (struct point){ w * roll(d, 0.2f, 0.8f), h * 0.78f }, c->unit * roll(d, 150, 220), l->brightness);
	draw_gulls(c, d, mix(l->cloud, l->dark, 0.3f), 5);
}
