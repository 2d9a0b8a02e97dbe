"""Cases for TAR-: the one-file form .tar (chapter 9). Most begin with a "foreign tar", which any byte of may differ; in a canonical
one, every change is TAR-020 as well."""
from kit.archive import extension, record, size_field
from kit.case import case, good
from kit.package import digest

A, B = "data/a.txt", "data/b.txt"
NOTHING_READ = {"BAG-001": "no member is known", "BAG-006": "no member is known", "BAG-035": "no member is known"}


def replace_all(t, contents):
    """Members anew."""
    t.members = [t.member(t.name(path), content) for path, content in sorted(contents.items())]


def rename_listed(t, old, new):
    """Another name for a file of the payload, in the manifests too."""
    contents = {member.name[len(b"bag/"):].decode(): member.data for member in t.members}
    contents[new] = contents.pop(old)
    before = contents["manifest-sha256.txt"]
    contents["manifest-sha256.txt"] = before.replace(old.encode(), new.encode())
    contents["tagmanifest-sha256.txt"] = contents["tagmanifest-sha256.txt"].replace(
        digest(before).encode(), digest(contents["manifest-sha256.txt"]).encode())
    replace_all(t, contents)


# ---- what is fine ----

@good("TAR-020", base="tar")
def canonical_bag(t):
    "a bag in canonical form"


@good("TAR-020", base="lifeboat tar")
def canonical(t):
    "a lifeboat in canonical form; some of its names need pax headers"


@good("TAR-020", base="stubs tar")
def canonical_with_a_stub(t):
    "a lifeboat with a stub in canonical form"


@good("TAR-004", base="foreign tar")
def pax_names(t):
    "a name in a pax header; the header behind it has another"
    t[A].before = extension(record(b"path", t[A].name) + record(b"mtime", b"1700000000.5"))
    t[A].fields["name"] = b"short"


@good("TAR-004", base="foreign tar")
def pax_of_other_programs(t):
    "pax headers that tell times, owners and what one system only knows"
    records = {b"mtime": b"1700000000.123456789", b"atime": b"1700000001", b"uname": b"somebody", b"gid": b"2097152",
               b"LIBARCHIVE.creationtime": b"1700000000", b"SCHILY.xattr.user.note": b"x\0y"}
    for member in t.members:
        member.before = extension(b"".join(record(*one) for one in records.items()))


@good("TAR-003", base="foreign tar")
def gnu_magic(t):
    "headers with the magic of GNU tar, and names of owners"
    for member in t.members:
        member.fields["magic"] = b"ustar  \0somebody"


@good("TAR-004", base="foreign tar")
def gnu_names(t):
    "a long name as GNU tar writes it"
    name = "data/" + "n" * 120
    rename_listed(t, A, name)
    t[name].pax = False
    t[name].before = extension(t[name].name + b"\0", b"L", b"././@LongLink")


@good("TAR-013", base="foreign tar")
def ustar_prefix(t):
    "a long name in two fields, name and prefix"
    name = "data/" + "p" * 60 + "/" + "n" * 60
    rename_listed(t, A, name)
    t[name].pax = False
    t[name].fields.update(prefix=b"bag/data/" + b"p" * 60, name=b"n" * 60)


@good("TAR-009", base="foreign tar")
def folders(t):
    "folders are members too; names begin with \"./\""
    for member in t.members:
        member.name = b"./" + member.name
    for name in (b"./bag/data/sub/", b"./bag/data/", b"./bag/"):
        t.add(name, at=0).fields["type"] = b"5"


@good("TAR-009", base="foreign tar")
def old_kind(t):
    "files of the old kind, without magic"
    for member in t.members:
        member.fields.update(type=b"\0", magic=b"\0" * 8)


@good("TAR-003", base="foreign tar")
def binary_size(t):
    "a size in GNU's binary form"
    t[A].fields["size"] = b"\x80" + b"\0" * 10 + b"\x03"


@good("TAR-001", base="foreign tar")
def twenty_blocks(t):
    "the end is filled up with zeros to twenty blocks, as tar does"
    t.end += b"\0" * (-len(t.build()) % 10240)


@good("TAR-011", base="foreign tar")
def global_comment(t):
    "a global header with a comment, as git writes it"
    t.begin = extension(record(b"comment", b"0123456789abcdef"), b"g", b"pax_global_header")


# ---- the end ----

@case("TAR-001", base="foreign tar")
def no_end(t):
    "the blocks of zeros are cut off"
    t.end = b""


