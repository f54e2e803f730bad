"""Every version is pinned with the hashes of its files, and nothing says from where they come."""

import json
import re
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.processes import ROOT
from tests.supply.pins import DEVELOPMENT, RUNTIME, Pin, asked, pinned

FILES = (RUNTIME, DEVELOPMENT)
# An address, a folder of a machine, or a choice of an index.
PLACE = re.compile(r"://|(^|\s)/\w|--(extra-)?index|--find-links|--trusted-host|\w\.(org|com|net|io)\b")


@pytest.mark.parametrize("name", FILES)
def test_every_version_has_the_hashes_of_its_files(name: str) -> None:
    pins = pinned(name)
    assert len({pin.name for pin in pins}) == len(pins) >= len(asked(name))
    for pin in pins:
        assert pin.version, pin
        assert pin.hashes, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", text) for text in pin.hashes), pin


@pytest.mark.parametrize("name", FILES)
def test_what_is_asked_for_is_pinned_at_a_version_that_will_do(name: str) -> None:
    versions = {pin.name: pin.version for pin in pinned(name)}
    for requirement in asked(name):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_pinned_that_is_not_asked_for_any_more(name: str) -> None:
    names = {canonicalize_name(requirement.name) for requirement in [*asked(RUNTIME), *asked(name)]}
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    wanted = re.findall(r"^([\w-]+)==.*?\n((?: .*\n)+)", text, re.MULTILINE)
    assert {wanted_name for wanted_name, because in wanted if "-r requirements" in because} == names


def test_the_site_runs_with_the_same_versions_as_its_tests() -> None:
    assert set(pinned(RUNTIME)) <= set(pinned(DEVELOPMENT))


def test_the_files_are_for_every_python_and_platform() -> None:
    (driver,) = (pin for pin in pinned(RUNTIME) if pin.name == "psycopg-binary")
    assert len(driver.hashes) > 40, "wheels of Python 3.11 and later for Linux, macOS and Windows"
    (zones,) = (pin for pin in pinned(RUNTIME) if pin.name == "tzdata")
    assert not zones.is_for_here, "only Windows has no time zones of its own"


@pytest.mark.parametrize("name", ["requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt"])
def test_no_place_is_named_from_which_packages_come(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if PLACE.search(line)] == []


@pytest.mark.parametrize(
    "line",
    ["--index-url https://a.example/simple", "-c /srv/c.txt", "--find-links wheels", "# from packages.example.org"],
)
def test_a_place_is_noticed(line: str) -> None:
    assert PLACE.search(line)


def test_the_lock_of_npm_has_hashes_and_no_place() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    modules = {name: package for name, package in packages.items() if name}
    assert modules
    assert all(package["integrity"].startswith("sha512-") for package in modules.values())
    assert not any("resolved" in package for package in modules.values())
    assert (ROOT / ".npmrc").read_text(encoding="utf-8") == "omit-lockfile-registry-resolved=true\n"


def test_each_requirement_says_why() -> None:
    for name in FILES:
        text = (ROOT / f"{name}.in").read_text(encoding="utf-8")
        first = text.partition("\n\n")[2].splitlines()[0]
        assert first.startswith("# "), name


def test_installations_insist_on_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installations = re.findall(r"^.*pip install.*$", makefile, re.MULTILINE)
    assert installations
    assert all("--require-hashes" in line for line in installations)


def test_a_file_is_read_with_its_hashes_and_markers(tmp_path: Path) -> None:
    first = "# why\nA_b==1.0 \\\n    --hash=sha256:1 \\\n    --hash=sha256:2\n    # via c\n"
    text = f"{first}d==2 ; sys_platform == 'no'\ne>=3\n"
    (tmp_path / "x.txt").write_text(text)
    assert pinned("x", tmp_path) == [
        Pin("a-b", "1.0", True, ("sha256:1", "sha256:2")),
        Pin("d", "2", False, ()),
        Pin("e", "", True, ()),
    ]
