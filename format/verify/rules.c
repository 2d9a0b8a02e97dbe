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
	{"BAG-002", E, ST, "bagit.txt has exactly its two lines (with a blank before a colon, in older bags a warning)"},
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
	{"BAG-026", W, FI, "there is a payload manifest stronger than MD5 and SHA-1"},
	{"BAG-027", E, CO, "every payload manifest lists every payload file (in older bags a warning)"},
	{"BAG-028", E, ST, "there are no links and no special files"},
	{"BAG-029", W, ST, "names can be written on every common system"},
	{"BAG-030", W, ST, "no two names differ only in case or composition"},
	{"BAG-031", W, ST, "there are no empty folders: no manifest can list them"},
	{"BAG-032", E, ST, "every line of fetch.txt is an address, a length and a path below data/"},
	{"BAG-033", E, CO, "every file of fetch.txt is in a payload manifest"},
	{"BAG-034", I, CO, "the bag is complete without fetch.txt"},
	{"BAG-035", E, CO, "there is a data folder"},
	{"BAG-036", W, ST, "bag-info.txt repeats none of the labels that are to be there once (Bagging-Date, Bag-Size, Bag-Group-Identifier, Bag-Count)"},
	{"BAG-037", W, ST, "bag-info.txt has no blank lines, no blanks beside a label, and a blank after its colon"},
	{"BAG-038", W, CO, "files of fetch.txt that are there have the length that it tells"},
	{"BAG-039", W, ST, "tag files in UTF-8 have no byte order mark"},
	{"BAG-040", W, CO, "where no digest is checked, there is a Payload-Oxum to compare sizes with"},
	{"BAG-099", I, ST, "all findings are told"},
	{"FND-001", E, ST, "metadata/photoIndex.js can be read"},
	{"FND-002", E, ST, "every other data file, and every entry of one, can be read"},
	{"FND-003", W, SC, "a data file defines the name that it is known by"},
	{"FND-004", E, ST, "no index has a key twice"},
	{"FND-006", E, SC, "the keys of photoIndex.js are ids of photos: up to 24 digits"},
	{"FND-007", W, SC, "fields have the types that chapter 12 gives them"},
	{"FND-010", E, CO, "every photo of photoIndex.js has its own data file"},
	{"FND-011", E, CN, "a photo's own data file is about that photo"},
	{"FND-012", E, CN, "photoIndex.js and the photo's own file tell the same title, uploader, licence and thumbnail"},
	{"FND-013", W, CN, "photoIndex.js and the photo's own file tell the same counts, dates and visibility"},
	{"FND-014", W, CN, "every file below metadata/photos/ is about a photo of photoIndex.js"},
	{"FND-015", E, ST, "paths in data files stay inside the package"},
	{"FND-016", E, CO, "every media file that a photo names is there"},
	{"FND-017", E, CO, "a media file has the size that its photo tells"},
	{"FND-018", E, FI, "a media file has the checksum that its photo tells"},
	{"FND-019", W, FI, "checksums have the length of MD5, SHA-1, SHA-256 or SHA-512"},
	{"FND-020", I, FI, "the algorithm of a checksum is told; else it is judged by its length"},
	{"FND-021", I, FI, "every media file has a checksum; else nothing vouches for its bytes"},
	{"FND-022", I, CO, "every file below media/ is named by a photo"},
	{"FND-023", W, CN, "no media file is named more than once"},
	{"FND-024", W, CN, "albums, galleries and groups name only photos of photoIndex.js"},
	{"FND-025", W, CN, "uploaders, commenters, taggers and owners are in contributorIndex.js"},
	{"FND-026", W, CN, "licences of photos are in licenseIndex.js"},
	{"FND-027", W, CN, "albums, galleries and groups of photos are in their indexes"},
	{"FND-028", W, CO, "every photo names its original and its thumbnail, or why it has none"},
	{"FND-030", W, CO, "README.html is there"},
	{"FND-031", W, CO, "the viewer is there"},
	{"FND-032", I, CO, "metadata/lifeboat.js is there"},
	{"FND-033", W, SC, "lifeboat.js has its fields"},
	{"FND-034", W, SC, "dates and granularities can be read"},
	{"FND-035", I, SC, "files are told in one way throughout"},
	{"FND-036", W, CO, "contributorIndex.js and licenseIndex.js are there"},
	{"FND-037", E, FI, "every file can be read, and does not change meanwhile"},
	{"LB-001", E, ST, "lifeboat.json can be read"},
	{"LB-002", E, SC, "lifeboat.json has its fields"},
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
	{"LB-014", I, ST, "the format version is 1.0; what a later one added is not judged"},
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
	{"LB-052", E, CN, "every file has the role of its folder in lifeboat.json, and belongs to a photo that is there, or to none"},
	{"LB-053", E, CN, "every original and thumbnail is named by the metadata of a photo"},
	{"LB-060", E, SC, "api.warc.gz is a WARC 1.1 file, a gzip member a record, whole, with every record's digest"},
	{"LB-061", E, CN, "api.warc.gz has a record of every media file, with its digest and size"},
	{"LB-062", E, CN, "api.warc.gz holds no key, token or signature"},
	{"LB-063", W, CO, "the package carries plan.json and api.warc.gz, unless it was converted from another format"},
	{"LB-070", E, SC, "pages are written in the plain form, and nothing in them runs"},
	{"LB-071", E, SC, "pages load nothing from outside the package"},
	{"LB-072", E, SC, "every page has its Content-Security-Policy"},
	{"METS-001", E, SC, "METS.xml can be read"},
	{"METS-002", E, CN, "METS.xml lists exactly the files below data/ (and lifeboat.json, if at all, as it is)"},
	{"METS-003", E, CN, "METS.xml has every file's size and digest"},
	{"METS-004", E, CN, "METS.xml has exactly the photos of lifeboat.json, in their order"},
	{"METS-005", E, CN, "METS.xml tells the licence that a photo's metadata tells"},
	{"METS-006", E, CN, "METS.xml has the id of lifeboat.json"},
	{"PRF-001", E, ST, "bag-info.txt names the profile in BagIt-Profile-Identifier"},
	{"PRF-002", E, ST, "bag-info.txt has every label that the profile requires"},
	{"PRF-003", E, ST, "labels have only values that the profile lists for them"},
	{"PRF-004", E, ST, "no label is repeated that the profile lets stand only once"},
	{"PRF-005", W, ST, "bag-info.txt has every label that the profile recommends"},
	{"PRF-006", E, ST, "there is a payload manifest of every algorithm that the profile requires"},
	{"PRF-007", E, ST, "payload manifests are of algorithms that the profile allows"},
	{"PRF-008", E, ST, "there is a tag manifest of every algorithm that the profile requires"},
	{"PRF-009", E, ST, "tag manifests are of algorithms that the profile allows"},
	{"PRF-010", E, ST, "there is no fetch.txt where the profile does not allow one"},
	{"PRF-011", E, ST, "there is a fetch.txt where the profile requires one"},
	{"PRF-012", E, CO, "where the profile wants the payload empty, there is at most one file below data/, and it is empty"},
	{"PRF-013", E, ST, "the bag is packed where the profile requires it, and a folder where the profile forbids packing"},
	{"PRF-014", E, ST, "a packed bag is of a type that the profile accepts"},
	{"PRF-015", E, ST, "the version of BagIt is one that the profile accepts"},
	{"PRF-016", E, CO, "every tag file that the profile requires is there"},
	{"PRF-017", E, CO, "every tag file is one that the profile allows"},
	{"PRF-018", E, CO, "every payload file that the profile requires is there"},
	{"PRF-019", E, CO, "every payload file is one that the profile allows"},
	{"PRF-020", I, ST, "every member of the profile is one that BagIt Profiles 1.4.0 has"},
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
