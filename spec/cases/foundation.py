"""Cases for FND-: packages of the Flickr Foundation (chapter 12)."""
import hashlib
import json

from kit.case import case, good, unprovable
from kit.package import digest
from kit.theirs import IDS, MAKER, SAILOR, media_path, own_path, picture

INDEX, ABOUT, PEOPLE, LICENSES = ("metadata/%s.js" % name for name in ("photoIndex", "lifeboat", "contributorIndex", "licenseIndex"))
FIRST, SECOND, THIRD = IDS
OWN = own_path(0)
ORIGINAL, THUMBNAIL = media_path(0, "original"), media_path(0, "thumbnail")
ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
NOBODY = "79999999@N99"
UNNAMED = {"FND-022": "no photo names its original"}


def own(p, number=0):
    """`with own(p) as photo:` changes a photo's own file."""
    return p.data("photos/" + IDS[number])


def tell(p, number=0, **fields):
    """Fields of a photo, in the index and in its own file."""
    with own(p, number) as photo:
        photo.update(fields)
    with p.data("photoIndex") as index:
        index[IDS[number]].update(fields)


def name_file(p, role, value, number=0):
    """What a photo names as its original or thumbnail; the index as well."""
    with own(p, number) as photo:
        photo["files"][role] = value
    if role == "thumbnail":
        with p.data("photoIndex") as index:
            index[IDS[number]]["thumbnail"]["path"] = value if isinstance(value, str) else value["path"]


def tell_checksum(p, checksum, role="original", number=0):
    with own(p, number) as photo:
        photo["files"][role]["checksum"] = checksum


def rename_key(p, old, new):
    """A key of photoIndex.js; its entry goes on leading to the same file."""
    p.edit(INDEX, '"%s": {' % old, '"%s": {' % new)


# ---- packages as they are ----

@good("FND-001", base="paths")
def files_as_paths(p):
    "layout 1: files as paths, mediaType, lifeboat.js; data files begin with const, let, var or the bare name"


@good("FND-001", base="objects")
def files_as_objects(p):
    "layout 2: files as objects with checksums, media, no lifeboat.js"


@good("FND-001", base="mixed")
def both_layouts(p):
    "photos of either layout in one package"


@good("FND-001", base="bagged")
def in_a_bag(p):
    "a package as the payload of a bag"


@good("FND-001", base="paths zip")
def in_a_zip(p):
    "a package in a zip, in one top folder"


@good("FND-001", base="objects tar")
def in_a_tar(p):
    "a package in a tar, in one top folder"


@good("FND-001", base="objects zip")
def in_a_zip_without_a_folder(p):
    "a package in a zip without a folder around it"
    for member in p.members:
        member.name = member.name.partition(b"/")[2]


@good("FND-001", base="paths")
def in_one_folder(p):
    "a package in the one folder of a folder"
    for name in ("metadata", "media", "viewer", "README.html"):
        p.rename(name, "THE_QUAY/" + name)


@good("FND-001", base="own data", also={"FND-022": "icons belong to people, not to photos"})
def data_of_a_lifeboat(p):
    "the data/ of a package of version 1.0 is such a package by itself"


@good("FND-021", base="objects")
def every_file_has_a_checksum(p):
    "of every file a checksum is told"


@good("FND-001", base="paths")
def mark_and_space(p):
    "photoIndex.js has a byte order mark, white space around its value and no semicolon"
    p.write(INDEX, "\ufeff\n  const\tphotoIndex\n=\n" + json.dumps(p.value("photoIndex")) + "\n\n")


@good("FND-001", base="paths", without=["FND-021"], also={"FND-022": "no photo names the files", "FND-024": "nor is one in the index",
                                                         "FND-014": "the photos' own files are left"})
def no_photos(p):
    "photoIndex.js has no photos"
    p.write(INDEX, "const photoIndex = {};\n")


# ---- data files that can be read ----

