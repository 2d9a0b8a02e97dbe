"""Packages of the Flickr Foundation (chapter 12), invented, written with the standard library alone.

    paths             layout 1: files are paths, `mediaType`, lifeboat.js; no checksum
    objects           layout 2: files are objects with size and SHA-256, `media`, no lifeboat.js
    mixed             two photos as in layout 1, one as in layout 2
"""
import json

from .package import Package, digest

MAKER, SAILOR = "71000011@N01", "71000012@N01"
IDS = ("41000000012", "7300451", "41000000007")   # the curator's order is none of numbers
SECRETS = ("0a1b2c", "3d4e5f", "6a7b8c")
TITLES = ("The ferry leaves", "Ropes \u2013 wet", None)
LICENSES = ("cc-by-2.0", "in-copyright", "cc-by-2.0")
KEYWORDS = {"photoIndex": "const ", "contributorIndex": "let ", "licenseIndex": "var ", "tagIndex": ""}  # all four are JavaScript
LAYOUTS = {"paths": (1, 1, 1), "objects": (2, 2, 2), "mixed": (1, 2, 1)}


class Theirs(Package):
    inside = ""


def picture(number, role):
    """It begins like a JPEG; no two are the same."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + ("%s %d" % (role, number)).encode("ascii") + b"\xff\xd9"


def media_path(number, role):
    return "media/%ss/%s_%s_%s.jpg" % (role, IDS[number], SECRETS[number], "o" if role == "original" else "n")


def own_path(number):
    return "metadata/photos/%s.js" % IDS[number]


def told(number, role, layout):
    path, content = media_path(number, role), picture(number, role)
    if layout == 1:
        return path
    width, height, label = (640, 480, "Original") if role == "original" else (320, 240, "Small 320")
    return {"path": path, "label": label, "content_type": "image/jpeg", "width": width, "height": height, "media": "photo",
            "size": len(content), "checksum": digest(content)}


def both(number):
    """What the index and the photo's own file tell alike."""
    return {"title": TITLES[number], "uploaderId": MAKER, "licenseId": LICENSES[number],
            "dateTaken": {"value": "1971-05-01T00:00:00", "granularity": "month"} if number else None,
            "dateUploaded": "2011-02-03T04:05:0%dZ" % number, "countComments": int(number == 0), "countFaves": 2 * number,
            "countViews": 10 + number, "visibility": "public"}


def photo(number, layout):
    tags = [{"authorId": MAKER, "rawValue": "Wet Rope", "normalizedValue": "wetrope", "isMachineTag": False}]
    comments = [{"id": "c1", "authorId": SAILOR, "text": "I <b>coiled</b> them", "date": "2012-01-01T00:00:00Z"}]
    return {**both(number), "id": IDS[number], "secret": SECRETS[number],
            "url": "https://www.flickr.com/photos/%s/%s/" % (MAKER, IDS[number]), "description": "Seen from the quay",
            "location": {"latitude": 59.5, "longitude": 10.25, "accuracy": 12, "context": 0} if number else None,
            "tags": tags if number else [], "albumIds": ["721570"], "galleryIds": ["71-72"] if number == 1 else [],
            "groupIds": ["71000099@N20"] if number == 0 else [], "safetyLevel": "safe", "originalFormat": "jpg",
            "mediaType" if layout == 1 else "media": "photo",
            "files": {role: told(number, role, layout) for role in ("original", "thumbnail")},
            "comments": comments if number == 0 else []}


def entry(number):
    return {**both(number), "tags": ["wetrope"] if number else [],
            "thumbnail": {"path": media_path(number, "thumbnail"), "width": 320, "height": 240}, "metadataPath": own_path(number)}


def indexes():
    sets = {"countPhotos": 40, "countVideos": 0, "countViews": 9, "countComments": 0}
    return {
        "photoIndex": {IDS[number]: entry(number) for number in range(3)},
        "contributorIndex": {
            MAKER: {"username": "quayside", "realname": "Una Quay", "pathAlias": "quay",
                    "contributions": {"photo": 3, "tag": 2, "comment": 0}},
            SAILOR: {"username": "bosun", "realname": None, "pathAlias": None, "contributions": {"photo": 0, "tag": 0, "comment": 1}}},
        "licenseIndex": {"cc-by-2.0": {"label": "CC BY 2.0", "url": "https://creativecommons.org/licenses/by/2.0/"},
                         "in-copyright": {"label": "All Rights Reserved", "url": None}},
        "tagIndex": {"wetrope": 2},
        "albumIndex": {"721570": {"title": "The quay", "ownerId": MAKER, "photoIds": [IDS[1], IDS[0], IDS[2]], **sets}},
        "galleryIndex": {"71-72": {"title": "Ropes", "description": "By hand", "ownerId": SAILOR, "photoIds": [IDS[1]], **sets}},
        "groupIndex": {"71000099@N20": {"name": "Ferries", "nsid": "71000099@N20", "eighteenPlus": False, "iconserver": "0", "iconfarm": 0,
                                        "members": 3, "poolCount": 8, "topicCount": 0, "privacy": 3, "lang": "en-us",
                                        "ispoolmoderated": False, "photoIds": [IDS[0]]}},
    }


ABOUT = {"id": "quay-2025", "name": "The quay", "creator": {"id": SAILOR, "name": "Bo Bosun"}, "dateCreated": "2025-03-04T05:06:07Z",
         "purpose": "The quay will be filled.", "futureConsiderations": "Ask the ferrymen."}


def write_data(p, name, value, keyword="const ", constant=None):
    text = json.dumps(value, ensure_ascii=False, indent=2)
    p.write(p.inside + "metadata/%s.js" % name, "%s%s = %s;\n" % (keyword, constant or name, text))


def make_theirs(p, name):
    """Into the folder of the package `p`."""
    layouts = LAYOUTS[name]
    for number, layout in enumerate(layouts):
        for role in ("original", "thumbnail"):
            p.write(p.inside + media_path(number, role), picture(number, role))
        write_data(p, "photos/" + IDS[number], photo(number, layout), constant="photo")
    for index, value in indexes().items():
        write_data(p, index, value, KEYWORDS.get(index, "const "))
    if layouts[0] == 1:
        write_data(p, "lifeboat", ABOUT)
    p.write(p.inside + "README.html", "<!DOCTYPE html>\n<title>The quay</title>\n<p>For those who come after the quay.\n")
    p.write(p.inside + "viewer/index.html", "<!DOCTYPE html>\n<title>Photos</title>\n<script src=\"../metadata/photoIndex.js\"></script>\n")
