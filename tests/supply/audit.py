"""`make audit`: asks pip-audit and npm whether the pinned versions have known vulnerabilities.

Ends with 1 where one is reported, with 2 where a tool failed by itself, with 0 otherwise. No answer is not a good
answer: what could not be asked is counted and said, and of these versions nothing is claimed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.processes import ROOT
from tests.supply.licences import browser_tests
from tests.supply.pins import DEVELOPMENT, pinned

PATIENCE_S = 120
PYTHON = [sys.executable, "-m", "pip_audit", "--requirement", f"{DEVELOPMENT}.txt", "--require-hashes", "--disable-pip"]
PYTHON += ["--progress-spinner", "off", "--timeout", "5", "--desc", "off", "--format", "json"]
NPM = ["npm", "audit", "--json"]
# How pip-audit ends where a service did not answer, or not as it should.
NO_SERVICE = re.compile(r"^requests\.exceptions\.(\w+)|(Could not connect|not redirecting properly)|ServiceError", re.M)


class Answer(NamedTuple):
    """What came back about so many versions; `no_answer` says why nothing did about the others."""

    answered: int
    vulnerable: tuple[str, ...] = ()
    no_answer: str = ""


class ToolFailed(Exception):
    """It did not get as far as asking."""


def main() -> int:
    here = [pin for pin in pinned(DEVELOPMENT) if pin.is_for_here]
    audits = (
        ("Python packages", len(here), PYTHON, read_pip_audit),
        ("npm packages", len(browser_tests()), NPM, read_npm),
    )
    return max(audit(*each) for each in audits)


def audit(what: str, versions: int, command: Sequence[str], read: "Reader") -> int:
    """Ask about so many versions, say what came of it, and give the exit code."""
    try:
        answer = _ask(command, read)
    except ToolFailed as failure:
        print(f"{what}: the audit failed before it could ask: {failure}")
        return 2
    print("\n".join(sentences(what, versions, answer)))
    return 1 if answer.vulnerable else 0


def _ask(command: Sequence[str], read: "Reader") -> Answer:
    try:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    except FileNotFoundError as error:
        raise ToolFailed(f"{command[0]} is not here") from error
    except subprocess.TimeoutExpired:
        return Answer(0, no_answer=f"no answer within {PATIENCE_S} seconds")
    return read(_document(ended.stdout), ended.stderr)


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


Reader = Callable[[dict[str, Any], str], Answer]


def read_pip_audit(document: dict[str, Any], errors: str) -> Answer:
    """It calls skipping no failure: where it skipped every package it says "No known vulnerabilities found"."""
    if "dependencies" not in document:
        if trouble := NO_SERVICE.search(errors):
            return Answer(0, no_answer=trouble[1] or trouble[2] or "the service failed")
        raise ToolFailed(_last_line(errors))
    packages = document["dependencies"]
    skipped = [package for package in packages if "skip_reason" in package]
    vulnerable = (
        f"{package['name']} {package['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}"
        for package in packages
        for fault in package.get("vulns", ())
    )
    reason = "the service does not have them" if skipped else ""
    return Answer(len(packages) - len(skipped), tuple(vulnerable), reason)


def read_npm(document: dict[str, Any], errors: str) -> Answer:
    """It answers about all packages of the lock or about none."""
    if "vulnerabilities" in document:
        faults = (f"{name}: {fault['severity']}" for name, fault in document["vulnerabilities"].items())
        return Answer(len(browser_tests()), tuple(faults))
    if "message" in document:
        return Answer(0, no_answer=str(document.get("statusCode") or "the service cannot be reached"))
    raise ToolFailed(document.get("error", {}).get("summary") or _last_line(errors))


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2] or "it wrote nothing"


def sentences(what: str, versions: int, answer: Answer) -> list[str]:
    """What came of an audit: what is reported, what is not, and of how many versions nothing is clear."""
    lines = [f"VULNERABLE: {fault}" for fault in answer.vulnerable]
    if answer.answered and not lines:
        lines.append(f"{what}: no vulnerability is reported for {answer.answered} of {versions} versions.")
    if unasked := versions - answer.answered:
        why = answer.no_answer or "they were left out"
        lines.append(f"{what}: could not ask about {unasked} of {versions} versions ({why}).")
        lines.append(f"{what}: nothing is known about these {unasked}; this is not to say that they are safe.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
