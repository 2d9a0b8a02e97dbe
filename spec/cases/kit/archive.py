"""zip and tar, written from spec/09-containers.md alone, with every field open to be changed.

`Zip` and `Tar` hold members; a case changes members, headers or what stands between them, and `build` gives the bytes. A member
is found by its path without the top folder: z["data/a.txt"]."""
import dataclasses
import struct
import zlib

MAX16, MAX32, MAX_OCTAL = 0xFFFF, 0xFFFFFFFF, 0o77777777777


class Archive:
    def __init__(self, top, contents, canonical=True):
        self.top = top.encode("utf-8")
        self.canonical = canonical
        self.members = []
        self.others = {}            # files beside the archive, which an option of verify names
        names = {self.name(path): content for path, content in contents.items()}
        for name in sorted(names):
            self.members.append(self.member(name, names[name]))

    def name(self, path):
        return self.top + b"/" + path.encode("utf-8", "surrogateescape")

    def __getitem__(self, path):
        return next(member for member in self.members if member.name == self.name(path))

    def beside(self, name, content):
        self.others[name] = content

    def add(self, name, content=b"", at=None):
        """A member by its whole name, as bytes; the last one unless `at` says where."""
        member = self.member(name, content)
        self.members.insert(len(self.members) if at is None else at, member)
        return member

    def remove(self, path):
        self.members.remove(self[path])


# ---- zip ----

@dataclasses.dataclass
class ZipMember:
    """Fields of both headers. `local` and `central` change one of the two only: {"size": 3}."""
    name: bytes
    data: bytes                 # as it stands in the archive
    size: int                   # of the content
    stored: int                 # of the data
    crc: int
    version: int = 20
    made_by: int = 0x032D
    flags: int = 0x0800
    method: int = 0
    time: int = 0
    date: int = 0x0021
    external: int = 0x81A40000
    disk: int = 0
    extra: bytes = b""
    comment: bytes = b""
    at: int = None              # of the local header; None: where it is
    before: bytes = b""         # bytes before the local header
    behind: bytes = b""         # bytes behind the data
    has_local: bool = True
    has_central: bool = True
    local: dict = dataclasses.field(default_factory=dict)
    central: dict = dataclasses.field(default_factory=dict)

    def deflate(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.data = packer.compress(self.data) + packer.flush()
        self.method, self.stored = 8, len(self.data)

    def describe(self, crc=None, mark=True):
        """Sizes and CRC behind the data instead of before it."""
        self.flags |= 8
        self.local.update(crc=0, size=0, stored=0)
        self.behind = (b"PK\x07\x08" if mark else b"") + struct.pack("<III", self.crc if crc is None else crc, self.stored, self.size)


def narrow(value, top=MAX32):
    return min(value, top)


def extra64(*values):
    return struct.pack("<HH", 1, 8 * len(values)) + b"".join(struct.pack("<Q", value) for value in values) if values else b""


class Zip(Archive):
    behind = b""                # bytes after the end record
    shift = 0                   # added to the offset of the central directory
    wide = False                # zip64 end records also where they are not needed
    order = None                # of the central directory; None: that of the members

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.end, self.end64, self.locator = {}, {}, {}

    def member(self, name, content):
        member = ZipMember(name, content, len(content), len(content), zlib.crc32(content))
        if not self.canonical:  # as Info-ZIP writes it
            member.made_by, member.time, member.date = 0x031E, 0x6000, 0x5A21
            member.flags = 0 if name.isascii() else 0x0800
        return member

    def build(self):
        out, entries = bytearray(), {}
        for member in self.members:
            out += member.before
            at = len(out) if member.at is None else member.at
            if member.has_local:
                out += self._local(member) + member.data + member.behind
            if member.has_central:
                entries[id(member)] = self._central(member, at)
        central = b"".join(entries[id(member)] for member in self.order) if self.order else b"".join(entries.values())
        return bytes(out) + central + self._ends(len(entries), len(central), len(out)) + self.behind

    @staticmethod
    def _common(f, version):
        return struct.pack("<HHHHHIIIH", version, f["flags"], f["method"], f["time"], f["date"], f["crc"], narrow(f["stored"]),
                           narrow(f["size"]), len(f["name"]))

    def _local(self, member):
        f = {**vars(member), **member.local}
        wide = f["size"] >= MAX32
        extra = (extra64(f["size"], f["stored"]) if wide else b"") + f["extra"]
        return b"PK\x03\x04" + self._common(f, 45 if wide else f["version"]) + struct.pack("<H", len(extra)) + f["name"] + extra

    def _central(self, member, at):
        f = {**vars(member), **member.central}
        at = f["at"] if "at" in member.central else at
        wide = [f["size"], f["stored"]] if f["size"] >= MAX32 else []
        wide += [at] if at >= MAX32 else []
        extra = extra64(*wide) + f["extra"]
        return (b"PK\x01\x02" + struct.pack("<H", f["made_by"]) + self._common(f, 45 if wide else f["version"]) +
                struct.pack("<HHHHII", len(extra), len(f["comment"]), f["disk"], 0, f["external"], narrow(at)) + f["name"] + extra +
                f["comment"])

    def _ends(self, count, size, at):
        at += self.shift
        f = {"disk": 0, "central_disk": 0, "count": count, "total": count, "size": size, "at": at, "comment": 0, **self.end}
        end = b"PK\x05\x06" + struct.pack("<HHHHIIH", f["disk"], f["central_disk"], narrow(f["count"], MAX16), narrow(f["total"], MAX16),
                                          narrow(f["size"]), narrow(f["at"]), f["comment"])
        if count < MAX16 and size < MAX32 and at < MAX32 and not self.wide:
            return end
        f = {"disk": 0, "central_disk": 0, "count": count, "total": count, "size": size, "at": at, **self.end64}
        end64 = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 0x032D, 45, f["disk"], f["central_disk"], f["count"], f["total"], f["size"],
                                            f["at"])
        f = {"disk": 0, "at": at + size, "disks": 1, **self.locator}
        return end64 + b"PK\x06\x07" + struct.pack("<IQI", f["disk"], f["at"], f["disks"]) + end


