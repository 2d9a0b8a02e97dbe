/* The package: its layout, writing it from the model, and containers (a folder, a .zip, a .tar) read and written alike.
 * Layout: spec/02-layout.md. The writer never reads the network or the clock: all dates come from its caller. */
#ifndef LB_PACKAGE_H
#define LB_PACKAGE_H

#include "format/base/base.h"
#include "format/model/model.h"

#define LB_FORMAT_VERSION "1.0"
/* The BagIt profile that every package meets and names (spec/bagit-profile.json). */
#define LB_BAGIT_PROFILE "urn:uuid:5d0b3f0a-9c1e-8b52-9f6e-0f7e3a4c21d1"

/* ---- layout ------------------------------------------------------------------------------------------- */

/* Appends where the metadata, a media file or the pages of a photo live, relative to data/ (as the Foundation's fields want). */
void lb_layout_metadata(struct lb_buf *b, const char *photo_id);                  /* metadata/photos/<id>.js */
void lb_layout_media(struct lb_buf *b, const struct lb_photo *p, enum lb_role role); /* media/originals/<id>_<secret>_o.jpg … */
/* Flickr's size label by the name that Flickr gives a file ("1_ab_o.jpg": "Original"), or NULL. */
const char *lb_layout_label(const char *path);
/* Page `number` (from 1) of a kind: pages/tags-0001.html, later pages/2/tags-0041.html … "photos": LB_PHOTOS_PER_PAGE of the plan a page. */
#define LB_PHOTOS_PER_PAGE 50
#define LB_PAGES_PER_FOLDER 40 /* of each kind: 23 kinds stay below 1,000 files a folder */
void lb_layout_page(struct lb_buf *b, const char *kind, size_t number);
const char *lb_layout_mime(const char *path);                                      /* by extension; never NULL */

/* ---- writing -------------------------------------------------------------------------------------------- */

struct lb_selection_url { const char *url, *type; size_t count; };               /* what was asked for, how many photos it named */
struct lb_package_consent { const char *owner_id, *owner_name, *status, *date, *deadline, *evidence, *note; }; /* NULL: not said, or kept back */
/* By which rules photos were taken or withheld, and what was agreed to. */
struct lb_package_policy {
	const char *name;                     /* "careful" "own" "consented" "rescue" "converted" */
	const char *sentence;                 /* the same for readers */
	int64_t agreed;                       /* Unix seconds at which the maker accepted `agreement`; 0: nothing to accept */
	const char *agreement;
	const char *safety;                   /* highest level taken: "safe" "moderate" "restricted" */
	bool private_included, pseudonymised, silence_is_consent;
	const char *account_id, *account_name; /* who was signed in to Flickr; NULL: nobody */
	const char *const *layers; size_t nlayers; /* names of the layers that were asked for */
	const struct lb_package_consent *consent; size_t nconsent;
};
/* What a package was converted from, when it was not made from Flickr's answers. */
struct lb_package_origin {
	const char *format, *name, *container; /* "flickr-foundation"; of its folder or file; "folder" "zip" "tar" */
	const char *const *layouts; size_t nlayouts; /* what was found of the ways in which that format is written */
	const char *id, *maker_id, *maker_name; /* its own words; NULL: not said */
	const char *sha256;                   /* over its data files (spec/12-foundation.md) */
	int64_t date;                         /* Unix seconds: of the conversion, and of every digest of its files */
	const char *program;
	size_t files, vouched, differing;     /* media files; those with an earlier checksum that agrees; that does not */
};
struct lb_package_info {
	const char *id;                       /* urn:uuid:… */
	const char *title, *purpose, *future; /* NULL: not said */
	const char *maker_id, *maker_name;    /* NSID or NULL; display name or NULL */
	int64_t created;                      /* Unix seconds: when the plan was made */
	const char *program;                  /* "lifeboat 0.1.0" */
	struct lb_package_policy policy;
	const struct lb_selection_url *selection; size_t nselection;
	size_t planned;                       /* photos in the plan */
	const struct lb_package_origin *origin; /* NULL: made from Flickr's answers */
};

