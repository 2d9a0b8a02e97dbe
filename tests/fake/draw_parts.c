/* Pieces that scenes share: sky, water, boats, houses, trees, people. */
#include <math.h>

#include "tests/fake/draw.h"

#define HEX(v) { (float)((v) >> 16 & 255) / 255, (float)((v) >> 8 & 255) / 255, (float)((v) & 255) / 255 }

const struct light lights[] = {
	[LIGHT_DAWN] = { HEX(0x5b78a6), HEX(0xb9a9b8), HEX(0xf6c7a2), HEX(0xf9d4c0), HEX(0x8d87a3), HEX(0xffdfb0),
		HEX(0xd9b8ad), HEX(0x2b3147), 0.8f, false },
	[LIGHT_DAY] = { HEX(0x2f6db3), HEX(0x6fa5d6), HEX(0xcfe2ee), HEX(0xffffff), HEX(0x9fb2c6), HEX(0xfffbe8),
		HEX(0xb9cfdd), HEX(0x1e3340), 1.0f, false },
	[LIGHT_GOLD] = { HEX(0x41679a), HEX(0xb69a8e), HEX(0xffc070), HEX(0xffd79a), HEX(0x97706b), HEX(0xfff0b5),
		HEX(0xe8b884), HEX(0x35241f), 0.92f, false },
	[LIGHT_DUSK] = { HEX(0x1c2a55), HEX(0x5d4a80), HEX(0xf08a5d), HEX(0xd9718a), HEX(0x40386b), HEX(0xffb27a),
		HEX(0x7b5878), HEX(0x141529), 0.45f, false },
	[LIGHT_NIGHT] = { HEX(0x060b1e), HEX(0x0f1d3f), HEX(0x27406b), HEX(0x2b3b62), HEX(0x101a36), HEX(0xdfe6ff),
		HEX(0x1d2c50), HEX(0x05070f), 0.22f, true },
	[LIGHT_GREY] = { HEX(0x7d8b97), HEX(0xa3adb4), HEX(0xcfd3d2), HEX(0xdfe1e0), HEX(0x77828c), HEX(0xf4f2ea),
		HEX(0xb6bdbf), HEX(0x2e363b), 0.75f, false },
};

/* ---- sky and water --------------------------------------------------------------------------------------------- */

static struct rgb sky_color(const struct light *l, float t)
{
	struct rgb low = mix(l->middle, l->horizon, smooth(0.45f, 1.0f, t));
	return mix(l->zenith, low, smooth(0, 0.62f, t));
}

void draw_sky(const struct canvas *c, const struct light *l, float horizon, float cover, uint64_t seed)
{
	for (int y = 0; y < c->h; y++) {
		float t = clampf((float)y / horizon, 0, 1), depth = 0.16f + (1 - t); /* clouds shrink towards the horizon */
		for (int x = 0; x < c->w; x++) {
			struct rgb color = sky_color(l, t);
			float u = ((float)x / (float)c->h - 0.8f) / depth * 1.5f, v = 2.6f / depth;
			float body = cloudy(u, v, 5, seed), lit = cloudy(u + 0.05f, v - 0.12f, 5, seed);
			float density = smooth(1 - cover, 1.32f - cover, body) * smooth(1.04f, 0.8f, t);
			struct rgb cloud = mix(l->cloud, l->cloud_shade,
				clampf(0.35f + (body - lit) * -4 + (body - 0.6f) * 1.2f, 0, 1));
			*at(c, x, y) = mix(color, cloud, density * 0.9f);
		}
	}
}

void draw_sun(const struct canvas *c, const struct light *l, struct point o, float radius)
{
	glow(c, o, radius * 9, l->sun, 0.22f);
	glow(c, o, radius * 3, l->sun, 0.4f);
	fill_ellipse(c, o, radius, radius, 0, shade(mix(l->sun, hex(0xffffff), 0.5f), 1.9f), 1);
	glow(c, o, radius * 0.9f, l->sun, 0.5f);
}

void draw_moon(const struct canvas *c, struct point o, float radius)
{
	glow(c, o, radius * 5, hex(0xaabbee), 0.2f);
	fill_ellipse(c, o, radius, radius, 0, hex(0xf3f0e2), 1);
	for (int y = (int)(o.y - radius); (float)y < o.y + radius; y++)
		for (int x = (int)(o.x - radius); (float)x < o.x + radius; x++) {
			float dx = ((float)x - o.x) / radius, dy = ((float)y - o.y) / radius;
			if (dx * dx + dy * dy < 0.94f)
				put(c, x, y, hex(0xa9a8a4), 0.6f * smooth(0.5f, 0.75f,
					cloudy(dx * 1.7f + 9, dy * 1.7f, 4, 5)));
		}
}

