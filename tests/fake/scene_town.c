/* Scenes of the town and its people. */
#include <math.h>

#include "tests/fake/draw.h"

static void draw_block(const struct canvas *c, struct dice *d, float x, float base, float w, float h, struct rgb wall,
	float lit)
{
	float cell = c->unit * roll(d, 11, 17);
	fill_rect(c, x, base - h, w, h, wall, 1);
	if (chance(d, 0.3f))
		line(c, (struct point){ x + w / 2, base - h }, (struct point){ x + w / 2,
			base - h - c->unit * roll(d, 20, 60) }, c->unit * 3, wall, 1);
	for (float wy = base - h + cell; wy < base - cell; wy += cell * 1.35f)
		for (float wx = x + cell * 0.5f; wx < x + w - cell; wx += cell * 1.2f) {
			struct rgb lamp = mix(hex(0xffc766), hex(0xfff1cf), roll(d, 0, 1));
			fill_rect(c, wx, wy, cell * 0.6f, cell * 0.7f, chance(d, lit) ? lamp : shade(wall, 1.35f), 0.95f);
		}
}

void scene_skyline(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[chance(d, 0.6f) ? LIGHT_DUSK : LIGHT_NIGHT];
	float w = (float)c->w, h = (float)c->h, horizon = h * 0.68f;
	uint64_t seed = fresh(d);
	draw_sky(c, l, horizon, 0.4f, seed);
	if (l->night)
		draw_stars(c, d, horizon * 0.7f, 160);
	draw_moon(c, (struct point){ w * roll(d, 0.12f, 0.88f), h * roll(d, 0.12f, 0.26f) }, c->unit * roll(d, 24, 44));
	for (int layer = 0; layer < 3; layer++) {
		struct rgb wall = mix(mix(l->haze, l->zenith, 0.5f), l->dark, 0.2f + 0.36f * (float)layer);
		for (float x = -c->unit * 40; x < w; ) {
			float wide = c->unit * roll(d, 50, 120), tall = c->unit * roll(d, 90, 390 - 95 * (float)layer);
			draw_block(c, d, x, horizon, wide, tall, shade(wall, roll(d, 0.85f, 1.15f)),
				0.12f + 0.2f * (float)layer);
			x += wide + c->unit * roll(d, -8, 26);
		}
	}
	for (int i = 0; i < 26; i++)
		glow(c, (struct point){ w * (float)i / 25, horizon - c->unit * 4 }, c->unit * 14, hex(0xffb35c), 0.8f);
	draw_water(c, l, horizon, 0.75f, seed);
}

static struct point sag(struct point a, struct point b, float t, float depth)
{
	return (struct point){ a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t + depth * 4 * t * (1 - t) };
}

void scene_lanterns(const struct canvas *c, struct dice *d)
{
	struct light l = lights[LIGHT_NIGHT];
	float w = (float)c->w, h = (float)c->h, ground = h * 0.8f;
	uint64_t seed = fresh(d);
	l.brightness = 0.34f;
	draw_sky(c, &l, h, 0.3f, seed);
	draw_stars(c, d, h * 0.4f, 120);
	for (float x = -c->unit * 30; x < w; x += c->unit * 130)
		draw_house(c, d, x, ground, c->unit * roll(d, 100, 128), c->unit * roll(d, 190, 330), &l);
	fill_rect(c, 0, ground, w, h - ground, hex(0x2a211c), 1);
	for (int i = 0; i < 26; i++)
		draw_person(c, d, (struct point){ roll(d, 0, w), h * roll(d, 0.84f, 0.97f) }, c->unit * roll(d, 110, 165),
			hex(0x14100f));
	for (int s = 0; s < 5; s++) {
		struct point a = { -20, h * (0.05f + 0.13f * (float)s) + roll(d, 0, 40) }, b = { w + 20,
			h * (0.1f + 0.12f * (float)s) - roll(d, 0, 60) };
		float depth = h * roll(d, 0.05f, 0.12f);
		for (float t = 0; t < 1; t += 0.01f)
			line(c, sag(a, b, t, depth), sag(a, b, t + 0.011f, depth), c->unit * 1.6f, hex(0x0a0808), 0.9f);
		for (float t = 0.04f; t < 1; t += 0.085f) {
			struct point p = sag(a, b, t + roll(d, -0.01f, 0.01f), depth);
			struct rgb paper = hue(pick(d, 3) ? roll(d, 0.0f, 0.13f) : roll(d, 0.4f, 0.95f), 0.72f, 1);
			float r = c->unit * (13 + 6 * (float)s);
			p.y += r * 1.2f;
			glow(c, p, r * 2.4f, paper, 0.45f);
			fill_ellipse(c, p, r, r * 1.15f, 0, mix(paper, hex(0xfff3c8), 0.3f), 1);
			for (int rib = -2; rib <= 2; rib++)
				line(c, (struct point){ p.x - r * 0.9f, p.y + (float)rib * r * 0.36f },
					(struct point){ p.x + r * 0.9f, p.y + (float)rib * r * 0.36f }, c->unit,
					shade(paper, 0.7f), 0.5f);
		}
	}
	for (int y = (int)ground; y < c->h; y++)
		for (int x = 0; x < c->w; x++)
			*at(c, x, y) = add(*at(c, x, y), hex(0xff9a4d), 0.16f * smooth(0.42f, 0.7f, cloudy((float)x * 0.02f / c->unit, (float)y * 0.1f / c->unit, 3, seed)));
}

