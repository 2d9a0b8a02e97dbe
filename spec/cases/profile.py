"""Cases for PRF-: bags against a BagIt profile, which stands beside the package (chapter 6)."""
import json
import os

from kit.case import case, good

ID = "https://example.org/cases.json"
INFO = {"BagIt-Profile-Identifier": ID, "BagIt-Profile-Version": "1.4.0", "Source-Organization": "Cases",
        "External-Description": "What a case expects of a bag", "Version": "1"}
PROFILE = ("--profile", "@profile.json")
BAG_INFO = "BagIt-Profile-Identifier: %s\nSource-Organization: Nobody\nColour: red\nColour: green\n" % ID
OURS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bagit-profile.json")


def text(members, info=None):
    return json.dumps({"BagIt-Profile-Info": info or INFO, "Accept-BagIt-Version": ["0.97", "1.0"], **members}, indent=2) + "\n"


def judged_by(p, members, info=None):
    """The bag names the profile, which has these members; its tag files are "notes/more.txt" and those of every bag."""
    p.write("bag-info.txt", BAG_INFO)
    p.write("notes/more.txt", "x")
    p.sign_tags()
    p.beside("profile.json", text(members, info))


def row(decorate, name, words, members):
    def change(p):
        judged_by(p, members)
    change.__name__, change.__doc__ = name, words
    decorate(change)


def met(rule, name, words, **members):
    row(good(rule, base="bag", options=PROFILE), name, words, named(members))


def broken(rule, path, name, words, **members):
    row(case(rule, base="bag", path=path, options=PROFILE), name, words, named(members))


def named(members):
    """Python's names have no hyphens."""
    return {key.replace("_txt", ".txt").replace("_", "-"): value for key, value in members.items()}


# ---- bag-info.txt ----

met("PRF-001", "named", "a bag names the profile, which asks for nothing else")

met("PRF-002", "label_in_other_letters", "a label that is required stands in other letters",
    Bag_Info={"SOURCE-organization": {"required": True}})
met("PRF-002", "label_not_required", "a label that is not required is not there",
    Bag_Info={"Contact-Name": {"required": False, "values": ["A"], "repeatable": False, "description": "whom to ask"}})
broken("PRF-002", "bag-info.txt", "no_label", "a label that is required is not there",
       Bag_Info={"Contact-Name": {"required": True}})

met("PRF-003", "listed_values", "a repeated label has values that are listed",
    Bag_Info={"Colour": {"values": ["red", "green", "blue"]}})
broken("PRF-003", "bag-info.txt", "other_value", "of two values of a label one is not listed",
       Bag_Info={"Colour": {"values": ["red", "blue"]}})
broken("PRF-003", "bag-info.txt", "value_in_other_letters", "a value is listed in other letters",
       Bag_Info={"Source-Organization": {"values": ["nobody", "NOBODY"]}})

met("PRF-004", "repeated", "a label is repeated that may be", Bag_Info={"Colour": {"repeatable": True}})
met("PRF-004", "once", "a label that may not be repeated is there once",
    Bag_Info={"Source-Organization": {"repeatable": False}})
broken("PRF-004", "bag-info.txt", "repeated_against_the_profile", "a label is repeated that may not be",
       Bag_Info={"colour": {"repeatable": False}})

met("PRF-005", "recommended_label", "a label that is recommended is there",
    Bag_Info={"Source-Organization": {"recommended": True}})
broken("PRF-005", "bag-info.txt", "no_recommended_label", "a label that is recommended is not there",
       Bag_Info={"Contact-Name": {"recommended": True}})


@case("PRF-001", base="bag", path="bag-info.txt", options=PROFILE)
def another_profile(p):
    "a bag names another profile"
    judged_by(p, {}, {**INFO, "BagIt-Profile-Identifier": "https://example.org/other.json"})


@case("PRF-001", base="bag", path="bag-info.txt", options=PROFILE)
def no_profile(p):
    "a bag names no profile"
    p.beside("profile.json", text({}))


@good("PRF-001", base="bag", options=PROFILE)
def two_profiles(p):
    "a bag names two profiles, of which the second is this one"
    judged_by(p, {})
    p.write("bag-info.txt", "BagIt-Profile-Identifier: https://example.org/other.json\n" + BAG_INFO)
    p.sign_tags()


@case("PRF-001", base="bag", path="bag-info.txt", options=PROFILE, also={"PRF-002": "nor is any label there"})
def no_information(p):
    "there is no bag-info.txt, and the profile requires a label"
    judged_by(p, {"Bag-Info": {"Contact-Name": {"required": True}}})
    p.remove("bag-info.txt")
    p.sign_tags()


# ---- manifests ----