void draw_stars(const struct canvas *c, struct dice *d, float below, int count)
{
	for (int i = 0; i < count; i++) {
		struct point p = { roll(d, 0, (float)c->w), roll(d, 0, below) };
		float size = roll(d, 0, 1);
		struct rgb color = mix(hex(0xcfe0ff), hex(0xfff0d0), roll(d, 0, 1));
		glow(c, p, c->unit * (0.9f + 1.4f * size * size * size), color, 0.25f + 0.75f * size * size);
		if (size > 0.985f)
			glow(c, p, c->unit * 9, color, 0.12f);
	}
}

/* What is above the horizon, upside down, broken by waves that grow towards us. */
void draw_water(const struct canvas *c, const struct light *l, float horizon, float roughness, uint64_t seed)
{
	struct rgb deep = mix(shade(l->zenith, 0.55f), hex(0x12343c), 0.35f);
	struct canvas above = canvas_new(c->w, c->h);
	for (int i = 0; i < c->w * c->h; i++)
		above.px[i] = c->px[i];
	for (int y = (int)horizon; y < c->h; y++) {
		float depth = ((float)y - horizon) / ((float)c->h - horizon + 1), far = 0.05f + depth;
		for (int x = 0; x < c->w; x++) {
			float u = (float)x / (float)c->h * 9 / far, v = 14 / far;
			float wave = cloudy(u * 0.55f, v * 3.2f, 3, seed) - 0.5f,
				swell = noise(u * 0.13f, v * 0.8f, seed + 9) - 0.5f;
			float push = (wave * 1.4f + swell * 0.5f) * roughness * (0.15f + depth);
			float from = horizon - ((float)y - horizon) * 0.92f - push * 0.55f * (float)c->h * 0.5f;
			struct rgb seen = *at(&above, x + (int)(push * 70 * c->unit), (int)clampf(from, 0, horizon - 1));
			float facing = clampf(0.16f + 0.5f * depth + push * 1.7f, 0.05f, 0.85f);
			*at(c, x, y) = add(mix(shade(seen, 0.93f), deep, facing), l->sun, 0.1f * smooth(0.16f, 0.34f, wave) * (1 - depth) * l->brightness);
		}
	}
	canvas_free(&above);
}

void draw_reflection(const struct canvas *c, struct point keel, float half, float depth, uint64_t seed)
{
	for (int dy = 1; (float)dy < depth; dy++)
		for (int x = (int)(keel.x - half); (float)x < keel.x + half; x++) {
			float ripple = (noise((float)x * 0.02f / c->unit, (float)dy * 0.2f / c->unit,
				seed) - 0.5f) * (6 + 0.12f * (float)dy), t = (float)dy / depth;
			struct rgb seen = shade(*at(c, x + (int)(ripple * c->unit), (int)keel.y - dy), 0.85f);
			float edge = smooth(0, 0.2f, 1 - fabsf((float)x - keel.x) / half);
			put(c, x, (int)keel.y + dy, seen, 0.62f * (1 - t) * edge);
		}
}

void draw_gulls(const struct canvas *c, struct dice *d, struct rgb color, int count)
{
	struct point flock = { roll(d, 0.15f, 0.7f) * (float)c->w, roll(d, 0.1f, 0.35f) * (float)c->h };
	for (int i = 0; i < count; i++) {
		struct point p = { flock.x + roll(d, -0.16f, 0.22f) * (float)c->w,
			flock.y + roll(d, -0.1f, 0.12f) * (float)c->h };
		float s = c->unit * roll(d, 9, 22), lift = roll(d, 0.1f, 0.7f), lean = roll(d, -0.25f, 0.25f);
		for (int side = -1; side <= 1; side += 2) {
			struct point elbow = { p.x + (float)side * s * 0.55f, p.y - s * lift + lean * s * (float)side };
			struct point tip = { p.x + (float)side * s * 1.2f, p.y - s * lift * 0.45f + lean * s * (float)side };
			line(c, p, elbow, s * 0.16f, color, 0.9f);
			line(c, elbow, tip, s * 0.1f, color, 0.9f);
		}
	}
}

