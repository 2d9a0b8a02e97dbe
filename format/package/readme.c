/* README.txt: for a person with a terminal and nothing else. */
#include <string.h>

#include "format/package/writer_private.h"

#define COLUMNS 78
#define GAPS_SHOWN 20

static size_t width_of(struct lb_span text)
{
	size_t columns = 0;
	for (; text.n; columns++)
		lb_utf8_next(&text);
	return columns;
}

/* One line of text as as many lines as it needs, each after the indent. */
static void add_wrapped(struct lb_buf *b, const char *indent, struct lb_span line)
{
	size_t column = 0;
	struct lb_span word;
	while (lb_span_cut(&line, ' ', &word)) {
		if (word.n == 0)
			continue;
		const size_t width = width_of(word);
		if (column && column + 1 + width > COLUMNS) {
			lb_buf_addc(b, '\n');
			column = 0;
		}
		lb_buf_adds(b, column ? " " : indent);
		column += (column ? 1 : strlen(indent)) + width;
		lb_buf_add(b, word.p, word.n);
	}
	lb_buf_addc(b, '\n');
}

/* Text from people: control characters are shown, not sent to a terminal. */
static void add_text(struct lb_buf *b, const char *indent, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(LB_WRITER_ITEM_MAX);
	struct lb_span rest = lb_span(text), line;
	while (lb_span_cut(&rest, '\n', &line)) {
		lb_buf_reset(&shown);
		lb_show(&shown, lb_span_trim(line));
		add_wrapped(b, indent, lb_buf_span(&shown));
	}
}

static void add_heading(struct lb_buf *b, const char *heading)
{
	lb_buf_addf(b, "\n%s\n", heading);
	for (size_t i = 0; i < strlen(heading); i++)
		lb_buf_addc(b, '-');
	lb_buf_addc(b, '\n');
}

static void add_identity(const struct lb_package *p, struct lb_buf *b)
{
	char date[LB_TIME_ISO];
	lb_time_iso(p->info.created, date);
	add_text(b, "", p->info.title ? p->info.title : "A Data Lifeboat");
	lb_buf_adds(b, "\n");
	add_text(b, "", "This folder is a Data Lifeboat: photographs from Flickr with the life around them (titles, tags, "
		"comments, faves, albums, people, licences), kept so that they can be seen and understood without Flickr, "
		"without a network and without any special program.");
	lb_buf_adds(b, "\n");
	lb_buf_addf(b, "Identifier:  %s\n", p->info.id);
	lb_buf_addf(b, "Made:        %.10s\n", date);
	if (p->info.maker_name || p->info.maker_id) {
		lb_buf_adds(b, "Made by:     ");
		lb_show(b, lb_span(p->info.maker_name ? p->info.maker_name : p->info.maker_id));
		lb_buf_adds(b, "\n");
	}
	lb_buf_adds(b, "Program:     ");
	lb_show(b, lb_span(p->info.program));
	lb_buf_adds(b, "\nFormat:      Data Lifeboat " LB_FORMAT_VERSION "\n");
}

static void add_words(struct lb_buf *b, const char *heading, const char *text)
{
	if (!text)
		return;
	add_heading(b, heading);
	add_text(b, "", text);
}

static void add_opening(struct lb_buf *b)
{
	add_heading(b, "How to open it");
	add_text(b, "", "Open index.html in any web browser (double-click it). It leads to pages with all photographs; nothing "
		"is loaded from the network. The photographs themselves are ordinary files in data/media.");
}

static void add_origin(const struct lb_package *p, struct lb_buf *b)
{
	const struct lb_package_origin *o = p->info.origin;
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 20);
	char date[LB_TIME_ISO];
	if (!o)
		return;
	lb_time_iso(o->date, date);
	add_heading(b, "Where it comes from");
	lb_buf_addf(&line, "It was not made from Flickr's own answers. On %.10s it was converted from \"%s\", a Data Lifeboat of the Flickr "
		"Foundation, by %s. All files of that lifeboat are here: its photographs and films in data/media, the rest byte for byte in "
		"data/provenance/foundation.", date, o->name ? o->name : "?", o->program);
	add_text(b, "", lb_buf_str(&line));
	lb_buf_adds(b, "\n");
	lb_buf_reset(&line);
	lb_buf_addf(&line, "The digests in this folder were computed on that day. Of %zu photographs, films and small pictures %zu had an "
		"earlier checksum that agrees, %zu one that does not; of the others nothing says that their bytes are those which "
		"Flickr sent.", o->files, o->vouched, o->differing);
	add_text(b, "", lb_buf_str(&line));
}

