#include "viewer/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *layer; enum lb_ui words; } layers[] = {
	{ "photo", UI_LAYER_PHOTO }, { "sizes", UI_LAYER_SIZES }, { "comments", UI_LAYER_COMMENTS },
	{ "faves", UI_LAYER_FAVES }, { "contexts", UI_LAYER_CONTEXTS }, { "galleries", UI_LAYER_GALLERIES },
	{ "people", UI_LAYER_PEOPLE },
	{ "original", UI_LAYER_ORIGINAL }, { "thumbnail", UI_LAYER_THUMBNAIL }, { "licenses", UI_LAYER_LICENSES },
	{ "owner", UI_LAYER_OWNER }, { "person", UI_LAYER_OWNER }, { "album", UI_LAYER_ALBUM }, { "group", UI_LAYER_GROUP },
	{ "exif", UI_LAYER_EXIF }, { "license-history", UI_LAYER_LICENSE_HISTORY }, { "profile", UI_LAYER_PROFILE },
	{ "icon", UI_LAYER_ICON }, { "icons", UI_LAYER_ICON }, { "album-comments", UI_LAYER_ALBUM_COMMENTS },
	{ "gallery", UI_LAYER_GALLERY }, { "collections", UI_LAYER_COLLECTIONS }, { "info", UI_LAYER_INFO },
	{ "notes", UI_LAYER_NOTES }, { "recording", UI_LAYER_RECORDING }, { "checksums", UI_LAYER_CHECKSUMS }, { "source", UI_LAYER_SOURCE },
};

static void add_layer(struct lb_buf *b, const char *layer)
{
	for (size_t i = 0; layer && i < LB_COUNT(layers); i++)
		if (strcmp(layer, layers[i].layer) == 0) {
			lb_buf_adds(b, lb_ui(layers[i].words));
			return;
		}
	if (lb_said(layer))
		lb_add_name(b, layer);
	else
		lb_buf_adds(b, lb_ui(UI_LAYER_OTHER));
}

static enum lb_ui sentence_for(const struct lb_gap *gap)
{
	static const enum lb_ui sentences[] = {
		[LB_GAP_REFUSED] = UI_GAP_REFUSED, [LB_GAP_FAILED] = UI_GAP_FAILED, [LB_GAP_UNASKED] = UI_GAP_UNASKED,
		[LB_GAP_WITHHELD] = UI_GAP_WITHHELD,
	};
	if (gap->kind == LB_GAP_REFUSED && lb_said(gap->message))
		return UI_GAP_REFUSED_CODE;
	if (gap->kind == LB_GAP_WITHHELD && lb_said(gap->message))
		return UI_GAP_WITHHELD_WHY;
	return sentences[gap->kind];
}

/* Refusals carry a code of Flickr's own; what else has one got it from HTTP. */
static enum lb_ui code_words(const struct lb_gap *gap)
{
	return gap->kind == LB_GAP_REFUSED || gap->code < 100 || gap->code > 599 ? UI_GAP_CODE : UI_GAP_HTTP;
}

/* "HTTP 500" as a message says no more than the code itself. */
static bool repeats_code(const struct lb_gap *gap)
{
	char code[32];
	snprintf(code, sizeof code, " %" PRId64, gap->code);
	return code_words(gap) == UI_GAP_HTTP && lb_said(gap->message) && lb_span_starts(lb_span(gap->message), "HTTP ") &&
	       lb_span_ends(lb_span(gap->message), code);
}

/* What stands in brackets behind the sentence: message, method, code, as far as they were said. */
static void add_details(struct lb_buf *b, const struct lb_gap *gap, const char *message)
{
	LB_AUTO(lb_buf_clear) struct lb_buf details = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf piece = LB_BUF(SIZE_MAX / 4);
	if (gap->kind != LB_GAP_REFUSED && gap->kind != LB_GAP_WITHHELD && !repeats_code(gap))
		lb_buf_adds(&details, message);
	if (lb_said(gap->method)) {
		lb_escape(&piece, gap->method);
		lb_buf_adds(&details, details.len ? "; " : "");
		lb_ui_fill(&details, UI_GAP_METHOD, lb_buf_str(&piece), NULL);
	}
	if (gap->code != LB_UNKNOWN) {
		lb_buf_reset(&piece);
		lb_buf_addf(&piece, "%lld", (long long)gap->code);
		lb_buf_adds(&details, details.len ? ", " : "");
		lb_ui_fill(&details, code_words(gap), lb_buf_str(&piece), NULL);
	}
	if (details.len)
		lb_ui_fill(b, UI_GAP_REASON, lb_buf_str(&details), NULL);
}

void lb_add_gap(struct lb_buf *b, const struct lb_gap *gap, bool converted)
{
	LB_AUTO(lb_buf_clear) struct lb_buf layer = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf message = LB_BUF(SIZE_MAX / 4);
	add_layer(&layer, gap->layer);
	if (lb_said(gap->message))
		lb_add_name(&message, gap->message);
	size_t start = b->len;
	/* what Flickr had to do with it is not known then */
	bool of_source = converted && lb_said(gap->message) && !gap->method && (gap->kind == LB_GAP_FAILED || gap->kind == LB_GAP_UNASKED);
	lb_ui_fill(b, of_source ? UI_GAP_SOURCE : sentence_for(gap), lb_buf_str(&layer), lb_buf_str(&message));
	if (!of_source)
		add_details(b, gap, lb_buf_str(&message));
	if (!lb_span_ends((struct lb_span){ b->p + start, b->len - start }, ".</bdi>"))
		lb_buf_addc(b, '.');
}

void lb_photo_gaps(struct lb_page *page, const struct lb_gap *gaps, size_t ngaps)
{
	if (!ngaps)
		return;
	lb_buf_adds(&page->b, "<section class=\"gaps\">\n");
	lb_page_h(page, 3, UI_GAPS);
	lb_buf_adds(&page->b, "<ul>\n");
	for (size_t i = 0; i < ngaps; i++) {
		lb_buf_adds(&page->b, "<li>");
		lb_add_gap(&page->b, &gaps[i], lb_package_info(page->package)->origin != NULL);
		lb_buf_adds(&page->b, "</li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n</section>\n");
}