/* What is remembered of every photo until the end (indexes, METS, pages). */
struct lb_summary {
	const char *id, *title, *url, *owner_id, *owner_name, *license_id, *visibility;
	struct lb_taken taken;
	int64_t posted, comments, faves, views, captured;
	bool missing;                         /* planned, but its information could not be had */
	bool video, geo;
	const char **tags; size_t ntags;      /* normalised */
	const char *place, *coordinates;      /* "Town, Country", "51.5,-0.116"; or NULL */
	const char *metadata_path;            /* relative to data/ */
	const char *thumb_path; int64_t thumb_width, thumb_height; /* relative to data/, or NULL */
	const char *original_path;            /* relative to data/, or NULL */
	const char *withheld;                 /* why no original, or NULL */
	bool stub;                            /* the policy keeps all but title, owner, link and licence back; `withheld` says why */
};

struct lb_package;
/* Begins a package in a new folder `dir` (LB_EXISTS when there). The caller makes the folder durable and moves it into place. */
LB_CHECKED int lb_package_begin(const char *dir, const struct lb_package_info *info, const struct lb_ctx *ctx, struct lb_package **out, struct lb_error *err);
/* Photos in the plan's order. Writes metadata/photos/<id>.js and links the media; keeps a summary. One with `withheld` set becomes
 * a stub: only id, title, owner, address and licence are taken from it. */
LB_CHECKED int lb_package_add_photo(struct lb_package *p, const struct lb_photo *photo, struct lb_error *err);
/* A planned photo whose information could not be had (its reason is in the gaps). */
LB_CHECKED int lb_package_add_missing(struct lb_package *p, const char *photo_id, struct lb_error *err);
/* Facts told once: later calls for the same id fill in what is still unknown. Everything is copied. */
void lb_package_add_person(struct lb_package *p, const struct lb_person *person);
void lb_package_add_album(struct lb_package *p, const struct lb_album *album);
void lb_package_add_group(struct lb_package *p, const struct lb_group *group);
void lb_package_add_gallery(struct lb_package *p, const struct lb_gallery *gallery);
void lb_package_add_collection(struct lb_package *p, const struct lb_collection *collection); /* parents first */
/* A member's picture: media/icons/<nsid>.<ext>. */
LB_CHECKED int lb_package_add_icon(struct lb_package *p, const char *nsid, const struct lb_media *icon, struct lb_error *err);
void lb_package_add_license(struct lb_package *p, const struct lb_license *license);
/* A photo's gaps come before the photo, so that its own file can tell them. */
void lb_package_add_gap(struct lb_package *p, const struct lb_gap *gap);
/* A file of the package that others write (pages, evidence): path is relative to the package root. Close with
 * lb_package_close, which records its digest and frees `out` in any case. */
LB_CHECKED int lb_package_create(struct lb_package *p, const char *path, struct lb_out **out, struct lb_error *err);
LB_CHECKED int lb_package_close(struct lb_package *p, const char *path, struct lb_out *out, struct lb_error *err);
LB_CHECKED int lb_package_put(struct lb_package *p, const char *path, struct lb_span content, struct lb_error *err);
/* What it is converted from; copied. Before the first page, and again when its sums are known: before the last. */
void lb_package_converted(struct lb_package *p, const struct lb_package_origin *origin);
/* Index files, missing.js, lifeboat.js, lifeboat.json, README.txt, METS.xml and the bag's own files. Nothing may be added after. */
LB_CHECKED int lb_package_finish(struct lb_package *p, struct lb_error *err);
void lb_package_free(struct lb_package *p);
void lb_package_freep(struct lb_package **p);

