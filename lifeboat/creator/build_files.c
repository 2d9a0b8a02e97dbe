/* Files of a photo, and what is written inside them; members' pictures. */
#include "lifeboat/creator/build_private.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEAD_BYTES 65536

static const char *const role_names[] = { [LB_ORIGINAL] = "original", [LB_THUMBNAIL] = "thumbnail" };

/* ---- one file --------------------------------------------------------------------------------------------------------------- */

static int sniff(struct lb_media *m, struct lb_error *err)
{
	char head[HEAD_BYTES];
	int fd = open(m->source_path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head);
	if (n < 0) {
		int rc = lb_fail_sys(err, "cannot read \"%s\"", m->source_path);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	close(fd);
	int64_t width = LB_UNKNOWN, height = LB_UNKNOWN;
	m->mime = lb_media_sniff((struct lb_span){ head, (size_t)n }, &m->extension, &width, &height);
	if (width > 0 && height > 0) {
		m->width = width;
		m->height = height;
	}
	return m->mime ? 0 : lb_fail(err, LB_CORRUPT, "\"%s\" in the evidence is no image and no video", m->source_path);
}

/* The file on record for a size; what is wrong when there is none goes into the gap. */
static int read_file(struct build *b, const struct lb_size *size, struct lb_media *out, struct lb_gap *gap, struct lb_error *err)
{
	struct lb_exchange x = { .status = 0 };
	long n = lb_evidence_find(b->evidence, lb_span(size->source), LB_MATCH_EXACT);
	if (n >= 0)
		LB_TRY(lb_evidence_read(b->evidence, (size_t)n, &b->arena, &x, err));
	LB_TRY(lb_build_keep_member(b, n, err));
	gap->kind = n < 0 ? LB_GAP_UNASKED : LB_GAP_FAILED;
	gap->code = x.status ? x.status : LB_UNKNOWN;
	gap->message = n < 0 ? "no file on record" : x.reason;
	if (n < 0 || x.kind != LB_RECORD_MEDIA)
		return 0;
	struct lb_media m = { .present = true, .label = size->label, .url = size->source, .sha256 = x.sha256, .size = x.size,
		.width = size->width, .height = size->height, .captured = x.date };
	m.source_path = lb_evidence_media(b->evidence, x.sha256, x.size, &b->arena);
	gap->code = LB_UNKNOWN;
	gap->message = "the file is no longer in the evidence";
	if (!m.source_path)
		return 0;
	LB_TRY(sniff(&m, err));
	*out = m;
	return 0;
}

/* ---- of a photo ---------------------------------------------------------------------------------------------------------------- */

static struct lb_gap role_gap(struct build *b, const struct lb_photo *photo, enum lb_role role, const char *why)
{
	return (struct lb_gap){ .kind = LB_GAP_WITHHELD, .photo_id = photo->id, .subject = lb_arena_printf(&b->arena, "photo %s", photo->id),
		.layer = role_names[role], .code = LB_UNKNOWN, .message = why };
}

static int read_role(struct build *b, struct lb_photo *photo, enum lb_role role, struct lb_error *err)
{
	const char *why = NULL;
	const struct lb_size *size = lb_size_choose(photo, role, &why);
	struct lb_gap gap = role_gap(b, photo, role, why);
	struct lb_media *file = &photo->files[role];
	if (size)
		LB_TRY(read_file(b, size, file, &gap, err));
	else if (!photo->nsizes)
		return 0; /* without sizes the gap of that layer has said it */
	if (!file->present) {
		lb_build_gap(b, gap);
		return 0;
	}
	if (role == LB_ORIGINAL && strstr(file->label, "Original"))
		b->result.originals++;
	else if (role == LB_ORIGINAL)
		b->result.largest++;
	return 0;
}

int lb_build_files(struct build *b, struct lb_photo *photo, const struct lb_verdict *verdict, struct lb_error *err)
{
	for (enum lb_role role = 0; role < LB_ROLE_COUNT; role++)
		if (verdict->kind == LB_VERDICT_TAKE)
			LB_TRY(read_role(b, photo, role, err));
		else
			lb_build_gap(b, role_gap(b, photo, role, verdict->why));
	return 0;
}

int lb_build_exif(struct build *b, struct lb_photo *photo, struct lb_error *err)
{
	const struct lb_media *original = &photo->files[LB_ORIGINAL];
	bool chosen = b->plan->choices.layers & UINT32_C(1) << LB_CHOICE_EXIF;
	if (chosen && original->present && strcmp(original->label, "Original") == 0)
		LB_TRY(lb_exif_of_file(original->source_path, &b->arena, photo, err));
	if (!photo->exif_source || strcmp(photo->exif_source, "file") != 0)
		return 0;
	for (size_t i = 0; i < photo->nexif; i++) {
		photo->exif[i].raw = lb_build_text(b, photo->exif[i].raw, &b->arena);
		photo->exif[i].clean = lb_build_text(b, photo->exif[i].clean, &b->arena);
	}
	photo->camera = lb_build_text(b, photo->camera, &b->arena);
	return 0;
}

/* ---- of a member ----------------------------------------------------------------------------------------------------------------- */

int lb_build_icon(struct build *b, const struct lb_person *person, struct lb_error *err)
{
	const char *url = lb_icon_url(person, &b->arena);
	struct lb_size size = { .label = "Buddy icon", .source = url, .media = "photo", .width = LB_UNKNOWN, .height = LB_UNKNOWN };
	struct lb_media icon = { 0 };
	struct lb_gap gap = { .subject = lb_arena_printf(&b->arena, "person %s", person->nsid), .layer = "icon" };
	if (!url)
		return 0;
	LB_TRY(read_file(b, &size, &icon, &gap, err));
	if (icon.present)
		return lb_package_add_icon(b->package, person->nsid, &icon, err);
	lb_build_gap(b, gap);
	return 0;
}