@case("FND-001", base="paths", path=INDEX, without=["FND-021"])
def index_cut_off(p):
    "photoIndex.js is cut off in the middle"
    text = p.text(INDEX)
    p.write(INDEX, text[:len(text) // 2])


@case("FND-001", base="paths", path=INDEX, without=["FND-021"])
def index_is_a_list(p):
    "photoIndex.js is a list, not an object"
    p.write(INDEX, "const photoIndex = [];\n")


@case("FND-001", base="paths", path=INDEX, without=["FND-021"])
def index_and_script(p):
    "photoIndex.js has a statement behind its value"
    p.append(INDEX, "alert(document.cookie);\n")


@case("FND-001", base="paths", path=INDEX, without=["FND-021"])
def name_with_a_digit(p):
    "photoIndex.js defines a name that is not of letters only"
    p.edit(INDEX, "photoIndex", "photoIndex2")


@case("FND-001", base="paths", path=INDEX, without=["FND-021"])
def index_is_empty(p):
    "photoIndex.js has no bytes"
    p.write(INDEX, "")


@case("FND-001", base="bagged", path="data/" + INDEX, without=["FND-020"])
def index_cut_off_in_a_bag(p):
    "photoIndex.js is cut off, and the bag was made of it so"
    p.write("data/" + INDEX, p.text("data/" + INDEX)[:-20])
    p.resign()


@case("FND-001", base="paths zip", path=INDEX, without=["FND-021"])
def index_damaged_in_a_zip(p):
    "photoIndex.js has not its CRC in a zip"
    p[INDEX].crc ^= 1


@case("FND-002", base="paths", path=OWN, also=UNNAMED)
def trailing_comma(p):
    "a photo's own file has a comma too much"
    p.edit(OWN, '"comments": [', '"comments": [,')


@case("FND-002", base="paths", path=OWN, also=UNNAMED)
def key_twice_in_a_photo(p):
    "a photo's own file has a key twice: readers differ in which one they take"
    p.edit(OWN, '"secret":', '"title": "Another",\n  "secret":')


@case("FND-002", base="paths", path=OWN, also=UNNAMED)
def photo_calls_a_function(p):
    "a photo's own file calls a function"
    p.write(OWN, 'const photo = JSON.parse("{}");\n')


@case("FND-002", base="paths", path=OWN, also=UNNAMED)
def single_quotes(p):
    "a photo's own file has texts in single quotation marks: JavaScript, but no JSON"
    p.edit(OWN, '"safe"', "'safe'")


@case("FND-002", base="paths", path=OWN, also=UNNAMED)
def not_utf8(p):
    "a photo's own file is Latin-1"
    p.edit(OWN, b"The ferry", b"The f\xe9rry")


@case("FND-002", base="paths", path=INDEX)
def entry_of_the_index(p):
    "an entry of photoIndex.js has a number that begins with 0; the others can be read"
    p.edit(INDEX, '"countFaves": 2', '"countFaves": 02')


@case("FND-002", base="paths", path="metadata/albumIndex.js")
def entry_of_albums(p):
    "an entry of albumIndex.js has a number that is none in JSON"
    p.edit("metadata/albumIndex.js", '"countViews": 9', '"countViews": NaN')


@case("FND-002", base="paths", path=LICENSES)
def licenses_are_a_list(p):
    "licenseIndex.js is a list, not an object"
    p.write(LICENSES, "const licenseIndex = [];\n")


@case("FND-002", base="paths", path="metadata/tagIndex.js")
def tags_are_a_script(p):
    "tagIndex.js is a script"
    p.write("metadata/tagIndex.js", "const tagIndex = {wetrope: 2};\n")


@case("FND-002", base="paths", path="metadata/boats.js")
def unknown_data_file(p):
    "a data file that the chapter does not know is a script"
    p.write("metadata/boats.js", "fetch('https://example.org/');\n")


@case("FND-002", base="paths", path="metadata/boats.js")
def too_deep(p):
    "a data file is nested a thousand levels deep"
    p.write("metadata/boats.js", "const boats = %s1%s;\n" % ("[" * 1000, "]" * 1000))


@case("FND-002", base="paths", path=ABOUT)
def about_cut_off(p):
    "lifeboat.js is cut off"
    p.write(ABOUT, p.text(ABOUT)[:-10])


@good("FND-002", base="paths")
def unknown_fields_and_files(p):
    "fields, data files and other files that the chapter does not know"
    tell(p, 0, weather={"wind": ["west", None]})
    with p.data("contributorIndex") as people:
        people[MAKER]["hat"] = "felt"
    p.write("metadata/boats.js", 'const boats = ["ferry", {"ropes": 2}];')
    p.write("metadata/notes.txt", "not a data file")
    p.write("metadata/old/photoIndex.js", "not one either: it lies deeper")
    p.write("documents/letter.pdf", "%PDF-")


@good("FND-002", base="paths")
def keys_of_objects(p):
    "a tag, an album and a field that are called like what every object of JavaScript has"
    p.write("metadata/tagIndex.js", 'const tagIndex = {"__proto__": 1, "constructor": 2, "toString": 3, "wetrope": 2};')
    with p.data("albumIndex") as albums:
        albums["__proto__"] = albums.pop("721570")
    for number in range(3):
        tell(p, number, albumIds=["__proto__"], constructor=None)


@case("FND-003", base="paths", path=OWN)
def another_name_for_a_photo(p):
    "a photo's own file defines picture, not photo"
    p.edit(OWN, "const photo", "const picture")


@case("FND-003", base="paths", path=INDEX)
def another_name_for_the_index(p):
    "photoIndex.js defines photos"
    p.edit(INDEX, "photoIndex", "photos")


@case("FND-003", base="paths", path=PEOPLE)
def name_in_another_case(p):
    "contributorIndex.js defines contributorindex"
    p.edit(PEOPLE, "contributorIndex", "contributorindex")


@case("FND-003", base="paths", path="metadata/boats.js")
def another_name_in_an_unknown_file(p):
    "a data file that the chapter does not know defines another name"
    p.write("metadata/boats.js", "const ships = {};\n")


@case("FND-003", base="paths", path=ABOUT)
def another_name_for_about(p):
    "lifeboat.js defines dataLifeboat"
    p.edit(ABOUT, "lifeboat", "dataLifeboat")


@case("FND-004", base="paths", path=INDEX)
def photo_twice(p):
    "photoIndex.js has a photo twice"
    entry = json.dumps(p.value("photoIndex")[FIRST])
    p.edit(INDEX, "= {", '= {\n  "%s": %s,' % (FIRST, entry))


@case("FND-004", base="paths", path=LICENSES)
def licence_twice(p):
    "licenseIndex.js has a licence twice, and tells different labels"
    p.edit(LICENSES, "= {", '= {\n  "cc-by-2.0": {"label": "No rights reserved", "url": null},')


@case("FND-004", base="paths", path=PEOPLE)
def person_twice_by_escape(p):
    "contributorIndex.js has a person twice, once written with an escape"
    p.edit(PEOPLE, "= {", '= {\n  "\\u0037%s": {"username": "another"},' % MAKER[1:])


@case("FND-004", base="paths", path="metadata/tagIndex.js")
def tag_twice(p):
    "tagIndex.js has a tag twice"
    p.write("metadata/tagIndex.js", 'const tagIndex = {"wetrope": 2, "wetrope": 3};')


@case("FND-006", base="paths", path=INDEX, also={"FND-011": "the photo's own file has its right id",
                                                 "FND-024": "sets have the photo under its right id"})
def key_that_leaves(p):
    "a photo has a path as its key"
    rename_key(p, FIRST, "../../etc/passwd")


@case("FND-006", base="paths", path=INDEX, also={"FND-011": "the photo's own file has its right id",
                                                 "FND-024": "sets have the photo under its right id"})
def key_of_objects(p):
    "a photo has the key __proto__"
    rename_key(p, FIRST, "__proto__")


@case("FND-006", base="paths", path=INDEX, also={"FND-011": "the photo's own file has its right id",
                                                 "FND-024": "sets have the photo under its right id"})
def empty_key(p):
    "a photo has an empty key"
    rename_key(p, FIRST, "")


def give_id(p, id):
    """The first photo has another id, everywhere."""
    for path in p.files():
        if path.endswith(".js"):
            p.write(path, p.text(path).replace('"%s"' % FIRST, '"%s"' % id))


@case("FND-006", base="paths", path=INDEX)
def id_of_25_digits(p):
    "a photo's id has 25 digits, everywhere"
    give_id(p, "1" * 25)


@good("FND-006", base="paths")
def id_of_24_digits(p):
    "a photo's id has 24 digits, everywhere: more than a number in JavaScript holds"
    give_id(p, "1" * 24)


@case("FND-007", base="paths", path=OWN)
def count_as_text(p):
    "a count is a text"
    with own(p) as photo:
        photo["countViews"] = "10"
    with p.data("photoIndex") as index:
        index[FIRST]["countViews"] = "10"


@case("FND-007", base="paths", path=INDEX, also={"FND-012": "the photo's own file tells another"})
def title_as_number(p):
    "in photoIndex.js a title is a number"
    with p.data("photoIndex") as index:
        index[FIRST]["title"] = 7


@case("FND-007", base="paths", path=OWN)
def comments_as_object(p):
    "the comments of a photo are an object, not a list"
    tell(p, comments={"c1": "I coiled them"})


@case("FND-007", base="paths", path=OWN, also={"FND-028": "so it names no file", **UNNAMED})
def files_as_list(p):
    "the files of a photo are a list"
    with own(p) as photo:
        photo["files"] = [ORIGINAL, THUMBNAIL]


@case("FND-007", base="paths", path=INDEX,
      also={"FND-012": "it tells nothing of what the photo's own file tells", "FND-013": "nor this"})
def entry_is_text(p):
    "an entry of photoIndex.js is a text"
    with p.data("photoIndex") as index:
        index[FIRST] = OWN


@good("FND-007", base="paths")
def nulls(p):
    "whatever a photo may leave untold is null, and lists are empty"
    nothing = dict.fromkeys(("title", "dateTaken", "location", "originalFormat", "description", "secret", "url"))
    tell(p, 1, tags=[], comments=[], **nothing)


# ---- photos and their own files ----

@case("FND-010", base="paths", path=OWN, also=UNNAMED)
def own_file_missing(p):
    "a photo's own file is missing"
    p.remove(OWN)


@case("FND-010", base="paths", path="metadata/elsewhere.js",
      also={"FND-014": "nothing leads to its file", **UNNAMED})
def own_file_elsewhere(p):
    "photoIndex.js leads to a photo's file that is not there"
    with p.data("photoIndex") as index:
        index[FIRST]["metadataPath"] = "metadata/elsewhere.js"


@good("FND-010", base="paths")
def own_file_in_another_folder(p):
    "a photo's own file is where its metadataPath says, and not where others are"
    p.rename(OWN, "metadata/more/one.js")
    with p.data("photoIndex") as index:
        index[FIRST]["metadataPath"] = "metadata/more/one.js"


@good("FND-010", base="paths")
def no_metadata_path(p):
    "photoIndex.js has no metadataPath: the photo's own file is where it belongs"
    with p.data("photoIndex") as index:
        del index[FIRST]["metadataPath"]


@case("FND-011", base="paths", path=OWN)
def about_another_photo(p):
    "a photo's own file has the id of another one"
    with own(p) as photo:
        photo["id"] = SECOND


@case("FND-011", base="paths", path=OWN)
def about_no_photo(p):
    "a photo's own file has no id"
    with own(p) as photo:
        del photo["id"]


@case("FND-011", base="paths", path=OWN, also={"FND-028": "nor does it name files", **UNNAMED})
def own_file_is_a_list(p):
    "a photo's own file is a list"
    p.write(OWN, "const photo = [];\n")


@case("FND-011", base="paths", path=own_path(1), also={
    "FND-012": "they differ in all", "FND-013": "they differ in all", "FND-014": "nothing leads to the file",
    "FND-022": "nor to its files", "FND-023": "those of the other one are named twice"})
def two_lead_to_one(p):
    "two photos of the index lead to the same file"
    with p.data("photoIndex") as index:
        index[FIRST]["metadataPath"] = own_path(1)


@case("FND-012", base="paths", path=OWN)
def another_title(p):
    "photoIndex.js and a photo's own file tell different titles"
    with own(p) as photo:
        photo["title"] = "The ferry is gone"


@case("FND-012", base="paths", path=own_path(2))
def title_in_the_index_only(p):
    "photoIndex.js has a title for a photo that has none"
    with p.data("photoIndex") as index:
        index[THIRD]["title"] = "Untold"


@case("FND-012", base="paths", path=OWN)
def another_uploader(p):
    "photoIndex.js and a photo's own file tell different uploaders"
    with own(p) as photo:
        photo["uploaderId"] = SAILOR


@case("FND-012", base="objects", path=OWN)
def another_licence(p):
    "photoIndex.js and a photo's own file tell different licences"
    with p.data("photoIndex") as index:
        index[FIRST]["licenseId"] = "in-copyright"


@case("FND-012", base="paths", path=OWN)
def another_thumbnail(p):
    "photoIndex.js tells a thumbnail that is another photo's"
    with p.data("photoIndex") as index:
        index[FIRST]["thumbnail"]["path"] = media_path(1, "thumbnail")


@case("FND-013", base="paths", path=OWN)
def another_count(p):
    "photoIndex.js and a photo's own file tell different counts"
    with own(p) as photo:
        photo["countComments"] = 2


@case("FND-013", base="paths", path=OWN)
def another_date(p):
    "photoIndex.js and a photo's own file tell different dates of upload"
    with own(p) as photo:
        photo["dateUploaded"] = "2010-02-03T04:05:00Z"


@case("FND-013", base="paths", path=own_path(1))
def another_granularity(p):
    "photoIndex.js tells a month, the photo's own file a year"
    with own(p, 1) as photo:
        photo["dateTaken"]["granularity"] = "year"


@case("FND-013", base="paths", path=OWN)
def another_visibility(p):
    "photoIndex.js calls a photo public that is private"
    with own(p) as photo:
        photo["visibility"] = "private"


@case("FND-014", base="paths", path="metadata/photos/5.js")
def file_about_no_photo(p):
    "there is a file about a photo that photoIndex.js lacks"
    p.write("metadata/photos/5.js", 'const photo = {"id": "5"};\n')


# ---- files that photos name ----

def leaves(p, path):
    name_file(p, "original", path)


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_upwards(p):
    "a path has '..'"
    leaves(p, "../../etc/passwd")


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_upwards_inside(p):
    "a path has '..' and would still end at the file"
    leaves(p, "media/../" + ORIGINAL)


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_absolute(p):
    "a path is absolute"
    leaves(p, "/etc/passwd")


@case("FND-015", base="objects", path=OWN, also=UNNAMED)
def path_with_backslashes(p):
    "a path has backslashes, which some systems take for slashes"
    with own(p) as photo:
        photo["files"]["original"]["path"] = ORIGINAL.replace("/", "\\")


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_with_a_drive(p):
    "a path begins with a drive of Windows"
    leaves(p, "C:/" + ORIGINAL)


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_of_a_device(p):
    "a path has a name that Windows takes for a device"
    leaves(p, "media/originals/con.jpg")


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_with_a_dot(p):
    "a path has the part '.'"
    leaves(p, "./" + ORIGINAL)


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_is_an_address(p):
    "instead of a path stands an address in the web"
    leaves(p, "https://live.staticflickr.com/1/%s_o.jpg" % FIRST)


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def path_is_empty(p):
    "a path is empty"
    leaves(p, "")


@case("FND-015", base="paths", path=OWN, also=UNNAMED)
def thumbnail_upwards(p):
    "the path of a thumbnail has '..', in photoIndex.js too"
    name_file(p, "thumbnail", "../x.jpg")


@case("FND-015", base="paths", path=INDEX)
def metadata_path_upwards(p):
    "the metadataPath of a photo has '..'; its own file is where it belongs"
    with p.data("photoIndex") as index:
        index[FIRST]["metadataPath"] = "../" + OWN


@case("FND-016", base="paths", path=OWN)
def original_missing(p):
    "the original of a photo is missing"
    p.remove(ORIGINAL)


@case("FND-016", base="objects", path=OWN)
def thumbnail_missing(p):
    "the thumbnail of a photo is missing"
    p.remove(THUMBNAIL)


@case("FND-016", base="paths", path=OWN, also=UNNAMED)
def original_is_a_folder(p):
    "a photo names a folder as its original"
    name_file(p, "original", "media/originals")


@case("FND-016", base="paths", path=OWN, also=UNNAMED)
def other_case(p):
    "a photo names its original in another case: on some systems it would be found"
    name_file(p, "original", ORIGINAL.upper())


@case("FND-016", base="objects", path=OWN, also={"BAG-028": "links are never followed"})
def original_is_a_link(p):
    "the original of a photo is a link to a file elsewhere"
    p.remove(ORIGINAL)
    p.link(ORIGINAL, "/etc/passwd")


@case("FND-016", base="objects zip", path=OWN)
def original_missing_in_a_zip(p):
    "the original of a photo is missing, in a zip"
    p.remove(ORIGINAL)


@case("FND-017", base="objects", path=ORIGINAL, also={"FND-018": "nor has it the checksum"})
def cut_off(p):
    "an original was cut off"
    p.write(ORIGINAL, p.read(ORIGINAL)[:-3])


@case("FND-017", base="objects", path=ORIGINAL)
def another_size(p):
    "a photo tells another size than its original has, and the right checksum"
    with own(p) as photo:
        photo["files"]["original"]["size"] += 1


@good("FND-017", base="objects")
def no_size(p):
    "no size is told of a file"
    with own(p) as photo:
        photo["files"]["original"]["size"] = None
        del photo["files"]["thumbnail"]["size"]


# ---- checksums ----

@case("FND-018", base="objects", path=ORIGINAL)
def other_bytes(p):
    "a bit of an original has changed; its size is the same"
    content = bytearray(p.read(ORIGINAL))
    content[-1] ^= 1
    p.write(ORIGINAL, content)


@case("FND-018", base="objects zip", path=THUMBNAIL)
def other_bytes_in_a_zip(p):
    "a thumbnail in a zip was exchanged, with the CRC of its new bytes"
    number = p.members.index(p[THUMBNAIL])
    p.members[number] = p.member(p[THUMBNAIL].name, p[THUMBNAIL].data[::-1])


def other_checksum(algorithm):
    def change(p):
        tell_checksum(p, digest(b"other bytes", algorithm))
    change.__name__ = "another_" + algorithm
    change.__doc__ = "a photo tells another checksum of its original, with the length of %s" % algorithm
    return change


for algorithm in ALGORITHMS:
    case("FND-018", base="objects", path=ORIGINAL)(other_checksum(algorithm))


@case("FND-018", base="objects", path=ORIGINAL, also={"FND-023": "two photos name it"})
def two_tell_different_checksums(p):
    "two photos name one file, and tell different checksums of it"
    p.remove(media_path(1, "original"))
    with own(p) as photo, own(p, 1) as other:
        other["files"]["original"] = dict(photo["files"]["original"], checksum=digest(b"other bytes"))


@good("FND-018", base="objects")
def checksums_of_all_lengths(p):
    "checksums have the lengths of MD5, SHA-1, SHA-256 and SHA-512, some in upper case"
    files = [(number, role) for number in range(2) for role in ("original", "thumbnail")]
    for algorithm, (number, role) in zip(ALGORITHMS, files):
        text = digest(picture(number, role), algorithm)
        tell_checksum(p, text.upper() if role == "thumbnail" else text, role, number)


def no_known_length(name, words, checksum):
    def change(p):
        tell_checksum(p, checksum)
    change.__name__, change.__doc__ = name, words
    case("FND-019", base="objects", path=OWN, also={"FND-021": "so nothing vouches for the file"})(change)


RIGHT = digest(picture(0, "original"))
no_known_length("a_digit_less", "a checksum lacks a digit", RIGHT[:-1])
no_known_length("sha224", "a checksum has the length of SHA-224", hashlib.sha224(picture(0, "original")).hexdigest())
no_known_length("not_hexadecimal", "a checksum has 64 characters, and one is no hexadecimal digit", "g" + RIGHT[1:])
no_known_length("with_a_prefix", "a checksum has the name of its algorithm before it", "sha256:" + RIGHT)
no_known_length("empty_checksum", "a checksum is an empty text", "")


@case("FND-020", base="objects")
def algorithm_not_told(p):
    "no algorithm is told of the checksums, as in every package of layout 2"


@good("FND-020", base="objects", without=["FND-020"])
def algorithm_told(p):
    "an algorithm is told of every checksum, as in the data/ of a package of version 1.0"
    for number in range(3):
        with own(p, number) as photo:
            for file in photo["files"].values():
                file["checksumAlgorithm"] = "sha256"


@case("FND-021", base="objects")
def one_without_checksum(p):
    "one file has no checksum"
    tell_checksum(p, None)


@case("FND-021", base="paths")
def none_with_checksum(p):
    "no file has a checksum, as in every package of layout 1"


@case("ZIP-022", base="objects zip", path=ORIGINAL)
def media_damaged(p):
    "a picture with a checksum has not its CRC"
    p[ORIGINAL].crc ^= 1


@case("ZIP-022", base="paths zip", path=THUMBNAIL)
def media_damaged_without_checksum(p):
    "a picture has no checksum and not its CRC: nothing else would tell"
    p[THUMBNAIL].crc ^= 1


@case("ZIP-022", base="paths zip", path="viewer/index.html")
def page_damaged(p):
    "a page has not its CRC"
    p["viewer/index.html"].crc ^= 1


unprovable("FND-037", "it needs a file that changes while it is being read", "tests/unit/verify_changing.c:a_file_without_a_bag_changes")


# ---- who names what ----

@case("FND-022", base="paths", path="media/originals/more.jpg")
def media_of_no_photo(p):
    "there is a picture that no photo names"
    p.write("media/originals/more.jpg", picture(9, "original"))


@case("FND-023", base="paths", path=THUMBNAIL, also={"FND-022": "the original is then named by none"})
def original_is_the_thumbnail(p):
    "a photo names its thumbnail as its original"
    name_file(p, "original", THUMBNAIL)


@case("FND-023", base="objects", path=ORIGINAL)
def two_name_one(p):
    "two photos name one file, and rightly so by its checksum"
    p.remove(media_path(1, "original"))
    with own(p) as photo, own(p, 1) as other:
        other["files"]["original"] = photo["files"]["original"]


def strange_photo(name, key):
    def change(p):
        with p.data(name) as index:
            index[key]["photoIds"].append("5")
    change.__name__, change.__doc__ = "photo_of_" + name[:-5], "%s.js has a photo that photoIndex.js lacks" % name
    case("FND-024", base="paths", path="metadata/%s.js" % name)(change)


strange_photo("albumIndex", "721570")
strange_photo("galleryIndex", "71-72")
strange_photo("groupIndex", "71000099@N20")


@case("FND-024", base="paths", path="metadata/albumIndex.js")
def photo_as_number(p):
    "an album has a photo by a number, not a text"
    with p.data("albumIndex") as index:
        index["721570"]["photoIds"][0] = int(SECOND)


@case("FND-025", base="paths", path=OWN)
def unknown_uploader(p):
    "an uploader is not in contributorIndex.js"
    tell(p, uploaderId=NOBODY)


@case("FND-025", base="paths", path=OWN)
def unknown_commenter(p):
    "a commenter is not in contributorIndex.js"
    with own(p) as photo:
        photo["comments"][0]["authorId"] = NOBODY


@case("FND-025", base="paths", path=own_path(1))
def unknown_tagger(p):
    "a tagger is not in contributorIndex.js"
    with own(p, 1) as photo:
        photo["tags"][0]["authorId"] = NOBODY


@case("FND-025", base="paths", path="metadata/albumIndex.js")
def unknown_owner_of_an_album(p):
    "the owner of an album is not in contributorIndex.js"
    with p.data("albumIndex") as index:
        index["721570"]["ownerId"] = NOBODY


@case("FND-025", base="paths", path="metadata/galleryIndex.js")
def unknown_owner_of_a_gallery(p):
    "the owner of a gallery is not in contributorIndex.js"
    with p.data("galleryIndex") as index:
        index["71-72"]["ownerId"] = NOBODY


@case("FND-026", base="paths", path=OWN)
def unknown_licence(p):
    "a licence is not in licenseIndex.js"
    tell(p, licenseId="cc-by-4.0")


def unknown_set(field, value):
    def change(p):
        with own(p) as photo:
            photo[field].append(value)
    change.__name__, change.__doc__ = "unknown_" + field[:-3], "an id in %s of a photo is in no index" % field
    case("FND-027", base="paths", path=OWN)(change)


unknown_set("albumIds", "721571")
unknown_set("galleryIds", "71-73")
unknown_set("groupIds", "71000098@N20")


@good("FND-027", base="paths")
def no_indexes_of_sets(p):
    "albums, galleries and groups have no indexes: nothing is said about their ids"
    for name in ("albumIndex", "galleryIndex", "groupIndex"):
        p.remove("metadata/%s.js" % name)


@case("FND-028", base="paths", path=OWN, also=UNNAMED)
def no_original(p):
    "a photo names no original and does not say why"
    with own(p) as photo:
        del photo["files"]["original"]
    assert p.exists(ORIGINAL)


@case("FND-028", base="paths", path=OWN)
def no_thumbnail(p):
    "a photo names no thumbnail, nor does photoIndex.js"
    with own(p) as photo:
        photo["files"]["thumbnail"] = None
    with p.data("photoIndex") as index:
        index[FIRST]["thumbnail"] = None
    p.remove(THUMBNAIL)


@good("FND-028", base="paths")
def thumbnail_in_the_index_only(p):
    "a thumbnail is told in photoIndex.js only"
    with own(p) as photo:
        del photo["files"]["thumbnail"]


@good("FND-028", base="paths")
def withheld(p):
    "a photo has no files and says why"
    with own(p) as photo:
        photo["files"], photo["withheld"] = {}, "the owner did not agree"
    with p.data("photoIndex") as index:
        del index[FIRST]["thumbnail"]
    p.remove(ORIGINAL)
    p.remove(THUMBNAIL)


# ---- what else is there ----

@case("FND-030", base="paths", path="README.html")
def no_readme(p):
    "README.html is missing"
    p.remove("README.html")


@case("FND-031", base="paths", path="viewer")
def no_viewer(p):
    "there is no viewer"
    p.remove("viewer")


@case("FND-032", base="paths", path=ABOUT)
def no_lifeboat_js(p):
    "lifeboat.js is missing, as in every package of layout 2"
    p.remove(ABOUT)


@case("FND-033", base="paths", path=ABOUT)
def no_purpose(p):
    "lifeboat.js does not tell the purpose"
    with p.data("lifeboat") as about:
        del about["purpose"]


@case("FND-033", base="paths", path=ABOUT)
def creator_is_text(p):
    "the creator in lifeboat.js is a text, not an object"
    with p.data("lifeboat") as about:
        about["creator"] = "Bo Bosun"


@case("FND-033", base="paths", path=ABOUT)
def about_is_a_list(p):
    "lifeboat.js is a list"
    p.write(ABOUT, "const lifeboat = [];\n")


@case("FND-034", base="paths", path=OWN)
def upload_without_zone(p):
    "a date of upload has no zone"
    tell(p, dateUploaded="2011-02-03T04:05:06")


@case("FND-034", base="paths", path=OWN)
def upload_as_words(p):
    "a date of upload is in words"
    tell(p, dateUploaded="3 February 2011")


@case("FND-034", base="paths", path=own_path(1))
def unknown_granularity(p):
    "a granularity is none of the four"
    tell(p, 1, dateTaken={"value": "1970-01-01T00:00:00", "granularity": "decade"})


@case("FND-034", base="paths", path=ABOUT)
def date_of_the_lifeboat(p):
    "the date in lifeboat.js is a day only"
    with p.data("lifeboat") as about:
        about["dateCreated"] = "2025-03-04"


@good("FND-034", base="paths")
def another_zone(p):
    "dates in other zones, with fractions of seconds"
    tell(p, dateUploaded="2011-02-03T06:05:00+02:00")
    with p.data("lifeboat") as about:
        about["dateCreated"] = "2025-03-04T05:06:07.123456+00:00"


@case("FND-035", base="mixed")
def two_ways(p):
    "some files are told as paths, some as objects"


@good("FND-035", base="paths")
def media_and_media_type(p):
    "some photos tell media, some mediaType, all files as paths"
    with own(p) as photo:
        photo["media"] = photo.pop("mediaType")


@case("FND-036", base="paths", path=PEOPLE)
def no_contributors(p):
    "contributorIndex.js is missing; nothing is then said about ids of people"
    p.remove(PEOPLE)


@case("FND-036", base="objects", path=LICENSES)
def no_licences(p):
    "licenseIndex.js is missing; nothing is then said about licences"
    p.remove(LICENSES)
