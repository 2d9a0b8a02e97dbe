"""Cases for LB-: what a lifeboat has, and what its files say of each other (chapters 2, 3, 6, 11)."""
from kit.case import case, good
from kit.package import digest
from kit.page import BODY, PAGE

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
INDEX = "data/metadata/%s.js"
ALBUM = "albumIndex"
UNNAMED = {"LB-053": "no metadata names the files of the photo"}
IN_METS = {"METS-015": "METS.xml still tells what was true"}


def photo(p, number=0):
    return "photos/" + p.photos()[number]


def first(index):
    return next(iter(index.values()))


def stub(p):
    """The id of the photo that is withheld."""
    return next(id for id, entry in p.value("photoIndex").items() if entry["stub"])


@good("LB-011", base="lifeboat")
def whole(p):
    "a lifeboat as the program makes it"


@good("LB-026", base="stubs")
def whole_with_a_stub(p):
    "a lifeboat in which one photo is withheld"


@good("LB-011", base="lifeboat")
def told_anew(p):
    "a file below data/ that was changed, with everything that tells of it: the words of a comment"
    with p.data(photo(p)) as value:
        value["comments"][0]["text"] = "Other words"
    p.settle()


# ---- lifeboat.json ----

@case("LB-001", base="lifeboat", path="lifeboat.json")
def no_json(p):
    "lifeboat.json is cut off"
    p.write("lifeboat.json", p.read("lifeboat.json")[:-10])
    p.resign()


@case("LB-001", base="lifeboat", path="lifeboat.json")
def key_twice(p):
    "an object of lifeboat.json has a key twice: readers differ in which one they take"
    p.edit("lifeboat.json", '"format":', '"format": "something else", "format":')
    p.resign()


@case("LB-001", base="lifeboat", path="lifeboat.json")
def other_format(p):
    "lifeboat.json says that it is something else"
    with p.info() as info:
        info["format"] = "data-raft"
    p.resign()


@case("LB-001", base="lifeboat", path="lifeboat.json")
def version_in_words(p):
    "the format version is no pair of numbers"
    with p.info() as info:
        info["formatVersion"] = "one"
    p.resign()


@case("LB-001", base="lifeboat", path="lifeboat.json")
def no_version(p):
    "lifeboat.json has no format version"
    with p.info() as info:
        del info["formatVersion"]
    p.resign()


def update(p, version="1.7"):
    """What a later version of the format may have."""
    with p.info() as info:
        info["formatVersion"] = version
        info["weather"] = {"wind": "west"}
    with p.data("lifeboat") as about:
        about["formatVersion"] = version
    p.settle()


@case("LB-014", base="lifeboat", path="lifeboat.json")
def newer_minor_version(p):
    "a package of version 1.7, with a field that 1.0 does not know"
    update(p)


@case("LB-002", base="lifeboat", path="lifeboat.json", severity="warning", also={"LB-014": "the version is a later one"})
def newer_with_another_role(p):
    "a package of version 1.10 has further files, and a folder whose role 1.0 does not know"
    p.write("data/metadata/weather/2026.json", "{}\n")
    p.write("data/weather/2026.txt", "west\n")
    update(p, "1.10")
    with p.info() as info:
        file_of(info, "data/weather/2026.txt")["role"] = "weather"
    p.resign()


@case("LB-070", base="lifeboat", path="data/pages/more.html", severity="warning", also={"LB-014": "the version is a later one"})
def newer_page(p):
    "in a package of version 1.7 a page has an element that 1.0 does not know"
    p.write("data/pages/more.html", PAGE.replace(BODY, "<dialog>More</dialog>"))
    update(p)


@case("LB-012", base="lifeboat", path="lifeboat.json", also={"LB-014": "the version is a later one"})
def newer_and_inconsistent(p):
    "a package of version 1.7 counts wrong, which is an error as ever"
    update(p)
    with p.info() as info:
        info["counts"]["files"] += 1
    p.resign()


