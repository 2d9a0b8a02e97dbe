"""Packages of the Flickr Foundation and what `lifeboat convert` makes of them (section 12.3)."""
import json
import subprocess

from . import judge

RENAMED = {"in-copyright": "all-rights-reserved"}


def run(program, *words):
    """Standard output; what went wrong is an exception."""
    done = subprocess.run([program, *words, "-q", "--progress", "none"], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise ValueError("%s ended with status %d: %s" % (words[0], done.returncode, done.stderr.strip()))
    return done.stdout


def photos(program, package):
    lines = map(json.loads, run(program, "list", "--json", package).splitlines())
    return [line for line in lines if line["type"] == "photo"]


def inside(path):
    """A path without the folders before media/."""
    return path[path.index("media/"):]


def expected(photo, made):
    """What the source tells of a photo, as its conversion must tell it: sizes and digests are those that were told, or new."""
    files = [{"path": inside(file["path"]), "size": other["size"] if file["size"] is None else file["size"],
              "sha256": file["sha256"] or other["sha256"]} for file, other in zip(photo["files"], made["files"])]
    return {**photo, "license": RENAMED.get(photo["license"], photo["license"]), "files": files, "url": made["url"]}


def faults(program, source, out):
    """What is wrong with the conversion of `source` into the new folder `out`, as a list."""
    try:
        run(program, "convert", source, "-o", out, "--date", "2026-01-01T00:00:00Z")
        before, after = photos(program, source), photos(program, out)
    except ValueError as problem:
        return [str(problem)]
    wrong = [] if len(before) == len(after) > 0 else ["%d photos became %d" % (len(before), len(after))]
    for photo, made in zip(before, after):
        if len(photo["files"]) != len(made["files"]) or any(not file["sha256"] or not file["size"] for file in made["files"]):
            wrong.append("photo %s has lost a file: %s, %s" % (photo["id"], photo["files"], made["files"]))
            continue
        told = {**made, "files": [dict(file, path=inside(file["path"])) for file in made["files"]]}
        wrong += ["%s of photo %s: %s, %s" % (key, photo["id"], value, told.get(key)) for key, value in expected(photo, made).items()
                  if told.get(key) != value]
    verdict = judge.verify(program, out, [])
    if isinstance(verdict, str):
        return wrong + [verdict]
    return wrong + ["%(rule)s %(path)s: %(message)s" % finding for finding in verdict.findings]
