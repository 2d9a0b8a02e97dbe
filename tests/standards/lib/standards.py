"""What the tests against other implementations share: packages to look at, and counting."""
import glob, json, os, re, shutil, subprocess, sys, tempfile

BUILD = os.environ.get("BUILD", "build/release")
LIFEBOAT = os.environ.get("LIFEBOAT", BUILD + "/lifeboat")
SCHEMAS = "spec/schemas/"


class Results:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, good, name, *details):
        if good:
            self.passed += 1
            return True
        self.failed += 1
        print("not ok:", name)
        for detail in details[:8]:
            print("   ", str(detail)[:400])
        return False

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def skip(why):
    print("SKIP:", why)
    sys.exit(0)


def run(*command, allowed=(0,), **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode not in allowed:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done


def create(folder, *options):
    urls = open("samples/harbour.urls").read().split()
    run(LIFEBOAT, "create", "-q", "--progress=none", "-o", folder, "--replay", "samples/harbour.warc.gz",
        "--maker", "The lifeboat project", *options, *urls, allowed=(0, 3))
    return folder + "/lifeboat"


def packages(work):
    """Names and folders of the packages that all of these tests look at."""
    made = {
        "careful": create(work + "/careful"),
        "rescue": create(work + "/rescue", "--policy", "rescue", "--agree", "--layers", "all"),
        "pseudonyms": create(work + "/pseudonyms", "--policy", "rescue", "--agree", "--pseudonymise", "commenters"),
        "made": work + "/made",
    }
    run(BUILD + "/tests/bench/make_package", made["made"], "120", "64")
    return made


def pages(work):
    """Folders of pages that no package was made of: hostile texts everywhere; everything that surrounds photographs."""
    environment = dict(os.environ, CK_FORK="no")
    run(BUILD + "/tests/unit/viewer_records", env=dict(environment, LIFEBOAT_KEEP_RECORDS=work + "/records", CK_RUN_CASE="records"))
    run(BUILD + "/tests/unit/viewer_pages", env=dict(environment, LIFEBOAT_KEEP_PAGES=work + "/hostile"))
    return {"records": work + "/records", "hostile": work + "/hostile"}


class Workshop:
    """A folder that is gone afterwards."""
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="lifeboat-standards-")
        return self.folder

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def read_data(path):
    """JSON, or `const name = JSON;`"""
    text = open(path, encoding="utf-8").read()
    if path.endswith(".js"):
        match = re.fullmatch(r"const [A-Za-z]+ = (.*);\n", text, re.S)
        assert match, path
        text = match.group(1)
    return json.loads(text)


def data_files(package):
    """(path, name of its schema) of every data file."""
    yield "lifeboat.json", "package"
    if os.path.exists(package + "/data/provenance/plan.json"):
        yield "data/provenance/plan.json", "plan"
    for path in sorted(glob.glob(package + "/data/metadata/*.js")):
        yield os.path.relpath(path, package), os.path.basename(path)[:-3]
    for path in sorted(glob.glob(package + "/data/metadata/photos/*.js")):
        yield os.path.relpath(path, package), "photo"


def pointer(parts):
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
