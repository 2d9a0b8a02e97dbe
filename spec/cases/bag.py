"""Cases for BAG-: plain BagIt bags (chapter 6)."""
import os

from kit.case import case, good, unprovable
from kit.package import digest

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
ONE = digest(b"one")


def list_as(p, old, new):
    """Changes the payload manifest, with its digest in the tag manifest."""
    p.edit(MANIFEST, old, new)
    p.sign_tags()


def inform(p, text):
    p.write("bag-info.txt", text)
    p.sign_tags()


def fetch(p, text):
    p.write("fetch.txt", text)
    p.sign_tags()


def older(p, version="0.97"):
    p.declare(version)
    p.sign_tags()


@good("BAG-014", base="bag")
def whole(p):
    "a bag as this project writes it"


# ---- bagit.txt and bag-info.txt ----

@case("BAG-001", base="lifeboat", path="bagit.txt", also={"LB-003": "every lifeboat has it", "LB-006": "nothing says BagIt 1.0"})
def no_declaration(p):
    "bagit.txt is missing"
    p.remove("bagit.txt")
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt")
def three_lines(p):
    "bagit.txt has a third line"
    p.append("bagit.txt", "More: x\n")
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt")
def one_line(p):
    "bagit.txt does not name the encoding"
    p.write("bagit.txt", "BagIt-Version: 1.0\n")
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt")
def lines_exchanged(p):
    "bagit.txt has its two lines in the other order"
    p.write("bagit.txt", "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n")
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt")
def byte_order_mark(p):
    "bagit.txt begins with a byte order mark"
    p.write("bagit.txt", "\ufeff" + p.text("bagit.txt"))
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt")
def blank_before_a_colon(p):
    "bagit.txt has a blank before a colon"
    p.edit("bagit.txt", "Version:", "Version :")
    p.sign_tags()


@case("BAG-002", base="bag", path="bagit.txt", severity="warning")
def blank_before_a_colon_in_an_older_bag(p):
    "bagit.txt of a bag of 0.96 has a blank before a colon"
    p.declare("0.96")
    p.edit("bagit.txt", "Encoding:", "Encoding :")
    p.sign_tags()


@good("BAG-002", base="bag")
def declaration_of_windows(p):
    "bagit.txt with CRLF at the ends of lines"
    p.write("bagit.txt", p.text("bagit.txt").replace("\n", "\r\n"))
    p.sign_tags()


@good("BAG-002", base="bag")
def declaration_without_last_line_end(p):
    "the last line of bagit.txt has no line end, and the encoding stands in small letters"
    p.write("bagit.txt", p.text("bagit.txt").rstrip("\n").replace("UTF-8", "utf-8"))
    p.sign_tags()


@case("BAG-003", base="bag", path="bagit.txt")
def future_version(p):
    "a version of BagIt that does not exist"
    older(p, "2.0")


@good("BAG-003", base="bag")
def version_0_97(p):
    "an older bag, of version 0.97"
    p.remove("data/50%off.txt")
    p.resign()
    older(p)


@good("BAG-003", base="bag")
def version_0_93(p):
    "the oldest version, whose information was in package-info.txt"
    p.rename("bag-info.txt", "package-info.txt")
    p.remove("data/50%off.txt")
    p.resign()
    older(p, "0.93")


@good("BAG-003", base="bag")
def version_0_95(p):
    "an older bag, of version 0.95, whose tag manifest is of MD5"
    p.remove(TAGS)
    p.remove("data/50%off.txt")
    p.declare("0.95")
    p.resign()
    p.sign_tags("md5")


@case("BAG-004", base="bag", path=MANIFEST, also={"BAG-013": "nothing of the manifest is read", "BAG-023": "nor of the tag manifest",
                                                  "BAG-024": "nor of the tag manifest"})
def unknown_encoding(p):
    "bagit.txt names an encoding that nobody knows"
    p.declare("1.0", "EBCDIC")
    p.sign_tags()


@case("BAG-004", base="bag", path=MANIFEST, also={"BAG-013": "nothing of the manifest is read"})
def not_ascii(p):
    "bagit.txt says US-ASCII, but a name in the manifest is not"
    p.declare("1.0", "US-ASCII")
    p.sign_tags()


