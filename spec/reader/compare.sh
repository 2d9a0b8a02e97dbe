#!/bin/sh
# Compares this reader with a program that knows the format, on packages and on damaged copies of them.
#   compare.sh PROGRAM PACKAGE...
# "verify" and "list" of each package must agree. Then copies of the first package that is a folder are damaged,
# and of each that is packed; both must give the same verdict. Where it says "sealed", the manifests are made to fit
# the damage, so that only the rule that is meant can find it. Copies are made in a temporary folder.
# The last line counts. Exit code 1 if anything failed.
[ $# -ge 2 ] || { sed -n '2,7s/^# //p' "$0"; exit 2; }
READER=$(dirname "$0")/reader.py exec python3 -B - "$@" <<'END'
import hashlib, json, os, re, shutil, subprocess, sys, tempfile

READER, PROGRAM, PACKAGES = [sys.executable, "-B", os.environ["READER"]], [sys.argv[1]], sys.argv[2:]
passed = failed = 0


def check(what, right, words=""):
    global passed, failed
    passed, failed = passed + right, failed + (not right)
    print("%s  %s%s" % ("ok  " if right else "FAIL", what, ": " + words if words else ""))


def run(args):
    done = subprocess.run(args, capture_output=True, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def rules(out):
    return " ".join(sorted(set(re.findall(r"\b(?:BAG|LB|METS|ZIP|TAR)-\d{3}\b", out))))


def verdicts(what, path, expect=None):
    """Both say the same (and what is expected, if anything is): 0 is valid, all else is not."""
    mine, theirs = run(READER + ["verify", path]), run(PROGRAM + ["verify", path])
    same = (mine[0] == 0) == (theirs[0] == 0) and mine[0] in (0, 4) and "Traceback" not in mine[2]
    if expect is not None:
        same = same and (mine[0] == 0) == expect
    said = ["%d %s" % (r[0], rules(r[1] + r[2]) or "-") for r in (mine, theirs)]
    check("verify " + what, same, "reader %s | program %s" % tuple(said))


def lists(what, path):
    try:
        mine, theirs = ([json.loads(line) for line in run(args + [path])[1].splitlines()]
                        for args in (READER + ["list"], PROGRAM + ["list", "--json"]))
    except ValueError as e:
        return check("list " + what, False, str(e))
    different = [a.get("id") for a, b in zip(mine, theirs) if a != b]
    check("list " + what, bool(mine) and len(mine) == len(theirs) and not different,
          "%d and %d objects, different: %s" % (len(mine), len(theirs), different or "none"))


def get(name, folder="."):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


def put(name, data):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def change(name, old, new):
    data = get(name)
    changed = re.sub(old, new, data, count=1)
    assert changed != data, "%s has no %r" % (name, old)
    put(name, changed)


def flip(name, at):
    data = bytearray(get(name))
    data[at] ^= 1
    put(name, bytes(data))


def files(top):
    return sorted((os.path.join(d, n)[2:].encode() for d, _, names in os.walk(top) for n in names))


def write_manifest(name, paths):
    put(name, b"".join(b"%s  %s\n" % (hashlib.sha256(get(os.fsdecode(p))).hexdigest().encode(), p) for p in paths))


def seal():
    """The tag manifest fits what is beside data/."""
    write_manifest("tagmanifest-sha256.txt", [p for p in files("./") if not p.startswith(b"data/")
                                              and p != b"tagmanifest-sha256.txt"])


def seal_all():
    """So do manifest, Payload-Oxum and lifeboat.json's list (but METS.xml does not)."""
    payload = [p for p in files("./") if p.startswith(b"data/")]
    write_manifest("manifest-sha256.txt", payload)
    size = sum(os.path.getsize(p) for p in payload)
    change("bag-info.txt", rb"Payload-Oxum: .*", b"Payload-Oxum: %d.%d " % (size, len(payload)))
    change("bag-info.txt", rb"(Payload-Oxum: \S+) ", rb"\1")
    with boat() as b:
        old = {f["path"]: f for f in b["files"]}
        b["files"] = [{**old.get(p.decode(), {"role": "viewer", "photo": None}), "path": p.decode(),
                       "size": os.path.getsize(p), "sha256": hashlib.sha256(get(p.decode())).hexdigest()} for p in payload]
        b["counts"].update(files=len(payload), bytes=size)
    seal()


class boat:
    """lifeboat.json as a value, written back at the end."""
    def __enter__(self):
        self.value = json.loads(get("lifeboat.json"))
        return self.value

    def __exit__(self, *_):
        put("lifeboat.json", json.dumps(self.value, ensure_ascii=False, indent=1) + "\n")


def edit(change_it):
    with boat() as b:
        change_it(b)


def swap(text, a=0, b=1):
    lines = text.splitlines(True)
    lines[a], lines[b] = lines[b], lines[a]
    return b"".join(lines)


def folder_damages():
    media = "data/media/originals/"
    one, two = (media + n for n in sorted(os.listdir(media))[:2])
    photos = "data/metadata/photos/"
    photo = photos + sorted(os.listdir(photos))[0]
    M, T = "manifest-sha256.txt", "tagmanifest-sha256.txt"
    no, yes = False, True
    return [
        ("a bit of an original", no, lambda: flip(one, 1000)),
        ("a file removed", no, lambda: os.remove(one)),
        ("a file added below data/", no, lambda: put("data/viewer/more.txt", "more")),
        ("a file added at the root", no, lambda: put("more.txt", "more")),
        ("a file added at the root, sealed", no, lambda: (put("more.txt", "more"), seal())),
        ("a folder added at the root, sealed", no, lambda: (put("more/more.txt", "more"), seal())),
        ("a file renamed", no, lambda: os.rename(one, media + "1_a_o.jpg")),
        ("two files exchanged", no, lambda: (os.rename(one, "x"), os.rename(two, one), os.rename("x", two))),
        ("a file cut", no, lambda: put(one, get(one)[:-1])),
        ("a file longer", no, lambda: put(one, get(one) + b"\0")),
        ("two lines of the manifest exchanged, sealed", no, lambda: (put(M, swap(get(M))), seal())),
        ("two lines of the tag manifest exchanged", no, lambda: put(T, swap(get(T)))),
        ("a digest in upper case, sealed", no, lambda: (put(M, get(M)[:64].upper() + get(M)[64:]), seal())),
        ("a digest of the tag manifest in upper case", no, lambda: put(T, get(T)[:64].upper() + get(T)[64:])),
        ("one space in the manifest, sealed", no, lambda: (change(M, rb"  ", b" "), seal())),
        ("an asterisk in the manifest, sealed", no, lambda: (change(M, rb"  ", b" *"), seal())),
        ("CR LF in the manifest, sealed", no, lambda: (put(M, get(M).replace(b"\n", b"\r\n")), seal())),
        ("no line feed at the manifest's end, sealed", no, lambda: (put(M, get(M)[:-1]), seal())),
        ("no line feed at the tag manifest's end", no, lambda: put(T, get(T)[:-1])),
        ("a blank line in the manifest, sealed", no, lambda: (put(M, get(M) + b"\n"), seal())),
        ("a line of the manifest twice, sealed", no, lambda: (put(M, get(M).splitlines(True)[0] + get(M)), seal())),
        ("a line of the manifest missing, sealed", no, lambda: (put(M, b"".join(get(M).splitlines(True)[1:])), seal())),
        ("a path that leaves in the manifest, sealed", no, lambda: (put(M, get(M) + b"0" * 64 + b"  ../../etc/passwd\n"), seal())),
        ("a line of the tag manifest missing", no, lambda: put(T, b"".join(get(T).splitlines(True)[1:]))),
        ("an empty manifest, sealed", no, lambda: (put(M, ""), seal())),
        ("a wrong Payload-Oxum, sealed", no, lambda: (change("bag-info.txt", rb"(Payload-Oxum: )\d", rb"\g<1>99"), seal())),
        ("Payload-Oxum twice, sealed", no, lambda: (change("bag-info.txt", rb"(Payload-Oxum: .*\n)", rb"\1\1"), seal())),
        ("no Payload-Oxum, sealed", yes, lambda: (change("bag-info.txt", rb"Payload-Oxum: .*\n", b""), seal())),
        ("bag-info.txt empty, sealed", yes, lambda: (put("bag-info.txt", ""), seal())),
        ("BagIt 0.97, sealed", no, lambda: (change("bagit.txt", rb"1\.0", b"0.97"), seal())),
        ("bagit.txt in CR LF, sealed", None, lambda: (put("bagit.txt", get("bagit.txt").replace(b"\n", b"\r\n")), seal())),
        ("bagit.txt without its last line feed, sealed", None, lambda: (put("bagit.txt", get("bagit.txt")[:-1]), seal())),
        ("an MD5 manifest beside, sealed", no, lambda: (put("manifest-md5.txt", ""), seal())),
        ("a fetch.txt, sealed", no, lambda: (put("fetch.txt", ""), seal())),
        ("no README.txt, sealed", no, lambda: (os.remove("README.txt"), seal())),
        ("no METS.xml, sealed", no, lambda: (os.remove("METS.xml"), seal())),
        ("no lifeboat.json", no, lambda: os.remove("lifeboat.json")),     # sealed it would be a plain bag (chapter 10)
        ("no tag manifest", no, lambda: os.remove(T)),
        ("no data/README.html, sealed", no, lambda: (os.remove("data/README.html"), seal_all())),
        ("no tagList.js, sealed", no, lambda: (os.remove("data/metadata/tagList.js"), seal_all())),
        ("lifeboat.json written anew, sealed", yes, lambda: (edit(lambda b: None), seal())),
        ("lifeboat.json: one more member, sealed", None, lambda: (edit(lambda b: b.update(more=1)), seal())),
        ("lifeboat.json: counts.photos", no, lambda: edit(lambda b: b["counts"].update(photos=7))),
    ] + [("lifeboat.json: %s, sealed" % what, no, lambda it=it: (edit(it), seal())) for what, it in (
        ("counts.photos", lambda b: b["counts"].update(photos=b["counts"]["photos"] + 1)),
        ("counts.files", lambda b: b["counts"].update(files=b["counts"]["files"] + 1)),
        ("counts.bytes", lambda b: b["counts"].update(bytes=b["counts"]["bytes"] - 1)),
        ("counts.planned", lambda b: b["counts"].update(planned=0)),
        ("counts.missing", lambda b: b["counts"].update(missing=99)),
        ("counts.originals", lambda b: b["counts"].update(originals=0)),
        ("counts.thumbnails", lambda b: b["counts"].update(thumbnails=0)),
        ("counts.icons", lambda b: b["counts"].update(icons=99)),
        ("counts.bytes a string", lambda b: b["counts"].update(bytes=str(b["counts"]["bytes"]))),
        ("two files exchanged", lambda b: b["files"].insert(0, b["files"].pop(1))),
        ("a file missing", lambda b: b["files"].pop()),
        ("a file twice", lambda b: b["files"].append(b["files"][-1])),
        ("a size", lambda b: b["files"][0].update(size=b["files"][0]["size"] + 1)),
        ("a huge size", lambda b: b["files"][0].update(size=10 ** 30)),
        ("a digest", lambda b: b["files"][0].update(sha256="0" * 64)),
        ("a digest in upper case", lambda b: b["files"][0].update(sha256=b["files"][0]["sha256"].upper())),
        ("a role", lambda b: b["files"][0].update(role="viewer")),
        ("a file of no photo that is there", lambda b: b["files"][0].update(photo="1")),
        ("no purpose", lambda b: b.pop("purpose")),
        ("no missing", lambda b: b.pop("missing")),
        ("a file without photo", lambda b: b["files"][0].pop("photo")),
        ("files an object", lambda b: b.update(files={})),
        ("a photo twice", lambda b: b["photos"].append(b["photos"][0])),
        ("a photo more", lambda b: b["photos"].append("1")),
        ("a photo's id that leaves", lambda b: b["photos"].append("../../../../etc/passwd")),
        ("a photo's id a number", lambda b: b["photos"].append(1)),
        ("version 2.0", lambda b: b.update(formatVersion="2.0")),
        ("version 1", lambda b: b.update(formatVersion="1")),
        ("version 1.0.0", lambda b: b.update(formatVersion="1.0.0")),
        ("another format", lambda b: b.update(format="lifeboat")),
    )] + [
        ("lifeboat.json: a name twice, sealed", None, lambda: (change("lifeboat.json", rb"^\{", b'{"title":"other",'), seal())),
        ("lifeboat.json: deep, sealed", no, lambda: (put("lifeboat.json", "[" * 1000000), seal())),
        ("lifeboat.json: not UTF-8, sealed", no, lambda: (change("lifeboat.json", rb"^\{", b'{"x":"\xff",'), seal())),
        ("lifeboat.json: NaN, sealed", no, lambda: (change("lifeboat.json", rb"^\{", b'{"x":NaN,'), seal())),
        ("lifeboat.json: empty, sealed", no, lambda: (put("lifeboat.json", ""), seal())),
        ("a photo's metadata deep, sealed", no, lambda: (put(photo, "const photo = %s;\n" % ("[" * 1000000)), seal_all())),
        ("a photo's metadata about another, sealed", no, lambda: (change(photo, rb'"id": ?"\d', b'"id":"77'), seal_all())),
        ("a photo's metadata removed, sealed", no, lambda: (os.remove(photo), seal_all())),
        ("an original in no metadata, sealed", no, lambda: (put(media + "1_a_o.jpg", get(one)), seal_all())),
        ("a name of a device, sealed", no, lambda: (put("data/viewer/aux.txt", "x"), seal_all())),
        ("two names of different case, sealed", no, lambda: (put("data/viewer/more", "x"), put("data/viewer/More", "x"), seal_all())),
        ("a name with a line feed, sealed", no, lambda: (put("data/viewer/a\nb", "x"), seal_all())),
        ("a link to a file", no, lambda: (os.rename(one, "../kept"), os.symlink(os.path.abspath("../kept"), one))),
        ("a link to a folder", no, lambda: (os.rename("data/pages", "../pages"), os.symlink("../../pages", "data/pages"))),
        ("one link more", no, lambda: os.symlink("/etc/passwd", "data/viewer/link")),
        ("a FIFO", no, lambda: os.mkfifo("data/viewer/fifo")),
        ("a FIFO in place of lifeboat.json", no, lambda: (os.remove("lifeboat.json"), os.mkfifo("lifeboat.json"))),
        ("an empty folder", yes, lambda: os.mkdir("data/viewer/empty")),
    ]


def packed_damages(path):
    size = os.path.getsize(path)
    whole = get(path)
    name = whole.index(b"/data/")
    return [
        ("cut in the middle", lambda d: d[:size // 2]), ("cut by a byte", lambda d: d[:-1]), ("empty", lambda d: b""),
        ("a byte more", lambda d: d + b"\0"), ("512 zeros more", lambda d: d + bytes(512)),
        ("a byte before", lambda d: b"\0" + d), ("twice", lambda d: d + d),
        ("a name in a header", lambda d: d[:name + 1] + b"e" + d[name + 2:]),
    ] + [("bit at %d" % at, lambda d, at=at: d[:at] + bytes([d[at] ^ 1]) + d[at + 1:])
         for at in [*range(0, 30), 100, 124, 135, 148, 156, 200, 260, 350, 500, 511, size // 3, size // 2, size - 600, size - 100,
                    *range(size - 22, size)]]


with tempfile.TemporaryDirectory() as temp:
    PACKAGES = [os.path.abspath(p) for p in PACKAGES]
    PROGRAM, READER[2] = [os.path.abspath(PROGRAM[0])], os.path.abspath(READER[2])
    for path in PACKAGES:
        verdicts(path, path)
        lists(path, path)
    first = next((p for p in PACKAGES if os.path.isdir(p)), None)
    if first:
        os.chdir(first)
        for number, (what, expect, _) in enumerate(folder_damages()):
            copy = os.path.join(temp, str(number), "lifeboat")
            shutil.copytree(first, copy, symlinks=True)
            os.chdir(copy)
            folder_damages()[number][2]()
            os.chdir(temp)
            verdicts(what, copy, expect)
            shutil.rmtree(os.path.dirname(copy))
    for path in (p for p in PACKAGES if os.path.isfile(p)):
        copy = os.path.join(temp, "copy" + path[-4:])
        for what, damage in packed_damages(path):
            put(copy, damage(get(path)))
            verdicts("%s: %s" % (path[-4:], what), copy, False)
    os.chdir("/")
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
END
