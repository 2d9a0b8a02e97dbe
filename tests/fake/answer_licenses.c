/* Licences: the table as it is worded since June 2025, and what changed for a photograph. */
#include <stdio.h>
#include <string.h>

#include "tests/fake/answer.h"

#define CC "https://creativecommons.org/"
static const struct { int id; const char *name, *url; } licenses[] = {
	{ 0, "All Rights Reserved",
		"https://www.flickrhelp.com/hc/en-us/articles/10710266545556-Using-Flickr-images-shared-by-other-members" },
	{ 4, "CC BY 2.0", CC "licenses/by/2.0/" }, { 6, "CC BY-ND 2.0", CC "licenses/by-nd/2.0/" },
	{ 3, "CC BY-NC-ND 2.0", CC "licenses/by-nc-nd/2.0/" }, { 2, "CC BY-NC 2.0", CC "licenses/by-nc/2.0/" },
	{ 1, "CC BY-NC-SA 2.0", CC "licenses/by-nc-sa/2.0/" }, { 5, "CC BY-SA 2.0", CC "licenses/by-sa/2.0/" },
	{ 7, "No known copyright restrictions", "https://www.flickr.com/commons/usage/" },
	{ 8, "United States Government Work", "https://www.usa.gov/government-copyright" },
	{ 9, "Public Domain Dedication (CC0)", CC "publicdomain/zero/1.0/" }, { 10, "Public Domain Mark",
		CC "publicdomain/mark/1.0/" },
	{ 11, "CC BY 4.0", CC "licenses/by/4.0/" }, { 12, "CC BY-SA 4.0", CC "licenses/by-sa/4.0/" },
	{ 13, "CC BY-ND 4.0", CC "licenses/by-nd/4.0/" }, { 14, "CC BY-NC 4.0", CC "licenses/by-nc/4.0/" },
	{ 15, "CC BY-NC-SA 4.0", CC "licenses/by-nc-sa/4.0/" }, { 16, "CC BY-NC-ND 4.0", CC "licenses/by-nc-nd/4.0/" },
};

int answer_licenses(struct ask *a)
{
	lb_buf_adds(a->out, "<licenses>\n");
	for (size_t i = 0; i < LB_COUNT(licenses); i++) {
		x_open(a->out, 1, "license");
		x_int(a->out, "id", licenses[i].id);
		x_str(a->out, "name", licenses[i].name);
		x_str(a->out, "url", licenses[i].url);
		x_empty(a->out);
	}
	x_close(a->out, 0, "licenses");
	return 0;
}

static void history_side(struct lb_buf *b, const char *side, int id)
{
	char name[32];
	for (size_t i = 0; i < LB_COUNT(licenses); i++) {
		if (licenses[i].id != id)
			continue;
		snprintf(name, sizeof name, "%s_license", side);
		x_str(b, name, licenses[i].name);
		snprintf(name, sizeof name, "%s_license_url", side);
		x_str(b, name, licenses[i].url);
	}
}

int answer_license_history(struct ask *a)
{
	const struct photo *p = a->photo;
	for (size_t i = 0; i < (p->nhistory ? p->nhistory : 1); i++) {
		x_open(a->out, 0, "license_history");
		x_int(a->out, "date_change", p->nhistory ? p->history[i].date : p->posted);
		history_side(a->out, "old", p->nhistory ? p->history[i].from : p->license);
		if (p->nhistory)
			history_side(a->out, "new", p->history[i].to);
		else
			lb_buf_adds(a->out, " new_license=\"\" new_license_url=\"\"");
		x_empty(a->out);
	}
	return 0;
}
