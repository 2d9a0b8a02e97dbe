#include "format/text/rich_private.h"

static const struct { const char *name; struct lb_tag_rule rule; } nodes[] = {
	{"a", {LB_TAG_NODE, LB_RICH_LINK}},
	{"b", {LB_TAG_NODE, LB_RICH_BOLD}}, {"strong", {LB_TAG_NODE, LB_RICH_BOLD}},
	{"i", {LB_TAG_NODE, LB_RICH_ITALIC}}, {"em", {LB_TAG_NODE, LB_RICH_ITALIC}},
	{"u", {LB_TAG_NODE, LB_RICH_UNDERLINE}}, {"ins", {LB_TAG_NODE, LB_RICH_UNDERLINE}},
	{"s", {LB_TAG_NODE, LB_RICH_STRIKE}}, {"strike", {LB_TAG_NODE, LB_RICH_STRIKE}},
	{"del", {LB_TAG_NODE, LB_RICH_STRIKE}},
	{"blockquote", {LB_TAG_NODE, LB_RICH_QUOTE}},
	{"ul", {LB_TAG_NODE, LB_RICH_LIST}}, {"ol", {LB_TAG_NODE, LB_RICH_LIST}}, {"li", {LB_TAG_NODE, LB_RICH_ITEM}},
	{"br", {LB_TAG_BREAK, LB_RICH_BREAK}}, {"img", {LB_TAG_IMAGE, LB_RICH_IMAGE}},
};

/* Plain structure. What carries meaning of its own in its tag or attributes (scripts, frames, forms) is not here. */
static const char *const blocks[] = {
	"p", "div", "center", "pre", "address", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "header",
	"footer", "figure", "figcaption", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr",
};
static const char *const cells[] = { "td", "th" };
static const char *const inlines[] = {
	"span", "font", "small", "big", "sub", "sup", "code", "tt", "kbd", "samp", "var", "cite", "abbr", "acronym", "dfn",
	"mark", "nobr", "wbr", "bdi", "time",
};
static const struct { const char *const *names; size_t count; enum lb_tag_role role; } plain[] = {
	{blocks, LB_COUNT(blocks), LB_TAG_BLOCK},
	{cells, LB_COUNT(cells), LB_TAG_CELL},
	{inlines, LB_COUNT(inlines), LB_TAG_INLINE},
};

bool lb_tag_find(struct lb_span name, struct lb_tag_rule *rule)
{
	for (size_t i = 0; i < LB_COUNT(nodes); i++) {
		if (lb_is_word(name, nodes[i].name)) {
			*rule = nodes[i].rule;
			return true;
		}
	}
	for (size_t i = 0; i < LB_COUNT(plain); i++) {
		for (size_t k = 0; k < plain[i].count; k++) {
			if (lb_is_word(name, plain[i].names[k])) {
				*rule = (struct lb_tag_rule){ .role = plain[i].role };
				return true;
			}
		}
	}
	return false;
}

bool lb_rich_is_block(enum lb_rich_kind kind)
{
	return kind == LB_RICH_QUOTE || kind == LB_RICH_LIST || kind == LB_RICH_ITEM;
}
