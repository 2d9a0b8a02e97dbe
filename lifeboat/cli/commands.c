/* The table of commands: what the parser accepts, and what help, man page and completions tell. */
#include <string.h>

#include "lifeboat/cli/cli.h"

#define EXAMPLES(...) (const char *const[]){__VA_ARGS__, NULL}
#define OPTIONS(...) (const struct lb_option[]){__VA_ARGS__, {0}}
#define NO_OPTIONS (const struct lb_option[]){{0}}
#define EXITS(...) (const int[]){__VA_ARGS__, -1}
#define NO_EXITS (const int[]){-1}

#define ANY_NUMBER ((size_t)1 << 20)

const struct lb_option lb_global_options[] = {
	{"json", 0, NULL, "results as JSON Lines; the last one is a summary or an error"},
	{"quiet", 'q', NULL, "no progress, no notes; results, warnings and errors only"},
	{"verbose", 'v', NULL, "notes on what is being done"},
	{"progress", 0, "auto|plain|json|none", "how progress is told, on standard error"},
	{"color", 0, "auto|always|never", "colours; NO_COLOR in the environment means never"},
	{"help", 'h', NULL, "explain the command"},
	{"version", 0, NULL, "the version of this program"},
	{0},
};

#define OPTION_REPLAY {"replay", 0, "FILE", "answer from this recording (.warc.gz) and never touch the network"}
#define OPTION_PROFILE {"profile", 0, "FILE", "check against this BagIt profile (JSON) as well"}
#define OPTION_RATE {"rate", 0, "N", "API calls an hour, at most (default 3600, no more than 1000000)"}
#define OPTION_PARALLEL {"parallel", 0, "N", "files downloaded at once (default 4)"}
#define OPTIONS_MAKER                                                                                              \
	{"title", 0, "TEXT", "what the lifeboat is called"},                                                       \
	{"purpose", 0, "TEXT", "why it is made"},                                                                  \
	{"future", 0, "TEXT", "what those who open it later should know or do"},                                   \
	{"maker", 0, "TEXT", "who makes it"},                                                                      \
	{"maker-id", 0, "NSID", "the maker's Flickr id, like 12345678@N00"}

#define OPTIONS_WORDS                                                                                              \
	{"output", 'o', "DIR", "working folder: plan, evidence, and the package in DIR/lifeboat"},                 \
	OPTIONS_MAKER

#define OPTIONS_CHOICES                                                                                            \
	{"from", 0, "FILE", "more URLs, one a line (\"-\": standard input; # begins a comment)"},                  \
	{"layers", 0, "LIST", "what to ask around the photos: names with commas; all, default, -name"},           \
	{"policy", 0, "careful|own|consented|rescue", "which photos are taken whole (default careful)"},          \
	{"agree", 0, NULL, "accept what the rescue policy asks its user to accept"},                              \
	{"safety", 0, "safe|moderate|restricted", "highest safety level taken (default safe)"},                   \
	{"include-private", 0, NULL, "photos that not everybody may see, when signed in"},                        \
	{"pseudonymise", 0, "commenters", "other people's names become pseudonyms in the package"},               \
	{"silence", 0, "withhold|consent", "what an owner's silence means (default withhold)"},                   \
	{"deadline", 0, "DATE", "until when owners are asked to answer (default: in 30 days)"},                   \
	{"include-evidence", 0, NULL, "owners' answers in full in the package, not only their status"},           \
	{"update", 0, NULL, "read the lists again; ask what has changed since"}
#define OPTIONS_GATHER                                                                                             \
	{"rescue", 0, NULL, "information and originals of all photos first, then the rest"},                      \
	{"until", 0, "TIME", "stop at this time (06:30, or 2026-12-24T06:30:00Z); run again to go on"}

#define TEXT_LAYERS "Layers: comments, faves, people, albums, groups, galleries, exif, licenses (history), profiles, icons; "  \
	"all but licenses are asked by default. Policies: careful takes one's own photos, those of open licences and those "   \
	"whose owners consented; own; consented; rescue takes all that can be seen. The others leave title, owner, link, "      \
	"licence and reason."

