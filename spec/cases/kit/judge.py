"""What must be found in the package of a case, and whether a program finds it."""
import json
import os
import subprocess

LEVELS = ("structure", "completeness", "fixity", "schema", "consistency")


def expectation(one, rules, standing):
    """expect.json (chapter 10)."""
    severities = {rule: rules[rule].severity for rule in {*one.also, *standing} - one.without}
    if not one.accepted:
        severities[one.rule] = one.severity or rules[one.rule].severity
    return {
        "rule": one.rule, "broken": not one.accepted, "severity": severities.get(one.rule), "level": rules[one.rule].level,
        "path": one.path, "options": one.options, "words": one.words,
        "errors": sorted(rule for rule, severity in severities.items() if severity == "error"),
        "others": sorted(rule for rule, severity in severities.items() if severity != "error"),
        "also": one.also,
    }


class Verdict:
    def __init__(self, findings, summary):
        self.findings, self.summary = findings, summary

    def rules(self, *severities):
        return sorted({f["rule"] for f in self.findings if f["severity"] in severities})

    def of(self, rule):
        return [f for f in self.findings if f["rule"] == rule]


def verify(program, package, options, levels=None):
    """A Verdict, or a string that says why there is none."""
    command = [program, "verify", "--json", "-q", "--progress", "none", package]
    command += [os.path.join(os.path.dirname(package), word[1:]) if word.startswith("@") else word for word in options]
    command += ["--levels", ",".join(levels)] if levels else []
    try:
        run = subprocess.run(command, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "verify did not come to an end"
    lines = [json.loads(line) for line in run.stdout.decode("utf-8", "replace").splitlines()]
    summary = lines[-1] if lines else {}
    if run.returncode not in (0, 4) or summary.get("type") != "summary":
        return "verify ended with status %d: %s %s" % (run.returncode, lines[-1:], run.stderr.decode("utf-8", "replace").strip())
    if summary["valid"] != (run.returncode == 0):
        return "status %d, but valid is %s" % (run.returncode, summary["valid"])
    return Verdict([line for line in lines if line["type"] == "finding"], summary)


def faults(expected, verdict):
    """What the verdict has in other than the expected form, a line each."""
    errors, others = verdict.rules("error"), verdict.rules("warning", "info")
    if errors != expected["errors"]:
        yield "errors: expected %s, found %s" % (expected["errors"], errors)
    if others != expected["others"]:
        yield "warnings and infos: expected %s, found %s" % (expected["others"], others)
    if verdict.summary["valid"] != (not expected["errors"]):
        yield "valid is %s" % verdict.summary["valid"]
    if not expected["broken"]:
        return
    told = verdict.of(expected["rule"])
    if any(f["severity"] != expected["severity"] for f in told):
        yield "%s must be of severity %s" % (expected["rule"], expected["severity"])
    if expected["path"] and expected["path"] not in [f["path"] for f in told]:
        yield "%s must be about %s" % (expected["rule"], expected["path"])


def level_faults(program, package, expected):
    """The rule is told when its level alone is asked for, and not without it."""
    rule, level = expected["rule"], expected["level"]
    alone = verify(program, package, expected["options"], [level])
    if isinstance(alone, str) or not alone.of(rule):
        yield "not found with --levels %s" % level
    if level == "structure":
        return
    without = verify(program, package, expected["options"], [other for other in LEVELS if other != level])
    if isinstance(without, str) or without.of(rule):
        yield "found although its level, %s, was not asked for" % level


def judge(one, rules, standing, program, package):
    expected = expectation(one, rules, standing)
    verdict = verify(program, package, one.options)
    if isinstance(verdict, str):
        return [verdict]
    wrong = list(faults(expected, verdict))
    if wrong:
        wrong += ["found: %(rule)s %(severity)s %(path)s: %(message)s" % f for f in verdict.findings[:20]]
    elif expected["broken"]:
        wrong += level_faults(program, package, expected)
    return wrong


def pack(program, package, out):
    """What went wrong when packing, as a list."""
    run = subprocess.run([program, "pack", "-q", "--progress", "none", package, "-o", out], capture_output=True, text=True)
    return [] if run.returncode == 0 else [run.stdout + run.stderr]