@case("BAG-004", base="bag", path="bag-info.txt")
def not_utf8(p):
    "bag-info.txt is Latin-1, bagit.txt says UTF-8"
    inform(p, "Source-Organization: M\u00fcller\n".encode("latin-1"))


@good("BAG-004", base="bag")
def latin_1(p):
    "tag files in ISO-8859-1, as bagit.txt says; names of files are UTF-8"
    p.declare("1.0", "ISO-8859-1")
    p.write(MANIFEST, p.text(MANIFEST).encode("latin-1"))
    p.sign_tags()


@good("BAG-004", base="bag")
def utf_16(p):
    "tag files in UTF-16 with a byte order mark, as bagit.txt says"
    p.declare("1.0", "UTF-16")
    for name in (MANIFEST, "bag-info.txt"):
        p.write(name, p.text(name).encode("utf-16"))
    p.sign_tags()
    p.write(TAGS, p.text(TAGS).encode("utf-16"))


@good("BAG-004", base="bag")
def utf_16_without_mark(p):
    "tag files in UTF-16, big-endian, without a byte order mark"
    p.declare("1.0", "UTF-16")
    for name in (MANIFEST, "bag-info.txt"):
        p.write(name, p.text(name).encode("utf-16-be"))
    p.sign_tags()
    p.write(TAGS, p.text(TAGS).encode("utf-16-be"))


@case("BAG-005", base="bag", path="bag-info.txt")
def no_colon(p):
    "a line of bag-info.txt has no colon"
    inform(p, "nothing but words\n")


@case("BAG-005", base="bag", path="bag-info.txt")
def continues_nothing(p):
    "bag-info.txt begins with a line that continues another"
    inform(p, "  of what?\nSource-Organization: Nobody\n")


@good("BAG-005", base="bag")
def folded(p):
    "a value of bag-info.txt goes on in a further line; a label is repeated"
    inform(p, "External-Description: one\n  two\n\tthree\nContact-Name: A\nContact-Name: B\n")


@good("BAG-005", base="bag")
def no_information(p):
    "bag-info.txt may be missing"
    p.remove("bag-info.txt")
    p.sign_tags()


@case("BAG-036", base="bag", path="bag-info.txt")
def two_dates(p):
    "bag-info.txt has two dates of bagging"
    inform(p, "Bagging-Date: 2026-11-01\nBagging-Date: 2026-11-02\n")


@case("BAG-036", base="bag", path="bag-info.txt")
def two_sizes_in_other_letters(p):
    "bag-info.txt has Bag-Size twice, once in small letters, with the same value"
    inform(p, "Bag-Size: 1 KB\nContact-Name: A\nbag-size: 1 KB\n")


@case("BAG-036", base="bag", path="package-info.txt")
def two_groups_in_an_older_bag(p):
    "a bag of 0.93 is in two groups"
    p.remove("data/50%off.txt")
    p.rename("bag-info.txt", "package-info.txt")
    p.write("package-info.txt", "Bag-Group-Identifier: A\nBag-Group-Identifier: B\n")
    p.resign()
    older(p, "0.93")


@good("BAG-036", base="bag")
def labels_that_may_be_repeated(p):
    "bag-info.txt repeats labels that may stand more than once"
    inform(p, "External-Identifier: a\nExternal-Identifier: b\nSource-Organization: A\nSource-Organization: B\nBag-Count: 1 of 2\n")


@case("BAG-037", base="bag", path="bag-info.txt")
def blank_line_in_information(p):
    "bag-info.txt has a blank line"
    inform(p, "Contact-Name: A\n\nSource-Organization: B\n")


@case("BAG-037", base="bag", path="bag-info.txt")
def blank_line_at_the_end(p):
    "bag-info.txt ends in a blank line"
    inform(p, "Contact-Name: A\n\n")


@case("BAG-037", base="bag", path="bag-info.txt")
def blank_behind_a_label(p):
    "bag-info.txt has a blank before a colon"
    inform(p, "Contact-Name : A\n")


@case("BAG-037", base="bag", path="bag-info.txt")
def no_blank_behind_a_colon(p):
    "bag-info.txt has a value that follows its colon at once"
    inform(p, "Contact-Name:A\n")


@good("BAG-037", base="bag")
def odd_information(p):
    "bag-info.txt with CRLF, blanks in a label, a second colon, two blanks behind a colon, and a value of no bytes"
    inform(p, "Contact Name: A: B\r\nOther:  C\r\nEmpty: \r\n")