met("PRF-006", "manifest", "the manifest that is required is there", Manifests_Required=["sha256"])
broken("PRF-006", None, "no_manifest", "of two manifests that are required one is not there",
       Manifests_Required=["sha256", "sha512"])

met("PRF-007", "allowed_manifest", "the manifest is of an algorithm that is allowed", Manifests_Allowed=["md5", "sha256"])
broken("PRF-007", "manifest-sha256.txt", "manifest_not_allowed", "the manifest is of an algorithm that is not allowed",
       Manifests_Allowed=["sha512"])

met("PRF-008", "tag_manifest", "the tag manifest that is required is there", Tag_Manifests_Required=["sha256"])
broken("PRF-008", None, "no_tag_manifest", "a tag manifest that is required is not there",
       Tag_Manifests_Required=["sha256", "sha512"])
broken("PRF-009", "tagmanifest-sha256.txt", "tag_manifest_not_allowed", "no tag manifest is allowed",
       Tag_Manifests_Allowed=[])
met("PRF-009", "allowed_tag_manifest", "the tag manifest is of an algorithm that is allowed",
    Tag_Manifests_Allowed=["sha256"])


@good("PRF-006", base="bag", options=PROFILE)
def sha_3_of_python(p):
    "the manifest of SHA3-256 has the name that Python gives it, the profile has that of RFC 8493"
    p.sign_payload("sha3_256")
    judged_by(p, {"Manifests-Required": ["sha3256"], "Manifests-Allowed": ["sha256", "sha3256"]})


# ---- fetch.txt ----

met("PRF-010", "no_fetch", "fetch.txt is not allowed, and not there", Allow_Fetch_txt=False)
broken("PRF-011", "fetch.txt", "fetch_required", "fetch.txt is required, and not there", Fetch_txt_Required=True)


def fetched(p, members):
    p.write("fetch.txt", "https://example.org/a 3 data/a.txt\n")
    judged_by(p, members)


@case("PRF-010", base="bag", path="fetch.txt", options=PROFILE)
def fetch_not_allowed(p):
    "there is a fetch.txt, which is not allowed"
    fetched(p, {"Allow-Fetch.txt": False})


@case("PRF-010", base="bag", path="fetch.txt", options=PROFILE)
def fetch_not_allowed_in_words(p):
    "there is a fetch.txt, which is not allowed: the profile has \"false\" as a text"
    fetched(p, {"Allow-Fetch.txt": "false"})


@good("PRF-010", base="bag", options=PROFILE)
def fetch_allowed_untold(p):
    "there is a fetch.txt, of which the profile says nothing"
    fetched(p, {})


@good("PRF-011", base="bag", options=PROFILE)
def fetch_there(p):
    "fetch.txt is required, and there"
    fetched(p, {"Fetch.txt-Required": True})


# ---- files ----

broken("PRF-012", None, "payload_not_empty", "the payload shall be empty, and is not", Data_Empty=True)

met("PRF-016", "tag_file", "a tag file that is required is there", Tag_Files_Required=["notes/more.txt"])
broken("PRF-016", "notes/none.txt", "no_tag_file", "a tag file that is required is not there",
       Tag_Files_Required=["notes/more.txt", "notes/none.txt"])
broken("PRF-016", "notes", "tag_folder", "what is required as a tag file is a folder", Tag_Files_Required=["notes"])

met("PRF-017", "allowed_tag_files", "a tag file is allowed by a pattern; the bag's own files are always",
    Tag_Files_Allowed=["*/mor?.txt"])
broken("PRF-017", "notes/more.txt", "tag_file_not_allowed", "no pattern allows a tag file",
       Tag_Files_Allowed=["notes/*.xml", "more.txt"])
broken("PRF-017", "notes/more.txt", "no_tag_file_allowed", "no tag file is allowed", Tag_Files_Allowed=[])

met("PRF-018", "payload_file", "a file of the payload that is required is there", Payload_Files_Required=["data/sub/c.txt"])
broken("PRF-018", "data/c.txt", "no_payload_file", "a file of the payload that is required is not there",
       Payload_Files_Required=["data/c.txt"])

met("PRF-019", "star_across_folders", "\"*\" is any text, across folders", Payload_Files_Allowed=["data/*"])
met("PRF-019", "sets", "files are allowed by sets of characters",
    Payload_Files_Allowed=["data/[ab].txt", "data/[!a-b]*", "data/sub/?.txt"])
broken("PRF-019", "data/sub/c.txt", "payload_file_not_allowed", "a file of the payload is allowed by no pattern",
       Payload_Files_Allowed=["data/?.txt", "data/N*", "data/50*"])
broken("PRF-019", "data/a.txt", "case_of_patterns", "patterns tell capitals from small letters",
       Payload_Files_Allowed=["DATA/*", "data/[!a]*"])


