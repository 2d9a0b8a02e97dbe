/* The tags of HTML that mean something here. */
#ifndef LB_RICH_PRIVATE_H
#define LB_RICH_PRIVATE_H

#include "format/text/text_private.h"

enum lb_tag_role {
	LB_TAG_NODE,    /* becomes a node of `kind` */
	LB_TAG_BREAK,   /* <br> */
	LB_TAG_IMAGE,
	LB_TAG_BLOCK,   /* gives way to its content, which gets lines of its own */
	LB_TAG_CELL,    /* gives way to its content, with a space between two */
	LB_TAG_INLINE,  /* gives way to its content */
};
struct lb_tag_rule { enum lb_tag_role role; enum lb_rich_kind kind; };
bool lb_tag_find(struct lb_span name, struct lb_tag_rule *rule); /* false: not a tag that we read */

bool lb_rich_is_block(enum lb_rich_kind kind);                  /* quote, list, item */

#endif