@case("TAR-001", base="foreign tar")
def one_block_of_zeros(t):
    "there is one block of zeros only"
    t.end = b"\0" * 512


@case("TAR-001", base="foreign tar")
def no_whole_blocks(t):
    "the last block is not whole"
    t.end = b"\0" * 1100


@case("TAR-001", base="foreign tar", also={"BAG-006": "the manifest is behind the cut", "BAG-013": "nothing is listed"})
def cut_within_a_member(t):
    "the archive is cut off within a member"
    whole = t.build()
    return whole[:whole.index(b"bag/manifest-sha256.txt") + 700]


@case("TAR-001", base="tar", also=NOTHING_READ)
def no_bytes(t):
    "a file .tar of no bytes"
    return b""


@case("TAR-002", base="foreign tar")
def bytes_behind(t):
    "a block of other bytes follows the end"
    t.end += b"x" * 512


@case("TAR-002", base="foreign tar")
def second_archive(t):
    "another archive follows the end: some programs read on"
    t.end += t.build()


# ---- headers ----

@case("TAR-003", base="foreign tar", also={"BAG-012": "what follows is not found"})
def damaged_header(t):
    "a header has another checksum"
    t["tagmanifest-sha256.txt"].fields["sum"] = b"000001\0 "
    t.members.remove(t[A])
    t.add(t.name(A), b"one")


@case("TAR-003", base="foreign tar")
def size_is_no_number(t):
    "the size of the last member is no number"
    t["tagmanifest-sha256.txt"].fields["size"] = b"0000000000z\0"


@case("TAR-004", base="foreign tar")
def record_too_long(t):
    "a record of a pax header is longer than the header"
    t[A].before = extension(b"99 comment=x\n")


@case("TAR-004", base="foreign tar")
def record_without_key(t):
    "a record of a pax header has no \"=\""
    t[A].before = extension(b"12 comment \n")


@case("TAR-004", base="foreign tar")
def size_in_words(t):
    "the size in a pax header is no number"
    t[A].before = extension(record(b"size", b"three"))


@case("TAR-004", base="foreign tar")
def name_with_nul(t):
    "the name in a pax header has a NUL: readers differ in where it ends"
    t[A].before = extension(record(b"path", b"bag/data/a.txt\0.exe"))


@case("TAR-004", base="foreign tar")
def belongs_to_nothing(t):
    "the last extension header has no member behind it"
    t.end = extension(record(b"path", b"bag/data/z.txt")) + t.end


@case("TAR-004", base="foreign tar")
def huge_extension(t):
    "an extension header of more than 1 MiB, the last"
    t.end = extension(record(b"comment", b"x" * (1 << 20))) + t.end


@case("TAR-008", base="foreign tar", path="bag/data/a.txt")
def bytes_in_the_padding(t):
    "bytes stand in the padding behind a member"
    t[A].padding = b"hidden".rjust(509, b"\0")


@case("TAR-009", base="foreign tar", path="bag/data/z.txt")
def unknown_kind(t):
    "a member of a kind that is not known"
    t.add(t.name("data/z.txt")).fields["type"] = b"Z"


@case("TAR-010", base="foreign tar", also={"BAG-014": "the pieces are not the file"})
def sparse(t):
    "a file is stored sparsely, in GNU's form for pax"
    t[A].before = extension(record(b"GNU.sparse.major", b"1") + record(b"GNU.sparse.minor", b"0") + record(b"GNU.sparse.realsize", b"3"))
    t[A].data = b"1\n0\n3\n" + b"\0" * 506 + b"one"


@case("TAR-009", base="foreign tar", path="bag/data/z.txt")
def old_sparse(t):
    "a member of GNU's old sparse kind"
    t.add(t.name("data/z.txt")).fields["type"] = b"S"


@case("TAR-011", base="foreign tar")
def global_name(t):
    "a global header gives all members one name"
    t.begin = extension(record(b"path", b"bag/data/a.txt"), b"g")


@case("TAR-011", base="foreign tar")
def global_size(t):
    "a global header gives all members one size"
    t.begin = extension(record(b"size", b"3"), b"g")


@case("TAR-015", base="foreign tar", path="bag/data/sub")
def folder_with_content(t):
    "a folder has content"
    t.add(b"bag/data/sub").fields.update(type=b"5", size=size_field(3))
    t.members[-1].data = b""


@case("TAR-015", base="foreign tar", path="bag/data/link", also={"BAG-028": "links are not followed"})
def link_with_content(t):
    "a link has content"
    t.add(b"bag/data/link").fields.update(type=b"2", link=b"a.txt", size=size_field(3))