static void add_selection(const struct lb_package *p, struct lb_buf *b)
{
	if (p->info.nselection == 0)
		return;
	add_heading(b, "What was asked for");
	for (size_t i = 0; i < p->info.nselection; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 20);
		const struct lb_selection_url *u = &p->info.selection[i];
		lb_buf_adds(&line, u->url ? u->url : "?");
		if (u->count != 1)
			lb_buf_addf(&line, " (%zu photographs)", u->count);
		add_text(b, "", lb_buf_str(&line));
	}
}

static void add_counts(const struct lb_package *p, struct lb_buf *b)
{
	const struct lb_writer_totals *t = &p->totals;
	const struct { size_t n; const char *of; } counts[] = {
		{p->info.planned, "photographs asked for"},
		{t->photos, "of them here"},
		{t->stubs, "withheld by the maker's rules"},
		{t->missing, "not to be had"},
		{t->originals, "with picture or film"},
		{t->videos, "films among them"},
		{t->comments, "comments"},
		{t->faves, "faves"},
		{t->tags, "tags on photographs"},
		{t->notes, "notes on photographs"},
		{t->people, "people marked in photographs"},
		{p->albums.count, "albums"},
		{p->groups.count, "groups"},
		{p->galleries.count, "galleries"},
		{p->collections.count, "collections of albums"},
		{p->people.count, "people who took part"},
	};
	add_heading(b, "What is in it");
	for (size_t i = 0; i < LB_COUNT(counts); i++)
		if (counts[i].n)
			lb_buf_addf(b, "%10zu  %s\n", counts[i].n, counts[i].of);
}

static void add_licenses(const struct lb_package *p, struct lb_buf *b)
{
	LB_AUTO(lb_freep) size_t *photos = lb_writer_license_counts(p);
	const struct lb_license *licenses = p->licenses.items;
	add_heading(b, "Licences");
	add_text(b, "", "Each photograph belongs to its owner, under the licence that the owner chose. Its page names it; by "
		"number:");
	lb_buf_adds(b, "\n");
	for (size_t i = 0; i < p->licenses.count; i++) {
		if (photos[i] == 0)
			continue;
		lb_buf_addf(b, "%10zu  ", photos[i]);
		lb_show(b, lb_span(licenses[i].label ? licenses[i].label : p->licenses.ids.items[i].key));
		lb_buf_adds(b, "\n");
		if (licenses[i].url) {
			lb_buf_adds(b, "            ");
			lb_show(b, lb_span(licenses[i].url));
			lb_buf_adds(b, "\n");
		}
	}
}

static void add_layers(const struct lb_package_policy *policy, struct lb_buf *b)
{
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 20);
	if (!policy->nlayers)
		return;
	lb_buf_adds(&line, "Asked for:");
	for (size_t i = 0; i < policy->nlayers; i++)
		lb_buf_addf(&line, "%s %s", i ? "," : "", policy->layers[i]);
	lb_buf_addc(&line, '.');
	add_text(b, "", lb_buf_str(&line));
}

static void add_agreement(const struct lb_package_policy *policy, struct lb_buf *b)
{
	char date[LB_TIME_ISO];
	if (policy->agreed <= 0)
		return;
	lb_time_iso(policy->agreed, date);
	lb_buf_addf(b, "\nOn %.10s the maker agreed to this:\n", date);
	add_text(b, "    ", policy->agreement ? policy->agreement : "the terms of this policy");
}

