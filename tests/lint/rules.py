#!/usr/bin/env python3
"""Lints about rules: the table of rules, the chapters and the cases tell of the same. `rules.py NAME`, one of the functions at
the end; prints what is wrong, nothing when all is well."""
import glob
import re
import subprocess
import sys

# Rules of these prefixes are all cited where the format is described. A prefix joins when its chapters are complete.
CITED = "METS ZIP TAR BAG LB PRF"
TABLE = "spec/10-verification.md"
IDS = re.compile(r"\[([A-Z]+-\d{3}(?:, [A-Z]+-\d{3})*)\]")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def rules():
    return re.findall(r'^\t\{"([A-Z]+-\d+)"', read("format/verify/rules.c"), re.M)


def chapters():
    """The numbered chapters, without the rows of the table."""
    for path in sorted(glob.glob("spec/[0-9]*.md")):
        yield path, re.sub(r"^\| `[A-Z]+-\d+` \|.*$", "", read(path), flags=re.M)


def cited_in(text):
    return [rule for group in IDS.findall(text) for rule in group.split(", ")]


def uncited(prefixes=None):
    """Rules that no chapter cites, as [LB-010]."""
    cited = {rule for _, text in chapters() for rule in cited_in(text)}
    for rule in rules():
        if rule not in cited and (prefixes is None or rule.split("-")[0] in prefixes):
            yield "%s: no numbered chapter of spec/ cites it as [%s]" % (rule, rule)


def unknown():
    """Ids in brackets that are no rule's."""
    known = set(rules())
    for path in sorted(glob.glob("spec/*.md")):
        for number, line in enumerate(read(path).splitlines(), 1):
            for rule in cited_in(line):
                if rule not in known:
                    yield "%s:%d: there is no rule %s" % (path, number, rule)


def sentences(text):
    """Of paragraphs, items of lists and rows of tables. An id behind the full stop belongs to the sentence before it."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for block in re.split(r"\n\s*\n|\n(?=\s*[*|-] ?)", text):
        flat = " ".join(block.split())
        yield from re.split(r"(?<=[.:;]) (?![\[(])|(?<=\]) (?=[A-Z])", flat)


def unproved():
    """Sentences with MUST that no rule stands behind."""
    for path, text in chapters():
        for sentence in sentences(text):
            if re.search(r"\bMUST\b", sentence) and not IDS.search(sentence):
                yield "%s: no rule is cited: %s" % (path, sentence[:120])


def cases():
    """Every rule has a case, every case a rule."""
    run = subprocess.run([sys.executable, "spec/cases/run.py", "--check"], capture_output=True, text=True)
    yield from (run.stdout + run.stderr).splitlines()


def cited():
    return uncited(CITED.split())


LINTS = {"cases": cases, "cited": cited, "unknown": unknown, "unproved": unproved, "uncited": uncited}

if __name__ == "__main__":
    for fault in LINTS[sys.argv[1]]():
        print(fault)