/* ---- boats ----------------------------------------------------------------------------------------------------- */

static struct rgb paint(struct dice *d)
{
	static const uint32_t colors[] = { 0xb8312f, 0x1f4e79, 0xe9e4d4, 0x2f6b4f, 0xd9a441, 0x23303d, 0x7fb0c0, 0xc7643a };
	return hex(colors[pick(d, LB_COUNT(colors))]);
}

static void draw_hull(const struct canvas *c, struct point k, float n, int way, struct rgb color, float b)
{
	float f = (float)way;
	const struct point hull[] = { { k.x - f * n * 0.5f, k.y - n * 0.15f }, { k.x - f * n * 0.44f, k.y },
		{ k.x + f * n * 0.36f, k.y },
		{ k.x + f * n * 0.56f, k.y - n * 0.22f }, { k.x + f * n * 0.3f, k.y - n * 0.16f },
			{ k.x, k.y - n * 0.135f } };
	const struct point band[] = { hull[0], { k.x - f * n * 0.49f, k.y - n * 0.115f }, { k.x, k.y - n * 0.1f },
		{ k.x + f * n * 0.31f, k.y - n * 0.125f },
		{ k.x + f * n * 0.53f, k.y - n * 0.18f }, hull[3], hull[4], hull[5] };
	fill_polygon(c, hull, LB_COUNT(hull), shade(color, b), 1);
	fill_polygon(c, band, LB_COUNT(band), shade(hex(0xf3eee2), b), 0.9f);
	fill_rect(c, k.x - n * 0.43f, k.y - n * 0.025f, n * 0.82f, n * 0.03f, shade(hex(0x5c2620), b), 0.9f);
}

static void draw_rigging(const struct canvas *c, struct point foot, float n, int way, float b)
{
	struct rgb wood = shade(hex(0x6b4a2f), b), rope = shade(hex(0x2b2b2b), b);
	struct point top = { foot.x, foot.y - n * 0.85f };
	line(c, foot, top, n * 0.018f, wood, 1);
	line(c, (struct point){ foot.x, foot.y - n * 0.2f }, (struct point){ foot.x - (float)way * n * 0.36f,
		foot.y - n * 0.3f }, n * 0.014f, wood, 1);
	line(c, top, (struct point){ foot.x + (float)way * n * 0.4f, foot.y - n * 0.04f }, c->unit * 1.1f, rope, 0.7f);
	line(c, top, (struct point){ foot.x - (float)way * n * 0.5f, foot.y }, c->unit * 1.1f, rope, 0.7f);
}

void draw_boat(const struct canvas *c, struct dice *d, struct point k, float n, float b)
{
	int way = chance(d, 0.5f) ? 1 : -1;
	float f = (float)way, cabin = n * roll(d, 0.2f, 0.3f), tall = n * roll(d, 0.13f, 0.2f), x = k.x - f * n * 0.16f;
	if (chance(d, 0.75f))
		draw_rigging(c, (struct point){ k.x + f * n * 0.14f, k.y - n * 0.13f }, n * roll(d, 0.8f, 1.15f), way, b);
	struct rgb wall = shade(chance(d, 0.6f) ? hex(0xf1ece0) : paint(d), b);
	fill_rect(c, x - cabin / 2, k.y - n * 0.13f - tall, cabin, tall, wall, 1);
	fill_rect(c, x - cabin * 0.58f, k.y - n * 0.145f - tall, cabin * 1.16f, n * 0.025f, shade(paint(d), b), 1);
	for (int i = 0; i < 3; i++)
		fill_rect(c, x - cabin * 0.4f + (float)i * cabin * 0.29f, k.y - n * 0.11f - tall, cabin * 0.2f,
			tall * 0.42f, shade(hex(0x24343f), b), 1);
	draw_hull(c, k, n, way, paint(d), b);
	for (int i = 0; i < 3; i++)
		fill_ellipse(c, (struct point){ k.x - f * n * (0.3f - 0.25f * (float)i), k.y - n * 0.07f }, n * 0.022f,
			n * 0.03f, 0, shade(hex(0xd86a2b), b), 1);
}