def emptied(p, contents):
    p.remove("data")
    p.folder("data")
    for path, content in contents.items():
        p.write(path, content)
    p.resign()
    judged_by(p, {"Data-Empty": True})


@good("PRF-012", base="bag", options=PROFILE)
def empty_payload(p):
    "the payload shall be empty, and is"
    emptied(p, {})


@good("PRF-012", base="bag", options=PROFILE)
def one_empty_file(p):
    "the payload shall be empty, and has one file of no bytes"
    emptied(p, {"data/.keep": ""})


@case("PRF-012", base="bag", options=PROFILE)
def two_empty_files(p):
    "the payload shall be empty, and has two files of no bytes"
    emptied(p, {"data/a": "", "data/b": ""})


# ---- packing and version ----

met("PRF-013", "folder", "the bag is a folder, and packing is forbidden", Serialization="forbidden")
met("PRF-013", "folder_although_types_are_told", "the bag is a folder, and packing is optional", Serialization="optional",
    Accept_Serialization=["application/zip"])
broken("PRF-013", None, "not_packed", "the bag is a folder, and packing is required", Serialization="required",
       Accept_Serialization=["application/zip"])
met("PRF-015", "version", "the version is one of those that are accepted", Accept_BagIt_Version=["0.97", "1.0"])
broken("PRF-015", "bagit.txt", "version_not_accepted", "the version is 1.0, and only older ones are accepted",
       Accept_BagIt_Version=["0.96", "0.97"])


@good("PRF-015", base="bag", options=PROFILE)
def older_version(p):
    "a bag of version 0.97, which is accepted"
    p.remove("data/50%off.txt")
    p.declare("0.97")
    p.resign()
    judged_by(p, {})


def our_id():
    with open(OURS, encoding="utf-8") as file:
        return json.load(file)["BagIt-Profile-Info"]["BagIt-Profile-Identifier"]


def packed(decorate, name, words, **members):
    """A lifeboat, which names our own profile; `members` are those of another profile with its identifier."""
    def change(container):
        container.beside("profile.json", text(named(members), {**INFO, "BagIt-Profile-Identifier": our_id()}))
    change.__name__, change.__doc__ = name, words
    decorate(change)


def zip_case(rule, name, words, **members):
    packed(case(rule, base="lifeboat zip", options=PROFILE), name, words, **members)


def zip_good(rule, name, words, **members):
    packed(good(rule, base="lifeboat zip", options=PROFILE), name, words, **members)


zip_case("PRF-013", "packed", "the bag is packed, which is forbidden", Serialization="forbidden")
zip_good("PRF-013", "packed_as_required", "the bag is packed, as is required", Serialization="required",
         Accept_Serialization=["application/x-tar", "application/zip"])
zip_good("PRF-014", "packed_untold", "the bag is packed, of which the profile says nothing")
zip_good("PRF-014", "zip_of_windows", "a zip is accepted under another name of its type", Serialization="optional",
         Accept_Serialization=["application/x-zip-compressed"])
zip_case("PRF-014", "zip_not_accepted", "the bag is a zip, and only tars are accepted", Serialization="optional",
         Accept_Serialization=["application/x-tar", "application/gzip"])
packed(case("PRF-014", base="lifeboat tar", options=PROFILE), "tar_not_accepted", "the bag is a tar, and only zips are accepted",
       Serialization="required", Accept_Serialization=["application/zip"])
packed(good("PRF-014", base="lifeboat tar", options=PROFILE), "tar_of_gnu", "a tar is accepted under another name of its type",
       Serialization="required", Accept_Serialization=["application/x-gtar"])


# ---- the profile itself ----

met("PRF-020", "descriptions", "a profile with all that is said of itself and of labels",
    Bag_Info={"Colour": {"required": True, "recommended": True, "repeatable": True, "values": ["red", "green"], "description": "of it"}})
broken("PRF-020", None, "unknown_member", "the profile has a member that BagIt Profiles 1.4.0 does not have",
       Colour_Required=True)
broken("PRF-020", None, "unknown_word_of_a_label", "the profile says of a label what BagIt Profiles 1.4.0 does not have",
       Bag_Info={"Colour": {"maximum": 3}})


def by_our_own(base):
    def change(p):
        with open(OURS, encoding="utf-8") as file:
            p.beside("profile.json", file.read())
    change.__name__, change.__doc__ = "our_own_" + base.replace(" ", "_"), "a lifeboat (%s) by the profile of all lifeboats" % base
    good("PRF-001", base=base, options=PROFILE)(change)


for name in ("lifeboat", "stubs", "lifeboat zip", "lifeboat tar"):
    by_our_own(name)
