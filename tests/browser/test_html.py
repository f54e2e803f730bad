"""The Nu HTML checker finds no error in any kind of page, nor in those for errors."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Fetch
from tests.browser.pages import EXAMPLES
from tests.processes import ROOT

# Shown when nothing else works, so they are HTML as they are.
ERROR_PAGES = tuple(ROOT / "templates" / name for name in ("400.html", "500.html", "503.html"))


def test_the_nu_html_checker_finds_no_error(
    fetch: Fetch, nu_html_checker: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses: dict[str, str] = {}
    for number, example in enumerate(EXAMPLES):
        file = tmp_path / f"{number:02}.html"
        file.write_text(fetch(example.address)[1])
        addresses[file.name] = example.address
    for file in ERROR_PAGES:
        addresses[file.name] = file.name
    messages = _check(nu_html_checker, [*sorted(tmp_path.glob("*.html")), *ERROR_PAGES])
    described = [(message, _described(message, addresses)) for message in messages]
    warnings = [text for message, text in described if message.get("subType") == "warning"]
    with capsys.disabled():
        print("".join(f"\nHTML warning: {text}" for text in warnings))
    errors = [text for message, text in described if message["type"] != "info"]
    assert not errors, "\n".join(errors)


def _check(command: list[str], files: list[Path]) -> list[dict[str, Any]]:
    options = ["--stdout", "--format", "json", "--exit-zero-always"]
    run = subprocess.run([*command, *options, *map(str, files)], capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout)["messages"])


def _described(message: dict[str, Any], addresses: dict[str, str]) -> str:
    """Where it is, what is wrong, and the source around it."""
    address = addresses.get(Path(message.get("url", "")).name, "?")
    return f"{address} line {message.get('lastLine')}: {message['message']}\n    {message.get('extract', '').strip()}"