const struct lb_command lb_commands[] = {
	{
		.name = "create", .arguments = "[URL...] -o DIR [options]", .run = cmd_create, .daily = true,
		.sentence = "Makes a lifeboat from Flickr URLs: plan, gather, build, verify",
		.text = "Any Flickr URL can be given, several at once; \"-\" reads URLs from standard input. Running the same "
			"command again resumes: nothing on record is asked for twice. The API key comes from LIFEBOAT_API_KEY or "
			"from the file lifeboat/credentials in the configuration folder. " TEXT_LAYERS,
		.examples = EXAMPLES("lifeboat create https://www.flickr.com/photos/USER/albums/ID -o album",
			"keep an album; open album/lifeboat/index.html afterwards",
			"lifeboat create -n https://www.flickr.com/photos/USER/ -o all",
			"only say what a photostream comes to: photos, licences, calls, hours",
			"lifeboat create --replay day.warc.gz https://www.flickr.com/photos/U/1 -o one",
			"the same from a recording, without network or key"),
		.options = OPTIONS(OPTIONS_WORDS, OPTIONS_CHOICES, OPTIONS_GATHER, OPTION_REPLAY, OPTION_RATE, OPTION_PARALLEL,
			{"dry-run", 'n', NULL, "stop after the plan"}),
		.exits = EXITS(LB_EXIT_GAPS, LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_AUTH, LB_EXIT_NETWORK, LB_EXIT_LOCKED,
			LB_EXIT_VERSION, LB_EXIT_INTERRUPTED),
		.min = 0, .max = ANY_NUMBER, .resumes = true,
	},
	{
		.name = "plan", .arguments = "[URL...] -o DIR [options]", .run = cmd_plan,
		.sentence = "Finds out what would be fetched, and writes plan.json",
		.text = "The plan may be edited before `lifeboat gather`: photos dropped or reordered, words changed. Where owners "
			"would have to consent, a letter to each is written into DIR/letters, to be sent by hand, and a row into "
			"DIR/consent.csv, to be filled in. " TEXT_LAYERS,
		.examples = EXAMPLES("lifeboat plan https://www.flickr.com/photos/USER/ -o all",
			"count photos by licence, visibility and owner; estimate calls, bytes and hours"),
		.options = OPTIONS(OPTIONS_WORDS, OPTIONS_CHOICES, OPTION_REPLAY, OPTION_RATE),
		.exits = EXITS(LB_EXIT_GAPS, LB_EXIT_NOTFOUND, LB_EXIT_AUTH, LB_EXIT_NETWORK, LB_EXIT_LOCKED, LB_EXIT_VERSION,
			LB_EXIT_INTERRUPTED),
		.min = 0, .max = ANY_NUMBER, .resumes = true,
	},
	{
		.name = "gather", .arguments = "DIR [options]", .run = cmd_gather,
		.sentence = "Fetches what the plan wants and the working folder lacks",
		.examples = EXAMPLES("lifeboat gather all", "fetch everything that all/plan.json names"),
		.options = OPTIONS(OPTIONS_GATHER, OPTION_REPLAY, OPTION_RATE, OPTION_PARALLEL),
		.exits = EXITS(LB_EXIT_GAPS, LB_EXIT_NOTFOUND, LB_EXIT_AUTH, LB_EXIT_NETWORK, LB_EXIT_LOCKED, LB_EXIT_VERSION,
			LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .resumes = true,
	},
	{
		.name = "build", .arguments = "DIR | --viewer PACKAGE [-o NEW] [options]", .run = cmd_build,
		.sentence = "Makes the package from what was gathered, without network",
		.text = "The same plan and evidence give the same bytes, whenever and wherever they are built. With --viewer it makes "
			"data/viewer/ of a finished package anew, from the metadata in it: for a package that an older program made, or whose "
			"viewer was lost or damaged. Neither evidence nor network is needed. Every other file stays as it is, but for those "
			"that list the files; a package of which anything else is damaged is refused, for a new list must not bless it. The "
			"new package takes the place of the old one in one step, or, with -o, stands beside it and shares its files on disk.",
		.examples = EXAMPLES("lifeboat build all", "write all/lifeboat anew",
			"lifeboat build --viewer harbour", "give the package harbour the viewer of this program",
			"lifeboat build --viewer harbour -o harbour-2026", "the same in a new folder; harbour stays as it is"),
		.options = OPTIONS({"viewer", 0, NULL, "make only the viewer, of a finished package, from its metadata"},
			{"output", 'o', "NEW", "with --viewer: write a new package here; must not exist"}),
		.exits = EXITS(LB_EXIT_GAPS, LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_LOCKED, LB_EXIT_VERSION, LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .resumes = true,
	},
	{
		.name = "bag", .arguments = "DIR -o OUT | DIR --in-place [options]", .run = cmd_bag,
		.sentence = "Makes a BagIt bag of any folder",
		.text = "With -o the folder stays as it is, and the files are copied into a new bag, each read once. With --in-place the "
			"folder itself becomes the bag: all that is in it moves into DIR/data. Stopped at whatever moment, the same command "
			"takes back what was begun and makes the bag; no file is ever lost. Links and special files cannot be in a bag and "
			"are refused before anything is changed. Algorithms: sha512 (default), sha256, sha384, sha224, sha512256, sha512224, "
			"sha3512, sha3384, sha3256, sha3224, blake2b512, blake2s256; md5 and sha1 for old programs only.",
		.examples = EXAMPLES("lifeboat bag scans -o scans-bag", "copy scans into the new bag scans-bag",
			"lifeboat bag --in-place scans", "scans itself becomes a bag; its files are in scans/data afterwards",
			"lifeboat bag scans -o b --algorithm sha256,sha512 --info \"Contact-Name: Ann\"",
			"two manifests, and a line more in bag-info.txt"),
		.options = OPTIONS({"output", 'o', "OUT", "the bag to make; must not exist"},
			{"in-place", 0, NULL, "turn DIR itself into a bag"},
			{"algorithm", 0, "LIST", "manifests of these algorithms: names with commas (default sha512)"},
			{"info", 0, "\"LABEL: VALUE\"", "a line for bag-info.txt; may be given again and again"},
			{"profile", 0, "FILE", "name this BagIt profile (JSON) in the bag, and check the bag against it"}),
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_LOCKED, LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .resumes = true,
	},
	{
		.name = "pack", .arguments = "DIR [-o FILE] [options]", .run = cmd_pack, .daily = true,
		.sentence = "Verifies a lifeboat and packs it into one file",
		.text = "DIR is a package or a working folder. The same folder gives the same bytes. One that is not valid is not "
			"packed.",
		.examples = EXAMPLES("lifeboat pack album", "write album.zip", "lifeboat pack album -o /backup/album.tar",
			"write a tar file"),
		.options = OPTIONS({"output", 'o', "FILE", "file to write, .zip or .tar (default: NAME.zip, here)"},
			{"force", 'f', NULL, "replace the file if it is there"},
			{"no-verify", 0, NULL, "pack the folder even if it is not valid"}),
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION, LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .reads_package = true,
	},
	{
		.name = "unpack", .arguments = "FILE [-o DIR] [options]", .run = cmd_unpack,
		.sentence = "Verifies a packed lifeboat and unpacks it into a new folder",
		.text = "Nothing is written when the file is damaged, tries to write elsewhere, or is not valid.",
		.examples = EXAMPLES("lifeboat unpack album.zip", "into a folder of the name that the file gives",
			"lifeboat unpack album.zip -o /archive/album", "into this folder, which must not exist"),
		.options = OPTIONS({"output", 'o', "DIR", "folder to make (default: the name in the file, here)"},
			{"no-verify", 0, NULL, "unpack the file even if it is not valid"}),
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION, LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .reads_package = true,
	},
	{
		.name = "verify", .arguments = "PATH... [options]", .run = cmd_verify, .daily = true,
		.sentence = "Checks that a lifeboat or BagIt bag is whole and unchanged",
		.text = "PATH is a folder, a packed file (read without unpacking) or a working folder. Every file is hashed; "
			"manifests, METS.xml, lifeboat.json and metadata are checked against each other. The Flickr Foundation's lifeboats "
			"are checked by what they tell. Levels: structure (always), "
			"completeness, fixity, schema, consistency.",
		.examples = EXAMPLES("lifeboat verify album.zip", "findings, a line each, then \"valid\" or \"not valid\"",
			"lifeboat verify --json /archive/*.zip", "the same for programs",
			"lifeboat verify --quick /archive/*", "are all files there, by name, number and size? No byte is hashed",
			"lifeboat verify --report premis -o report.xml album.zip", "besides, events of the check for an institution's records",
			"lifeboat verify --profile institution.json bag", "is it a bag as the institution wants them?"),
		.options = OPTIONS({"levels", 0, "LIST", "check these levels only: names with commas"},
			{"quick", 0, NULL, "the levels structure and completeness only: nothing is hashed"}, OPTION_PROFILE,
			{"report", 0, "premis", "a PREMIS 3 document of what was found, in place of the text"},
			{"output", 'o', "FILE", "write that document into FILE, and the text as usual"},
			{"force", 'f', NULL, "replace FILE if it is there"}),
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION, LB_EXIT_INTERRUPTED),
		.min = 1, .max = ANY_NUMBER, .reads_package = true,
	},
	{
		.name = "info", .arguments = "PATH [options]", .run = cmd_info, .daily = true,
		.sentence = "Says what a lifeboat is: title, maker, purpose, counts",
		.examples = EXAMPLES("lifeboat info album.zip", "without unpacking it"),
		.options = NO_OPTIONS,
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION),
		.min = 1, .max = 1, .reads_package = true,
	},
	{
		.name = "list", .arguments = "PATH [options]", .run = cmd_list, .daily = true,
		.sentence = "Lists the photos of a lifeboat, a line each",
		.text = "Columns, divided by tabs: id, date taken (as precisely as it is known), licence, owner, comments, faves, title. "
			"PATH may be the METS.xml of a lifeboat alone; what METS does not tell (comments, faves) is then missing.",
		.examples = EXAMPLES("lifeboat list album.zip", "without unpacking it", "lifeboat list --json album | grep '\"withheld\":\"'",
			"photos whose original is not there, with the reason",
			"lifeboat list album/lifeboat/METS.xml", "the same from METS.xml, without the rest"),
		.options = NO_OPTIONS,
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION),
		.min = 1, .max = 1, .reads_package = true,
	},
	{
		.name = "index", .arguments = "add PATH... | remove ID... | list | find QUERY... [options]", .run = cmd_index, .daily = true,
		.sentence = "Remembers which lifeboat holds which photo",
		.text = "A QUERY is a photo id, the address of a photo's page, or the address of a file at live.staticflickr.com; "
			"\"-\" reads them from standard input. The index is the file of --db, or of LIFEBOAT_INDEX, or "
			"lifeboat/index.sqlite in the data folder. Lifeboats are verified before they are added. "
			"One that lies in several places, packed or not, is one with several places; adding a newer one of the "
			"same id replaces it.",
		.examples = EXAMPLES("lifeboat index add album.zip /archive/other", "remember the photos of two lifeboats",
			"lifeboat index find https://www.flickr.com/photos/USER/ID", "which lifeboats hold this photo?",
			"lifeboat index list", "the lifeboats that are known"),
		.options = OPTIONS({"db", 0, "FILE", "the index"},
			{"no-verify", 0, NULL, "add lifeboats even if they are not valid"}),
		.exits = EXITS(LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_VERSION),
		.min = 1, .max = ANY_NUMBER, .words = "add remove list find", .reads_package = true,
	},
	{
		.name = "convert", .arguments = "PATH -o DIR [options]", .run = cmd_convert,
		.sentence = "Makes a lifeboat from one of the Flickr Foundation's (2024-2025)",
		.text = "PATH is a folder, zip or tar; it is only read. What it holds goes along: photos in its order, words, comments, "
			"albums; its own files stay as they were in data/provenance. What it never had is marked as such: it is no gap that "
			"exit code 3 tells of. Words given here go before those of the source.",
		.examples = EXAMPLES("lifeboat convert ENOLA_GAY.zip -o enola-gay", "open enola-gay/index.html afterwards",
			"lifeboat verify ENOLA_GAY.zip", "is the source in order?"),
		.options = OPTIONS({"output", 'o', "DIR", "folder to make, which must not exist: the package"}, OPTIONS_MAKER,
			{"date", 0, "TIME", "date of the conversion (default: now); the same gives the same bytes"}),
		.exits = EXITS(LB_EXIT_GAPS, LB_EXIT_INVALID, LB_EXIT_NOTFOUND, LB_EXIT_INTERRUPTED),
		.min = 1, .max = 1, .reads_package = true,
	},
	{
		.name = "url", .arguments = "URL... [options]", .run = cmd_url,
		.sentence = "Says what a Flickr URL means, without network",
		.examples = EXAMPLES("lifeboat url https://www.flickr.com/photos/USER/ID", "single_photo, photo_id=ID, ...",
			"lifeboat url --json - < urls.txt", "a JSON line for each line"),
		.options = NO_OPTIONS,
		.exits = NO_EXITS,
		.min = 1, .max = ANY_NUMBER,
	},
	{
		.name = "flickr", .arguments = "METHOD [NAME=VALUE...] [options]", .run = cmd_flickr,
		.sentence = "Makes one API call and prints the answer as received",
		.examples = EXAMPLES("lifeboat flickr flickr.photos.getInfo photo_id=12345", "the XML of one photo's information"),
		.text = "With --json the answer is the text in \"body\" of a line.",
		.options = OPTIONS(OPTION_REPLAY),
		.exits = EXITS(LB_EXIT_NOTFOUND, LB_EXIT_AUTH, LB_EXIT_NETWORK),
		.min = 1, .max = ANY_NUMBER,
	},
	{
		.name = "auth", .arguments = "[--status | --forget] [options]", .run = cmd_auth,
		.sentence = "Signs in to Flickr, to read what not everybody may see",
		.text = "Prints an address to open in any browser, and reads the code that Flickr shows there. Asks for reading only. "
			"Needs LIFEBOAT_API_KEY and LIFEBOAT_API_SECRET, or api_key and api_secret in the file lifeboat/credentials in "
			"the configuration folder; the token is kept in that file, which only its owner can read.",
		.examples = EXAMPLES("lifeboat auth", "sign in", "lifeboat auth --status", "who is signed in?",
			"lifeboat auth --forget", "take the token out of the file"),
		.options = OPTIONS({"status", 0, NULL, "ask Flickr who is signed in"},
			{"forget", 0, NULL, "remove the token from this machine"}),
		.exits = EXITS(LB_EXIT_AUTH, LB_EXIT_NETWORK, LB_EXIT_INTERRUPTED),
		.min = 0, .max = 0,
	},
	{
		.name = "help", .arguments = "[COMMAND] [options]", .run = cmd_help,
		.sentence = "Explains a command, or lists them",
		.examples = EXAMPLES("lifeboat help create", "how to make a lifeboat",
			"lifeboat help --man > lifeboat.1", "the manual page, in mdoc"),
		.options = OPTIONS({"man", 0, NULL, "print the manual page of all commands, in mdoc"}),
		.exits = NO_EXITS,
		.min = 0, .max = 2,
	},
	{
		.name = "version", .arguments = "[options]", .run = cmd_version,
		.sentence = "Prints the versions of the program and of the format",
		.examples = EXAMPLES("lifeboat version --json", "for programs"),
		.options = NO_OPTIONS,
		.exits = NO_EXITS,
		.min = 0, .max = 0,
	},
	{
		.name = "completion", .arguments = "bash|zsh|fish [options]", .run = cmd_completion,
		.sentence = "Prints a script that completes commands and options",
		.examples = EXAMPLES("source <(lifeboat completion bash)", "complete in this shell"),
		.options = NO_OPTIONS,
		.exits = NO_EXITS,
		.min = 1, .max = 1, .words = "bash zsh fish",
	},
};
const size_t lb_command_count = LB_COUNT(lb_commands);

const struct lb_command *lb_command_find(const char *name)
{
	for (size_t i = 0; i < lb_command_count; i++)
		if (strcmp(lb_commands[i].name, name) == 0)
			return &lb_commands[i];
	return NULL;
}

const char *lb_exit_text(int code)
{
	static const struct { int code; const char *text; } texts[] = {
		{LB_EXIT_DONE, "done"},
		{LB_EXIT_FAILED, "failed"},
		{LB_EXIT_USAGE, "wrong usage"},
		{LB_EXIT_GAPS, "done, with gaps: some items could not be had, and are listed"},
		{LB_EXIT_INVALID, "package not valid"},
		{LB_EXIT_NOTFOUND, "not found, or not a lifeboat"},
		{LB_EXIT_AUTH, "sign-in or permission needed"},
		{LB_EXIT_NETWORK, "Flickr or network unavailable, try again"},
		{LB_EXIT_LOCKED, "locked by another run"},
		{LB_EXIT_VERSION, "format version not supported"},
		{LB_EXIT_INTERRUPTED, "interrupted; the message gives the command that resumes"},
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (texts[i].code == code)
			return texts[i].text;
	return "unknown";
}
