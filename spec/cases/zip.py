"""Cases for ZIP-: the one-file form .zip (chapter 9). Most begin with a "foreign zip", which any byte of may differ; in a canonical
one, every change is ZIP-020 as well."""
import struct

from kit.archive import extra64
from kit.case import case, good
from kit.package import digest

A, B = "data/a.txt", "data/b.txt"
NOTHING_READ = {"BAG-001": "no member is known", "BAG-006": "no member is known", "BAG-035": "no member is known"}


def unicode_path(name):
    """Info-ZIP's extra field with a second name."""
    return struct.pack("<HHBI", 0x7075, 5 + len(name), 1, 0) + name


def list_too(z, contents):
    """Further files in the manifests."""
    lines = z["manifest-sha256.txt"].data
    lines += b"".join(b"%s  %s\n" % (digest(content).encode(), path.encode()) for path, content in contents.items())
    old = z["manifest-sha256.txt"].data
    tags = z["tagmanifest-sha256.txt"].data.replace(digest(old).encode(), digest(lines).encode())
    for path, content in (("manifest-sha256.txt", lines), ("tagmanifest-sha256.txt", tags)):
        at = z.members.index(z[path])
        z.remove(path)
        z.add(z.name(path), content, at)


# ---- what is fine ----

@good("ZIP-020", base="zip")
def canonical_bag(z):
    "a bag in canonical form"


@good("ZIP-020", base="lifeboat zip")
def canonical(z):
    "a lifeboat in canonical form"


@good("ZIP-020", base="stubs zip")
def canonical_with_a_stub(z):
    "a lifeboat with a stub in canonical form"


@good("ZIP-003", base="zip")
def members_beyond_16_bits(z):
    "66,000 members: the canonical form has zip64 end records"
    many = {"data/n/%05d" % number: b"" for number in range(66000)}
    list_too(z, many)
    for path in many:
        z.add(z.name(path))
    z.members.sort(key=lambda member: member.name)


@good("ZIP-010", base="foreign zip")
def deflated(z):
    "all members are deflated"
    for member in z.members:
        member.deflate()


@good("ZIP-008", base="foreign zip")
def folders(z):
    "folders are members too"
    for name in (b"bag/", b"bag/data/", b"bag/data/sub/"):
        z.add(name).external = 0o40755 << 16 | 0x10


@good("ZIP-005", base="foreign zip")
def other_order(z):
    "the central directory has another order than the members"
    z.order = list(reversed(z.members))


@good("ZIP-006", base="foreign zip")
def extra_fields(z):
    "extra fields with a time, another in the local header than in the central one"
    z[A].local["extra"] = b"UT\x09\x00\x03" + b"\x01\x02\x03\x04" * 2
    z[A].central["extra"] = b"UT\x05\x00\x03\x01\x02\x03\x04"


@good("ZIP-021", base="foreign zip")
def made_on_windows(z):
    "made by a program for DOS: its attributes instead of a mode"
    for member in z.members:
        member.made_by, member.external = 0x0014, 0x20


@good("ZIP-021", base="foreign zip")
def comments_of_members(z):
    "members have comments in the central directory"
    z[A].comment = b"the first"


@good("ZIP-006", base="foreign zip")
def zip64_fields(z):
    "sizes in a zip64 field that fit their 32 bits too"
    z[A].local.update(size=0xFFFFFFFF, stored=0xFFFFFFFF)
    z[A].extra = b""
    content = bytearray(z.build())
    content = content.replace(extra64(0xFFFFFFFF, 0xFFFFFFFF), extra64(3, 3))
    return bytes(content)


@good("ZIP-016", base="foreign zip")
def same_name_twice(z):
    "an extra field repeats the name as Unicode"
    z[A].extra = unicode_path(z[A].name)


# ---- the end ----

@case("ZIP-001", base="zip", also=NOTHING_READ)
def no_end(z):
    "the end record is cut off"
    return z.build()[:-22]


