"""The list of cases: what each one breaks, and what a program that verifies must then say."""
import collections
import os
import re

Case = collections.namedtuple("Case", "rule name words base change path also without severity accepted options")
Unprovable = collections.namedtuple("Unprovable", "rule why test")
Rule = collections.namedtuple("Rule", "id severity level text")

UNPROVABLE_MAX = 5

cases = []
unprovables = []


def _add(function, rule, base, path, also, without, severity, accepted, options):
    name = function.__name__.replace("_", "-")
    words = (function.__doc__ or "").strip()
    if not words:
        raise ValueError("the case %s does not say in words what it is" % name)
    cases.append(Case(rule, name, words, base, function, path, dict(also or {}), frozenset(without), severity, accepted,
                      tuple(options)))
    return function


def case(rule, base, path=None, also=None, without=(), severity=None, options=()):
    """A package that breaks `rule`. `path`: where the finding must be. `also`: other findings that follow, each rule with the
    reason; whatever is not named here must not be found. `without`: what is found in the base, and not any more. `severity`: where
    it is not that of the table. `options`: of verify; "@NAME" is a file beside the package (p.beside)."""
    return lambda function: _add(function, rule, base, path, also, without, severity, False, options)


def good(rule, base, also=None, without=(), options=()):
    """A package that keeps `rule`, although a careless program may think otherwise: nothing is found in it but `also`."""
    return lambda function: _add(function, rule, base, None, also, without, None, True, options)


def unprovable(rule, why, test):
    """No package by itself can break the rule; a test of the program does. `test`: FILE:NAME."""
    unprovables.append(Unprovable(rule, why, test))


def rules(chapter):
    """The table of chapter 10: id → Rule."""
    row = re.compile(r"^\| `([A-Z]+-\d+)` \| (\w+) \| (\w+) \| (.*) \|$")
    with open(chapter, encoding="utf-8") as file:
        found = [Rule(*match.groups()) for match in map(row.match, file) if match]
    return {rule.id: rule for rule in found}


def folder_of(one):
    return "%s-%s" % (one.rule, one.name)


def suffix_of(base):
    kind = base.rpartition(" ")[2]
    return "." + kind if kind in ("zip", "tar") else ""


def _text(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def check_list(known, root):
    """What is wrong with the list itself, a line each. `root`: of the project, for the tests that are named."""
    names = collections.Counter(folder_of(one) for one in cases)
    yield from ("two cases are called %s" % name for name, count in names.items() if count > 1)
    for one in cases:
        for rule in [one.rule, *one.also]:
            if rule not in known:
                yield "%s: there is no rule %s" % (folder_of(one), rule)
    for one in unprovables:
        file, _, test = one.test.partition(":")
        text = _text(os.path.join(root, file))
        if not re.search(r"(START_TEST\(|@test \")%s\b" % re.escape(test), text):
            yield "%s: there is no test %s in %s" % (one.rule, test, file)
    if len(unprovables) > UNPROVABLE_MAX:
        yield "%d rules are called unprovable: more than %d" % (len(unprovables), UNPROVABLE_MAX)
    proved = {one.rule for one in cases if not one.accepted} | {one.rule for one in unprovables}
    yield from ("%s: no case breaks it" % rule for rule in known if rule not in proved)
