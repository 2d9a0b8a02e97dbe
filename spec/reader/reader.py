#!/usr/bin/env python3
"""A second reader of the Data Lifeboat format, written from its specification alone.

  reader.py verify PATH   is everything there and unchanged? A line a finding, then "valid" or "not valid"
  reader.py list PATH     the photos, one JSON object a line, then a summary (chapter 3.6)

PATH is a folder, or a .zip or .tar in the canonical form of chapter 9 (unpack what other programs packed). It is
read where it lies: nothing is written, executed or fetched, and no link in it is followed. Pages, METS.xml and the
recording are hashed like any file; what they say is not judged. Rule ids are those of chapter 10.
Exit codes: 0 valid or listed, 4 not valid or not readable, 2 wrong usage.
"""
import hashlib, json, os, re, stat, struct, sys, unicodedata, zlib

ROOT = {"index.html", "README.txt", "lifeboat.json", "METS.xml", "bagit.txt", "bag-info.txt",
        "manifest-sha256.txt", "tagmanifest-sha256.txt"}
NEEDED = {"data/README.html", "data/pages/index.html", "data/documentation/index.html"}
WANTED = {"data/provenance/plan.json", "data/provenance/api.warc.gz"}
INDEXES = ("lifeboat photoIndex photoOrder licenseIndex contributorIndex profileIndex albumIndex galleryIndex "
           "groupIndex collectionIndex consentIndex tagList missing").split()
ROLES = {"data/media/originals/": "original", "data/media/thumbnails/": "thumbnail", "data/media/icons/": "icon",
         "data/metadata/": "metadata", "data/pages/": "page", "data/README.html": "page", "data/ro-crate-metadata.json": "metadata", "data/viewer/": "viewer",
         "data/provenance/": "provenance", "data/documentation/": "documentation"}
FIELDS = set("format formatVersion id title purpose futureConsiderations folder maker created program policy selection "
             "counts licenses photos missing files".split())
MILD = {"BAG-031", "LB-014", "LB-063"}              # warnings and infos
SCHEMA = {"LB-002", "LB-022", "LB-027"}             # only warnings if the format is a later 1.x (chapter 11)
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.I)
LARGEST = 256 << 20                                 # no text that is read into memory is larger
ONES2, ONES4, NAME = 0xFFFF, 0xFFFFFFFF, ("utf-8", "surrogateescape")


class Unreadable(Exception):
    """The package, or a file of it, cannot be read: words, and the rule if there is one."""


# What data of a wrong form, or a damaged file, raises somewhere. Nothing of it is more than a finding.
WRONG = (Unreadable, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def words(error):
    return str(error.args[0]) if type(error) in (Unreadable, ValueError) else repr(error)


def raw(name):                                      # the bytes of a name, which need not be UTF-8
    return name.encode(*NAME)


def plain(text):                                    # for a terminal: ASCII, no control characters
    return json.dumps(text)[1:-1].replace("\x7f", "\\u007f")


def parse(text, where):
    def no_twice(pairs):                            # what a name that is there twice means, nobody knows
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name is twice in an object")
        return dict(pairs)
    try:                                            # int refuses NaN and Infinity, which are no JSON
        return json.loads(text, object_pairs_hook=no_twice, parse_constant=int)
    except (ValueError, RecursionError) as e:
        raise ValueError("%s: %s" % (where, e)) from None


def bad_name(path):                                 # what chapter 2 says of names; the limits are this reader's own
    if len(path) > 1024 or path.count("/") > 32:
        return "too long or too deep"
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in path) or "\\" in path:
        return "a control character, a backslash, or no UTF-8"      # Cs: a byte that is not UTF-8
    if re.match("[A-Za-z]:", path) or any(p == "" or p[-1] in ". " or DEVICE.fullmatch(p) for p in path.split("/")):
        return "cannot be written on every system"


