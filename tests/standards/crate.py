"""The RO-Crate of every sample: what RO-Crate 1.1 asks for, what JSON-LD makes of it (pyld), and what the ro-crate library for
JavaScript reads. The context comes from that library's npm package (its context of 1.2, of which that of 1.1 is a part); where npm
was not run, a vocabulary stands in for it."""
import glob, hashlib, json, os, re, sys
from urllib.parse import unquote

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from standards import *

try:
    from pyld import jsonld
except ImportError:
    skip("python3-pyld is not there: make deps check")

CRATE = "data/ro-crate-metadata.json"
LIBRARY = "tests/standards/node_modules/ro-crate"
SCHEMA = "http://schema.org/"
STAND_IN = {"@context": {"@vocab": SCHEMA, "File": SCHEMA + "MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}}
results = Results()


def the_context():
    if os.path.exists(LIBRARY + "/lib/context.json"):
        return {"@context": json.load(open(LIBRARY + "/lib/context.json"))["@context"]}
    print("SKIP: npm ci was not run in tests/standards: a vocabulary stands in for RO-Crate's context")
    return STAND_IN


CONTEXT = the_context()


def load(url, options):
    if url != "https://w3id.org/ro/crate/1.1/context":
        raise RuntimeError("asks for " + url)
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def links(value):
    """Every @id that a value refers to."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for below in value.values():
            yield from links(below)
    elif isinstance(value, list):
        for below in value:
            yield from links(below)


def payload(package):
    for folder, _, names in os.walk(package + "/data"):
        for name in names:
            yield os.path.relpath(folder + "/" + name, package + "/data")


# ---- what RO-Crate 1.1 asks for -----------------------------------------------------------------------------------------

def check_graph(label, package, crate):
    ids = [entity["@id"] for entity in crate["@graph"]]
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    results.check(len(ids) == len(entities), f"{label}: an @id stands for two entities", *{id for id in ids if ids.count(id) > 1})
    results.check(all("@type" in entity for entity in crate["@graph"]), f"{label}: an entity has no type")
    lost = {id for entity in crate["@graph"] for key, value in entity.items() for id in links(value)
            if id not in entities and not re.match(r"https?://", id) and not id.startswith("urn:")}
    results.check(not lost, f"{label}: leads to entities that are not there", *lost)
    nested = [entity["@id"] for entity in crate["@graph"] for value in entity.values() for one in as_list(value)
              if isinstance(one, dict) and set(one) != {"@id"}]
    results.check(not nested, f"{label}: is not flat", *nested)
    bad = [id for id in entities if not re.fullmatch(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+", id) or re.search(r"%(?![0-9A-F]{2})", id)]
    results.check(not bad, f"{label}: is no reference", *bad)
    return entities


def check_root(label, entities, info):
    descriptor, root = entities.get("ro-crate-metadata.json", {}), entities.get("./", {})
    results.check(descriptor.get("conformsTo") == {"@id": "https://w3id.org/ro/crate/1.1"} and descriptor.get("about") == {"@id": "./"}
                  and descriptor.get("@type") == "CreativeWork", f"{label}: the descriptor", descriptor)
    results.check(root.get("@type") == "Dataset" and root.get("name") == info["title"] and root.get("identifier") == info["id"]
                  and root.get("datePublished") == info["created"] and root.get("description"), f"{label}: the root", root)
    author = entities.get((root.get("author") or {}).get("@id"), {})
    results.check(author.get("name") == info["maker"]["name"] or author.get("@id") == f"#member-{info['maker']['id']}", f"{label}: the maker", author)
    slugs = sorted(entities[license["@id"]]["identifier"] for license in root["license"])
    results.check(slugs == sorted(license["id"] for license in info["licenses"]), f"{label}: other licences than lifeboat.json", slugs)
    action = entities.get("#creation", {})
    results.check(action.get("@type") == "CreateAction" and action.get("result") == {"@id": "./"} and
                  entities[action["instrument"]["@id"]]["@type"] == "SoftwareApplication", f"{label}: how it was made", action)


def check_files(label, package, entities, info):
    files = {id: entity for id, entity in entities.items() if "File" in as_list(entity["@type"])}
    named = sorted(unquote(id) for id in files)
    results.check(named == sorted(set(payload(package)) - {"ro-crate-metadata.json"}), f"{label}: other files than there are",
                  *set(named) ^ set(payload(package)))
    reached, waiting = set(), ["./"]
    while waiting:
        for part in as_list(entities[waiting.pop()].get("hasPart")):
            if part["@id"] not in reached:
                reached.add(part["@id"])
                waiting.append(part["@id"])
    data = set(files) | {id for id, entity in entities.items() if entity["@type"] == "Dataset" and id != "./"}
    results.check(data <= reached, f"{label}: hasPart does not lead to", *(data - reached))
    wrong = []
    for id, entity in files.items():
        content = open(f"{package}/data/{unquote(id)}", "rb").read()
        if "contentSize" in entity and (entity["contentSize"] != str(len(content)) or entity["sha256"] != hashlib.sha256(content).hexdigest()):
            wrong.append(id)
        if not id.startswith("metadata/photos/") and "contentSize" not in entity:
            wrong.append(id)
    results.check(not wrong, f"{label}: another size or digest", *wrong)


def check_photos(label, package, entities, info):
    owners = {entity["@id"] for entity in entities.values() if entity["@type"] == "Person"}
    licenses = {entity.get("identifier"): entity["@id"] for entity in entities.values()}
    for id in info["photos"]:
        photo = read_data(f"{package}/data/metadata/photos/{id}.js")
        about = entities[entities[f"metadata/photos/{id}.js"]["about"]["@id"]]
        files = [f for f in (photo.get("files") or {}).values() if f]
        good = about.get("author") in (None, {"@id": f"#member-{photo['uploaderId']}"}) and \
            about.get("license") == ({"@id": licenses[photo["licenseId"]]} if photo["licenseId"] else None)
        if files:
            best = photo["files"]["original"] or photo["files"]["thumbnail"]
            good = good and unquote(about["@id"]) == best["path"] and about["encodingFormat"] == best["content_type"]
            taken = photo["dateTaken"]
            cut = {"second": 19, "month": 7, "year": 4, "circa": 0}[taken["granularity"]] if taken else 0
            good = good and about.get("dateCreated") == (taken["value"][:cut] if cut else None)
        else:
            good = good and set(about) <= {"@id", "@type", "name", "author", "license", "url", "description", "subjectOf"} and \
                about.get("description") == photo["withheld"] and about.get("url") == photo["url"]
        results.check(good and about["name"], f"{label}: photo {id}", about)
    results.check(owners <= {f"#member-{nsid}" for nsid in read_data(package + "/data/metadata/contributorIndex.js")} | {"#maker"} |
                  {f"#member-{info['maker']['id']}"}, f"{label}: people who are no contributors", *owners)


# ---- what JSON-LD makes of it ---------------------------------------------------------------------------------------------

def check_meaning(label, crate, entities, info, package):
    base = "https://crate.example/"
    expanded = jsonld.expand(crate, {"base": base, "documentLoader": load})
    nodes = {node["@id"]: node for node in expanded}
    results.check(len(nodes) == len(entities), f"{label}: {len(nodes)} nodes, {len(entities)} entities")
    lost = [id for id, entity in entities.items() if len(nodes[id if "://" in id else base + id.removeprefix("./")]) != len(entity)]
    results.check(not lost, f"{label}: terms that the context does not know", *lost)
    root = nodes[base]
    results.check(root["@type"] == [SCHEMA + "Dataset"] and root[SCHEMA + "name"] == [{"@value": info["title"]}], f"{label}: the root in RDF", root)
    media = [node for node in expanded if SCHEMA + "MediaObject" in node["@type"]]
    results.check(len(media) == len(list(payload(package))) - 1, f"{label}: {len(media)} files in RDF")
    results.check(len(root[SCHEMA + "license"]) == len(info["licenses"]), f"{label}: licences in RDF")
    triples = jsonld.to_rdf(crate, {"base": base, "documentLoader": load})["@default"]
    of = lambda predicate: sum(triple["predicate"]["value"] == predicate for triple in triples)
    with_digest = sum("sha256" in entity for entity in entities.values())
    results.check(of(SCHEMA + "sha256") == with_digest and of("http://purl.org/dc/terms/conformsTo") == 1, f"{label}: triples")


# ---- what the other library reads -------------------------------------------------------------------------------------------

def check_library(label, path, entities):
    if not os.path.exists(LIBRARY + "/package.json"):
        print("SKIP: npm ci was not run in tests/standards: the ro-crate library does not read the crates")
        return
    read = json.loads(run("node", "tests/standards/crate.mjs", path).stdout)
    files = sum("File" in as_list(entity["@type"]) for entity in entities.values())
    results.check(not read["complaints"], f"{label}: the ro-crate library complains", *read["complaints"])
    results.check(read["entities"] == len(entities) and read["files"] == files and read["parts"] == len(entities["./"]["hasPart"]),
                  f"{label}: the ro-crate library reads something else", read)


def check_pseudonyms(made):
    """Whoever said or liked something is not named: only owners and the maker are."""
    people = read_data(made["rescue"] + "/data/metadata/contributorIndex.js")
    names = {person["username"] for person in people.values() if person["username"] and not person["contributions"]["photo"]}
    text = open(f"{made['pseudonyms']}/{CRATE}").read()
    results.check(len(names) > 5 and not [name for name in names if f'"{name}"' in text], "names that have pseudonyms", *names)


with Workshop() as work:
    made = packages(work)
    for label, package in made.items():
        crate, info = json.load(open(f"{package}/{CRATE}")), json.load(open(package + "/lifeboat.json"))
        entities = check_graph(label, package, crate)
        check_root(label, entities, info)
        check_files(label, package, entities, info)
        check_photos(label, package, entities, info)
        check_meaning(label, crate, entities, info, package)
        check_library(label, f"{package}/{CRATE}", entities)
    check_pseudonyms(made)
results.close()