/* What has been added so far: borrowed until the next addition. */
const struct lb_package_info *lb_package_info(const struct lb_package *p);
const struct lb_summary *lb_package_photos(const struct lb_package *p, size_t *count);
const struct lb_gap *lb_package_gaps(const struct lb_package *p, size_t *count);
/* Contributors: everybody who took, tagged, said, faved or is shown. */
struct lb_contributor { struct lb_person person; const char *icon_path; /* relative to data/, or NULL */ size_t photos, tags, comments, faves, notes, depicted; };
const struct lb_contributor *lb_package_people(const struct lb_package *p, size_t *count);
const struct lb_license *lb_package_licenses(const struct lb_package *p, size_t *count);
/* Sets of photos. `photos`: numbers of summaries: those of the set's own list that are here in its order, then those that
 * only say themselves that they belong; in the plan's order where there is no list. All that was added counts at the call. */
struct lb_album_entry { struct lb_album album; const size_t *photos; size_t nphotos; };
const struct lb_album_entry *lb_package_albums(const struct lb_package *p, size_t *count);
struct lb_group_entry { struct lb_group group; const size_t *photos; size_t nphotos; };
const struct lb_group_entry *lb_package_groups(const struct lb_package *p, size_t *count);
/* `words`: the curator's about each of `photos`, NULL where there are none or the policy withholds the photo. */
struct lb_gallery_entry { struct lb_gallery gallery; const size_t *photos; const char *const *words; size_t nphotos; };
const struct lb_gallery_entry *lb_package_galleries(const struct lb_package *p, size_t *count);
/* In the order of the tree: each is followed by all that is in it; `depth` 0 at the top. */
struct lb_collection_entry { struct lb_collection collection; size_t depth; };
const struct lb_collection_entry *lb_package_collections(const struct lb_package *p, size_t *count);

/* ---- containers, read ------------------------------------------------------------------------------------------ */

enum lb_container_kind { LB_CONTAINER_FOLDER, LB_CONTAINER_ZIP, LB_CONTAINER_TAR };
/* One member. `path` is relative to the one top folder in a zip or tar, or to the folder itself; raw bytes as stored. */
struct lb_member { const char *path; uint64_t size; enum { LB_MEMBER_FILE, LB_MEMBER_DIR, LB_MEMBER_LINK, LB_MEMBER_SPECIAL } kind; };
/* What is wrong with the container itself (structure that two readers could read differently, unsafe names …). */
struct lb_defect { const char *rule; const char *path; const char *message; };
struct lb_container;
/* A defect does not fail the opening; LB_FORMAT only when it is no container at all, LB_NOTFOUND when it is not there. */
LB_CHECKED int lb_container_open(const char *path, struct lb_container **out, struct lb_error *err);
void lb_container_free(struct lb_container *c);
void lb_container_freep(struct lb_container **c);
enum lb_container_kind lb_container_kind(const struct lb_container *c);
const char *lb_container_root(const struct lb_container *c);                 /* name of the top folder */
const struct lb_member *lb_container_members(const struct lb_container *c, size_t *count); /* sorted by path bytes, unique */
const struct lb_defect *lb_container_defects(const struct lb_container *c, size_t *count);
long lb_container_find(const struct lb_container *c, const char *path);       /* member number or -1 */
bool lb_container_is_empty_dir(const struct lb_container *c, size_t member);   /* a folder with nothing below it */
/* Streams a file's bytes to `take`; safe to call from several threads. LB_CORRUPT when a CRC, size or stream is wrong. */
typedef int lb_take_fn(void *arg, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_container_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg, struct lb_error *err);
LB_CHECKED int lb_container_read(const struct lb_container *c, size_t member, size_t max, struct lb_buf *out, struct lb_error *err);

/* ---- digests of many members ------------------------------------------------------------------------------------------ */