@case("ZIP-001", base="zip", also=NOTHING_READ)
def cut_in_the_middle(z):
    "the second half is cut off"
    whole = z.build()
    return whole[:len(whole) // 2]


@case("ZIP-001", base="zip", also=NOTHING_READ)
def no_bytes(z):
    "a file .zip of no bytes"
    return b""


@case("ZIP-002", base="foreign zip")
def bytes_behind(z):
    "bytes follow the end record"
    z.behind = b"more"


@case("ZIP-002", base="foreign zip")
def comment(z):
    "the archive has a comment"
    z.end["comment"] = 4
    z.behind = b"more"


@case("ZIP-002", base="foreign zip")
def comment_announced(z):
    "the end record announces a comment that is not there"
    z.end["comment"] = 4


@case("ZIP-003", base="foreign zip")
def counts_contradict(z):
    "the zip64 end record tells another number of members"
    z.wide, z.end = True, {"count": len(z.members) - 1, "total": len(z.members) - 1}


@case("ZIP-003", base="foreign zip")
def offsets_contradict(z):
    "the zip64 end record tells another offset of the central directory"
    z.wide, z.end = True, {"at": 0}


@case("ZIP-003", base="zip", also={**NOTHING_READ, "ZIP-005": "the zip64 record then stands between directory and end",
                                   "ZIP-008": "no byte is then a member's"})
def locator_leads_astray(z):
    "the locator leads to where no zip64 end record is"
    z.wide, z.locator = True, {"at": 0}


@case("ZIP-004", base="foreign zip")
def second_disk(z):
    "the end record says that this is the second disk"
    z.end["disk"] = 1


@case("ZIP-004", base="foreign zip")
def half_of_the_members(z):
    "the end record tells more members in all than on this disk"
    z.end["count"] = len(z.members) - 1


@case("ZIP-004", base="foreign zip", path="bag/data/a.txt")
def member_elsewhere(z):
    "a member is said to be on another disk"
    z[A].disk = 1


@case("ZIP-004", base="foreign zip")
def two_disks(z):
    "the zip64 locator says that there are two disks"
    z.wide, z.locator = True, {"disks": 2}


@case("ZIP-005", base="foreign zip")
def one_member_more(z):
    "the end record counts one member more than the central directory has"
    z.end.update(count=len(z.members) + 1, total=len(z.members) + 1)


@case("ZIP-005", base="zip", also={**NOTHING_READ, "ZIP-008": "no byte is then a member's"})
def directory_elsewhere(z):
    "the central directory is not where the end record says"
    z.shift = -1
    return z.build()


@case("ZIP-005", base="foreign zip", path="bag/data/a.txt")
def broken_extra(z):
    "an extra field in the central directory is longer than there is room"
    z[A].central["extra"] = b"UT\xff\x00\x03"


@case("ZIP-005", base="foreign zip", path="bag/data/a.txt")
def zip64_field_twice(z):
    "a central header has two zip64 fields: readers differ in which one they take"
    z[A].central.update(size=0xFFFFFFFF, extra=extra64(4))
    return z.build().replace(extra64(0xFFFFFFFF, 3), extra64(3, 3))


# ---- headers ----

@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def local_name(z):
    "the local header has another name"
    z[A].local["name"] = b"bag/data/z.txt"


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def local_size(z):
    "the local header has another size"
    z[A].local["size"] = 2


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def local_crc(z):
    "the local header has another CRC"
    z[A].local["crc"] = 1


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def local_method(z):
    "the local header says deflated, the central one stored"
    z[A].local["method"] = 8


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def local_flags(z):
    "the local header has other flags"
    z[A].local["flags"] = 0x0800


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt",
      also={"ZIP-007": "it is said to be within another", "ZIP-008": "its bytes belong to nobody"})
def no_local_header(z):
    "there is no local header where the central directory says"
    z[A].central["at"] = 5


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt", also={"ZIP-011": "sizes stand behind other members' data"})
def false_descriptor(z):
    "what stands behind the data tells another CRC"
    z[A].describe(crc=1)
    z[B].describe()


@case("ZIP-006", base="foreign zip", path="bag/data/a.txt")
def no_descriptor(z):
    "sizes are promised behind the data, but are not there"
    z[A].describe()
    z[A].behind = b""


