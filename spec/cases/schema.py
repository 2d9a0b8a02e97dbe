"""Cases for LB-002 and LB-030 to LB-041: the form of data files, and the RO-Crate (chapters 3 and 13)."""
import json

from kit.case import case, good

INDEX = "data/metadata/%s.js"
PHOTO = INDEX % "photos/51000021629"
PLAN, CRATE = "data/provenance/plan.json", "data/ro-crate-metadata.json"


def first(index):
    return next(iter(index.values()))


# ---- lifeboat.json ----

def info(p, change):
    with p.info() as value:
        change(value)
    p.resign()


@case("LB-002", base="lifeboat", path="lifeboat.json")
def folder_with_spaces(p):
    "the folder's name in lifeboat.json has spaces and capitals"
    info(p, lambda value: value.update(folder="My Boats"))


@case("LB-002", base="lifeboat", path="lifeboat.json", also={"LB-012": "it is not counted"})
def gap_in_words(p):
    "lifeboat.json has a missing photo without an id"
    info(p, lambda value: value["missing"].append("the one with the boat"))


@case("LB-002", base="lifeboat", path="lifeboat.json")
def number_in_quotes(p):
    "a number of lifeboat.json stands in quotation marks"
    info(p, lambda value: value["licenses"][0].update(photos=str(value["licenses"][0]["photos"])))


@good("LB-002", base="lifeboat")
def further_fields(p):
    "lifeboat.json has fields that no chapter names"
    info(p, lambda value: (value.update(shelf="3"), value["maker"].update(room=7), value["files"][0].update(seen=True)))


# ---- the indexes ----

def index(p, name, change):
    with p.data(name) as value:
        change(value)
    p.settle()


@case("LB-030", base="lifeboat", path=INDEX % "photoIndex")
def photo_seen_by_whom(p):
    "photoIndex.js has a word for who could see a photo that there is not"
    index(p, "photoIndex", lambda photos: first(photos).update(visibility="neighbours"))


@case("LB-030", base="lifeboat", path=INDEX % "missing", also={"LB-012": "lifeboat.json does not count it"})
def gap_of_no_kind(p):
    "missing.js has a gap of a kind that there is not"
    gap = {"kind": "lost", "photoId": None, "subject": "a list", "layer": "album", "method": None, "code": None, "message": "lost"}
    index(p, "missing", lambda gaps: gaps.append(gap))


@case("LB-030", base="lifeboat", path=INDEX % "contributorIndex")
def contributions_in_one(p):
    "contributorIndex.js adds up what a member gave"
    index(p, "contributorIndex", lambda people: first(people).update(contributions=3))


@case("LB-030", base="lifeboat", path=INDEX % "licenseIndex")
def licence_without_number(p):
    "licenseIndex.js does not tell Flickr's number of a licence"
    index(p, "licenseIndex", lambda licences: first(licences).pop("flickrId"))


@case("LB-030", base="lifeboat", path=INDEX % "tagList")
def tag_of_no_photo(p):
    "tagList.js has a tag that no photo has"
    index(p, "tagList", lambda tags: tags[0].__setitem__(1, 0))


@good("LB-030", base="lifeboat")
def further_fields_of_indexes(p):
    "indexes have fields that no chapter names"
    for name in ("photoIndex", "contributorIndex", "albumIndex"):
        with p.data(name) as value:
            first(value)["weather"] = {"wind": "west"}
    p.settle()


# ---- photos ----

def photo(p, change):
    index(p, "photos/" + p.photos()[0], change)


@case("LB-031", base="lifeboat", path=PHOTO)
def photo_without_sizes(p):
    "the metadata of a photo does not tell what sizes there were, not even that none was told"
    photo(p, lambda value: value.pop("sizes"))


@case("LB-031", base="lifeboat", path=PHOTO)
def comment_without_author(p):
    "a comment does not say whose it is"
    photo(p, lambda value: value["comments"][0].pop("authorId"))


@case("LB-031", base="lifeboat", path=PHOTO)
def place_off_the_globe(p):
    "a photo was taken north of the pole"
    place = dict.fromkeys(("accuracy", "context", "neighborhood", "locality", "county", "region", "country"))
    photo(p, lambda value: value.update(location={"latitude": 91, "longitude": 4.5, **place}))


@case("LB-031", base="lifeboat", path=PHOTO)
def digest_of_another_kind(p):
    "the metadata of a photo calls the digest of its thumbnail an MD5"
    photo(p, lambda value: value["files"]["thumbnail"].update(checksumAlgorithm="md5"))


@good("LB-031", base="lifeboat")
def further_fields_of_photos(p):
    "the metadata of a photo has fields that no chapter names"
    photo(p, lambda value: (value.update(weather="west"), value["comments"][0].update(mood=None)))