@case("LB-002", base="lifeboat", path="lifeboat.json")
def no_program(p):
    "lifeboat.json lacks the program"
    with p.info() as info:
        del info["program"]
    p.resign()


@case("LB-002", base="lifeboat", path="lifeboat.json")
def policy_is_text(p):
    "the policy is a string, not an object"
    with p.info() as info:
        info["policy"] = "rescue"
    p.resign()


@case("LB-002", base="lifeboat", path="lifeboat.json", also={"LB-010": "the file is then not listed", "LB-012": "nor counted"})
def file_without_size(p):
    "a file in lifeboat.json has no size"
    with p.info() as info:
        del info["files"][0]["size"]
    p.resign()


@case("LB-002", base="lifeboat", path="lifeboat.json",
      also={"LB-012": "it cannot be counted", "LB-020": "lifeboat.js counts without it"})
def photo_without_id(p):
    "a photo in lifeboat.json has an empty id"
    with p.info() as info:
        info["photos"].append("")
        info["counts"]["photos"] += 1
    p.resign()


@case("LB-010", base="lifeboat", path="data/pages/more.html")
def file_not_in_json(p):
    "lifeboat.json does not list a file"
    p.write("data/pages/more.html", PAGE)
    p.settle(info=False)


@case("LB-010", base="lifeboat", path="data/pages/less.html")
def file_in_json_only(p):
    "lifeboat.json lists a file that is not there"
    with p.info() as info:
        less = dict(next(file for file in info["files"] if file["path"] == "data/pages/licenses.html"), path="data/pages/less.html")
        info["files"].insert([file["path"] for file in info["files"]].index("data/pages/licenses-0001.html"), less)
        info["counts"]["files"] += 1
        info["counts"]["bytes"] += less["size"]
    p.resign()


@case("LB-010", base="lifeboat")
def files_not_sorted(p):
    "the files in lifeboat.json are not sorted"
    with p.info() as info:
        info["files"][0], info["files"][1] = info["files"][1], info["files"][0]
    p.resign()


@case("LB-010", base="lifeboat", path="data/README.html", also={"LB-012": "the count is that of the files"})
def file_twice_in_json(p):
    "lifeboat.json lists a file twice"
    with p.info() as info:
        info["files"].insert(0, info["files"][0])
    p.resign()


@case("LB-011", base="lifeboat", path="data/README.html")
def other_size_in_json(p):
    "a file has another size than in lifeboat.json"
    with p.info() as info:
        info["files"][0]["size"] += 1
        info["counts"]["bytes"] += 1
    p.resign()


@case("LB-011", base="lifeboat", path="data/README.html")
def other_digest_in_json(p):
    "a file has another digest than in lifeboat.json"
    with p.info() as info:
        info["files"][0]["sha256"] = digest(b"something else")
    p.resign()


@case("LB-012", base="lifeboat", path="lifeboat.json")
def wrong_bytes(p):
    "lifeboat.json counts one byte more"
    with p.info() as info:
        info["counts"]["bytes"] += 1
    p.resign()


@case("LB-012", base="lifeboat", path="lifeboat.json")
def wrong_files(p):
    "lifeboat.json counts one file less"
    with p.info() as info:
        info["counts"]["files"] -= 1
    p.resign()


@case("LB-013", base="lifeboat", path="lifeboat.json")
def photo_twice(p):
    "lifeboat.json lists a photo twice"
    with p.info() as info:
        info["photos"].append(info["photos"][0])
    p.resign()


# ---- the root, and the bag ----

@case("LB-003", base="lifeboat", path="README.txt")
def no_readme(p):
    "README.txt is missing, and nothing lists it"
    p.remove("README.txt")
    p.sign_tags()


@case("LB-003", base="lifeboat", path="index.html")
def no_start_page(p):
    "index.html is missing, and nothing lists it"
    p.remove("index.html")
    p.sign_tags()


