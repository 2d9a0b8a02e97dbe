"""What the cases begin with.

    bag               a small BagIt 1.0 bag
    lifeboat          two photos, an album, a group, people: made by the program from the sample recording
    stubs             a lifeboat in which one photo is withheld
    paths, objects,   packages of the Flickr Foundation (chapter 12, kit/theirs.py)
    mixed
    bagged            "objects" as the payload of a bag
    own data          the data/ of a lifeboat, by itself
    … zip, … tar      one of these in a container, in canonical form (chapter 9)
    foreign zip, tar  the bag in a container as other programs write it
"""
import os
import shutil
import subprocess

from . import archive
from .package import Package
from .theirs import LAYOUTS, Theirs, make_theirs

# A long title: the folder's name then makes names of more than 100 bytes, for which a tar needs pax headers.
TITLE = "Cases for those who write a second implementation of this format"
PHOTOS = {
    "lifeboat": ("leylabakes/51000021629", "71000003@N02/51000027285"),
    "stubs": ("leylabakes/51000020573", "71000003@N02/51000027285"),
}
POLICIES = {"lifeboat": ("--policy", "rescue", "--agree"), "stubs": ("--policy", "careful")}
FILES = {"data/a.txt": "one", "data/b.txt": "two", "data/sub/c.txt": "three", "data/50%off.txt": "percent", "data/N\u00fan": "composed"}
FOREIGN = {"zip": "ZIP-021", "tar": "TAR-021"}
# Of packages that are as they should be, infos tell what nobody promises.
STANDING = {"paths": {"FND-021"}, "objects": {"FND-020", "FND-032"}, "mixed": {"FND-020", "FND-021", "FND-035"},
            "bagged": {"FND-020", "FND-032"}}
CONTAINERS = {"zip": archive.Zip, "tar": archive.Tar}
TOP = "bag"


def bag(p):
    """All that a bag has besides its payload."""
    p.declare("1.0")
    p.write("bag-info.txt", "Source-Organization: Nobody\nBag-Software-Agent: spec/cases\n")
    p.sign_payload("sha256")
    p.sign_tags("sha256")


def make_bag(root):
    p = Package(root)
    for path, text in FILES.items():
        p.write(path, text)
    bag(p)


def make_bagged(root):
    p = Package(root)
    make_theirs(p, "objects")
    bag(p)


def make_lifeboat(root, name, program, samples):
    work = root + ".work"
    command = [program, "create", "-q", "--progress", "none", "-o", work, "--replay", os.path.join(samples, "harbour.warc.gz"), "--title",
               TITLE, "--maker", "The lifeboat project", "--purpose", "To prove rules", *POLICIES[name],
               *("https://www.flickr.com/photos/%s/" % photo for photo in PHOTOS[name])]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 3):
        raise SystemExit("cannot make the base \"%s\": %s" % (name, run.stderr))
    shutil.copytree(os.path.join(work, "lifeboat"), root)  # not moved: files may be links to the evidence
    shutil.rmtree(work)


class Bases:
    """Made once, copied for each case."""
    def __init__(self, where, program, samples):
        self.where = where
        for name in PHOTOS:
            make_lifeboat(os.path.join(where, name), name, program, samples)
        make_bag(os.path.join(where, "bag"))
        make_bagged(os.path.join(where, "bagged"))
        shutil.copytree(os.path.join(where, "lifeboat", "data"), os.path.join(where, "own data"))
        for name in LAYOUTS:
            make_theirs(self.package(name), name)

    @staticmethod
    def at(root, name):
        return (Theirs if name in (*LAYOUTS, "own data") else Package)(root)

    def package(self, name):
        return self.at(os.path.join(self.where, name), name)

    def top(self, name):
        return self.package(name).top() if name in PHOTOS else TOP

    def container(self, base):
        """ "zip" and "foreign zip" hold the bag, "lifeboat zip" the lifeboat. """
        name, _, kind = base.rpartition(" ")
        inside = name if name in PHOTOS or name in STANDING else "bag"
        return CONTAINERS[kind](self.top(inside), self.package(inside).contents(), canonical=name != "foreign")

    def standing(self, base):
        """What is found in the base itself."""
        name, _, kind = base.rpartition(" ")
        if name == "foreign":
            return {FOREIGN[kind]}
        return STANDING.get(name if kind in CONTAINERS else base, set())

    def make(self, one, out):
        """The package of a case as the new file or folder `out`."""
        kind = one.base.rpartition(" ")[2]
        if kind not in CONTAINERS:
            shutil.copytree(os.path.join(self.where, one.base), out)
            one.change(self.at(out, one.base))
            return
        made = self.container(one.base)
        content = one.change(made)
        with open(out, "wb") as file:
            file.write(made.build() if content is None else content)
        for name, text in made.others.items():
            Package(os.path.dirname(out)).write(name, text)