/* The rescue policy is named before anything else is said. */
static void add_policy(const struct lb_package *p, struct lb_buf *b)
{
	const struct lb_package_policy *policy = &p->info.policy;
	if (!policy->name && !policy->sentence)
		return;
	add_heading(b, "By what rules it was made");
	if (policy->name) {
		lb_buf_adds(b, "Policy: ");
		lb_show(b, lb_span(policy->name));
		lb_buf_adds(b, "\n");
	}
	if (policy->sentence)
		add_text(b, "", policy->sentence);
	if (p->totals.stubs)
		add_text(b, "", "Of the photographs that are withheld only title, owner, link and licence are here, and why.");
	if (policy->pseudonymised)
		add_text(b, "", "Names of people who commented, liked, tagged or are shown were replaced by pseudonyms.");
	if (policy->private_included)
		add_text(b, "", "Photographs that were not public on Flickr are included.");
	add_layers(policy, b);
	add_agreement(policy, b);
}

static void add_gap(struct lb_buf *b, const struct lb_gap *g)
{
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 20);
	lb_buf_addf(&line, "%s: %s %s", g->subject ? g->subject : "?", g->layer ? g->layer : "?", lb_gap_kind_name(g->kind));
	if (g->message)
		lb_buf_addf(&line, ": %s", g->message);
	add_text(b, "  ", lb_buf_str(&line));
}

static void add_missing(const struct lb_package *p, struct lb_buf *b)
{
	add_heading(b, "What is missing");
	if (p->ngaps == 0) {
		add_text(b, "", "Nothing that was asked for is missing.");
		return;
	}
	add_text(b, "", p->info.origin ? "These things are not here. data/metadata/missing.js lists all of them." :
		"These things were asked for and could not be had. data/metadata/missing.js lists all of them.");
	lb_buf_adds(b, "\n");
	for (size_t i = 0; i < p->ngaps && i < GAPS_SHOWN; i++)
		add_gap(b, &p->gaps[i]);
	if (p->ngaps > GAPS_SHOWN)
		lb_buf_addf(b, "  and %zu more\n", p->ngaps - GAPS_SHOWN);
}

static void add_layout(const struct lb_package *p, struct lb_buf *b)
{
	add_heading(b, "What lies where");
	lb_buf_adds(b,
		"index.html                 the start page\n"
		"README.txt                 this text\n"
		"lifeboat.json              what this package is, and every file in it\n"
		"METS.xml                   the same for libraries and archives (METS, PREMIS)\n"
		"bagit.txt, bag-info.txt    this folder is a BagIt bag (RFC 8493)\n"
		"manifest-sha256.txt        a SHA-256 digest of every file below data/\n"
		"tagmanifest-sha256.txt     a SHA-256 digest of every file beside data/\n"
		"data/README.html           the maker's words\n"
		"data/media/originals/      the photographs and films\n"
		"data/media/thumbnails/     a small picture of each\n"
		"data/media/icons/          members' pictures of themselves\n"
		"data/metadata/             everything known about them, as JSON\n"
		"data/pages/                every photograph, comment, tag, licence\n"
		"data/provenance/           ");
	lb_buf_adds(b, p->info.origin ? "the files that it was converted from\n" : "what was received from Flickr, when, and how\n");
	lb_buf_adds(b, "data/documentation/        what every file and field means\n");
}

static void add_checking(struct lb_buf *b)
{
	add_heading(b, "How to check that nothing has changed");
	lb_buf_adds(b, "In this folder:\n\n"
		"    sha256sum -c manifest-sha256.txt\n"
		"    sha256sum -c tagmanifest-sha256.txt\n\n");
	add_text(b, "", "Each line must end in OK. On a Mac, use \"shasum -a 256 -c\" instead. Files that the lists do not name "
		"were not part of the lifeboat.");
}

int lb_writer_readme(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_WRITER_ITEM_MAX);
	add_identity(p, &text);
	add_words(&text, "Why it was made", p->info.purpose);
	add_words(&text, "What later readers should know", p->info.future);
	add_opening(&text);
	add_origin(p, &text);
	add_policy(p, &text);
	add_counts(p, &text);
	add_licenses(p, &text);
	add_missing(p, &text);
	add_layout(p, &text);
	add_checking(&text);
	add_selection(p, &text);
	LB_TRY(lb_buf_check(&text, "README.txt", err));
	return lb_package_put(p, "README.txt", lb_buf_span(&text), err);
}
