#!/usr/bin/env python3
"""Packages that prove the rules of spec/10-verification.md: each breaks one rule, or keeps it in a way that is easily missed.

    run.py --program build/release/lifeboat              verify them all: "N passed, N failed"
    run.py --program build/release/lifeboat --make OUT   only write them: OUT/RULE-NAME/package[.zip|.tar] and expect.json
    run.py --list                                        name them
    run.py --check                                       is the list whole? Prints what is not

`--only WORD` takes those with WORD in rule or name. Cases are in the other files of this folder, one an area."""
import argparse
import glob
import importlib.util
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from kit import base, case, convert, judge  # noqa: E402 (the path first)

CHAPTER = os.path.join(HERE, "..", "10-verification.md")
ROOT = os.path.join(HERE, "..", "..")
SAMPLES = os.path.join(ROOT, "samples")


def load_areas():
    for path in sorted(glob.glob(os.path.join(HERE, "*.py"))):
        name = os.path.splitext(os.path.basename(path))[0]
        if name == "run":
            continue
        spec = importlib.util.spec_from_file_location("cases_" + name, path)  # not by name: there is a `profile` in the library
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


class Run:
    """What the processes share: made before they are forked."""
    def __init__(self, program, where, rules):
        self.program, self.where, self.rules = program, where, rules
        self.bases = base.Bases(os.path.join(where, "bases"), program, SAMPLES)

    def place(self, one, out):
        return os.path.join(out, case.folder_of(one), "package" + case.suffix_of(one.base))

    def make(self, one, out):
        package = self.place(one, out)
        os.makedirs(os.path.dirname(package))
        self.bases.make(one, package)
        return package

    def prove(self, number):
        one = case.cases[number]
        try:
            package = self.make(one, os.path.join(self.where, "cases"))
            wrong = judge.judge(one, self.rules, self.bases.standing(one.base), self.program, package)
            shutil.rmtree(os.path.dirname(package))
        except Exception:  # a case that cannot be made is a failure with a name
            wrong = [traceback.format_exc()]
        return number, wrong

    def write(self, one, out):
        self.make(one, out)
        expected = judge.expectation(one, self.rules, self.bases.standing(one.base))
        with open(os.path.join(out, case.folder_of(one), "expect.json"), "w", encoding="utf-8") as file:
            json.dump(expected, file, ensure_ascii=False, indent=2)
            file.write("\n")


run = None


def prove(number):
    return run.prove(number)


def report(name, words, wrong):
    if wrong:
        print("not proved: %s (%s)" % (name, words))
        print("".join("    %s\n" % line for text in wrong for line in text.splitlines()), end="")
    return not wrong


def same_as_packed(where):
    """The program must pack a lifeboat into the very bytes that the kit makes of chapter 9."""
    for kind in base.CONTAINERS:
        for name in base.PHOTOS:
            out = os.path.join(where, "%s.%s" % (name, kind))
            packed = judge.pack(run.program, os.path.join(run.bases.where, name), out)
            with open(out, "rb") as file:
                same = file.read() == run.bases.container("%s %s" % (name, kind)).build()
            yield "pack %s %s" % (name, kind), packed or ([] if same else ["packed into other bytes than chapter 9 says"])


def converted(where):
    """Packages of the Flickr Foundation become lifeboats that tell the same of every photo."""
    for name in (*base.LAYOUTS, "bagged"):
        yield "convert %s" % name, convert.faults(run.program, os.path.join(run.bases.where, name), os.path.join(where, "converted " + name))
    zipped = os.path.join(where, "paths.zip")
    with open(zipped, "wb") as file:
        file.write(run.bases.container("paths zip").build())
    yield "convert paths zip", convert.faults(run.program, zipped, os.path.join(where, "converted zip"))


def prove_all(numbers, where, whole):
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        results = pool.map(prove, numbers, chunksize=1)
    good = [report(case.folder_of(case.cases[number]), case.cases[number].words, wrong) for number, wrong in results]
    if whole:
        good += [report(name, "chapter 9", wrong) for name, wrong in same_as_packed(where)]
        good += [report(name, "chapter 12", wrong) for name, wrong in converted(where)]
    print("%d passed, %d failed" % (sum(good), len(good) - sum(good)))
    return all(good) and good != []


def show_list():
    for one in case.cases:
        print("%-40s %-14s %s%s" % (case.folder_of(one), one.base, "accepted: " if one.accepted else "", one.words))
    for one in case.unprovables:
        print("%-40s %-14s %s (%s)" % (one.rule, "-", one.why, one.test))


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", help="the lifeboat program")
    parser.add_argument("--make", metavar="OUT", help="write the cases into the new folder OUT")
    parser.add_argument("--list", action="store_true", help="name the cases")
    parser.add_argument("--check", action="store_true", help="print what is wrong with the list")
    parser.add_argument("--only", default="", metavar="WORD", help="only cases with this in their rule or name")
    chosen = parser.parse_args()
    if not (chosen.program or chosen.list or chosen.check):
        parser.error("--program, --list or --check is needed")
    if chosen.program and not shutil.which(chosen.program):
        parser.error("there is no program %s" % chosen.program)
    if chosen.make and os.path.exists(chosen.make):
        parser.error("%s is there already" % chosen.make)
    return chosen


def main():
    global run
    chosen = options()
    load_areas()
    rules = case.rules(CHAPTER)
    if chosen.list:
        return show_list()
    if chosen.check:
        wrong = list(case.check_list(rules, ROOT))
        print("".join(line + "\n" for line in wrong), end="")
        return bool(wrong)
    numbers = [i for i, one in enumerate(case.cases) if chosen.only in case.folder_of(one)]
    with tempfile.TemporaryDirectory(prefix="cases-") as where:
        run = Run(os.path.abspath(shutil.which(chosen.program)), where, rules)
        if not chosen.make:
            return not prove_all(numbers, where, chosen.only == "")
        for number in numbers:
            run.write(case.cases[number], chosen.make)
        print("%d cases in %s" % (len(numbers), chosen.make))
    return 0


if __name__ == "__main__":
    sys.exit(main())