@case("ZIP-007", base="foreign zip", path="bag/data/in-a.txt")
def overlap(z):
    "a member stands within another's data"
    inner = z.member(z.name("data/in-a.txt"), b"inner")
    inside = z._local(inner) + inner.data
    z.add(z.name("data/zz.txt"), inside)
    inner.has_local = False
    z.members.append(inner)
    list_too(z, {"data/zz.txt": inside, "data/in-a.txt": b"inner"})
    inner.at = z.build().index(inside)


@case("ZIP-008", base="foreign zip")
def bytes_before(z):
    "bytes stand before the first member, as in an archive that extracts itself"
    z.members[0].before = b"#!/bin/sh\n"


@case("ZIP-008", base="foreign zip")
def bytes_between(z):
    "bytes stand between two members"
    z[A].behind = b"hidden"


@case("ZIP-008", base="foreign zip")
def hidden_member(z):
    "a whole member is not in the central directory: readers that do not look there find it"
    z.add(z.name("data/hidden.txt"), b"x").has_central = False


@case("ZIP-009", base="foreign zip", path="bag/data/a.txt")
def encrypted(z):
    "a member is marked as encrypted"
    z[A].flags |= 1


@case("ZIP-009", base="foreign zip", path="bag/data/a.txt")
def masked(z):
    "a member's local header is marked as masked"
    z[A].flags |= 0x2000


@case("ZIP-010", base="foreign zip", path="bag/data/a.txt")
def unknown_method(z):
    "a member is compressed by bzip2"
    z[A].method = 12


@case("ZIP-011", base="foreign zip")
def descriptors(z):
    "sizes stand behind the data, and are true"
    for member in z.members:
        member.describe()


@case("ZIP-011", base="foreign zip")
def descriptors_without_mark(z):
    "sizes stand behind the data, without the signature that is not required"
    z[A].describe(mark=False)


# ---- names ----

@case("ZIP-012", base="foreign zip", path="data/a.txt")
def twice(z):
    "a member is there twice, with the same content"
    z.add(z.name(A), b"one")


@case("ZIP-012", base="foreign zip", path="data")
def folder_twice(z):
    "a folder is there twice"
    for _ in range(2):
        z.add(b"bag/data/").external = 0o40755 << 16


@case("ZIP-013", base="foreign zip", path="../x", also={"BAG-023": "it is listed nowhere"})
def leaves(z):
    "a name goes through \"..\""
    z.add(b"bag/../x", b"x")


@case("ZIP-013", base="foreign zip", path="data/a\\x", also={"BAG-013": "it is listed nowhere"})
def backslash(z):
    "a name has a backslash, which some programs take for a slash"
    z.add(b"bag/data/a\\x", b"x")


@case("ZIP-013", base="foreign zip", path="data/aux.txt", also={"BAG-013": "it is listed nowhere"})
def device_name(z):
    "a name that Windows takes for a device"
    z.add(b"bag/data/aux.txt", b"x")


@case("ZIP-013", base="foreign zip", path="/etc/x",
      also={"ZIP-014": "it is not below the others' folder", "BAG-001": "with two tops there is no bag", "BAG-006": "nor a manifest",
            "BAG-035": "nor a data folder", })
def absolute(z):
    "a name is absolute"
    z.add(b"/etc/x", b"x")


@case("ZIP-014", base="foreign zip", path="other/x",
      also={"BAG-001": "with two tops there is no bag", "BAG-006": "nor a manifest", "BAG-035": "nor a data folder"})
def two_tops(z):
    "the members are in two top folders"
    z.add(b"other/x", b"x")


@case("ZIP-014", base="foreign zip", path="__MACOSX/bag/data/._a.txt",
      also={"BAG-001": "with two tops there is no bag", "BAG-006": "nor a manifest", "BAG-035": "nor a data folder"})
def folder_of_a_mac(z):
    "beside the folder is another one, in which a Mac keeps what other systems have no place for"
    z.add(b"__MACOSX/bag/data/._a.txt", b"\0\5\x16\7\0\2\0\0")