void draw_sail(const struct canvas *c, struct dice *d, struct point k, float h, struct rgb cloth, float b)
{
	float lean = h * roll(d, 0.02f, 0.13f), f = chance(d, 0.8f) ? 1.0f : -1.0f;
	const struct point main_sail[] = { { k.x + lean, k.y - h }, { k.x + lean * 0.3f + f * h * 0.09f, k.y - h * 0.5f },
		{ k.x, k.y - h * 0.12f }, { k.x - f * h * 0.42f, k.y - h * 0.14f }, { k.x - f * h * 0.2f + lean * 0.6f,
		k.y - h * 0.55f } };
	const struct point jib[] = { { k.x + lean * 0.9f, k.y - h * 0.92f }, { k.x + f * h * 0.3f + lean * 0.2f,
		k.y - h * 0.48f }, { k.x + f * h * 0.36f, k.y - h * 0.13f }, { k.x + f * h * 0.05f, k.y - h * 0.13f } };
	const struct point hull[] = { { k.x - f * h * 0.36f, k.y - h * 0.09f }, { k.x + f * h * 0.46f, k.y - h * 0.11f },
		{ k.x + f * h * 0.34f, k.y }, { k.x - f * h * 0.3f, k.y } };
	fill_polygon(c, main_sail, LB_COUNT(main_sail), shade(cloth, b), 1);
	fill_polygon(c, jib, LB_COUNT(jib), shade(mix(cloth, hex(0xffffff), 0.35f), b * 0.94f), 1);
	fill_polygon(c, hull, LB_COUNT(hull), shade(mix(paint(d), hex(0xffffff), 0.25f), b), 1);
	line(c, (struct point){ k.x, k.y - h * 0.08f }, (struct point){ k.x + lean, k.y - h * 1.04f }, h * 0.012f,
		shade(hex(0x503a28), b), 1);
}

/* ---- houses ---------------------------------------------------------------------------------------------------- */

static void draw_window(const struct canvas *c, float x, float y, float w, float h, const struct light *l, bool lamp)
{
	struct rgb glass = lamp ? hex(0xffd98a) : mix(shade(l->zenith, 0.6f), hex(0x1c2a33), 0.5f);
	float frame = w * 0.12f;
	fill_rect(c, x - frame, y - frame, w + 2 * frame, h + 2 * frame, shade(hex(0xf4f1e8), l->brightness), 1);
	fill_rect(c, x, y, w, h, glass, 1);
	fill_rect(c, x + w * 0.45f, y, w * 0.1f, h, shade(hex(0xf4f1e8), l->brightness), 1);
	fill_rect(c, x, y + h * 0.42f, w, h * 0.08f, shade(hex(0xf4f1e8), l->brightness), 1);
	if (lamp && l->brightness < 0.6f)
		glow(c, (struct point){ x + w / 2, y + h / 2 }, w * 1.6f, hex(0xffb55a), 0.28f);
}

static void draw_roof(const struct canvas *c, struct dice *d, float x, float eaves, float w, const struct light *l)
{
	static const uint32_t tiles[] = { 0x8a3f2c, 0x6d3a30, 0x4a4f57, 0x9b5438, 0x3d4a4a };
	struct rgb color = shade(hex(tiles[pick(d, LB_COUNT(tiles))]), l->brightness);
	float rise = w * roll(d, 0.42f, 0.72f), over = w * 0.05f;
	const struct point gable[] = { { x - over, eaves }, { x + w / 2, eaves - rise }, { x + w + over, eaves } };
	const struct point slope[] = { { x + w * 0.14f, eaves - rise * 0.42f }, { x + w * 0.34f, eaves - rise * 1.0f },
		{ x + w * 0.66f, eaves - rise }, { x + w * 0.86f, eaves - rise * 0.42f }, { x + w + over, eaves },
		{ x - over, eaves } };
	if (chance(d, 0.65f))
		fill_polygon(c, gable, LB_COUNT(gable), color, 1);
	else
		fill_polygon(c, slope, LB_COUNT(slope), color, 1);
	if (chance(d, 0.7f))
		fill_rect(c, x + w * 0.68f, eaves - rise * 0.9f, w * 0.1f, rise * 0.5f,
			shade(hex(0x7a4a3a), l->brightness), 1);
}

