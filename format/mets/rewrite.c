/* METS.xml once more, with other files of one role. The document is copied line by line, as our writer divides it; one that is
 * divided in another way is refused, for its bytes are not ours to move. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/mets/internal.h"

#define LINE_MAX_BYTES ((size_t)64 << 20)
#define SAFE_MAX (1 << 16)

/* Where in the document the copying is. */
enum part { BEFORE, FILES, OUR_FILES, /* of the group */ MAP, /* the physical one */ OUR_PLACES, AFTER };

struct rewriting {
	const struct lb_mets_change *change;
	struct lb_out *out;
	struct lb_buf line;
	enum part part;
	size_t number;       /* of the next file */
	size_t first;        /* of the group */
	size_t depth;        /* of divs in the physical map */
	bool written, placed, replaced;
};

static int refuse(struct lb_error *err, const char *why)
{
	lb_fail(err, LB_FORMAT, "METS.xml is not laid out as this program writes it: %s", why);
	return lb_hint(err, "it was written or changed by another one");
}

static bool has(const struct lb_buf *line, const char *text)
{
	return strstr(lb_buf_str(line), text) != NULL;
}

static bool begins(const struct lb_buf *line, const char *text)
{
	const char *at = lb_buf_str(line);
	return lb_span_starts(lb_span(at + strspn(at, " ")), text);
}

/* ` NAME="value"` */
static bool names(const struct lb_buf *line, const char *name, const char *value)
{
	LB_AUTO(lb_buf_clear) struct lb_buf attribute = LB_BUF(SAFE_MAX);
	lb_buf_addf(&attribute, " %s=\"%s\"", name, value);
	return has(line, lb_buf_str(&attribute));
}

static void write_file(struct rewriting *w, const struct lb_mets_file *f, size_t number)
{
	LB_AUTO(lb_buf_clear) struct lb_buf href = LB_BUF(SAFE_MAX), type = LB_BUF(SAFE_MAX);
	lb_url_encode_path(&href, lb_span(f->path));
	lb_escape(&type, f->mime);
	lb_out_addf(w->out, "      <file ID=\"%s\" MIMETYPE=\"%s\" SIZE=\"%llu\" CHECKSUM=\"%s\" CHECKSUMTYPE=\"SHA-256\">"
		"<FLocat LOCTYPE=\"URL\" xlink:href=\"%s\"/></file>\n", lb_mets_id(METS_FILE, number).text, lb_buf_str(&type),
		(unsigned long long)f->size, f->sha256, lb_buf_str(&href));
}

static void write_group(struct rewriting *w)
{
	const struct lb_mets_change *c = w->change;
	w->first = w->number;
	w->written = true;
	if (c->count == 0)
		return;
	lb_out_addf(w->out, "    <fileGrp USE=\"%s\">\n", c->group);
	for (size_t i = 0; i < c->count; i++)
		write_file(w, &c->files[i], w->number++);
	lb_out_adds(w->out, "    </fileGrp>\n");
}

static void write_places(struct rewriting *w)
{
	const struct lb_mets_change *c = w->change;
	w->placed = true;
	if (c->count == 0)
		return;
	lb_out_addf(w->out, "      <div TYPE=\"%s\">\n", c->group);
	for (size_t i = 0; i < c->count; i++)
		lb_out_addf(w->out, "        <fptr FILEID=\"%s\"/>\n", lb_mets_id(METS_FILE, w->first + i).text);
	lb_out_adds(w->out, "      </div>\n");
}

static void copy(struct rewriting *w)
{
	lb_out_add(w->out, w->line.p, w->line.len);
}

/* A file of another group: as it stands, or as the change tells of it. */
static int take_file(struct rewriting *w, struct lb_error *err)
{
	const struct lb_mets_file *other = w->change->other;
	LB_AUTO(lb_buf_clear) struct lb_buf href = LB_BUF(SAFE_MAX);
	if (!has(&w->line, "</file>\n") || !names(&w->line, "ID", lb_mets_id(METS_FILE, w->number).text))
		return refuse(err, "a file does not stand on a line of its own, or has another number");
	if (other)
		lb_url_encode_path(&href, lb_span(other->path));
	if (other && names(&w->line, "xlink:href", lb_buf_str(&href))) {
		write_file(w, other, w->number);
		w->replaced = true;
	} else {
		copy(w);
	}
	w->number++;
	return LB_OK;
}