@case("LB-004", base="lifeboat", path="notes.txt")
def file_at_the_root(p):
    "a further file at the root, listed"
    p.write("notes.txt", "x")
    p.sign_tags()


@case("LB-004", base="lifeboat", path="notes/a.txt")
def folder_at_the_root(p):
    "a further folder at the root; its file is listed"
    p.write("notes/a.txt", "x")
    p.sign_tags()


@case("LB-005", base="lifeboat", path=TAGS)
def tags_with_crlf(p):
    "the tag manifest has CRLF at the ends of lines, as no other file protects it from"
    p.write(TAGS, p.text(TAGS).replace("\n", "\r\n"))


@case("LB-005", base="lifeboat", path=TAGS)
def tags_not_sorted(p):
    "the tag manifest is not sorted"
    p.write(TAGS, "".join(reversed(p.text(TAGS).splitlines(True))))


@case("LB-005", base="lifeboat", path=MANIFEST)
def upper_case_digests(p):
    "the payload manifest has a digest in upper case"
    text = p.text(MANIFEST)
    p.write(MANIFEST, text[:64].upper() + text[64:])
    p.sign_tags()


@case("LB-005", base="lifeboat", path=MANIFEST, also={"BAG-019": "in any bag a warning"})
def star(p):
    "a path of the manifest has '*' before it"
    p.edit(MANIFEST, "  data/README.html", " *data/README.html")
    p.sign_tags()


@case("LB-006", base="lifeboat", path="bagit.txt")
def older_bagit(p):
    "bagit.txt says 0.97"
    p.declare("0.97")
    p.sign_tags()


@case("LB-006", base="lifeboat", path="bagit.txt")
def other_encoding(p):
    "bagit.txt says US-ASCII: true for all of these files, but not the format"
    p.declare("1.0", "US-ASCII")
    p.write("bag-info.txt", p.text("bag-info.txt").encode("ascii", "replace"))
    p.sign_tags()


@case("LB-006", base="lifeboat", path="manifest-sha512.txt", also={"LB-004": "it does not belong there"})
def further_manifest(p):
    "a manifest of SHA-512 beside the one of SHA-256"
    p.sign_payload("sha512")
    p.sign_tags()


@case("LB-007", base="lifeboat", path="data/pages/aux.html")
def device_name(p):
    "a name that Windows takes for a device"
    p.write("data/pages/aux.html", PAGE)
    p.settle()


@case("LB-008", base="lifeboat", path="data/pages/index.html")
def differ_in_case(p):
    "two names differ only in case"
    p.write("data/pages/INDEX.html", PAGE)
    p.settle()


@case("LB-009", base="lifeboat", path="README.txt")
def root_file_not_listed(p):
    "the tag manifest does not list README.txt"
    p.edit(TAGS, p.lines(["README.txt"], "sha256"), "")


# ---- lifeboat.js and the indexes ----

@case("LB-020", base="lifeboat", path=INDEX % "lifeboat")
def other_title(p):
    "lifeboat.js has another title than lifeboat.json"
    with p.data("lifeboat") as about:
        about["name"] = "Another title"
    p.settle()


@case("LB-020", base="lifeboat", path=INDEX % "lifeboat")
def other_maker(p):
    "lifeboat.js names another maker than lifeboat.json"
    with p.data("lifeboat") as about:
        about["creator"]["name"] = "Somebody else"
    p.settle()


@case("LB-020", base="lifeboat", path=INDEX % "lifeboat")
def script(p):
    "lifeboat.js is a script that is not one value"
    p.append(INDEX % "lifeboat", "alert(1);\n")
    p.settle()


@case("LB-021", base="lifeboat", path=INDEX % "photoIndex")
def photo_not_in_index(p):
    "photoIndex.js lacks a photo"
    with p.data("photoIndex") as index:
        del index[p.photos()[0]]
    p.settle()


