#include <string.h>

#include "format/verify/verify_private.h"

#define E LB_SEVERITY_ERROR
#define W LB_SEVERITY_WARNING
#define I LB_SEVERITY_INFO
#define ST LB_LEVEL_STRUCTURE
#define CO LB_LEVEL_COMPLETENESS
#define FI LB_LEVEL_FIXITY
#define SC LB_LEVEL_SCHEMA
#define CN LB_LEVEL_CONSISTENCY

/* Sorted by id. "In older bags a warning": than BagIt 1.0. */
const struct lb_rule lb_rules[] = {
	{"BAG-001", E, ST, "bagit.txt is there"},
	{"BAG-002", E, ST, "bagit.txt has exactly its two lines"},
	{"BAG-003", E, ST, "the BagIt version is one of 0.93 to 0.97 and 1.0"},
	{"BAG-004", E, ST, "tag files are in the encoding that bagit.txt names"},
	{"BAG-005", E, ST, "bag-info.txt consists of \"Label: value\" elements"},
	{"BAG-006", E, ST, "there is a payload manifest of a known algorithm"},
	{"BAG-007", W, ST, "manifests are of a known algorithm; others are not checked"},
	{"BAG-008", E, ST, "every manifest line is a digest and a path"},
	{"BAG-009", W, ST, "manifests have no blank lines"},
	{"BAG-010", E, ST, "a payload manifest lists paths below data/ only, and none leaves the bag"},
	{"BAG-011", E, ST, "no manifest lists a file twice (with the same digest, in older bags a warning)"},
	{"BAG-012", E, CO, "every listed file is there"},
	{"BAG-013", E, CO, "every file below data/ is listed"},
	{"BAG-014", E, FI, "every listed file has its digest"},
	{"BAG-015", E, FI, "every listed file can be read, and does not change meanwhile"},
	{"BAG-016", E, ST, "what is listed is a file"},
	{"BAG-017", E, CO, "Payload-Oxum tells the size and number of the files below data/"},
	{"BAG-018", E, ST, "Payload-Oxum is there at most once and well formed (in older bags a warning)"},
	{"BAG-019", W, ST, "manifests have no '*' before a path"},
	{"BAG-020", W, ST, "manifests have no \"./\" before a path"},
	{"BAG-021", W, ST, "'%' in a listed path is written %25"},
	{"BAG-022", W, ST, "listed names are composed as those of the files"},
	{"BAG-023", W, CO, "where there is a tag manifest, it lists every tag file"},
	{"BAG-024", E, CO, "where there is a tag manifest, it lists every payload manifest (in older bags a warning)"},
	{"BAG-025", E, CO, "a tag manifest lists neither payload nor tag manifests (in older bags a warning)"},
	{"BAG-026", W, FI, "there is a manifest stronger than MD5 and SHA-1"},
	{"BAG-027", E, CO, "every payload manifest lists every payload file (in older bags a warning)"},
	{"BAG-028", E, ST, "there are no links and no special files"},
	{"BAG-029", W, ST, "names can be written on every common system"},
	{"BAG-030", W, ST, "no two names differ only in case or composition"},
	{"BAG-031", W, ST, "there are no empty folders: no manifest can list them"},
	{"BAG-032", E, ST, "every line of fetch.txt is an address, a length and a path below data/"},
	{"BAG-033", E, CO, "every file of fetch.txt is in a payload manifest"},
	{"BAG-034", I, CO, "the bag is complete without fetch.txt"},
	{"BAG-035", E, CO, "there is a data folder"},
	{"BAG-099", I, ST, "all findings are told"},
	{"LB-001", E, ST, "lifeboat.json can be read"},
	{"LB-002", E, SC, "lifeboat.json has the form of its schema"},
	{"LB-003", E, CO, "the files that every lifeboat has are there"},
	{"LB-004", E, ST, "nothing else is at the root"},
	{"LB-005", E, ST, "manifests are in canonical form: sorted, lower case, two spaces, LF"},
	{"LB-006", E, ST, "the bag is BagIt 1.0, UTF-8, with SHA-256 manifests and no others"},
	{"LB-007", E, ST, "names can be written on every common system"},
	{"LB-008", E, ST, "no two names differ only in case or composition"},
	{"LB-009", E, CO, "the tag manifest lists every file at the root but itself"},
	{"LB-010", E, CN, "lifeboat.json lists exactly the files below data/, sorted"},
	{"LB-011", E, CN, "lifeboat.json has every file's size and digest"},
	{"LB-012", E, CN, "lifeboat.json counts right"},
	{"LB-013", E, CN, "no photo is listed twice"},
	{"LB-020", E, CN, "data/metadata/lifeboat.js says the same as lifeboat.json"},
	{"LB-021", E, CN, "data/metadata/photoIndex.js has exactly the photos of lifeboat.json"},
	{"LB-022", E, SC, "every photo's metadata can be read"},
	{"LB-023", E, CN, "every photo's metadata is about that photo"},
	{"LB-024", E, CN, "a photo's media are there, with their size and digest"},
	{"LB-025", E, CN, "there is no metadata of photos that are not in lifeboat.json"},
	{"LB-026", E, CN, "a photo that the policy withholds is a stub: no file, and no more said than title, owner, address, licence and why"},
	{"LB-027", E, SC, "the indexes can be read"},
	{"LB-028", E, CN, "the indexes name only photos, members and collections that are there, in their order"},
	{"LB-029", E, CN, "every member's picture is named in contributorIndex.js, and every one that is named there is there"},
	{"LB-030", E, SC, "the other files of data/metadata have the form of their schemas"},
	{"LB-031", E, SC, "every photo's metadata has the form of its schema"},
	{"LB-032", E, SC, "data/provenance/plan.json, where it is there, has the form of its schema"},
	{"LB-040", E, CN, "data/ro-crate-metadata.json is there, and is an RO-Crate 1.1 about this package"},
	{"LB-041", E, CN, "the files that data/ro-crate-metadata.json names are there, with the size and digest that it tells, if any"},
	{"METS-001", E, SC, "METS.xml can be read"},
	{"METS-002", E, CN, "METS.xml lists exactly the files below data/ (and lifeboat.json, if at all, as it is)"},
	{"METS-003", E, CN, "METS.xml has every file's size and digest"},
	{"METS-004", E, CN, "METS.xml has exactly the photos of lifeboat.json, in their order"},
	{"METS-005", E, CN, "METS.xml tells the licence that a photo's metadata tells"},
	{"METS-006", E, CN, "METS.xml has the id of lifeboat.json"},
	{"TAR-001", E, ST, "the tar is whole and ends with two blocks of zeros"},
	{"TAR-002", E, ST, "nothing follows the end of the tar"},
	{"TAR-003", E, ST, "every header has its checksum"},
	{"TAR-004", E, ST, "extension headers are well formed and belong to a member"},
	{"TAR-008", E, ST, "padding is zeros"},
	{"TAR-009", E, ST, "members are of known kinds"},
	{"TAR-010", E, ST, "no file is stored sparsely"},
	{"TAR-011", E, ST, "global headers change no names and sizes"},
	{"TAR-012", E, ST, "no name is there twice"},
	{"TAR-013", E, ST, "names can be written on every common system and do not leave the folder"},
	{"TAR-014", E, ST, "all members are in one top folder"},
	{"TAR-015", E, ST, "only files have content"},
	{"TAR-017", E, ST, "nothing is both a file and a folder"},
	{"TAR-020", E, ST, "a tar in canonical form is canonical in every byte"},
	{"TAR-021", W, ST, "the tar is in canonical form"},
	{"TAR-022", E, FI, "every member can be read"},
	{"ZIP-001", E, ST, "the zip is whole and has its end record"},
	{"ZIP-002", E, ST, "nothing follows the end record"},
	{"ZIP-003", E, ST, "the two end records agree"},
	{"ZIP-004", E, ST, "the zip is not split"},
	{"ZIP-005", E, ST, "the central directory is well formed and complete"},
	{"ZIP-006", E, ST, "local and central headers agree"},
	{"ZIP-007", E, ST, "members do not overlap"},
	{"ZIP-008", E, ST, "every byte belongs to a member"},
	{"ZIP-009", E, ST, "nothing is encrypted"},
	{"ZIP-010", E, ST, "members are stored or deflated"},
	{"ZIP-011", W, ST, "sizes stand before the data"},
	{"ZIP-012", E, ST, "no name is there twice"},
	{"ZIP-013", E, ST, "names can be written on every common system and do not leave the folder"},
	{"ZIP-014", E, ST, "all members are in one top folder"},
	{"ZIP-015", E, ST, "sizes are possible"},
	{"ZIP-016", E, ST, "every member has one name"},
	{"ZIP-017", E, ST, "nothing is both a file and a folder"},
	{"ZIP-018", W, ST, "names beyond ASCII are marked as UTF-8"},
	{"ZIP-020", E, ST, "a zip in canonical form is canonical in every byte"},
	{"ZIP-021", W, ST, "the zip is in canonical form"},
	{"ZIP-022", E, FI, "every member can be read and has its CRC"},
};
const size_t lb_rule_count = LB_COUNT(lb_rules);

static const char *const levels[LB_LEVEL_COUNT] = {"structure", "completeness", "fixity", "schema", "consistency"};

const char *lb_level_name(enum lb_level level)
{
	for (unsigned i = 0; i < LB_LEVEL_COUNT; i++)
		if (level == 1u << i)
			return levels[i];
	return "";
}

bool lb_level_by_name(struct lb_span name, enum lb_level *out)
{
	for (unsigned i = 0; i < LB_LEVEL_COUNT; i++) {
		if (!lb_span_is(name, levels[i]))
			continue;
		*out = (enum lb_level)(1u << i);
		return true;
	}
	return false;
}

const struct lb_rule *lb_rule_find(const char *id)
{
	for (size_t i = 0; i < lb_rule_count; i++)
		if (strcmp(lb_rules[i].id, id) == 0)
			return &lb_rules[i];
	return NULL;
}