@case("BAG-039", base="bag", path="bag-info.txt")
def mark_in_information(p):
    "bag-info.txt begins with a byte order mark"
    inform(p, "\ufeffContact-Name: A\n")


@case("BAG-039", base="bag", path=MANIFEST)
def mark_in_a_manifest(p):
    "the manifest begins with a byte order mark"
    p.write(MANIFEST, "\ufeff" + p.text(MANIFEST))
    p.sign_tags()


@case("BAG-039", base="bag", path="fetch.txt")
def mark_in_fetch(p):
    "fetch.txt begins with a byte order mark"
    fetch(p, "\ufeffhttp://example.org/ 3 data/a.txt\n")


@good("BAG-039", base="bag")
def mark_in_a_file(p):
    "a file of the payload, and a tag file that no rule reads, begin with a byte order mark"
    p.write("data/a.txt", "\ufeffone")
    p.write("notes.txt", "\ufeffnotes")
    p.resign()


QUICK = ("--quick",)


@case("BAG-040", base="bag", options=QUICK)
def no_oxum(p):
    "bag-info.txt has no Payload-Oxum, and no digest is checked"


@case("BAG-040", base="bag", options=QUICK)
def no_information_to_compare_with(p):
    "there is no bag-info.txt, and no digest is checked"
    p.remove("bag-info.txt")
    p.sign_tags()


@good("BAG-040", base="bag", options=QUICK)
def oxum(p):
    "bag-info.txt has a Payload-Oxum, and no digest is checked"
    inform(p, "Payload-Oxum: %s\n" % p.count_payload())


@good("BAG-040", base="bag")
def no_oxum_but_digests(p):
    "bag-info.txt has no Payload-Oxum, but digests are checked"


# ---- manifests ----

@case("BAG-006", base="bag", also={"BAG-013": "no file is listed"})
def no_manifest(p):
    "there is no payload manifest"
    p.remove(MANIFEST)
    p.sign_tags()


@case("BAG-006", base="bag", also={"BAG-007": "it is of an algorithm that is not known", "BAG-013": "no file is listed"})
def unknown_manifest_only(p):
    "the only payload manifest is of an algorithm that nobody knows"
    p.rename(MANIFEST, "manifest-whirlpool.txt")
    p.sign_tags()


@case("BAG-007", base="bag", path="manifest-whirlpool.txt")
def unknown_manifest(p):
    "a second manifest is of an algorithm that nobody knows"
    p.write("manifest-whirlpool.txt", "0  data/a.txt\n")
    p.sign_tags()


@good("BAG-007", base="bag")
def sha_3_and_blake2(p):
    "manifests of further algorithms, under the names that Python gives them"
    for name in ("sha3_256", "sha3_512", "blake2b", "blake2s"):
        p.sign_payload(name)
    p.sign_tags()


@good("BAG-007", base="bag")
def sha_3_without_punctuation(p):
    "a manifest of SHA3-256 under the name that RFC 8493 makes of it"
    p.sign_payload("sha3_256")
    p.rename("manifest-sha3_256.txt", "manifest-sha3256.txt")
    p.sign_tags()


@case("BAG-008", base="bag", path=MANIFEST, also={"BAG-013": "the file is not listed"})
def short_digest(p):
    "a digest in the manifest is too short"
    list_as(p, ONE, ONE[1:])


@case("BAG-008", base="bag", path=MANIFEST, also={"BAG-013": "the file is not listed"})
def not_hexadecimal(p):
    "a digest in the manifest is not hexadecimal"
    list_as(p, ONE, "g" + ONE[1:])


@case("BAG-008", base="bag", path=MANIFEST, also={"BAG-013": "the file is not listed"})
def no_path(p):
    "a line of the manifest has no path"
    list_as(p, "  data/a.txt", "  ")


@good("BAG-008", base="bag")
def crlf(p):
    "manifests with CRLF at the ends of lines"
    p.write(MANIFEST, p.text(MANIFEST).replace("\n", "\r\n"))
    p.sign_tags()
    p.write(TAGS, p.text(TAGS).replace("\n", "\r\n"))


@good("BAG-008", base="bag")
def cr(p):
    "a manifest with CR at the ends of lines"
    p.write(MANIFEST, p.text(MANIFEST).replace("\n", "\r"))
    p.sign_tags()