@case("LB-021", base="lifeboat", path=INDEX % "photoIndex")
def photo_in_index_only(p):
    "photoIndex.js has a photo more"
    with p.data("photoIndex") as index:
        index["999"] = dict(first(index), metadataPath="metadata/photos/999.js")
    p.settle()


@case("LB-021", base="lifeboat", path=INDEX % "photoIndex")
def leads_to_another_photo(p):
    "in photoIndex.js the metadata of one photo is said to be that of another"
    with p.data("photoIndex") as index:
        one, other = p.photos()
        index[one]["metadataPath"] = index[other]["metadataPath"]
    p.settle()


@case("LB-021", base="lifeboat", path=INDEX % "photoIndex")
def no_index(p):
    "photoIndex.js is missing, and nothing lists it"
    p.remove(INDEX % "photoIndex")
    p.settle()


@case("LB-022", base="lifeboat", also={**UNNAMED, "LB-041": "the crate names the photo, which has no metadata"})
def no_metadata(p):
    "the metadata of a photo is missing, and nothing lists it"
    p.remove(INDEX % photo(p))
    p.settle()


@case("LB-022", base="lifeboat", also=UNNAMED)
def metadata_is_a_script(p):
    "the metadata of a photo calls a function"
    p.edit(INDEX % photo(p), "const photo = {", "const photo = load({")
    p.settle()


@case("LB-022", base="lifeboat")
def metadata_of_another_name(p):
    "the metadata of a photo defines another constant"
    with p.data(photo(p), constant="picture"):
        pass
    p.settle()


@case("LB-023", base="lifeboat")
def about_another_photo(p):
    "the metadata of one photo has the id of another"
    with p.data(photo(p)) as value:
        value["id"] = p.photos()[1]
    p.settle()


@case("LB-024", base="lifeboat", also=UNNAMED)
def media_elsewhere(p):
    "the original of a photo is not where its metadata says"
    with p.data(photo(p)) as value:
        value["files"]["original"]["path"] = value["files"]["original"]["path"].replace("originals", "original")
    p.settle()


@case("LB-024", base="lifeboat")
def other_checksum(p):
    "the thumbnail of a photo has another digest than in its metadata"
    with p.data(photo(p)) as value:
        value["files"]["thumbnail"]["checksum"] = digest(b"something else")
    p.settle()


@case("LB-024", base="lifeboat")
def other_size(p):
    "the original of a photo has another size than in its metadata"
    with p.data(photo(p)) as value:
        value["files"]["original"]["size"] += 1
    p.settle()


@case("LB-025", base="lifeboat", path="data/metadata/photos/999.js")
def metadata_of_a_stranger(p):
    "there is metadata of a photo that lifeboat.json does not have"
    value = p.value(photo(p))
    value["id"] = "999"
    p.write(INDEX % "photos/999", "const photo = {};\n")
    with p.data("photos/999") as stranger:
        stranger.update(value)
    p.settle()


# ---- stubs ----

@case("LB-026", base="stubs")
def stub_with_comments(p):
    "the metadata of a stub has comments"
    with p.data("photos/" + stub(p)) as value:
        value["comments"] = []
    p.settle()


@case("LB-031", base="stubs", also=IN_METS)
def stub_without_reason(p):
    "a stub does not say why it is one"
    with p.data("photos/" + stub(p)) as value:
        value["withheld"] = None
    p.settle()


@case("LB-026", base="stubs", also={**IN_METS, "LB-031": "it lacks what other photos have"})
def stub_in_one_place(p):
    "a photo is a stub in photoIndex.js and not in its metadata"
    with p.data("photos/" + stub(p)) as value:
        value["stub"] = False
    p.settle()


@case("LB-026", base="stubs", path=INDEX % "photoIndex", also={"LB-030": "the schema says it, too"})
def stub_with_faves(p):
    "photoIndex.js tells how many liked a stub"
    with p.data("photoIndex") as index:
        index[stub(p)]["countFaves"] = 3
    p.settle()