void draw_house(const struct canvas *c, struct dice *d, float x, float ground, float w, float h, const struct light *l)
{
	static const uint32_t walls[] = { 0xd9a23b, 0xb4432e, 0xe8e2d0, 0x4d7ea8, 0x7d9a63, 0xc9785a, 0xe6c88b, 0x8c4a5b,
		0xd8d3c4, 0x5f8f8b };
	struct rgb wall = shade(hex(walls[pick(d, LB_COUNT(walls))]), l->brightness);
	int floors = (int)clampf(h / w * 2.2f, 2, 5), across = 2 + pick(d, 2);
	float cell = w / (float)across, storey = h / (float)floors;
	draw_roof(c, d, x, ground - h, w, l);
	fill_rect(c, x, ground - h, w, h, wall, 1);
	fill_rect(c, x, ground - h, w * 0.16f, h, shade(wall, 0.84f), 0.8f);
	for (int row = 0; row < floors; row++)
		for (int i = 0; i < across; i++) {
			bool lamp = chance(d, l->brightness < 0.6f ? 0.5f : 0.04f);
			float wx = x + cell * ((float)i + 0.29f), wy = ground - h + storey * ((float)row + 0.24f);
			if (row == floors - 1 && i == across - 1)
				fill_rect(c, wx, wy, cell * 0.42f, storey * 0.76f, shade(hex(0x3b2a22), l->brightness), 1);
			else
				draw_window(c, wx, wy, cell * 0.4f, storey * 0.48f, l, lamp);
		}
}

/* ---- trees and people ------------------------------------------------------------------------------------------ */

void draw_pine(const struct canvas *c, struct dice *d, struct point foot, float h, struct rgb color)
{
	fill_rect(c, foot.x - h * 0.018f, foot.y - h * 0.16f, h * 0.036f, h * 0.17f, shade(color, 0.7f), 1);
	for (int i = 0; i < 9; i++) {
		float low = foot.y - h * (0.08f + 0.1f * (float)i), half = h * 0.23f * (1 - (float)i / 9.6f) * roll(d,
			0.8f, 1.1f);
		float sag = half * 0.24f, shift = roll(d, -0.01f, 0.01f) * h;
		const struct point tier[] = { { foot.x + shift, low - h * 0.19f }, { foot.x + half, low + sag },
			{ foot.x + half * 0.45f, low - sag * 0.15f },
			{ foot.x + half * 0.1f, low + sag * 0.6f }, { foot.x - half * 0.4f, low - sag * 0.1f },
				{ foot.x - half, low + sag } };
		fill_polygon(c, tier, LB_COUNT(tier), shade(color, roll(d, 0.88f, 1.1f)), 1);
	}
}

void draw_person(const struct canvas *c, struct dice *d, struct point f, float h, struct rgb color)
{
	float stride = h * roll(d, 0.03f, 0.1f), lean = h * roll(d, -0.02f, 0.02f), wide = h * roll(d, 0.095f, 0.13f);
	float lit = clampf(0.2f + 2 * (color.r + color.g + color.b) / 3, 0, 1); /* who stands dark has a dark face */
	bool skirt = chance(d, 0.45f);
	const struct point body[] = { { f.x + lean - wide, f.y - h * 0.8f }, { f.x + lean + wide, f.y - h * 0.8f },
		{ f.x + wide * 0.8f, f.y - h * 0.45f },
		{ f.x + wide * (skirt ? 1.5f : 0.9f), f.y - h * (skirt ? 0.14f : 0.42f) },
			{ f.x - wide * (skirt ? 1.5f : 0.9f), f.y - h * (skirt ? 0.14f : 0.42f) }, { f.x - wide * 0.8f,
			f.y - h * 0.45f } };
	for (int side = -1; side <= 1; side += 2) {
		line(c, (struct point){ f.x + (float)side * wide * 0.4f, f.y - h * 0.48f },
			(struct point){ f.x + (float)side * stride, f.y }, h * 0.075f, shade(color, 0.8f), 1);
		line(c, (struct point){ f.x + lean + (float)side * wide * 0.95f, f.y - h * 0.77f },
			(struct point){ f.x + (float)side * wide * roll(d, 1.0f, 1.6f), f.y - h * 0.46f }, h * 0.06f,
			color, 1);
	}
	fill_polygon(c, body, LB_COUNT(body), color, 1);
	fill_ellipse(c, (struct point){ f.x + lean, f.y - h * 0.9f }, h * 0.062f, h * 0.08f, 0,
		mix(color, shade(hex(0xc69a7b), lit), 0.55f), 1);
	fill_ellipse(c, (struct point){ f.x + lean, f.y - h * 0.945f }, h * 0.072f, h * 0.045f, 0, shade(color, 0.7f), 1);
	if (chance(d, 0.4f))
		fill_ellipse(c, (struct point){ f.x + lean, f.y - h * 0.935f }, h * 0.12f, h * 0.018f, 0,
			shade(color, 0.65f), 1);
}