class Package:
    """Files by path, each with a size; chunks() gives the bytes of one."""
    kind = None

    def __init__(self):
        self.files, self.findings, self.boat, self.later = {}, [], None, False

    def find(self, rule, path, said):
        self.findings.append((rule[:3] not in ("ZIP", "TAR"), path, rule, said))      # the container's first

    def read(self, path):
        if path in self.files and self.size(path) > LARGEST:
            raise Unreadable(path + " is too large")
        return b"".join(self.chunks(path)) if path in self.files else b""   # that it is not there is told elsewhere

    def size(self, path):
        return self.files[path][0]

    def data(self, name, strict=True):              # chapter 3.1: const NAME = JSON;
        js = self.read("data/metadata/" + name + ".js").decode("utf-8")
        if not (re.fullmatch("(?s)const [A-Za-z]+ = .*;\n", js) if strict else 0 <= js.find("=") < js.rfind(";")):
            raise ValueError(name + ".js is not there, or not of the form const NAME = JSON;")
        return parse(js[js.index("=") + 1:js.rindex(";")], name + ".js")


class Folder(Package):
    def __init__(self, path):
        super().__init__()
        for at, folders, names in os.walk(path, onerror=lambda e: self.find("BAG-015", str(e.filename), e.strerror)):
            if not folders and not names:
                self.find("BAG-031", os.path.relpath(at, path), "an empty folder")
            for name in folders + names:            # walk names links to folders, but does not go there
                full = os.path.join(at, name)
                info, below = os.lstat(full), str(os.fsencode(os.path.relpath(full, path)), *NAME)
                if stat.S_ISREG(info.st_mode):
                    self.files[below] = (info.st_size, full)
                elif not stat.S_ISDIR(info.st_mode):
                    self.find("BAG-028", below, "a link or special file")

    def chunks(self, path):
        left, full = self.files[path]
        with open(os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb", buffering=0) as f:
            while left >= 0 and (chunk := f.read(1 << 20)):     # a file that grows meanwhile has no end
                left -= len(chunk)
                yield chunk
        if left:
            raise Unreadable("changed while it was read", "BAG-015")


class Packed(Package):
    """A zip or tar in the canonical form of chapter 9, read from its first byte to its last: what each header says
    of name and size gives what the whole header must be. So nothing in it can mean two things."""
    def __init__(self, path):
        super().__init__()
        self.file = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
        self.names, self.top = [], None
        try:
            end = self.scan()
            if end != os.fstat(self.file.fileno()).st_size:
                self.broken("002", end, "something follows the end")
            if self.names != sorted(set(self.names)):
                self.broken("020", 0, "members are not sorted, or there twice")
        except (Unreadable, ValueError) as e:       # ValueError: a size in a tar is no number
            self.find(e.args[1] if type(e) is Unreadable else "TAR-001", "", words(e))
            self.files = {}

    def broken(self, number, offset, why):
        raise Unreadable("at byte %d: %s" % (offset, why), self.kind + "-" + number)

    def at(self, offset, count):
        data = os.pread(self.file.fileno(), count, min(offset, 1 << 62))
        return data if len(data) == count else self.broken("001", offset, "ends too early")

    def expect(self, offset, want):
        if self.at(offset, len(want)) != want:
            self.broken("020", offset, "not in canonical form; this reader reads no other")
        return offset + len(want)

    def member(self, name, size, offset, crc=None):
        path = str(name, *NAME)
        self.top = self.top or path.split("/")[0]
        if size < 0 or bad_name(path) or not path.startswith(self.top + "/"):
            self.broken("013", offset, "a name or size that no file can have here: " + path)
        self.names.append(name)
        self.files[path.partition("/")[2]] = (size, offset, crc)
        return offset + size

    def chunks(self, path):
        (left, offset, crc), got = self.files[path], 0
        while left:
            yield (chunk := self.at(offset, min(left, 1 << 20)))
            left, offset, got = left - len(chunk), offset + len(chunk), zlib.crc32(chunk, got)
        if crc not in (None, got):
            raise Unreadable("has not its CRC", "ZIP-022")


class Zip(Packed):
    kind = "ZIP"

    def scan(self):
        at, entries = 0, []
        while self.at(at, 4) == b"PK\3\4":
            crc, _, size, n = struct.unpack("<3IH", self.at(at + 14, 14))
            name = self.at(at + 30, n)
            size = struct.unpack("<Q", self.at(at + 30 + n + 4, 8))[0] if size == ONES4 else size
            sizes = struct.pack("<2Q", size, size) if size >= ONES4 else b""
            more = sizes + (struct.pack("<Q", at) if at >= ONES4 else b"")  # zip64: what does not fit
            extra, extra2 = (struct.pack("<2H", 1, len(m)) + m if m else b"" for m in (sizes, more))
            common = struct.pack("<4H3IH", 0x800, 0, 0, 0x21, crc, min(size, ONES4), min(size, ONES4), n)
            entries.append(b"PK\1\2" + struct.pack("<2H", 0x32D, 45 if more else 20) + common + struct.pack(
                "<4H2I", len(extra2), 0, 0, 0, 0x81A40000, min(at, ONES4)) + name + extra2)
            at = self.member(name, size, self.expect(at, b"PK\3\4" + struct.pack("<H", 45 if sizes else 20) + common
                                                     + struct.pack("<H", len(extra)) + name + extra), crc)
        count, directory, end = len(entries), b"".join(entries), b""
        if count >= ONES2 or len(directory) >= ONES4 or at >= ONES4:
            end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 0x32D, 45, 0, 0, count, count, len(directory), at)
            end += struct.pack("<4sIQI", b"PK\6\7", 0, at + len(directory), 1)
        return self.expect(at, directory + end + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *[min(count, ONES2)] * 2,
                                                             min(len(directory), ONES4), min(at, ONES4), 0))