@case("LB-026", base="stubs")
def stub_with_file(p):
    "lifeboat.json gives a thumbnail to a stub"
    with p.info() as info:
        next(file for file in info["files"] if file["role"] == "thumbnail")["photo"] = stub(p)
    p.resign()


# ---- the other indexes ----

@case("LB-027", base="lifeboat", path=INDEX % "consentIndex")
def no_consent(p):
    "consentIndex.js is missing, and nothing lists it"
    p.remove(INDEX % "consentIndex")
    p.settle()


@case("LB-027", base="lifeboat", path=INDEX % "missing")
def index_cut_off(p):
    "missing.js ends before its value does"
    p.write(INDEX % "missing", "const missing = [\n")
    p.settle()


@case("LB-027", base="lifeboat", path=INDEX % "tagList")
def index_of_another_name(p):
    "tagList.js defines another constant"
    with p.data("tagList", constant="tags"):
        pass
    p.settle()


@case("LB-030", base="lifeboat", path=INDEX % "consentIndex")
def policy_untold(p):
    "consentIndex.js does not tell the policy"
    with p.data("consentIndex") as consent:
        del consent["policy"]
    p.settle()


@case("LB-030", base="lifeboat", path=INDEX % ALBUM)
def album_without_photos(p):
    "an album has no photoIds"
    with p.data(ALBUM) as albums:
        del first(albums)["photoIds"]
    p.settle()


@case("LB-030", base="lifeboat", path=INDEX % "tagList")
def list_is_an_object(p):
    "tagList.js is an object, not a list"
    p.write(INDEX % "tagList", "const tagList = {};\n")
    p.settle()


@case("LB-028", base="lifeboat", path=INDEX % ALBUM)
def album_of_a_stranger(p):
    "an album has a photo that is not here"
    with p.data(ALBUM) as albums:
        first(albums)["photoIds"].append("999")
    p.settle()


@case("LB-028", base="lifeboat", path=INDEX % "photoOrder")
def other_order(p):
    "photoOrder.js has the photos in another order than lifeboat.json"
    with p.data("photoOrder") as order:
        order.reverse()
    p.settle()


@case("LB-028", base="lifeboat", path=INDEX % "collectionIndex")
def collection_in_nothing(p):
    "a collection is in one that is not there"
    with p.data("collectionIndex") as collections:
        collections["1-1"] = collection(p, "1-2")
    p.settle()


@case("LB-028", base="lifeboat", path=INDEX % "collectionIndex")
def collections_in_a_circle(p):
    "two collections are in each other"
    with p.data("collectionIndex") as collections:
        collections["1-1"] = collection(p, "1-2")
        collections["1-2"] = collection(p, "1-1")
    p.settle()


def collection(p, parent):
    owner = first(p.value(ALBUM))["ownerId"]
    return {"title": "Boats", "description": None, "ownerId": owner, "parentId": parent, "albumIds": list(p.value(ALBUM))}


@case("LB-028", base="lifeboat", path=INDEX % "profileIndex")
def profile_of_a_stranger(p):
    "profileIndex.js has a member who is not in contributorIndex.js"
    with p.data("profileIndex") as profiles:
        profiles["99@N00"] = dict(first(profiles))
    p.settle()


@case("LB-029", base="lifeboat", path=INDEX % "contributorIndex")
def icon_not_there(p):
    "contributorIndex.js names a picture that is not there"
    with p.data("contributorIndex") as people:
        next(person for person in people.values() if not person["iconPath"])["iconPath"] = "media/icons/99@N00.jpg"
    p.settle()


@case("LB-029", base="lifeboat", path="data/media/icons/71000002@N06.jpg")
def icon_of_nobody(p):
    "a member's picture is there that contributorIndex.js does not name"
    with p.data("contributorIndex") as people:
        people["71000002@N06"]["iconPath"] = None
    p.settle()