static void draw_fruit(const struct canvas *c, struct point o, float r, struct rgb color, uint64_t seed)
{
	fill_ellipse(c, (struct point){ o.x + r * 0.15f, o.y + r * 0.3f }, r * 1.08f, r * 0.95f, 0, hex(0x160d08), 0.35f);
	for (int y = (int)(o.y - r); (float)y <= o.y + r; y++)
		for (int x = (int)(o.x - r); (float)x <= o.x + r; x++) {
			float u = ((float)x - o.x) / r, v = ((float)y - o.y) / r, far = u * u + v * v;
			if (far >= 1)
				continue;
			float facing = sqrtf(1 - far), lit = clampf(-0.45f * u - 0.6f * v + 0.66f * facing, 0, 1);
			float speck = noise(u * 14, v * 14, seed);
			struct rgb tone = shade(color, 0.3f + 0.78f * lit + 0.06f * speck);
			put(c, x, y, add(tone, hex(0xffffff), 0.8f * powf(lit, 22)), clampf((1 - sqrtf(far)) * r, 0, 1));
		}
}

void scene_market(const struct canvas *c, struct dice *d)
{
	static const uint32_t fruits[] = { 0xe8781e, 0xf2c230, 0xb72a26, 0x6e9a2f, 0x7a2747, 0xe0a13c, 0x4f7d2c, 0xd9513a };
	float w = (float)c->w, h = (float)c->h, crate_w = w / (float)(2 + pick(d, 2)), crate_h = h / (float)(2 + pick(d, 2));
	fill_rect(c, 0, 0, w, h, hex(0x3a281c), 1);
	for (float y0 = 0; y0 < h - 4; y0 += crate_h)
		for (float x0 = 0; x0 < w - 4; x0 += crate_w) {
			struct rgb color = hex(fruits[pick(d, LB_COUNT(fruits))]);
			float r = crate_w * roll(d, 0.085f, 0.125f), edge = c->unit * 16;
			for (float y = y0 + r; y < y0 + crate_h; y += r * 1.35f)
				for (float x = x0 + r * roll(d, 0.8f, 1.3f); x < x0 + crate_w; x += r * 1.8f) {
					struct rgb ripe = add(mix(color, hue(roll(d, 0, 0.3f), 0.7f, 0.8f),
						roll(d, 0, 0.22f)), hex(0xffffff), roll(d, -0.05f, 0.05f));
					draw_fruit(c, (struct point){ x + roll(d, -3, 3) * c->unit,
						y + roll(d, -3, 3) * c->unit }, r * roll(d, 0.9f, 1.06f), ripe, fresh(d));
				}
			struct rgb wood = shade(hex(0xb98d5a), roll(d, 0.8f, 1.05f));
			fill_rect(c, x0, y0, crate_w, edge, wood, 1);
			fill_rect(c, x0, y0 + edge, crate_w, edge * 0.3f, hex(0x1c120b), 0.5f);
			fill_rect(c, x0, y0, edge, crate_h, shade(wood, 0.86f), 1);
			if (chance(d, 0.6f)) {
				float tx = x0 + crate_w * roll(d, 0.3f, 0.55f), ty = y0 + crate_h * roll(d, 0.25f, 0.5f),
					tw = crate_w * 0.3f;
				fill_rect(c, tx, ty, tw, tw * 0.62f, hex(0xf7f2e2), 1);
				for (int i = 0; i < 3; i++)
					line(c, (struct point){ tx + tw * 0.12f, ty + tw * (0.16f + 0.16f * (float)i) },
						(struct point){ tx + tw * roll(d, 0.5f, 0.88f),
						ty + tw * (0.15f + 0.16f * (float)i) }, c->unit * 4, hex(0x8a2b2b), 0.85f);
			}
		}
}

