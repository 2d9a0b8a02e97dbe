"""schema.org in the pages: every block of data is JSON-LD that pyld reads, and says of each photograph what its metadata says.
The context of schema.org is not ours to keep: a vocabulary stands in for it, with the terms whose values are addresses."""
import html.parser, json, os, sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from standards import *

try:
    from pyld import jsonld
except ImportError:
    skip("python3-pyld is not there: make deps check")

SCHEMA = "http://schema.org/"
ADDRESSES = ("url", "contentUrl", "thumbnailUrl", "acquireLicensePage")
CONTEXT = {"@context": {"@vocab": SCHEMA, **{term: {"@id": SCHEMA + term, "@type": "@id"} for term in ADDRESSES}}}
results = Results()


def load(url, options):
    if url.rstrip("/") != "https://schema.org":
        raise RuntimeError("asks for " + url)
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


class Blocks(html.parser.HTMLParser):
    """Scripts as a parser of HTML finds them."""
    def __init__(self):
        super().__init__()
        self.blocks, self.attributes, self.ids = [], [], set()
        self.inside = False

    def handle_starttag(self, tag, attributes):
        self.ids.update(value for name, value in attributes if name == "id")
        if tag == "script":
            self.inside = True
            self.blocks.append("")
            self.attributes.append(attributes)

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


def blocks_of(path):
    parser = Blocks()
    parser.feed(open(path, encoding="utf-8").read())
    parser.close()
    return parser


def all_pages(folder):
    for where, _, names in os.walk(folder):
        if os.path.relpath(where, folder) != "data/viewer":  # a page of scripts, which no rule looks into
            yield from (os.path.join(where, name) for name in sorted(names) if name.endswith(".html"))


def read_pages(label, folder):
    """The block of each page that has one, expanded, by path."""
    read = {}
    for path in all_pages(folder):
        found, name = blocks_of(path), os.path.relpath(path, folder)
        if not results.check(len(found.blocks) <= 1 and all(attributes == [("type", "application/ld+json")] for attributes in found.attributes),
                             f"{label} {name}: scripts", *found.attributes):
            continue
        wanted = name == "index.html" or os.path.basename(name).startswith("photos-")
        results.check(wanted or not found.blocks, f"{label} {name}: has a block")
        if found.blocks:
            data = json.loads(found.blocks[0])
            read[name] = data, jsonld.expand(data, {"base": "https://page.example/" + name, "documentLoader": load}), found.ids
    return read


def text_of(node, term):
    return [value.get("@value", value.get("@id")) for value in node.get(SCHEMA + term, [])]


def check_photographs(label, folder, pages):
    for name, (data, nodes, ids) in pages.items():
        if name == "index.html":
            continue
        here = "https://page.example/" + os.path.dirname(name) + "/"
        # pyld gives the members of a graph at the top.
        for node in nodes:
            anchor = node["@id"].split("#")[-1]
            results.check(anchor in ids, f"{label} {name}: {anchor} is no place on the page")
            kind = node["@type"][0].removeprefix(SCHEMA)
            results.check(kind in ("ImageObject", "VideoObject", "CreativeWork"), f"{label} {name}: {anchor} is a {kind}")
            for term in ("contentUrl", "thumbnailUrl"):
                for address in text_of(node, term):
                    path = "https://page.example/data/media/"
                    results.check(address.startswith(path) and (label == "hostile" or os.path.exists(f"{folder}/{address[len('https://page.example/'):]}")),
                                  f"{label} {name}: {anchor} {term}", address)
            pages_out = text_of(node, "acquireLicensePage") + text_of(node, "url")
            results.check(all(address.startswith(("http://", "https://")) for address in pages_out), f"{label} {name}: {anchor} leads to", *pages_out)
            if kind == "CreativeWork":
                results.check(set(node) <= {"@id", "@type"} | {SCHEMA + term for term in ("name", "author", "license", "acquireLicensePage")},
                              f"{label} {name}: {anchor} is withheld, and told", *node)


def check_package(label, folder, pages):
    info = read_data(folder + "/lifeboat.json")
    start = pages["index.html"][1][0]
    results.check(set(start["@type"]) == {SCHEMA + "Dataset", SCHEMA + "Collection"} and start["@id"] == info["id"] and
                  text_of(start, "name") == [info["title"]] and text_of(start, "collectionSize") == [len(info["photos"])] and
                  text_of(start, "dateCreated") == [info["created"]] and len(text_of(start, "license")) == len(info["licenses"]), f"{label}: the start page", start)
    nodes = {node["@id"].split("#p")[-1]: node for name, (_, nodes, _) in pages.items() if name != "index.html" for node in nodes}
    results.check(sorted(nodes) == sorted(info["photos"]), f"{label}: other photographs than lifeboat.json", *set(nodes) ^ set(info["photos"]))
    for id in info["photos"]:
        photo, node = read_data(f"{folder}/data/metadata/photos/{id}.js"), nodes[id]
        if photo["stub"]:
            results.check(node["@type"] == [SCHEMA + "CreativeWork"], f"{label}: stub {id}", node)
            continue
        original = photo["files"]["original"]
        results.check(text_of(node, "commentCount") == [photo["countComments"]] and text_of(node, "uploadDate") == [photo["dateUploaded"]] and
                      text_of(node, "acquireLicensePage") == [photo["url"]] and
                      text_of(node, "keywords") == [tag["rawValue"] for tag in photo["tags"]] and
                      text_of(node, "contentUrl") == (["https://page.example/data/" + original["path"]] if original else []), f"{label}: photo {id}", node)


with Workshop() as work:
    for label, folder in packages(work).items():
        if label != "made":
            pages_read = read_pages(label, folder)
            check_photographs(label, folder, pages_read)
            check_package(label, folder, pages_read)
    for label, folder in pages(work).items():
        pages_read = read_pages(label, folder)
        results.check(len(pages_read) > 1, f"{label}: no pages", *pages_read)
        check_photographs(label, folder, pages_read)
results.close()
