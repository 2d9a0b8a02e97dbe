/* A BagIt profile as it was read. */
#ifndef LB_PROFILE_PRIVATE_H
#define LB_PROFILE_PRIVATE_H

#include "format/verify/verify_private.h"

/* Texts of a list; `given` is false where the profile has no such member. */
struct lb_profile_list { const char **items; size_t count; bool given; };
struct lb_profile_label { const char *name; bool required, recommended, repeatable; struct lb_profile_list values; };
enum lb_serialization { LB_SERIALIZATION_OPTIONAL, LB_SERIALIZATION_REQUIRED, LB_SERIALIZATION_FORBIDDEN };
struct lb_profile_files { struct lb_profile_list required, allowed; };
struct lb_profile_hashes { struct lb_profile_list required, allowed; };

struct lb_bag_profile {
	struct lb_arena arena;
	const char *id;
	struct lb_profile_label *labels; size_t nlabels;
	struct lb_profile_hashes manifests, tag_manifests;
	struct lb_profile_files tag_files, payload_files;
	struct lb_profile_list versions, types;         /* Accept-BagIt-Version, Accept-Serialization */
	bool allow_fetch, require_fetch, data_empty;
	enum lb_serialization serialization;
	struct lb_profile_list unknown;                 /* members that we do not know */
};

/* '*' is any text, '?' any byte, [a-z] and [!a-z] one of a set: as in glob(7), but across '/'. In time by the product of
 * the lengths at most, whatever the pattern. */
bool lb_glob_match(const char *pattern, const char *text);
bool lb_glob_match_any(const struct lb_profile_list *patterns, const char *text);

#endif