class Tar(Packed):
    kind = "TAR"

    @staticmethod
    def header(name, size, kind):
        h = (name[:100].ljust(100, b"\0") + b"0000644 0000000 0000000 %011o 02263523000 " % (size * (size < 8 << 30))
             + b" " * 8 + kind + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000 " * 2).ljust(512, b"\0")
        return h[:148] + b"%06o\0 " % sum(h) + h[156:]

    @staticmethod
    def record(key, value):                         # LENGTH counts all of the record, its own digits too
        least = len(key) + len(value) + 4
        return next(r for n in range(least, least + 20) if len(r := b"%d %s=%s\n" % (n, key, value)) == n)

    def scan(self):
        at = 0
        while (h := self.at(at, 512)) != bytes(512):
            records = b""
            if h[156:157] == b"x":                  # a pax header: its records, then the member's own header
                records = self.at(at + 512, min(int(h[124:135], 8), 1 << 20))
                h = self.at(at + 512 + len(records) + -len(records) % 512, 512)
            name, size = h[:100].rstrip(b"\0"), int(h[124:135], 8)
            found = re.match(rb"(?:[0-9]+ path=([^\n]+)\n)?(?:[0-9]+ size=([0-9]{1,18})\n)?", records)
            name, size = found[1] or name, int(found[2] or size)
            pax = self.record(b"path", name) if len(name) > 100 else b""
            pax += self.record(b"size", b"%d" % size) if size >= 8 << 30 else b""
            if pax:
                at = self.expect(at, self.header(b"././@PaxHeader", len(pax), b"x") + pax + bytes(-len(pax) % 512))
            at = self.member(name, size, self.expect(at, self.header(name, size, b"0")))
            at = self.expect(at, bytes(-size % 512))
        return self.expect(at, bytes(1024))


def manifest(p, name):
    """The digests of a manifest by path. Its form: chapter 5, LB-005."""
    out, whole = {}, p.read(name)
    for line in str(whole, *NAME).split("\n")[:-1]:
        found = re.fullmatch(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)", line)
        path = found and found[2].replace("%25", "%")       # %0A and %0D: no name has line breaks (LB-007)
        if not found or path in out:
            p.find("BAG-011" if found else "BAG-008", name, "a path twice, or no digest and path: " + line[:200])
        else:
            out[path] = found[1].lower()
    if whole != raw("".join("%s  %s\n" % (out[q], q.replace("%", "%25")) for q in sorted(out, key=raw))):
        p.find("LB-005", name, "not in canonical form")
    return out


def check_files(p):
    """Chapters 2, 5 and 6: names, what must be there, the bag. Returns the digests of the payload by its manifest."""
    folders, seen = {path[:i] for path in p.files for i, c in enumerate(path) if c == "/"}, {}
    for path in sorted(p.files.keys() | folders):
        if path in p.files and (why := bad_name(path)):
            p.find("LB-007", path, why)
        same = unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
        if seen.setdefault(same, path) != path:
            p.find("LB-008", path, "differs only in case or composition from " + seen[same])
    payload = {q for q in p.files if q.startswith("data/")}
    for path in (ROOT | NEEDED | WANTED) - p.files.keys():
        p.find("LB-063" if path in WANTED else "LB-003", path, "is not there")
    for path in {q.split("/")[0] for q in p.files.keys() - payload} - ROOT:
        p.find("LB-004", path, "stands beside data/")
    digests, tags = {}, p.files.keys() - payload - {"tagmanifest-sha256.txt"}
    for name, want, rule in ("tagmanifest-sha256.txt", tags, "LB-009"), ("manifest-sha256.txt", payload, "BAG-013"):
        told = manifest(p, name)
        for path in told.keys() - want:
            p.find("BAG-010" if path in p.files else "BAG-012", path, "listed in %s, but not there" % name)
        for path in want - told.keys():
            p.find(rule, path, "not in " + name)
        digests.update({q: told[q] for q in told.keys() & want})
    if not re.fullmatch(rb"BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8(\r?\n)?", p.read("bagit.txt")):
        p.find("LB-006", "bagit.txt", "not BagIt 1.0 in UTF-8")
    oxum = "%d.%d" % (sum(map(p.size, payload)), len(payload))
    told = [line.strip() for line in re.findall(r"(?im)^payload-oxum[ \t]*:(.*)$", str(p.read("bag-info.txt"), *NAME))]
    if told not in ([], [oxum]):                    # at most once, says BAG-018
        p.find("BAG-017", "bag-info.txt", "Payload-Oxum is not %s, once" % oxum)
    for path in p.files:                            # every byte is read, listed or not
        try:
            digest = hashlib.sha256()
            for chunk in p.chunks(path):
                digest.update(chunk)
            if digests.get(path, digest.hexdigest()) != digest.hexdigest():
                p.find("BAG-014", path, "has another digest than its manifest tells")
        except (Unreadable, OSError) as e:
            p.find(e.args[1] if isinstance(e, Unreadable) else "BAG-015", path, words(e))
    return {q: digests.get(q) for q in payload}


def check_manifest(p, digests):
    """lifeboat.json and what it says of files, against the files and the photos (chapters 2, 3 and 5)."""
    boat, held, icons = p.boat, {}, set()
    if FIELDS - boat.keys():
        p.find("LB-002", "lifeboat.json", "has no " + ", ".join(sorted(FIELDS - boat.keys())))
    if [f["path"] for f in boat["files"]] != sorted(digests, key=raw):
        p.find("LB-010", "lifeboat.json", "does not list exactly the files below data/, sorted")
    here, missing = boat["photos"], boat["missing"]
    if len(set(here + missing)) != len(here + missing):
        p.find("LB-013", "lifeboat.json", "a photo is there twice")
    counts = dict(planned=len(here + missing), photos=len(here), missing=len(missing), files=len(digests),
                  bytes=sum(map(p.size, digests)), **{role + "s": sum(f["role"] == role for f in boat["files"])
                                                      for role in ("original", "thumbnail", "icon")})
    for name, number in counts.items():
        if boat["counts"].get(name) != number:
            p.find("LB-012", "lifeboat.json", "counts.%s is not %d" % (name, number))
    for rule, name in [("LB-027", n) for n in INDEXES] + [("LB-022", "photos/" + n) for n in here]:
        path = "data/metadata/%s.js" % name
        try:
            data = p.data(name)
            if name == "contributorIndex":
                icons = {"data/" + c["iconPath"] for c in data.values() if c["iconPath"]}
            if rule == "LB-022":
                if data["id"] != name[7:]:
                    p.find("LB-023", path, "is about another photo")
                for kind, f in (data.get("files") or {}).items():
                    media = f and "data/" + f["path"]
                    held[media] = (kind, data["id"])
                    if f and (media not in digests or (p.size(media), digests[media]) != (f["size"], f["checksum"])):
                        p.find("LB-024", path, media + " is not there, or not what is told")
        except WRONG as e:
            p.find(rule, path, "cannot be read: " + words(e))
    for path in icons ^ {q for q in digests if q.startswith("data/media/icons/")}:
        p.find("LB-029", path, "a portrait that is not there, or not in contributorIndex.js")
    known = {None, *here}
    for f in boat["files"]:
        path, role = f["path"], next((r for q, r in ROLES.items() if f["path"].startswith(q)), None)
        if path in digests and (f["size"], f["sha256"]) != (p.size(path), digests[path]):
            p.find("LB-011", path, "lifeboat.json has another size or digest")
        if f["role"] != role and not p.later or f["photo"] not in known:
            p.find("LB-052", path, "has not the role of its folder, or belongs to no photo that is there")
        if role in ("original", "thumbnail") and held.get(path) != (role, f["photo"]):
            p.find("LB-053", path, "no photo's metadata names it")


def load(path):                                     # the package, with what lifeboat.json says
    kind = {".zip": Zip, ".tar": Tar}.get(path[-4:].lower()) if os.path.isfile(path) else None
    if not kind and not os.path.isdir(path):
        raise Unreadable("neither a folder nor a .zip or .tar")
    p = (kind or Folder)(path)
    try:
        boat = parse(p.read("lifeboat.json").decode("utf-8"), "lifeboat.json")
        version = re.fullmatch(r"([0-9]+)\.([0-9]+)", boat["formatVersion"])
        if boat["format"] != "data-lifeboat" or not version:
            raise ValueError("not a Data Lifeboat with a version")
        p.boat, p.later = boat, int(version[2]) > 0
    except WRONG as e:
        p.find("LB-001", "", "lifeboat.json cannot be read: " + words(e))
    if p.boat and int(version[1]) != 1:
        raise Unreadable("format version %s: this reader knows 1.x" % version[0])
    if p.later:
        p.find("LB-014", "lifeboat.json", "the format is a later version")
    return p


def verify(path):
    p = load(path)
    try:
        digests = check_files(p) if p.files else {}
        if p.boat:
            check_manifest(p, digests)
    except WRONG as e:                              # a member or type that 1.0 has is not there
        p.find("LB-002", "lifeboat.json", "has another form: " + words(e))
    if p.kind and p.boat and p.boat.get("folder") != p.top:
        p.find(p.kind + "-020", "", "the top folder has another name than lifeboat.json tells")
    bad = 0
    for _, path, rule, said in sorted(p.findings):
        mild = rule in MILD or p.later and rule in SCHEMA
        bad += not mild
        print(rule, (plain(path) + ": " if path else "") + ("(warning) " if mild else "") + plain(said))
    print("not valid" if bad else "valid")
    return 4 if bad else 0


def photos(path):                                   # chapter 3.6
    p, withheld = load(path), 0
    if not p.boat:
        raise Unreadable("; ".join(f[3] for f in sorted(p.findings)))
    people = p.data("contributorIndex", False)
    for id_ in p.boat["photos"]:
        photo = p.data("photos/" + id_, False)
        get, person = photo.get, people.get(photo.get("uploaderId")) or {}
        names = (person.get("username"), get("ownerName"), person.get("realname"))
        files = [(get("files") or {}).get(kind) for kind in ("original", "thumbnail")]
        withheld += get("withheld") is not None
        print(json.dumps({
            "type": "photo", "id": get("id"), "title": get("title"), "url": get("url"), "withheld": get("withheld"),
            "owner": {"id": get("uploaderId"), "name": next(filter(None, names), None)}, "license": get("licenseId"),
            "taken": get("dateTaken") and {k: get("dateTaken").get(k) for k in ("value", "granularity")},
            "posted": get("dateUploaded"), "comments": get("countComments"), "faves": get("countFaves"),
            "tags": [t.get("normalizedValue") or t.get("rawValue") for t in get("tags") or []],
            "files": [{"path": "data/" + f["path"], "sha256": f["checksum"], "size": f["size"]} for f in files if f]}))
    print(json.dumps({"type": "summary", "path": path, "photos": len(p.boat["photos"]), "withheld": withheld}))
    return 0


def main(args):
    if len(args) != 2 or args[0] not in ("verify", "list"):
        print(__doc__, end="")
        return 0 if args in (["--help"], ["-h"]) else 2
    try:
        return {"verify": verify, "list": photos}[args[0]](args[1])
    except (MemoryError, *WRONG) as e:
        print("reader.py: %s: %s" % (plain(args[1]), plain(words(e))), file=sys.stderr)
        return 4


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