void scene_street(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[pick(d, 2) ? LIGHT_GOLD : LIGHT_DAY];
	float w = (float)c->w, h = (float)c->h, vanish = w * roll(d, 0.4f, 0.6f), eye = h * 0.56f;
	uint64_t seed = fresh(d);
	draw_sky(c, l, eye, 0.5f, seed);
	fill_ridge(c, eye, c->unit * 90, 1.5f, seed, l->haze, l->haze);
	for (int i = 0; i < 6; i++) {
		float near = 0.13f + 0.87f * powf((float)(i + 1) / 6, 1.7f), wide = w * 0.17f * near * 1.9f,
			ground = eye + (h - eye) * near * 0.62f, tall = h * 0.62f * near;
		draw_house(c, d, vanish - w * 0.07f - w * 0.5f * near - wide * 0.4f, ground, wide,
			tall * roll(d, 0.85f, 1.1f), l);
		draw_house(c, d, vanish + w * 0.07f + w * 0.5f * near - wide * 0.6f, ground, wide,
			tall * roll(d, 0.85f, 1.1f), l);
	}
	for (int y = (int)eye; y < c->h; y++) {
		float t = ((float)y - eye) / (h - eye), half = w * (0.02f + 0.62f * t);
		for (int x = (int)(vanish - half); (float)x < vanish + half; x++) {
			float u = ((float)x - vanish) / (0.04f + t), v = 1 / (0.05f + t);
			float stone = noise(u * 0.05f / c->unit, v * 9, seed),
				joint = smooth(0.4f, 0.5f, fabsf(fmodf(fabsf(v * 9), 1) - 0.5f));
			put(c, x, y, shade(mix(hex(0x9a8f82), l->horizon, 0.2f),
				l->brightness * (0.66f + 0.36f * stone - 0.22f * joint)),
				clampf(half - fabsf((float)x - vanish), 0, 1));
		}
	}
	for (int i = 0; i < 7; i++) {
		float t = roll(d, 0.08f, 0.6f);
		draw_person(c, d, (struct point){ vanish + w * 0.4f * t * roll(d, -1, 1), eye + (h - eye) * t },
			h * 0.34f * (0.12f + t), mix(hue(roll(d, 0, 1), 0.45f, 0.5f), l->dark, 0.45f));
	}
	for (int i = 0; i < 12; i++) {
		struct point p = { w * ((float)i + 0.5f) / 12, h * (0.13f + 0.05f * sinf((float)i * 1.3f)) };
		const struct point flag[] = { { p.x - c->unit * 24, p.y }, { p.x + c->unit * 24, p.y }, { p.x,
			p.y + c->unit * 62 } };
		fill_polygon(c, flag, 3, hue((float)i * 0.37f - floorf((float)i * 0.37f), 0.7f, 0.85f), 0.95f);
		line(c, (struct point){ p.x - w / 24, p.y }, (struct point){ p.x + w / 24, p.y + c->unit * 3 },
			c->unit * 2, hex(0x333333), 0.8f);
	}
}

/* A group in rows before a wall or the sea, as for a club's yearly picture. */
void scene_crowd(const struct canvas *c, struct dice *d)
{
	const struct light *l = &lights[pick(d, 2) ? LIGHT_GREY : LIGHT_DAY];
	float w = (float)c->w, h = (float)c->h;
	uint64_t seed = fresh(d);
	draw_sky(c, l, h * 0.5f, 0.5f, seed);
	for (float x = -20; x < w; x += c->unit * 230)
		draw_house(c, d, x, h * 0.62f, c->unit * 215, c->unit * roll(d, 330, 430), l);
	fill_rect(c, 0, h * 0.6f, w, h * 0.4f, shade(hex(0xa39a8c), l->brightness), 1);
	for (int row = 0; row < 3; row++) {
		float tall = h * (0.33f + 0.035f * (float)row), feet = h * (0.74f + 0.085f * (float)row);
		int n = 13 - row;
		for (int i = 0; i < n; i++) {
			struct rgb cloth = mix(hue(roll(d, 0, 1), roll(d, 0.15f, 0.55f), roll(d, 0.2f, 0.65f)), l->dark,
				0.25f);
			float x = w * (0.09f + 0.82f * ((float)i + 0.5f * (float)(row % 2)) / ((float)n - 0.5f));
			fill_ellipse(c, (struct point){ x, feet }, tall * 0.12f, tall * 0.02f, 0, l->dark, 0.35f);
			draw_person(c, d, (struct point){ x + roll(d, -6, 6) * c->unit, feet },
				tall * roll(d, 0.9f, 1.08f), cloth);
		}
	}
}