static int take_files(struct rewriting *w, struct lb_error *err)
{
	if (begins(&w->line, "<file "))
		return take_file(w, err);
	if (begins(&w->line, "<fileGrp ") && names(&w->line, "USE", w->change->group)) {
		w->part = OUR_FILES;
		return LB_OK;
	}
	if (w->written && begins(&w->line, "<fileGrp "))
		return refuse(err, "files of another role stand behind those that change");
	if (begins(&w->line, "</fileSec>")) {
		if (!w->written)
			write_group(w);
		w->part = BEFORE;
	}
	copy(w);
	return LB_OK;
}

static int take_our_files(struct rewriting *w, struct lb_error *err)
{
	if (begins(&w->line, "<file "))
		return has(&w->line, "</file>\n") ? LB_OK : refuse(err, "a file does not stand on a line of its own");
	if (!begins(&w->line, "</fileGrp>"))
		return refuse(err, "something stands among files that is none");
	write_group(w);
	w->part = FILES;
	return LB_OK;
}

static int take_map(struct rewriting *w, struct lb_error *err)
{
	if (begins(&w->line, "<div ") && w->depth == 1 && names(&w->line, "TYPE", w->change->group)) {
		if (has(&w->line, "/>\n") || w->placed)
			return refuse(err, "the files that change have no place in it, or two");
		w->part = OUR_PLACES;
		return LB_OK;
	}
	if (begins(&w->line, "<div ") && !has(&w->line, "/>\n"))
		w->depth++;
	if (begins(&w->line, "</div>") && --w->depth == 0) {
		if (!w->placed)
			write_places(w);
		w->part = AFTER;
	}
	copy(w);
	return LB_OK;
}

static int take_our_places(struct rewriting *w, struct lb_error *err)
{
	if (begins(&w->line, "<fptr "))
		return LB_OK;
	if (!begins(&w->line, "</div>"))
		return refuse(err, "something stands among pointers to files that is none");
	write_places(w);
	w->part = MAP;
	return LB_OK;
}

static int take_line(struct rewriting *w, struct lb_error *err)
{
	switch (w->part) {
	case BEFORE:
		if (begins(&w->line, "<fileSec>"))
			w->part = FILES;
		else if (begins(&w->line, "<structMap ") && names(&w->line, "TYPE", "physical"))
			w->part = MAP;
		break;
	case FILES:
		return take_files(w, err);
	case OUR_FILES:
		return take_our_files(w, err);
	case MAP:
		return take_map(w, err);
	case OUR_PLACES:
		return take_our_places(w, err);
	case AFTER:
		break;
	}
	copy(w);
	return LB_OK;
}

static int take_lines(struct rewriting *w, FILE *in, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *text = NULL;
	size_t room = 0;
	ssize_t n;
	while ((n = getline(&text, &room, in)) > 0) {
		lb_buf_reset(&w->line);
		lb_buf_add(&w->line, text, (size_t)n);
		LB_TRY(lb_buf_check(&w->line, "a line of METS.xml", err));
		if (strlen(text) != (size_t)n)
			return refuse(err, "a line has a zero byte");
		LB_TRY(take_line(w, err));
	}
	return ferror(in) ? lb_fail_sys(err, "cannot read METS.xml") : LB_OK;
}

int lb_mets_rewrite(const char *path, const struct lb_mets_change *change, struct lb_out *out, struct lb_error *err)
{
	struct rewriting w = {.change = change, .out = out, .line = LB_BUF(LINE_MAX_BYTES)};
	FILE *in = fopen(path, "re");
	if (!in)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	int rc = take_lines(&w, in, err);
	fclose(in);
	lb_buf_clear(&w.line);
	if (rc == LB_OK && (!w.written || !w.placed || (change->other && !w.replaced)))
		rc = refuse(err, "it has no files, no physical map, or not all of the files that change");
	return rc;
}
