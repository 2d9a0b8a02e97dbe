"""A package in a folder, and the ways in which a case changes it."""
import contextlib
import hashlib
import json
import os
import re
import shutil
import urllib.parse

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
BAGIT = "BagIt-Version: %s\nTag-File-Character-Encoding: %s\n"


def as_bytes(content):
    return content.encode("utf-8") if isinstance(content, str) else content


def digest(content, algorithm="sha256"):
    return hashlib.new(algorithm, content).hexdigest()


def listed(path):
    """A path as it stands in a manifest."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def dump(value):
    """JSON in which no text can end a script or turn the direction of the line (chapter 3)."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub("[<\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", lambda m: "\\u%04x" % ord(m.group()), text)


class Package:
    inside = "data/"            # where metadata/ and media/ are

    def __init__(self, root):
        self.root = root

    # ---- files ----

    def full(self, path):
        return os.path.join(self.root, path)

    def _room(self, path):
        os.makedirs(os.path.dirname(self.full(path)), exist_ok=True)
        return self.full(path)

    def exists(self, path):
        return os.path.lexists(self.full(path))

    def read(self, path):
        with open(self.full(path), "rb") as file:
            return file.read()

    def text(self, path):
        return self.read(path).decode("utf-8")

    def write(self, path, content):
        with open(self._room(path), "wb") as file:
            file.write(as_bytes(content))

    def beside(self, name, content):
        """A file that is no part of the package: for an option of verify."""
        self.write(os.path.join("..", name), content)

    def append(self, path, content):
        self.write(path, self.read(path) + as_bytes(content))

    def edit(self, path, old, new):
        """Replaces the first `old`, which must be there."""
        content, old = self.read(path), as_bytes(old)
        if old not in content:
            raise ValueError("there is no %r in %s" % (old, path))
        self.write(path, content.replace(old, as_bytes(new), 1))

    def remove(self, path):
        full = self.full(path)
        if os.path.isdir(full) and not os.path.islink(full):
            shutil.rmtree(full)
        else:
            os.remove(full)

    def rename(self, old, new):
        os.rename(self.full(old), self._room(new))

    def folder(self, path):
        os.makedirs(self.full(path))

    def link(self, path, target):
        os.symlink(target, self._room(path))

    def fifo(self, path):
        os.mkfifo(self._room(path))

    def files(self):
        """All regular files, by the bytes of their paths."""
        found = []
        for folder, _, names in os.walk(self.root):
            for name in names:
                full = os.path.join(folder, name)
                if os.path.isfile(full) and not os.path.islink(full):
                    found.append(os.path.relpath(full, self.root))
        return sorted(found, key=os.fsencode)

    def payload(self):
        return [path for path in self.files() if path.startswith("data/")]

    def tag_files(self):
        return [path for path in self.files() if not path.startswith(("data/", "tagmanifest-"))]

    def contents(self):
        return {path: self.read(path) for path in self.files()}

    # ---- the bag ----

    def declare(self, version, encoding="UTF-8"):
        self.write("bagit.txt", BAGIT % (version, encoding))

    def lines(self, paths, algorithm):
        return "".join("%s  %s\n" % (digest(self.read(path), algorithm), listed(path)) for path in paths)

    def sign_payload(self, *algorithms):
        for algorithm in algorithms:
            self.write("manifest-%s.txt" % algorithm, self.lines(self.payload(), algorithm))

    def sign_tags(self, *algorithms):
        """Tag manifests anew: those of `algorithms`, or those that are there."""
        for algorithm in algorithms or self._has("tagmanifest-%s.txt"):
            self.write("tagmanifest-%s.txt" % algorithm, self.lines(self.tag_files(), algorithm))

    def _has(self, name):
        return [algorithm for algorithm in ALGORITHMS if self.exists(name % algorithm)]

    def count_payload(self):
        payload = self.payload()
        return "%d.%d" % (sum(os.path.getsize(self.full(path)) for path in payload), len(payload))

    def resign(self):
        """Manifests, Payload-Oxum (where there is one) and tag manifests anew, from what is there."""
        self.sign_payload(*self._has("manifest-%s.txt"))
        if self.exists("bag-info.txt"):
            told = re.compile(rb"^Payload-Oxum: .*$", re.M)
            self.write("bag-info.txt", told.sub(b"Payload-Oxum: " + self.count_payload().encode(), self.read("bag-info.txt")))
        self.sign_tags()

    # ---- data ----

    def value(self, name):
        """The value of metadata/NAME.js."""
        text = self.text(self.inside + "metadata/%s.js" % name)
        return json.loads(text[text.index("=") + 1:text.rindex(";")])

    @contextlib.contextmanager
    def data(self, name, constant=None):
        """`with p.data("photoIndex") as index:` changes the value of metadata/photoIndex.js."""
        value = self.value(name)
        yield value
        constant = constant or ("photo" if name.startswith("photos/") else name)
        self.write(self.inside + "metadata/%s.js" % name, "const %s = %s;\n" % (constant, dump(value)))

    @contextlib.contextmanager
    def info(self):
        """`with p.info() as info:` changes the value of lifeboat.json."""
        value = json.loads(self.text("lifeboat.json"))
        yield value
        self.write("lifeboat.json", dump(value) + "\n")

    def photos(self):
        """Ids, in the maker's order."""
        return json.loads(self.text("lifeboat.json"))["photos"]

    def top(self):
        """The name that the folder has by itself."""
        return json.loads(self.text("lifeboat.json"))["folder"]

    # ---- the whole lifeboat ----

    def settle(self, info=True, mets=True, crate=True):
        """After a change of payload: everything that tells of files and their number is told anew, so that only what was meant is
        wrong. `info`, `mets`, `crate`: false where lifeboat.json, METS.xml or the crate shall go on telling the old story."""
        if info:
            self._count_in_lifeboat_js()
        if crate:
            self._settle_crate()
        if info:
            with self.info() as value:
                self._list_in_info(value)
        if mets:
            self.write("METS.xml", Mets(self.text("METS.xml")).settle(self))
        self.resign()

    def list_in_mets(self, path):
        """METS.xml lists one file more, as it is."""
        self.write("METS.xml", Mets(self.text("METS.xml")).list(path, self.read(path)))
        self.sign_tags()

    def _settle_crate(self):
        """ro-crate-metadata.json: sizes and digests as they are, and no file that is not there."""
        path = "data/ro-crate-metadata.json"
        with contextlib.suppress(ValueError, OSError, KeyError, TypeError):
            text = self.text(path)
            crate = json.loads(text)
            there = set(self.payload())
            gone = set()
            for entity in crate["@graph"]:
                file = "data/" + urllib.parse.unquote(entity["@id"])
                if "contentSize" in entity and file in there:
                    content = self.read(file)
                    entity["contentSize"] = str(len(content))
                    if "sha256" in entity:
                        entity["sha256"] = digest(content)
                elif "contentSize" in entity and not entity["@id"].startswith("#"):
                    gone.add(entity["@id"])
            crate["@graph"] = [_without(entity, gone) for entity in crate["@graph"] if entity["@id"] not in gone]
            if crate != json.loads(text):
                self.write(path, json.dumps(crate, ensure_ascii=False, separators=(",", ":")) + "\n")

    def _counts(self):
        """Those that follow from the indexes, as far as these can be read."""
        counts = {}
        for name in ("album", "group", "gallery", "collection", "contributor", "profile"):
            plural = "galleries" if name == "gallery" else name + "s"
            with contextlib.suppress(ValueError, OSError, TypeError):
                counts[plural] = len(self.value(name + "Index"))
        return counts

    def _count_in_lifeboat_js(self):
        with contextlib.suppress(ValueError, OSError, KeyError, TypeError):
            if set(self._counts().items()) - set(self.value("lifeboat")["counts"].items()):
                with self.data("lifeboat") as about:
                    about["counts"].update(self._counts())

    def _list_in_info(self, value):
        known = {file["path"]: file for file in value["files"]}
        value["files"] = []
        for path in self.payload():
            content = self.read(path)
            file = known.get(path, {"role": role_of(path), "photo": None})
            value["files"].append({"path": path, "size": len(content), "sha256": digest(content), "role": file["role"],
                                   "photo": file["photo"]})
        value["counts"].update(self._counts(), files=len(value["files"]), bytes=sum(file["size"] for file in value["files"]))


def _without(value, gone):
    """An entity of the crate without what points at these."""
    if isinstance(value, list):
        return [_without(item, gone) for item in value if not (isinstance(item, dict) and item.get("@id") in gone)]
    if isinstance(value, dict):
        return {key: _without(item, gone) for key, item in value.items() if not (isinstance(item, dict) and item.get("@id") in gone)}
    return value


ROLES = (("data/media/originals/", "original"), ("data/media/thumbnails/", "thumbnail"), ("data/media/icons/", "icon"),
         ("data/metadata/", "metadata"), ("data/ro-crate-metadata.json", "metadata"), ("data/provenance/", "provenance"), ("data/documentation/", "documentation"),
         ("data/viewer/", "viewer"))


def role_of(path):
    return next((role for prefix, role in ROLES if path.startswith(prefix)), "page")


class Mets:
    """METS.xml as lines: every statement about one file is a line (chapter 7)."""
    FILE = re.compile(r'<file [^>]*>.*?</file>', re.S)

    def __init__(self, text):
        self.text = text

    def settle(self, package):
        told = {}
        for element in self.FILE.findall(self.text):
            told[self._path(element)] = element
        payload = package.payload()
        same = set(told) - {"lifeboat.json"} == set(payload)
        for path, element in told.items():
            if path in payload or path == "lifeboat.json":
                self._change(path, element, package.read(path), list(told.values()))
            else:
                self._drop(element)
        for number, path in enumerate(path for path in payload if path not in told):
            self._add("new-%d" % number, path, package.read(path))
        if not same:
            self._number()
        return self.text

    def _number(self):
        """Ids of files count up from 0 as they stand."""
        ids = [self._of("ID", element) for element in self.FILE.findall(self.text)]
        numbers = {old: "f-%d" % number for number, old in enumerate(ids)}  # all at once: an old id may be another's new one
        self.text = re.sub(r'(?<=["> ])(f-[a-z0-9-]+)(?=["< ])', lambda m: numbers.get(m.group(), m.group()), self.text)

    @staticmethod
    def _path(element):
        return urllib.parse.unquote(re.search(r'href="([^"]*)"', element).group(1))

    @staticmethod
    def _of(name, element):
        return re.search(r'\b%s="([^"]*)"' % name, element).group(1)

    def _change(self, path, element, content, all_elements):
        old, size, new = self._of("CHECKSUM", element), self._of("SIZE", element), digest(content)
        if old == new and size == str(len(content)):
            return
        alone = sum(old in other for other in all_elements) == 1

        def line(match):
            text = match.group()
            if old not in text or not (alone or urllib.parse.quote(path) in text or path in text):
                return text
            text = text.replace(old, new).replace('SIZE="%s"' % size, 'SIZE="%d"' % len(content))
            return text.replace("<premis:size>%s<" % size, "<premis:size>%d<" % len(content))
        self.text = re.sub(r"^.*$", line, self.text, flags=re.M)

    def _drop(self, element):
        file = re.escape(self._of("ID", element))
        self.text = self.text.replace(element, "", 1)
        self.text = re.sub(r'\s*<fptr FILEID="%s"\s*/>' % file, "", self.text)

    def _add(self, number, path, content):
        """The last of its group, and of the div of the group's name."""
        role = role_of(path)
        element = ('<file ID="f-%s" MIMETYPE="application/octet-stream" SIZE="%d" CHECKSUM="%s" CHECKSUMTYPE="SHA-256">'
                   '<FLocat LOCTYPE="URL" xlink:href="%s"/></file>') % (number, len(content), digest(content), urllib.parse.quote(path))
        self._insert(r'<fileGrp [^>]*USE="%s"[^>]*>.*?(?=</fileGrp>)' % role, element)
        self._insert(r'<div [^>]*TYPE="%s"[^>]*>.*?(?=</div>)' % role, '<fptr FILEID="f-%s"/>' % number)

    def _insert(self, place, element):
        self.text = re.sub(place, lambda match: match.group() + element + "\n", self.text, count=1, flags=re.S)

    def list(self, path, content):
        """One file more, whatever is there."""
        self._add("new", path, content)
        self._number()
        return self.text