# ---- tar ----

FIELDS = {"name": 0, "mode": 100, "uid": 108, "gid": 116, "size": 124, "mtime": 136, "type": 156, "link": 157, "magic": 257,
          "devmajor": 329, "devminor": 337, "prefix": 345}


def block_padding(content):
    return b"\0" * (-len(content) % 512)


def header(**fields):
    """A header block: fields as bytes, over those of chapter 9. `sum`: instead of the right checksum."""
    f = {"mode": b"0000644 ", "uid": b"0000000 ", "gid": b"0000000 ", "mtime": b"02263523000 ", "type": b"0", "magic": b"ustar\x0000",
         "devmajor": b"0000000 ", "devminor": b"0000000 ", **fields}
    block = bytearray(512)
    for key, at in FIELDS.items():
        value = f.get(key, b"")
        block[at:at + len(value)] = value
    block[148:156] = b" " * 8
    block[148:156] = f.get("sum", b"%06o\0 " % sum(block))
    return bytes(block)


def size_field(size):
    return b"%011o " % (size if size <= MAX_OCTAL else 0)


def record(key, value):
    """One record of a pax header: its length counts itself."""
    rest = len(b" %s=%s\n" % (key, value))
    length = rest + len(str(rest))
    length = rest + len(str(length))
    return b"%d %s=%s\n" % (length, key, value)


def extension(content, kind=b"x", name=b"././@PaxHeader"):
    """An extension header with its content."""
    return header(name=name, size=size_field(len(content)), type=kind) + content + block_padding(content)


@dataclasses.dataclass
class TarMember:
    name: bytes
    data: bytes
    before: bytes = b""         # blocks before the header: extension headers
    padding: bytes = None       # instead of zeros
    pax: bool = True            # long names and sizes stand in a pax header
    fields: dict = dataclasses.field(default_factory=dict)  # of the header: {"mtime": b"…"}


class Tar(Archive):
    begin = b""                 # blocks before the first member
    end = b"\0" * 1024

    def member(self, name, content):
        fields = {} if self.canonical else {"mtime": b"14723571240\0", "mode": b"0000644\0", "uid": b"0001750\0", "gid": b"0001750\0"}
        return TarMember(name, content, fields=fields)

    def build(self):
        return self.begin + b"".join(map(self._member, self.members)) + self.end

    @staticmethod
    def _member(member):
        size = len(member.data)
        records = record(b"path", member.name) if len(member.name) > 100 else b""
        records += record(b"size", b"%d" % size) if size > MAX_OCTAL else b""
        fields = {"name": member.name[:100], "size": size_field(size), **member.fields}
        padding = block_padding(member.data) if member.padding is None else member.padding
        return (member.before + (extension(records) if records and member.pax else b"") + header(**fields) + member.data + padding)
