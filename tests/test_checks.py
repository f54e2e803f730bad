"""What is checked before a commit is what `make check` checks."""

import re

from tests.processes import ROOT


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_hooks_before_a_commit_are_the_parts_of_make_check() -> None:
    parts = re.search(r"^check: (.+)$", _text("Makefile"), re.MULTILINE)
    assert parts is not None
    hooks = re.findall(r"^ +entry: make (\S+)$", _text(".pre-commit-config.yaml"), re.MULTILINE)
    assert sorted(hooks) == sorted(parts[1].split())


def test_each_part_of_make_check_runs_alone() -> None:
    makefile = _text("Makefile")
    tools = {"style": "ruff format --check", "templates": "djlint", "migrations": "makemigrations", "types": "mypy"}
    for part, tool in tools.items():
        rule = makefile.partition(f"\ncheck-{part}: ")[2].partition("\n\n")[0]
        assert tool in rule


def test_python_is_the_same_wherever_its_version_is_named() -> None:
    version = _text(".python-version").strip()
    project = _text("pyproject.toml")
    assert f'requires-python = ">={version}"' in project
    assert f'target-version = "py{version.replace(".", "")}"' in project
    assert f'python_version = "{version}"' in project
    assert f"Python {version} or later" in _text("README.md")
    assert f"Python {version} or later" in _text("Makefile")


def test_ci_runs_the_checks_the_audit_a_short_attack_and_all_tests_and_nothing_else() -> None:
    commands = [line for line in _text(".ci/run").splitlines() if line.startswith("make")]
    others = {"set -euo pipefail", 'cd "$(dirname "$0")/.."', *commands}
    attack = "make test-hostile REQUESTS=500 ONLY=fuzz"
    assert commands == ["make check", "make audit", attack, "make test-postgres", "make test"]
    assert {line for line in _text(".ci/run").splitlines() if not line.startswith("#")} == others