@case("ZIP-014", base="foreign zip")
def no_top(z):
    "the members are in no folder"
    for member in z.members:
        member.name = member.name[len("bag/"):]


@case("ZIP-017", base="foreign zip", path="data/a.txt", also={"BAG-013": "what is below the file is listed nowhere"})
def file_and_folder(z):
    "a.txt is a file, and there is a file below it"
    z.add(b"bag/data/a.txt/x", b"x")


# ---- sizes ----

@case("ZIP-015", base="foreign zip", path="bag/data/a.txt")
def stored_with_two_sizes(z):
    "a stored member is said to be larger than its data"
    z[A].size = 4


@case("ZIP-015", base="foreign zip", path="bag/data/a.txt")
def too_small(z):
    "a deflated member is said to be larger than deflate can make of its data"
    z[A].deflate()
    z[A].size = 100000


@case("ZIP-015", base="foreign zip", path="bag/data/sub/")
def folder_with_content(z):
    "a folder has content"
    z.add(b"bag/data/sub/", b"x").external = 0o40755 << 16


@case("ZIP-016", base="foreign zip", path="bag/data/a.txt")
def second_name(z):
    "an extra field gives a member another name"
    z[A].central["extra"] = unicode_path(b"bag/data/z.txt")


@case("ZIP-018", base="foreign zip")
def untold_utf8(z):
    "a name beyond ASCII is not marked as UTF-8"
    z["data/N\u00fan"].flags = 0


@case("ZIP-022", base="foreign zip", path="data/a.txt")
def wrong_crc(z):
    "a member has another CRC than its headers say, and the digest of its manifest"
    z[A].crc = 1


@case("ZIP-022", base="foreign zip", path="data/a.txt")
def broken_deflate(z):
    "a member's compressed data is broken"
    z[A].deflate()
    z[A].data = b"\xff" * len(z[A].data)


@case("ZIP-022", base="foreign zip", path="data/a.txt")
def inflates_to_less(z):
    "a deflated member is smaller than its headers say"
    z[A].deflate()
    z[A].size = 4


@case("BAG-014", base="zip", path="data/a.txt")
def content_of_a_zip(z):
    "a member was exchanged, with its CRC: only the manifest knows"
    at = z.members.index(z[A])
    z.remove(A)
    z.add(z.name(A), b"oNe", at)


@case("BAG-028", base="foreign zip", path="data/link")
def link_in_a_zip(z):
    "a member is a link"
    z.add(b"bag/data/link", b"a.txt").external = 0o120777 << 16


# ---- the canonical form ----

@case("ZIP-020", base="zip", path="bag/data/a.txt")
def other_time(z):
    "one member has a time"
    z[A].time = 1


@case("ZIP-020", base="zip", path="bag/data/a.txt")
def other_mode(z):
    "one member may be executed"
    z[A].external = 0o100755 << 16


@case("ZIP-020", base="zip", path="bag/data/a.txt")
def extra_field(z):
    "one member has an extra field"
    z[A].extra = b"UT\x05\x00\x03\x01\x02\x03\x04"


@case("ZIP-020", base="zip", path="bag/data/a.txt")
def one_member_deflated(z):
    "one member is deflated"
    z[A].deflate()


@case("ZIP-020", base="zip", path="bag/data/a.txt")
def not_sorted(z):
    "two members have changed their places"
    a, b = z.members.index(z[A]), z.members.index(z[B])
    z.members[a], z.members[b] = z.members[b], z.members[a]


@case("ZIP-020", base="zip", path="bag/data/")
def folder_in_canonical_form(z):
    "the canonical form has no folders"
    z.add(b"bag/data/", at=z.members.index(z["data/50%off.txt"]))


@case("ZIP-020", base="zip")
def zip64_without_need(z):
    "zip64 end records where nothing needs them"
    z.wide = True


@case("ZIP-021", base="zip")
def foreign(z):
    "all members have a time: another program wrote this"
    for member in z.members:
        member.time = 0x6000


@case("ZIP-021", base="lifeboat zip")
def foreign_lifeboat(z):
    "a lifeboat that another program packed stays valid"
    for member in z.members:
        member.deflate()