struct lb_hash_job { uint32_t member; unsigned wanted; };                     /* wanted: a bit for each enum lb_hash */
struct lb_hash_run {
	const struct lb_ctx *ctx;
	const char *stage;
	/* Told of every job by the thread that did it: the digests that were wanted, or, when `rc` says that the member could not
	 * be read, *why. What it returns, other than LB_OK, ends the work. */
	int (*done)(void *arg, const struct lb_hash_job *job, int rc, const struct lb_error *why,
		unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX], struct lb_error *err);
	/* NULL: lb_container_stream. Hands all bytes of the member to `take`, and may do more with them. */
	int (*read)(void *arg, size_t member, lb_take_fn *take, void *take_arg, struct lb_error *err);
	void *arg;
};
/* Reads each member once, on ctx's threads, the largest first (jobs are sorted so), whatever number of digests is wanted. */
LB_CHECKED int lb_container_hash(const struct lb_container *c, struct lb_hash_job *jobs, size_t count, const struct lb_hash_run *run,
	struct lb_error *err);

/* ---- pack and unpack ---------------------------------------------------------------------------------------------- */

/* Folder → one file, deterministic: sorted names, fixed modes and dates, no extra fields but zip64; media stored. `file`
 * ends in .zip or .tar; must not exist unless `replace`. `root`: name of the top folder. Links and special files in the folder: LB_FORMAT. */
LB_CHECKED int lb_pack(const char *dir, const char *root, const char *file, bool replace, const struct lb_ctx *ctx, struct lb_error *err);
/* One file → a new folder (LB_EXISTS when there). Refuses a container with defects; writes beneath a held directory only, into
 * a temporary sibling that is renamed at the end. It does not verify: do that first, on the file. */
LB_CHECKED int lb_unpack(const char *file, const char *dir, const struct lb_ctx *ctx, struct lb_error *err);

/* ---- bags of any folder ------------------------------------------------------------------------------------------------ */

struct lb_bag_label { const char *label, *value; };
struct lb_bag_making {
	const char *dir;                                    /* what is bagged */
	const char *out;                                    /* the new bag, LB_EXISTS when there; NULL: `dir` itself becomes one */
	unsigned hashes;                                    /* a manifest of each: a bit for each enum lb_hash; 0: SHA-512 */
	const struct lb_bag_label *info; size_t ninfo;      /* for bag-info.txt, before what the maker writes itself */
	const char *agent;                                  /* Bag-Software-Agent, or NULL */
};
/* `finished`: an earlier run in place had done everything but tidy up. */
struct lb_bag_made { uint64_t files, bytes; bool finished; };
/* Makes a BagIt 1.0 bag. Links, special files and names that no manifest can tell are refused (LB_FORMAT) before anything is
 * changed; so is, in place, what is a bag already (LB_EXISTS). LB_CORRUPT when the folder changes meanwhile. Into a new folder: each
 * file is read once, the folder is not touched, and the bag appears whole or not at all. In place: by renaming only; when it fails it
 * is taken back, and when it is killed, at whatever moment, the next run takes it back first, so that no byte is lost and nothing is
 * ever nested. LB_LOCKED while another run is at it. Warns (ctx->event) of empty folders and of names that not every system can write. */
LB_CHECKED int lb_bag_make(const struct lb_bag_making *making, const struct lb_ctx *ctx, struct lb_bag_made *out, struct lb_error *err);

/* A new folder that appears whole or not at all. Begin with {0}; lb_new_folder_clear in any case: it removes what is not in place. */
struct lb_new_folder { char *dir, *temp, *parent; /* its place; a hidden folder beside it, or NULL; what holds both */ };
LB_CHECKED int lb_new_folder_name(struct lb_new_folder *f, const char *dir, struct lb_error *err); /* LB_EXISTS when there */
LB_CHECKED int lb_new_folder_make(struct lb_new_folder *f, struct lb_error *err);
/* Makes temp, or the folder `part` in it, durable and moves it into its place; LB_EXISTS when that has been taken meanwhile. */
LB_CHECKED int lb_new_folder_place(struct lb_new_folder *f, const char *part, struct lb_error *err);
/* Instead of lb_new_folder_name and _place: for a folder that is there and stays there until the new one takes its place in one step;
 * lb_new_folder_clear then removes the old one. LB_IO where the file system cannot exchange two folders. */