@case("LB-029", base="lifeboat", path=INDEX % "contributorIndex", also={"LB-030": "it has not the name of one"})
def icon_that_is_an_original(p):
    "contributorIndex.js takes a photo for a member's picture"
    original = p.value(photo(p))["files"]["original"]["path"]
    with p.data("contributorIndex") as people:
        next(person for person in people.values() if not person["iconPath"])["iconPath"] = original
    p.settle()


# ---- roles ----

def file_of(info, path):
    return next(file for file in info["files"] if file["path"] == path)


@case("LB-052", base="lifeboat", path="data/README.html")
def other_role(p):
    "a page has the role of metadata in lifeboat.json"
    with p.info() as info:
        file_of(info, "data/README.html")["role"] = "metadata"
    p.resign()


@case("LB-052", base="lifeboat", path=INDEX % "tagList", also={"LB-002": "the list of roles has no such word"})
def unknown_role(p):
    "a file has a role that there is not"
    with p.info() as info:
        file_of(info, INDEX % "tagList")["role"] = "index"
    p.resign()


@case("LB-052", base="lifeboat", path="data/media/icons/71000002@N06.jpg")
def icon_as_thumbnail(p):
    "a member's picture has the role of a thumbnail"
    with p.info() as info:
        file_of(info, "data/media/icons/71000002@N06.jpg")["role"] = "thumbnail"
    p.resign()


@case("LB-052", base="lifeboat", path="data/notes.txt")
def file_without_role(p):
    "a file lies beside the folders that have roles"
    p.write("data/notes.txt", "x")
    p.settle()


@case("LB-052", base="lifeboat")
def file_of_a_stranger(p):
    "a file belongs to a photo that is not in lifeboat.json"
    with p.info() as info:
        file_of(info, INDEX % photo(p))["photo"] = "999"
    p.resign()


@good("LB-052", base="lifeboat")
def other_programs_file(p):
    "a file below data/viewer/ that no chapter names"
    p.write("data/viewer/search.json", "[]\n")
    p.settle()


@case("LB-053", base="lifeboat")
def original_of_nobody(p):
    "lifeboat.json says of an original that it belongs to no photo"
    with p.info() as info:
        next(file for file in info["files"] if file["role"] == "original")["photo"] = None
    p.resign()


@case("LB-053", base="lifeboat")
def original_not_named(p):
    "the metadata of a photo has no original, but it is there"
    with p.data(photo(p)) as value:
        value["files"]["original"] = None
    p.settle()


@case("LB-053", base="lifeboat", path="data/media/thumbnails/51000021629_2273375f4b_q.jpg",
      also={"METS-010": "METS.xml lists it with no photo", "METS-012": "nor describes it", "LB-012": "it is not counted"})
def second_thumbnail(p):
    "a further thumbnail of a photo, which no metadata names"
    path = "data/media/thumbnails/51000021629_2273375f4b_q.jpg"
    p.write(path, p.read(path.replace("_q", "_n")))
    p.settle()
    with p.info() as info:
        file_of(info, path)["photo"] = p.photos()[0]
    p.resign()


@case("LB-053", base="lifeboat")
def thumbnail_as_original(p):
    "the metadata of a photo names its thumbnail twice, and its original not at all"
    with p.data(photo(p)) as value:
        value["files"]["original"] = value["files"]["thumbnail"]
    p.settle()


# ---- packed ----

def move(container, top):
    """All members into another top folder."""
    for member in container.members:
        member.name = top + member.name[member.name.index(b"/"):]


@case("LB-015", base="lifeboat zip")
def zip_of_another_name(z):
    "the top folder of a zip has another name than lifeboat.json tells"
    move(z, b"boats")


@case("LB-015", base="lifeboat tar")
def tar_of_another_name(t):
    "the top folder of a tar has another name than lifeboat.json tells"
    move(t, b"boats")


@good("LB-015", base="lifeboat")
def folder_of_another_name(p):
    "a folder may be called what its owner likes, as this one is"