@case("BAG-028", base="foreign tar", path="data/link")
def hard_link(t):
    "a member is a hard link to another"
    t.add(b"bag/data/link").fields.update(type=b"1", link=b"bag/data/a.txt")


@case("BAG-028", base="foreign tar", path="data/null")
def device(t):
    "a member is a device"
    t.add(b"bag/data/null").fields.update(type=b"3")


# ---- names ----

@case("TAR-012", base="foreign tar", path="data/a.txt")
def twice(t):
    "a member is there twice, with the same content"
    t.add(t.name(A), b"one")


@case("TAR-012", base="foreign tar", path="data/a.txt")
def twice_in_other_words(t):
    "a member is there twice, once with \"./\" before its name"
    t.add(b"./" + t.name(A), b"one")


@case("TAR-013", base="foreign tar", path="../x", also={"BAG-023": "it is listed nowhere"})
def leaves(t):
    "a name goes through \"..\""
    t.add(b"bag/../x", b"x")


@case("TAR-013", base="foreign tar", path="data/aux.txt", also={"BAG-013": "it is listed nowhere"})
def device_name(t):
    "a name that Windows takes for a device"
    t.add(b"bag/data/aux.txt", b"x")


@case("TAR-013", base="foreign tar", path="/etc/x",
      also={"TAR-014": "it is not below the others' folder", "BAG-001": "with two tops there is no bag", "BAG-006": "nor a manifest",
            "BAG-035": "nor a data folder"})
def absolute(t):
    "a name is absolute"
    t.add(b"/etc/x", b"x")


@case("TAR-014", base="foreign tar", path="other/x",
      also={"BAG-001": "with two tops there is no bag", "BAG-006": "nor a manifest", "BAG-035": "nor a data folder"})
def two_tops(t):
    "the members are in two top folders"
    t.add(b"other/x", b"x")


@case("TAR-014", base="foreign tar")
def no_top(t):
    "the members are in no folder"
    for member in t.members:
        member.name = member.name[len("bag/"):]


@case("TAR-017", base="foreign tar", path="data/a.txt", also={"BAG-013": "what is below the file is listed nowhere"})
def file_and_folder(t):
    "a.txt is a file, and there is a file below it"
    t.add(b"bag/data/a.txt/x", b"x")


# ---- the canonical form ----

@case("BAG-014", base="tar", path="data/a.txt")
def content_of_a_tar(t):
    "a member's content was changed: only the manifest knows"
    t[A].data = b"oNe"


@case("TAR-020", base="tar", path="bag/data/a.txt")
def other_mode(t):
    "one member may be executed"
    t[A].fields["mode"] = b"0000755 "


@case("TAR-020", base="tar", path="bag/data/a.txt")
def owner(t):
    "one member has an owner"
    t[A].fields["uid"] = b"0001750 "


@case("TAR-020", base="tar", path="bag/data/a.txt")
def pax_without_need(t):
    "one member has its short name in a pax header"
    t[A].before = extension(record(b"path", t[A].name))


@case("TAR-020", base="tar", path="bag/data/a.txt")
def not_sorted(t):
    "two members have changed their places"
    a, b = t.members.index(t[A]), t.members.index(t[B])
    t.members[a], t.members[b] = t.members[b], t.members[a]


@case("TAR-020", base="tar", path="./bag/bag-info.txt")
def dot_slash(t):
    "names begin with \"./\""
    for member in t.members:
        member.name = b"./" + member.name
    t.members[-1].name = t.members[-1].name[2:]


@case("TAR-020", base="tar", path="bag/data/a.txt/")
def slash(t):
    "the name of a file ends in \"/\""
    t[A].name += b"/"


@case("TAR-020", base="tar")
def filled_up(t):
    "more blocks of zeros at the end than two"
    t.end += b"\0" * 512


@case("TAR-021", base="tar")
def foreign(t):
    "all members have a time: another program wrote this"
    for member in t.members:
        member.fields["mtime"] = b"14723571240 "


@case("TAR-021", base="tar")
def foreign_names(t):
    "all names begin with \"./\": another program wrote this"
    for member in t.members:
        member.name = b"./" + member.name


@case("TAR-021", base="lifeboat tar")
def foreign_lifeboat(t):
    "a lifeboat that another program packed stays valid"
    for member in t.members:
        member.fields["mtime"] = b"14723571240 "