# ---- the plan ----

def plan(p, change):
    value = json.loads(p.text(PLAN))
    change(value)
    p.write(PLAN, json.dumps(value) + "\n")
    p.settle()


@case("LB-032", base="lifeboat", path=PLAN)
def plan_of_another_kind(p):
    "plan.json says that it is something else"
    plan(p, lambda value: value.update(type="plan"))


@case("LB-032", base="lifeboat", path=PLAN)
def plan_with_a_word_for_an_id(p):
    "a photo in plan.json has a word for an id"
    plan(p, lambda value: value["photos"][0].update(id="two"))


@case("LB-032", base="lifeboat", path=PLAN)
def plan_without_choices(p):
    "plan.json does not tell what the maker chose"
    plan(p, lambda value: value.pop("choices"))


@case("LB-032", base="lifeboat", path=PLAN)
def plan_cut_off(p):
    "plan.json is cut off"
    p.write(PLAN, p.read(PLAN)[:-10])
    p.settle()


@good("LB-032", base="lifeboat")
def plan_with_further_fields(p):
    "plan.json has fields that no chapter names, behind the photos too"
    plan(p, lambda value: (value["photos"][0].update(mood="calm"), value.update(weather=[1])))


# ---- the crate ----

def crate(p, change):
    """The crate, changed after all else was settled."""
    value = json.loads(p.text(CRATE))
    change(value["@graph"])
    p.write(CRATE, json.dumps(value) + "\n")
    p.settle(crate=False)


def entity(graph, name):
    return next(one for one in graph if one["@id"] == name)


def file_with(graph, key):
    """The first file of which the crate tells this."""
    return next(one for one in graph if key in one)


@case("LB-040", base="lifeboat", path=CRATE)
def no_crate(p):
    "ro-crate-metadata.json is missing, and nothing lists it"
    p.remove(CRATE)
    p.settle()


@case("LB-040", base="lifeboat", path=CRATE)
def crate_cut_off(p):
    "the crate is cut off"
    p.write(CRATE, p.read(CRATE)[:-10])
    p.settle()


@case("LB-040", base="lifeboat", path=CRATE)
def crate_of_another_package(p):
    "the crate has the identifier of another package"
    crate(p, lambda graph: entity(graph, "./").update(identifier="urn:uuid:00000000-0000-8000-8000-000000000000"))


@case("LB-040", base="lifeboat", path=CRATE)
def crate_without_root(p):
    "the crate has no root dataset"
    crate(p, lambda graph: graph.remove(entity(graph, "./")))


@case("LB-040", base="lifeboat", path=CRATE)
def crate_of_a_later_version(p):
    "the crate says that it is one of RO-Crate 1.2"
    crate(p, lambda graph: entity(graph, "ro-crate-metadata.json").update(conformsTo={"@id": "https://w3id.org/ro/crate/1.2"}))


@case("LB-040", base="lifeboat", path=CRATE)
def crate_with_two_roots(p):
    "the crate has its root dataset twice"
    crate(p, lambda graph: graph.append(entity(graph, "./")))


@case("LB-040", base="lifeboat", path=CRATE)
def entity_without_id(p):
    "an entity of the crate has no @id"
    crate(p, lambda graph: graph.append({"@type": "Person", "name": "Nobody"}))


@good("LB-040", base="lifeboat")
def crate_with_more(p):
    "the crate has an entity and a property that chapter 13 does not name"
    crate(p, lambda graph: (graph.append({"@id": "#boat", "@type": "Thing", "name": "Boat"}), entity(graph, "./").update(keywords="boats")))


@case("LB-041", base="lifeboat", path=CRATE)
def crate_names_what_is_not_there(p):
    "the crate names a file that is not there"
    crate(p, lambda graph: graph.append({"@id": "media/none.jpg", "@type": "File", "name": "none"}))


@case("LB-041", base="lifeboat", path="data/README.html")
def crate_with_another_digest(p):
    "the crate tells another digest of a file"
    crate(p, lambda graph: file_with(graph, "sha256").update(sha256="0" * 64))


@case("LB-041", base="lifeboat", path="data/README.html")
def crate_with_another_size(p):
    "the crate tells another size of a file"
    crate(p, lambda graph: file_with(graph, "contentSize").update(contentSize="1"))


@good("LB-041", base="lifeboat")
def crate_names_what_is_elsewhere(p):
    "the crate names a file on the web, which nobody can look for here"
    crate(p, lambda graph: graph.append({"@id": "https://example.org/boat.jpg", "@type": "File", "contentSize": "1"}))


@good("LB-041", base="lifeboat")
def crate_tells_less(p):
    "the crate tells neither size nor digest of a file"
    crate(p, lambda graph: [file_with(graph, "sha256").pop(key) for key in ("contentSize", "sha256")])
