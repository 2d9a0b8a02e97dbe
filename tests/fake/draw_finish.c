/* From scene to picture: which scene, what film it was taken on, how it aged. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/draw.h"

/* ---- looks ----------------------------------------------------------------------------------------------------- */

struct look {
	const char *name;
	float saturation, contrast, lift;        /* lift: black is no longer black */
	struct rgb shadows, lights;              /* tints; white leaves as it is */
	float grain, vignette, softness;
	bool aged, border;                       /* dust and scratches; a white edge */
};
static const struct look looks[] = {
	{ "colour", 1.05f, 1.08f, 0, { 1, 1, 1 }, { 1, 1, 1 }, 0.010f, 0.22f, 0, false, false },
	{ "warm", 1.05f, 1.05f, 0.01f, { 1.02f, 0.98f, 0.94f }, { 1.05f, 1.0f, 0.9f }, 0.011f, 0.3f, 0, false, false },
	{ "cool", 0.92f, 1.05f, 0.01f, { 0.92f, 0.98f, 1.08f }, { 0.97f, 1.0f, 1.04f }, 0.010f, 0.25f, 0, false, false },
	{ "slide", 1.28f, 1.2f, 0, { 1.0f, 0.95f, 0.95f }, { 1.05f, 1.0f, 0.9f }, 0.014f, 0.35f, 0.4f, false, false },
	{ "faded", 0.72f, 0.84f, 0.09f, { 1.1f, 0.98f, 1.04f }, { 1.05f, 0.98f, 0.82f }, 0.017f, 0.2f, 0.8f, true, true },
	{ "bw", 0, 1.14f, 0.015f, { 1, 1, 1 }, { 1, 1, 0.985f }, 0.022f, 0.36f, 0.6f, true, false },
	{ "plain", 1, 1.05f, 0, { 1, 1, 1 }, { 1, 1, 1 }, 0, 0, 0, false, false },
	{ "sepia", 0, 0.98f, 0.06f, { 1.1f, 0.96f, 0.78f }, { 1.04f, 0.97f, 0.84f }, 0.024f, 0.5f, 1.1f, true, true },
};

static const struct look *find_look(const char *name)
{
	for (size_t i = 0; name && i < LB_COUNT(looks); i++)
		if (strcmp(looks[i].name, name) == 0)
			return &looks[i];
	return &looks[0];
}

static float s_curve(float v, float contrast)
{
	v = clampf(v, 0, 1.35f);
	if (v > 0.8f) /* film holds its lights */
		v = 0.8f + 0.2f * (1 - expf(-(v - 0.8f) / 0.2f));
	return clampf((v - 0.5f) * contrast + 0.5f, 0, 1);
}

static struct rgb develop(struct rgb p, const struct look *k)
{
	float gray = 0.3f * p.r + 0.58f * p.g + 0.12f * p.b;
	p = mix((struct rgb){ gray, gray, gray }, p, k->saturation);
	p = (struct rgb){ s_curve(p.r, k->contrast), s_curve(p.g, k->contrast), s_curve(p.b, k->contrast) };
	struct rgb tint = mix(k->shadows, k->lights, smooth(0.1f, 0.9f, gray));
	p = (struct rgb){ p.r * tint.r, p.g * tint.g, p.b * tint.b };
	return add(shade(p, 1 - k->lift), tint, k->lift);
}

static void draw_dust(const struct canvas *c, uint64_t seed)
{
	struct dice d = { .seed = seed };
	struct rgb light = hex(0xf3ecd9), dark = hex(0x2a221a);
	for (int i = 0; i < 130; i++) {
		float r = c->unit * (0.6f + 2.4f * powf(roll(&d, 0, 1), 5));
		fill_ellipse(c, (struct point){ roll(&d, 0, (float)c->w), roll(&d, 0, (float)c->h) }, r, r, 0,
			chance(&d, 0.75f) ? light : dark, roll(&d, 0.15f, 0.6f));
	}
	for (int i = 0; i < 7; i++) {
		struct point p = { roll(&d, 0, (float)c->w), roll(&d, 0, (float)c->h) };
		float dx = c->unit * roll(&d, -4, 4);
		for (int s = 0; s < 12; s++) {
			struct point q = { p.x + dx + c->unit * roll(&d, -2, 2), p.y + c->unit * roll(&d, 8, 22) };
			line(c, p, q, c->unit * roll(&d, 0.6f, 1.4f), light, 0.32f);
			p = q;
		}
	}
}

static void draw_border(const struct canvas *c, uint64_t seed)
{
	float edge = c->unit * 34, round = c->unit * 9;
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float near_x = fminf((float)x, (float)(c->w - 1 - x)),
				near_y = fminf((float)y, (float)(c->h - 1 - y)), in = fminf(near_x, near_y) - edge;
			float wear = cloudy((float)x * 0.01f / c->unit, (float)y * 0.01f / c->unit, 4, seed) * 0.07f;
			put(c, x, y, shade(hex(0xefe6d2), 1.0f - wear), clampf(0.5f - in, 0, 1));
			float gap_x = round - near_x, gap_y = round - near_y;
			if (gap_x > 0 && gap_y > 0)
				put(c, x, y, hex(0x6f675c), clampf(sqrtf(gap_x * gap_x + gap_y * gap_y) - round + 0.5f, 0,
					1));
		}
}