LB_CHECKED int lb_new_folder_for(struct lb_new_folder *f, const char *dir, struct lb_error *err);
LB_CHECKED int lb_new_folder_exchange(struct lb_new_folder *f, const char *part, struct lb_error *err);
void lb_new_folder_clear(struct lb_new_folder *f);

/* ---- reading a package -------------------------------------------------------------------------------------------- */

#define LB_SIZE_UNKNOWN UINT64_MAX
struct lb_file_ref { const char *path, *sha256; uint64_t size; };             /* path relative to the package root; NULL, LB_SIZE_UNKNOWN: not told */
struct lb_listing {
	const char *id, *title, *owner_id, *owner_name, *license_id, *url, *posted; /* posted: ISO 8601 */
	const char *taken, *taken_granularity;                                     /* NULL when unknown */
	int64_t comments, faves;
	const char **tags; size_t ntags;
	struct lb_file_ref *files; size_t nfiles;
	const char *withheld;
};
/* Calls `each` for every photo of a package in its order; the listing is valid during the call. LB_NOTFOUND: not a lifeboat. */
typedef int lb_listing_fn(void *arg, const struct lb_listing *photo, struct lb_error *err);
LB_CHECKED int lb_package_list(const struct lb_container *c, lb_listing_fn *each, void *arg, struct lb_error *err);
/* The same of the file METS.xml alone: what METS does not tell is NULL or LB_UNKNOWN, and a date of which only the month or year
 * is known ends there. LB_FORMAT: not METS, or not of this format. */
LB_CHECKED int lb_package_list_mets(const char *path, lb_listing_fn *each, void *arg, struct lb_error *err);
/* What a photo's own data file tells. people: contributorIndex, or NULL; base: what stands before paths of files ("data/"). Texts are
 * borrowed from both and the arena. */
struct lb_json;
void lb_listing_of(const struct lb_json *photo, const struct lb_json *people, const char *base, struct lb_arena *arena, struct lb_listing *out);
/* lifeboat.json parsed: LB_NOTFOUND when it is not a lifeboat, LB_UNSUPPORTED for another major version. */
LB_CHECKED int lb_package_read_info(const struct lb_container *c, struct lb_json **out, struct lb_error *err);
LB_CHECKED int lb_package_check_version(const struct lb_json *info, struct lb_error *err); /* LB_FORMAT, LB_UNSUPPORTED */

/* ---- a part made anew -------------------------------------------------------------------------------------------------- */

/* What follows from the rest of a finished package, its files below data/viewer/, made again. All other files go into the new package
 * as they are (hard links where the file system allows), but for those that list the files. */
struct lb_remake;
/* Looks at the folder `c` and begins the new package in the new folder `dir`. LB_CORRUPT where what is not to be made anew is not what
 * its manifests tell: a file that is not there, not listed, or of another size; of another digest, among the data files and those
 * beside data/. Files are never listed by what they turn out to be. LB_UNSUPPORTED: a packed file; another major version. */
LB_CHECKED int lb_remake_begin(const struct lb_container *c, const char *dir, const struct lb_ctx *ctx, struct lb_remake **out, struct lb_error *err);
/* Where the new files are added, by lb_package_create, _close and _put: nothing but files below data/viewer/. */
struct lb_package *lb_remake_package(struct lb_remake *r);
/* files: that were made. changed: of them those that are new or have other bytes than were listed; gone: listed, and not made. lost: that
 * were not in the folder as listed, or not listed. Without changed and gone the manifests are the old ones. */
struct lb_remade { size_t files, changed, gone, lost; uint64_t bytes; };
LB_CHECKED int lb_remake_finish(struct lb_remake *r, struct lb_remade *out, struct lb_error *err);
void lb_remake_free(struct lb_remake *r);
void lb_remake_freep(struct lb_remake **r);

#endif
