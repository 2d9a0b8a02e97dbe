/* Pictures drawn by rule: the same seed gives the same picture. Colours are red, green, blue from 0 to 1. */
#ifndef FAKE_DRAW_H
#define FAKE_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "format/base/base.h"
#include "tests/fake/world.h"

/* ---- numbers --------------------------------------------------------------------------------------------------- */

/* Every place in the code that throws the dice has a sequence of its own: C leaves open in which order the arguments of a
 * call are made, and a picture must not depend on the compiler. */
#define DICE_SITES 256
struct dice { uint64_t seed; uint32_t uses[DICE_SITES]; };
uint64_t dice_throw(struct dice *d, unsigned site);
float dice_roll(struct dice *d, unsigned site, float low, float high);
#define roll(d, low, high) dice_roll((d), __COUNTER__, (low), (high))
#define pick(d, count) ((int)(dice_throw((d), __COUNTER__) % (unsigned)(count))) /* 0..count-1 */
#define chance(d, probability) (dice_roll((d), __COUNTER__, 0, 1) < (probability))
#define fresh(d) dice_throw((d), __COUNTER__)                    /* another seed */
float clampf(float x, float low, float high);
float smooth(float from, float to, float x);                     /* 0 before, 1 behind, soft between */
float noise(float x, float y, uint64_t seed);                    /* 0..1 */
float cloudy(float x, float y, int octaves, uint64_t seed);      /* several noises on top of each other, 0..1 */

/* ---- the canvas ------------------------------------------------------------------------------------------------ */

struct rgb { float r, g, b; };
struct point { float x, y; };
struct canvas { int w, h; float unit; struct rgb *px; };         /* unit: a thousandth of the shorter edge */
struct canvas canvas_new(int w, int h);
void canvas_free(struct canvas *c);
struct rgb hex(uint32_t rrggbb);
struct rgb mix(struct rgb a, struct rgb b, float t);
struct rgb shade(struct rgb a, float factor);
struct rgb add(struct rgb a, struct rgb b, float factor);
struct rgb hue(float turn, float saturation, float value);
struct rgb *at(const struct canvas *c, int x, int y);            /* the nearest inside */
void put(const struct canvas *c, int x, int y, struct rgb color, float alpha);
void fill_rect(const struct canvas *c, float x, float y, float w, float h, struct rgb color, float alpha);
void fill_polygon(const struct canvas *c, const struct point *points, size_t count, struct rgb color, float alpha);
void fill_ellipse(const struct canvas *c, struct point center, float rx, float ry, float turn, struct rgb color, float alpha);
void line(const struct canvas *c, struct point a, struct point b, float width, struct rgb color, float alpha);
void glow(const struct canvas *c, struct point center, float radius, struct rgb color, float strength);
void blur(const struct canvas *c, float radius);
void blur_rows(const struct canvas *c, int from, int to, float radius);
/* Fills below the ridge y = base - height * cloudy(...). */
void fill_ridge(const struct canvas *c, float base, float height, float scale, uint64_t seed, struct rgb top, struct rgb foot);
float ridge_at(const struct canvas *c, float x, float base, float height, float scale, uint64_t seed);

/* ---- pieces of the outdoors ------------------------------------------------------------------------------------ */

struct light {
	struct rgb zenith, middle, horizon, cloud, cloud_shade, sun, haze, dark; /* dark: silhouettes */
	float brightness;                                        /* of things lit by it */
	bool night;
};
extern const struct light lights[];
enum { LIGHT_DAWN, LIGHT_DAY, LIGHT_GOLD, LIGHT_DUSK, LIGHT_NIGHT, LIGHT_GREY, LIGHT_COUNT };
void draw_sky(const struct canvas *c, const struct light *l, float horizon, float cover, uint64_t seed);
void draw_sun(const struct canvas *c, const struct light *l, struct point center, float radius);
void draw_moon(const struct canvas *c, struct point center, float radius);
void draw_stars(const struct canvas *c, struct dice *d, float below, int count);
void draw_water(const struct canvas *c, const struct light *l, float horizon, float roughness, uint64_t seed);
/* What stands on the water at keel, seen in it again. */
void draw_reflection(const struct canvas *c, struct point keel, float half, float depth, uint64_t seed);
void draw_gulls(const struct canvas *c, struct dice *d, struct rgb color, int count);
void draw_boat(const struct canvas *c, struct dice *d, struct point keel, float length, float brightness);
void draw_sail(const struct canvas *c, struct dice *d, struct point keel, float height, struct rgb cloth, float brightness);
void draw_house(const struct canvas *c, struct dice *d, float x, float ground, float w, float h, const struct light *l);
void draw_pine(const struct canvas *c, struct dice *d, struct point foot, float height, struct rgb color);
void draw_person(const struct canvas *c, struct dice *d, struct point feet, float height, struct rgb color);

/* ---- scenes ---------------------------------------------------------------------------------------------------- */

typedef void scene_fn(const struct canvas *c, struct dice *d);
scene_fn scene_harbour, scene_quay, scene_sunset, scene_lighthouse, scene_regatta, scene_steamer, scene_ferry, scene_storm;
scene_fn scene_hills, scene_forest, scene_night, scene_winter, scene_island;
scene_fn scene_skyline, scene_lanterns, scene_market, scene_street, scene_crowd;
scene_fn scene_flower, scene_tiles, scene_bokeh, scene_fish, scene_rope, scene_portrait, scene_cat, scene_kettle;
scene_fn scene_chart, scene_letter;

/* Colour, grain, dust and borders of a kind of film: "colour", "warm", "cool", "sepia", "bw", "faded", "slide", "plain". */
void draw_look(const struct canvas *c, const char *look, uint64_t seed);

/* ---- finished pictures ----------------------------------------------------------------------------------------- */

struct image { int w, h; unsigned char *rgb; };
void image_free(struct image *i);
void draw_picture(const struct picture *p, struct image *out);
/* Crops to the new proportions. */
void image_scale(const struct image *in, int w, int h, struct image *out);
void image_turn(const struct image *in, int orientation, struct image *out); /* as stored under an EXIF orientation */
struct exif { int orientation; const char *camera, *taken; };
/* At most `most` bytes (0: any), by lower quality if need be. exif may be NULL. */
void image_jpeg(const struct image *i, int quality, size_t most, const struct exif *exif, struct lb_buf *out);
void image_png(const struct image *i, struct lb_buf *out);
void draw_video(const struct picture *p, int w, int h, struct lb_buf *out);  /* MP4 around JPEG frames: a slow pan */

#endif