@good("BAG-008", base="bag")
def no_last_line_end(p):
    "the last line of the manifest has no line end"
    p.write(MANIFEST, p.text(MANIFEST).rstrip("\n"))
    p.sign_tags()


@good("BAG-008", base="bag")
def tab_or_one_space(p):
    "digest and path are parted by a tab, or by one space"
    list_as(p, "  data/a.txt", "\tdata/a.txt")
    list_as(p, "  data/b.txt", " data/b.txt")


@good("BAG-008", base="bag")
def upper_case_digest(p):
    "digests in upper case"
    list_as(p, ONE, ONE.upper())


@good("BAG-008", base="bag")
def no_order(p):
    "the lines of the manifest have no order"
    p.write(MANIFEST, "".join(sorted(p.text(MANIFEST).splitlines(True))))
    p.sign_tags()


@good("BAG-008", base="bag")
def spaces_in_names(p):
    "a name begins with a space and has two inside"
    p.rename("data/a.txt", "data/ a  b.txt")
    p.resign()


@case("BAG-009", base="bag", path=MANIFEST)
def blank_line(p):
    "the manifest has a blank line"
    list_as(p, "\n", "\n\n")


@case("BAG-010", base="bag", path="data/../data/a.txt", also={"BAG-013": "the file is not listed by its name"})
def detour(p):
    "a listed path goes through \"..\""
    list_as(p, "data/a.txt", "data/../data/a.txt")


@case("BAG-010", base="bag", path="../a.txt", also={"BAG-013": "the file is not listed by its name"})
def leaves(p):
    "a listed path leaves the bag"
    list_as(p, "data/a.txt", "../a.txt")


@case("BAG-010", base="bag", path="/etc/passwd")
def absolute(p):
    "the tag manifest lists an absolute path"
    p.append(TAGS, "%s  /etc/passwd\n" % ONE)


@case("BAG-010", base="bag", path="bagit.txt")
def tag_file_as_payload(p):
    "the payload manifest lists bagit.txt"
    p.append(MANIFEST, p.lines(["bagit.txt"], "sha256"))
    p.sign_tags()


@case("BAG-011", base="bag", path="data/a.txt")
def twice(p):
    "the manifest lists a file twice"
    p.append(MANIFEST, ONE + "  data/a.txt\n")
    p.sign_tags()


@case("BAG-011", base="bag", path="data/a.txt")
def two_digests(p):
    "the manifest lists a file with two digests"
    p.append(MANIFEST, digest(b"two") + "  data/a.txt\n")
    p.sign_tags()


@case("BAG-011", base="bag", path="data/a.txt", severity="warning")
def twice_in_an_older_bag(p):
    "in a bag of 0.97 the manifest lists a file twice, with the same digest"
    p.append(MANIFEST, ONE + "  data/a.txt\n")
    older(p)


@case("BAG-019", base="bag", path=MANIFEST)
def star(p):
    "a path of the manifest has '*' before it, as md5sum -b writes"
    list_as(p, "  data/a.txt", " *data/a.txt")


@case("BAG-020", base="bag", path=MANIFEST)
def dot_slash(p):
    "a path of the manifest has \"./\" before it"
    list_as(p, "data/a.txt", "./data/a.txt")


@case("BAG-021", base="bag", path=MANIFEST)
def percent(p):
    "the manifest has 50%off.txt, not 50%25off.txt"
    list_as(p, "50%25off", "50%off")


@case("BAG-021", base="bag", path=MANIFEST)
def percent_taken_literally(p):
    "the file is really called 50%25off.txt, and the manifest has just that"
    p.rename("data/50%off.txt", "data/50%25off.txt")


@good("BAG-021", base="bag")
def percent_in_an_older_bag(p):
    "before 1.0, '%' stands for itself"
    list_as(p, "50%25off", "50%off")
    older(p)


@good("BAG-021", base="bag")
def percent_in_lower_case(p):
    "%0a is a line feed, in either case: a name with one is listed so"
    p.rename("data/50%off.txt", "data/50%0aoff.txt")
    p.resign()


@case("BAG-022", base="bag", path="data/Nu\u0301n")
def listed_decomposed(p):
    "the manifest has a name decomposed (NFD) that the file has composed (NFC)"
    list_as(p, "N\u00fan", "Nu\u0301n")


