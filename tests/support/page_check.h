/* Reads every HTML page of a folder strictly and complains of whatever a page of a lifeboat may not have. */
#ifndef LB_TESTS_PAGE_CHECK_H
#define LB_TESTS_PAGE_CHECK_H

#include "format/base/base.h"

/* Complaints, a line each: an element or attribute that is not on the list, elements that do not close in order, two equal
 * ids in a page, a link to a file or anchor that is not there, an address out of the folder that is not a marked link, a
 * page to which no link leads from index.html, a folder of pages with more than 1,000 files. Returns the number of pages. */
size_t test_check_pages(const char *dir, struct lb_buf *complaints);
/* What a reader sees of one page: the text between the tags, character references decoded. */
void test_page_text(const char *path, struct lb_buf *text);

#endif
