"""Data files against the schemas by an implementation that is not ours: every file of every sample; both say the same of
files that are broken in many ways; schemas, writer and chapter name the same fields."""
import copy, glob, json, os, random, re, sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))
from standards import *

try:
    from jsonschema import Draft202012Validator, RefResolver
except ImportError:
    skip("python3-jsonschema is not there: make deps check")

RULES = {"package": "LB-002", "photo": "LB-031", "plan": "LB-032"}
WRITERS = ["format/package/" + name for name in ("metadata.c", "indexes.c", "set_indexes.c", "manifest.c", "policy.c")] + ["lifeboat/creator/plan.c"]
results = Results()


# Only in packages that were converted: creator_convert holds writer and schema together there.
CONVERTED = {"convertedFrom", "container", "layouts", "fixity", "vouched", "differing"}


def load_schemas(change=lambda schema: schema):
    store = {}
    for path in glob.glob(SCHEMAS + "*.schema.json"):
        schema = change(json.load(open(path)))
        store[schema["$id"]] = schema
    base = "https://data-lifeboat.invalid/1.0/"
    return {id[len(base):-len(".schema.json")]: Draft202012Validator(schema, resolver=RefResolver(id, schema, store=store))
            for id, schema in store.items()}


def objects_of(schema):
    """Every subschema that names members."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for key, value in schema.items():
            if key not in ("enum", "const", "required"):
                yield from objects_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects_of(value)


def errors_of(validators, name, value):
    return sorted((pointer(error.absolute_path), error.message) for error in validators[name].iter_errors(value))


# ---- every file of every sample -------------------------------------------------------------------------------------

def check_samples(validators, made):
    for label, package in made.items():
        for path, name in data_files(package):
            found = errors_of(validators, name, read_data(f"{package}/{path}"))
            results.check(not found, f"{label} {path}", *found)


# ---- the same of broken files ------------------------------------------------------------------------------------------

VALUES = [None, True, -1, 0, 1.5, "", "x y", "\u202e", [], {}, ["a"], {"a": 1}, "2026-11-20 21:47:00", "public", "0" * 64, 99999999999]


def places(value, at=()):
    yield at
    if isinstance(value, (dict, list)):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(below, at + (key,))


def change(value, random_):
    """One change at one place."""
    value = copy.deepcopy(value)
    at = random_.choice(list(places(value)))
    if not at:
        return random_.choice(VALUES)
    parent = value
    for key in at[:-1]:
        parent = parent[key]
    what = random_.randrange(4)
    if what == 0:
        del parent[at[-1]]
    elif what == 1 and isinstance(parent, dict):
        parent["fromALaterVersion"] = random_.choice(VALUES)
    elif what == 2 and isinstance(parent[at[-1]], str):
        parent[at[-1]] += random_.choice([" ", "x", "\n.", "\u00e9", "-", "0"])
    else:
        parent[at[-1]] = random_.choice(VALUES)
    return value


def write_data(path, value):
    name = "photo" if "/photos/" in path else os.path.basename(path)[:-3]
    text = json.dumps(value, ensure_ascii=False)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"const {name} = {text};\n" if path.endswith(".js") else text + "\n")


def our_findings(package, path, name):
    done = run(LIFEBOAT, "verify", "--json", "--levels", "schema", package, allowed=(0, 4))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    rule = RULES.get(name, "LB-030")
    return [line["message"] for line in lines if line["type"] == "finding" and line["rule"] == rule and line.get("path") == path]


def place_of(message):
    return message[3:].split(": ", 1)[0] if message.startswith("at /") else ""


def check_agreement(validators, package, path, name, seed):
    whole = f"{package}/{path}"
    kept, good = open(whole, "rb").read(), read_data(whole)
    broken = change(good, random.Random(seed))
    theirs = errors_of(validators, name, broken)
    write_data(whole, broken)
    ours = our_findings(package, path, name)
    with open(whole, "wb") as file:
        file.write(kept)
    named = {place_of(message) for message in ours}
    told = {at for at, _ in theirs}
    # A place that we name is one of theirs, or inside of one (of a choice of schemas they name the whole).
    same_places = all(at in told or any(at.startswith(other + "/") or other == "" for other in told) for at in named)
    results.check(bool(theirs) == bool(ours) and same_places, f"{path} changed with seed {seed}", "theirs:", *theirs[:2], "ours:", *ours[:2])
    return bool(theirs)


def check_broken(validators, package):
    wrong = total = 0
    files = [(path, name) for path, name in data_files(package) if name != "photo" or path.endswith(("222.js", "187.js"))]
    for path, name in files:
        # lifeboat.json that is no object, or of another version, is not looked into further (LB-001).
        for seed in range(60 if name in ("photo", "plan") else 14):
            if name == "package":
                continue
            total += 1
            wrong += check_agreement(validators, package, path, name, seed)
    for seed in range(40):
        value = change(read_data(f"{package}/lifeboat.json"), random.Random(seed))
        if isinstance(value, dict) and value.get("format") == "data-lifeboat" and value.get("formatVersion") == "1.0":
            total += 1
            wrong += check_agreement(validators, package, "lifeboat.json", "package", seed)
    results.check(total / 3 < wrong < total, f"{wrong} of {total} changes broke something: too few or too many")


# ---- one list of fields -------------------------------------------------------------------------------------------------

def close(schema):
    """The schema, but members that it does not name are errors."""
    for one in objects_of(schema):
        # The counts are part of larger ones in lifeboat.json.
        if one.get("type") is not None and "additionalProperties" not in one and "allOf" not in one and one.get("title") != "How many of what":
            one["additionalProperties"] = False
    return schema


def written_names():
    call = re.compile(r'(?:lb_jw|lb_writer_jw|write)_[a-z0-9_]+\((?:&?(?:j(?:->|\.))?j?w), "([A-Za-z_]+)"|\{ ?"([A-Za-z_]+)", (?:"([A-Za-z_]+)", )?(?:offsetof|p->|t->|files|bytes|\()')
    for path in WRITERS:
        for names in call.findall(open(path).read()):
            yield from filter(None, names)


def seen_members(value):
    if isinstance(value, dict):
        yield from value
        for below in value.values():
            yield from seen_members(below)
    elif isinstance(value, list):
        for below in value:
            yield from seen_members(below)


def check_fields(made):
    closed = load_schemas(close)
    seen = set()
    for label, package in made.items():
        for path, name in data_files(package):
            value = read_data(f"{package}/{path}")
            seen.update(seen_members(value))
            found = [error for error in errors_of(closed, name, value) if "Additional properties" in error[1]]
            results.check(not found, f"{label} {path} has members that its schema does not name", *found)
    schemas = {os.path.basename(path): json.load(open(path)) for path in sorted(glob.glob(SCHEMAS + "*.json"))}
    named = {member for schema in schemas.values() for one in objects_of(schema) for member in one["properties"]}
    written = set(written_names())
    results.check(len(written) > 150, f"only {len(written)} names were found in the writer")
    results.check(written <= named, "the writer knows members that no schema names", sorted(written - named))
    results.check(named <= seen | {"stale", "before", "lostRow", "row"} | CONVERTED, "no sample has", sorted(named - seen))
    chapters = open("spec/03-metadata.md").read() + open("spec/working-folder.md").read() + open("spec/12-foundation.md").read()
    told = {word for span in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", chapters, flags=re.S)) for word in re.findall(r"\w+", span)}
    # "`firstName`, …" and the likes are spelled out; `count…` is not.
    results.check(named <= told, "no chapter tells of", sorted(named - told))
    for name, schema in schemas.items():
        results.check(name in open("spec/03-metadata.md").read(), f"chapter 3 does not name {name}")
        results.check(schema.get("title") and schema.get("description"), f"{name} does not say what it is")


with Workshop() as work:
    for path in glob.glob(SCHEMAS + "*.json"):
        Draft202012Validator.check_schema(json.load(open(path)))
    packages_made = packages(work)
    validators_made = load_schemas()
    results.check(len(packages_made) == 4, f"only {list(packages_made)} were made")
    check_samples(validators_made, packages_made)
    check_fields(packages_made)
    check_broken(validators_made, packages_made["rescue"])
results.close()