@good("BAG-022", base="bag")
def decomposed(p):
    "a name that is decomposed in the manifest and in the folder"
    p.rename("data/N\u00fan", "data/Nu\u0301n")
    p.resign()


# ---- what is there, and what is not ----

@case("BAG-012", base="bag", path="data/a.txt")
def missing(p):
    "a listed file is missing"
    p.remove("data/a.txt")


@case("BAG-012", base="bag", path="bag-info.txt")
def tag_file_missing(p):
    "a tag file that the tag manifest lists is missing"
    p.remove("bag-info.txt")


@case("BAG-012", base="bag", path="data/a.txt", also={"BAG-013": "the new name is not listed"})
def renamed(p):
    "a file was renamed"
    p.rename("data/a.txt", "data/z.txt")


@case("BAG-013", base="bag", path="data/stranger")
def stranger(p):
    "a file below data/ is not listed"
    p.write("data/stranger", "x")


@case("BAG-013", base="bag", path="data/.hidden")
def hidden_stranger(p):
    "a hidden file below data/ is not listed"
    p.write("data/.hidden", "x")


@case("BAG-014", base="bag", path="data/a.txt")
def changed(p):
    "a file was changed, its size not"
    p.write("data/a.txt", "oNe")


@case("BAG-014", base="bag", path="data/b.txt")
def exchanged(p):
    "two files have each other's content"
    p.write("data/a.txt", "two")
    p.write("data/b.txt", "one")


@case("BAG-014", base="bag", path="bag-info.txt")
def tag_file_changed(p):
    "a tag file was changed"
    p.append("bag-info.txt", "Contact-Name: X\n")


@case("BAG-014", base="bag", path="data/a.txt")
def second_manifest_differs(p):
    "of two manifests, one has another digest"
    p.sign_payload("md5")
    p.edit("manifest-md5.txt", digest(b"one", "md5"), digest(b"two", "md5"))
    p.sign_tags()