void draw_look(const struct canvas *c, const char *look, uint64_t seed)
{
	const struct look *k = find_look(look);
	if (k->aged)
		draw_dust(c, seed);
	if (k->softness > 0)
		blur(c, k->softness * 1.7f * c->unit);
	for (int y = 0; y < c->h; y++)
		for (int x = 0; x < c->w; x++) {
			float u = (float)x / (float)c->w - 0.5f, v = (float)y / (float)c->h - 0.5f;
			float dim = 1 - k->vignette * smooth(0.1f, 0.62f, u * u + v * v);
			float grain = noise((float)x * 0.55f, (float)y * 0.55f, seed + 5) + noise((float)x * 0.9f,
				(float)y * 0.9f, seed + 6) - 1;
			struct rgb *p = at(c, x, y);
			*p = develop(add(shade(*p, dim), hex(0xffffff), grain * k->grain * 2), k);
		}
	if (k->border)
		draw_border(c, seed);
}

/* ---- scenes by name -------------------------------------------------------------------------------------------- */

static const struct { const char *name; scene_fn *draw; const char *looks[3]; } scenes[] = {
	{ "harbour", scene_harbour, { "colour", "warm", "slide" } }, { "quay", scene_quay, { "colour", "cool", "slide" } },
	{ "sunset", scene_sunset, { "warm", "colour", "slide" } }, { "lighthouse", scene_lighthouse, { "colour", "cool",
		"bw" } },
	{ "regatta", scene_regatta, { "slide", "colour", "faded" } }, { "steamer", scene_steamer,
		{ "sepia", "bw", "sepia" } },
	{ "ferry", scene_ferry, { "sepia", "bw", "cool" } }, { "storm", scene_storm, { "cool", "bw", "colour" } },
		{ "hills", scene_hills, { "warm", "colour", "cool" } },
	{ "forest", scene_forest, { "colour", "warm", "cool" } }, { "night", scene_night, { "colour", "cool", "colour" } },
	{ "winter", scene_winter, { "cool", "faded", "colour" } }, { "island", scene_island, { "colour", "warm", "slide" } },
	{ "skyline", scene_skyline, { "colour", "cool", "warm" } }, { "lanterns", scene_lanterns, { "warm", "colour",
		"warm" } },
	{ "market", scene_market, { "warm", "colour", "slide" } }, { "street", scene_street, { "warm", "faded", "colour" } },
	{ "crowd", scene_crowd, { "sepia", "bw", "faded" } }, { "flower", scene_flower, { "colour", "warm", "colour" } },
	{ "tiles", scene_tiles, { "colour", "warm", "cool" } }, { "bokeh", scene_bokeh, { "colour", "cool", "warm" } },
	{ "fish", scene_fish, { "cool", "colour", "colour" } }, { "rope", scene_rope, { "warm", "colour", "bw" } },
	{ "portrait", scene_portrait, { "warm", "bw", "sepia" } }, { "cat", scene_cat, { "warm", "warm", "faded" } },
	{ "kettle", scene_kettle, { "warm", "colour", "faded" } }, { "chart", scene_chart, { "plain", "plain", "plain" } },
	{ "letter", scene_letter, { "warm", "colour", "warm" } },
};

static size_t find_scene(const struct picture *p)
{
	for (size_t i = 0; p->scene && i < LB_COUNT(scenes); i++)
		if (strcmp(scenes[i].name, p->scene) == 0)
			return i;
	return (size_t)(fake_mix(p->seed, 77) % LB_COUNT(scenes));
}

static unsigned char byte_of(float v)
{
	return (unsigned char)(clampf(v, 0, 1) * 255 + 0.5f);
}

void draw_picture(const struct picture *p, struct image *out)
{
	struct canvas c = canvas_new(p->width, p->height);
	struct dice d = { .seed = fake_mix(p->seed, 1) };
	size_t scene = find_scene(p);
	scenes[scene].draw(&c, &d);
	draw_look(&c, p->look ? p->look : scenes[scene].looks[fake_mix(p->seed, 78) % 3], p->seed);
	size_t count = (size_t)c.w * (size_t)c.h;
	*out = (struct image){ c.w, c.h, lb_alloc(count * 3) };
	for (size_t i = 0; i < count; i++) {
		out->rgb[3 * i] = byte_of(c.px[i].r);
		out->rgb[3 * i + 1] = byte_of(c.px[i].g);
		out->rgb[3 * i + 2] = byte_of(c.px[i].b);
	}
	canvas_free(&c);
}
