"""Cases for LB-030 to LB-041: the form of data files, and the RO-Crate (chapters 3 and 13)."""
import json

from kit.case import case

CRATE = "data/ro-crate-metadata.json"


def plan(p, change):
    value = json.loads(p.text("data/provenance/plan.json"))
    change(value)
    p.write("data/provenance/plan.json", json.dumps(value) + "\n")
    p.settle()


def crate(p, change):
    """The crate, changed after all else was settled."""
    value = json.loads(p.text(CRATE))
    change(value["@graph"])
    p.write(CRATE, json.dumps(value) + "\n")
    p.settle()


@case("LB-032", base="lifeboat", path="data/provenance/plan.json")
def plan_of_another_kind(p):
    "plan.json says that it is something else"
    plan(p, lambda value: value.update(type="plan"))


@case("LB-032", base="lifeboat", path="data/provenance/plan.json")
def plan_with_a_word_for_an_id(p):
    "a photo in plan.json has a word for an id"
    plan(p, lambda value: value["photos"][0].update(id="two"))


def entity(graph, name):
    return next(one for one in graph if one["@id"] == name)


@case("LB-040", base="lifeboat", path=CRATE)
def crate_of_another_package(p):
    "the crate has the identifier of another package"
    crate(p, lambda graph: entity(graph, "./").update(identifier="urn:uuid:00000000-0000-8000-8000-000000000000"))


@case("LB-040", base="lifeboat", path=CRATE)
def crate_without_root(p):
    "the crate has no root dataset"
    crate(p, lambda graph: graph.remove(entity(graph, "./")))


@case("LB-041", base="lifeboat", path=CRATE)
def crate_names_what_is_not_there(p):
    "the crate names a file that is not there"
    crate(p, lambda graph: graph.append({"@id": "media/none.jpg", "@type": "File", "name": "none"}))


@case("LB-041", base="lifeboat")
def crate_with_another_digest(p):
    "the crate tells another digest of a file"
    value = json.loads(p.text(CRATE))
    next(one for one in value["@graph"] if "sha256" in one)["sha256"] = "0" * 64
    old = p.text(CRATE)
    p.write(CRATE, json.dumps(value) + "\n")
    p._settle_crate = lambda: None
    p.settle()