@good("BAG-014", base="bag")
def every_algorithm(p):
    "manifests of six algorithms"
    p.sign_payload("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
    p.sign_tags("md5", "sha512")
    p.sign_tags()


@good("BAG-014", base="bag")
def empty_file(p):
    "a file of no bytes"
    p.write("data/a.txt", "")
    p.resign()


unprovable("BAG-015", "it needs a file that changes while it is being read", "tests/unit/verify_changing.c:a_file_changes")
unprovable("TAR-022", "it needs a tar that changes while it is being read", "tests/unit/verify_changing.c:a_tar_changes")


@case("BAG-016", base="bag", path="data/sub")
def folder_listed(p):
    "the manifest lists a folder"
    p.append(MANIFEST, ONE + "  data/sub\n")
    p.sign_tags()


@case("BAG-016", base="bag", path="data/a.txt", also={"BAG-028": "links are not followed"})
def listed_link(p):
    "a listed file is a link"
    p.remove("data/a.txt")
    p.link("data/a.txt", "b.txt")


@case("BAG-017", base="bag")
def wrong_oxum(p):
    "Payload-Oxum tells one byte more"
    octets, files = p.count_payload().split(".")
    inform(p, "Payload-Oxum: %d.%s\n" % (int(octets) + 1, files))


@case("BAG-017", base="bag")
def wrong_number(p):
    "Payload-Oxum tells one file less"
    octets, files = p.count_payload().split(".")
    inform(p, "Payload-Oxum: %s.%d\n" % (octets, int(files) - 1))


@good("BAG-017", base="bag")
def right_oxum(p):
    "Payload-Oxum, with its label in lower case"
    inform(p, "payload-oxum: %s\n" % p.count_payload())


@case("BAG-018", base="bag", path="bag-info.txt")
def malformed_oxum(p):
    "Payload-Oxum is no pair of numbers"
    inform(p, "Payload-Oxum: many\n")


@case("BAG-018", base="bag", path="bag-info.txt")
def two_oxums(p):
    "Payload-Oxum is there twice"
    inform(p, "Payload-Oxum: %s\n" % p.count_payload() * 2)


@case("BAG-018", base="bag", path="bag-info.txt", severity="warning")
def malformed_oxum_in_an_older_bag(p):
    "in a bag of 0.96 Payload-Oxum has a unit"
    inform(p, "Payload-Oxum: 20 bytes.5\n")
    older(p, "0.96")


@case("BAG-018", base="bag", path="bag-info.txt", severity="warning")
def two_oxums_in_an_older_bag(p):
    "in a bag of 0.97 Payload-Oxum is there twice"
    inform(p, "Payload-Oxum: %s\n" % p.count_payload() * 2)
    older(p)


# ---- manifests among themselves ----

@case("BAG-023", base="bag", path="notes.txt")
def stray_tag_file(p):
    "a tag file is in no tag manifest"
    p.write("notes.txt", "x")


@good("BAG-023", base="bag")
def tag_folder(p):
    "a tag file in a folder, listed"
    p.write("notes/about.txt", "x")
    p.sign_tags()


@good("BAG-023", base="bag")
def no_tag_manifest(p):
    "there is no tag manifest, and a tag file more"
    p.remove(TAGS)
    p.write("notes.txt", "x")


@case("BAG-024", base="bag", path=MANIFEST)
def manifest_not_listed(p):
    "the tag manifest does not list the payload manifest"
    p.edit(TAGS, p.lines([MANIFEST], "sha256"), "")


@case("BAG-024", base="bag", path=MANIFEST, severity="warning")
def manifest_not_listed_in_an_older_bag(p):
    "in a bag of 0.97 the tag manifest does not list the payload manifest"
    older(p)
    p.edit(TAGS, p.lines([MANIFEST], "sha256"), "")


@case("BAG-025", base="bag", path="data/a.txt")
def payload_as_tag(p):
    "the tag manifest lists a file of the payload"
    p.append(TAGS, ONE + "  data/a.txt\n")


@case("BAG-025", base="bag", path="tagmanifest-md5.txt")
def tag_manifest_listed(p):
    "a tag manifest lists another"
    p.sign_tags("md5")
    p.append(TAGS, p.lines(["tagmanifest-md5.txt"], "sha256"))


@case("BAG-025", base="bag", path="tagmanifest-md5.txt", severity="warning")
def tag_manifest_listed_in_an_older_bag(p):
    "in a bag of 0.97 a tag manifest lists another"
    older(p)
    p.sign_tags("md5")
    p.append(TAGS, p.lines(["tagmanifest-md5.txt"], "sha256"))


@case("BAG-025", base="bag", path="data/a.txt", severity="warning")
def payload_as_tag_in_an_older_bag(p):
    "in a bag of 0.97 the tag manifest lists a file of the payload"
    older(p)
    p.append(TAGS, ONE + "  data/a.txt\n")


@case("BAG-026", base="bag")
def md5_only(p):
    "the only manifest is of MD5"
    p.remove(MANIFEST)
    p.sign_payload("md5")
    p.sign_tags()


@case("BAG-026", base="bag")
def weak_only(p):
    "the payload is protected by MD5 and SHA-1 only; that the tag manifest is stronger does not help"
    p.remove(MANIFEST)
    p.sign_payload("md5", "sha1")
    p.sign_tags()


@case("BAG-027", base="bag", path="data/a.txt")
def not_in_every_manifest(p):
    "a file is in one of two manifests only"
    p.sign_payload("sha512")
    p.edit("manifest-sha512.txt", p.lines(["data/a.txt"], "sha512"), "")
    p.sign_tags()


@case("BAG-027", base="bag", path="data/a.txt", severity="warning")
def not_in_every_manifest_of_an_older_bag(p):
    "in a bag of 0.97 a file is in one of two manifests only"
    p.sign_payload("sha512")
    p.edit("manifest-sha512.txt", p.lines(["data/a.txt"], "sha512"), "")
    older(p)


# ---- what may be in a bag ----

@case("BAG-028", base="bag", path="data/link")
def link(p):
    "a link to a file outside"
    p.link("data/link", "/etc/passwd")


@case("BAG-028", base="bag", path="data/way")
def link_to_folder(p):
    "a link to a folder of the bag: its files are not there twice"
    p.link("data/way", "sub")


@case("BAG-028", base="bag", path="data/pipe")
def fifo(p):
    "a FIFO: opening it would wait for ever"
    p.fifo("data/pipe")


@case("BAG-029", base="bag", path="data/aux.txt")
def device_name(p):
    "a name that Windows takes for a device"
    p.rename("data/a.txt", "data/aux.txt")
    p.resign()


@case("BAG-029", base="bag", path="data/a.txt.")
def ends_in_a_dot(p):
    "a name that ends in a dot"
    p.rename("data/a.txt", "data/a.txt.")
    p.resign()


@case("BAG-029", base="bag", path="data/a\\b")
def backslash(p):
    "a name with a backslash"
    p.rename("data/a.txt", "data/a\\b")
    p.resign()


@case("BAG-029", base="bag")
def line_feed(p):
    "a name with a line feed, listed as %0A"
    p.rename("data/a.txt", "data/a\nb")
    p.resign()


@good("BAG-029", base="bag")
def odd_but_fine_names(p):
    "names that only look odd"
    for name in ("data/auxiliary.txt", "data/com0", "data/.a", "data/a..b", "data/~a", "data/-rf"):
        p.write(name, name)
    p.resign()


@case("BAG-030", base="bag", path="data/a.txt")
def differ_in_case(p):
    "two names differ only in case"
    p.write("data/A.TXT", "x")
    p.resign()


@case("BAG-030", base="bag", path="data/N\u00fan")
def differ_in_composition(p):
    "two names differ only in composition"
    p.write("data/Nu\u0301n", "x")
    p.resign()


@case("BAG-031", base="bag", path="data/hollow")
def empty_folder(p):
    "an empty folder"
    p.folder("data/hollow")


# ---- fetch.txt ----

@case("BAG-032", base="bag", path="fetch.txt")
def fetch_without_path(p):
    "a line of fetch.txt has an address only"
    fetch(p, "http://example.org/\n")


@case("BAG-032", base="bag", path="fetch.txt")
def fetch_without_length(p):
    "a length in fetch.txt is no number"
    fetch(p, "http://example.org/ many data/a.txt\n")


@case("BAG-032", base="bag", path="fetch.txt")
def fetch_leaves(p):
    "a path in fetch.txt leaves the bag"
    fetch(p, "http://example.org/ - data/../../a.txt\n")


@case("BAG-032", base="bag", path="fetch.txt")
def fetch_of_tag_file(p):
    "a path in fetch.txt is not below data/"
    fetch(p, "http://example.org/ - bag-info.txt\n")


@case("BAG-033", base="bag", path="data/other")
def fetch_of_unlisted(p):
    "fetch.txt has a file that no manifest lists"
    fetch(p, "http://example.org/ - data/other\n")


@case("BAG-034", base="bag", path="data/a.txt", also={"BAG-012": "it is not there"})
def still_to_fetch(p):
    "a file of fetch.txt was not fetched"
    fetch(p, "http://example.org/ 3 data/a.txt\n")
    p.remove("data/a.txt")


@good("BAG-032", base="bag")
def fetch_of_odd_names(p):
    "fetch.txt with CRLF, a tab, and names with blanks and with %25"
    p.rename("data/a.txt", "data/a  b.txt")
    p.resign()
    fetch(p, "http://example.org/a 3 data/a  b.txt\r\nhttp://example.org/b\t7\tdata/50%25off.txt\r\n")


@case("BAG-038", base="bag", path="data/a.txt")
def fetched_with_other_length(p):
    "a file of fetch.txt is there with another length than fetch.txt tells"
    fetch(p, "http://example.org/a 4 data/a.txt\n")


@good("BAG-038", base="bag")
def fetched_with_untold_length(p):
    "a file of fetch.txt is there; the length is not told"
    fetch(p, "http://example.org/a - data/a.txt\n")


@good("BAG-034", base="bag")
def fetched(p):
    "all files of fetch.txt are there"
    fetch(p, "http://example.org/a 3 data/a.txt\nhttp://example.org/b - data/b.txt\n")


@case("BAG-035", base="bag")
def no_payload_folder(p):
    "there is no data folder, and the manifest is empty"
    p.remove("data")
    p.resign()


@good("BAG-035", base="bag")
def empty_payload(p):
    "the data folder is empty, and so is the manifest"
    p.remove("data")
    os.mkdir(p.full("data"))
    p.resign()


@case("BAG-099", base="bag", also={"BAG-009": "each of the blank lines"})
def too_many_findings(p):
    "more findings than are told one by one"
    list_as(p, "\n", "\n" * 30000)
