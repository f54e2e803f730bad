"""The licence of every package is listed, and those of the site let it be distributed."""

import json
from importlib.metadata import Distribution, version
from pathlib import Path

import pytest

from tests.supply import licences
from tests.supply.pins import DEVELOPMENT, pinned


def test_the_page_lists_what_is_installed() -> None:
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "make licences"


def test_what_is_installed_is_what_is_pinned() -> None:
    here = [pin for pin in pinned(DEVELOPMENT) if pin.is_for_here]
    assert [(pin.name, version(pin.name)) for pin in here] == [(pin.name, pin.version) for pin in here]


def test_the_site_runs_with_nothing_that_forbids_to_distribute_it() -> None:
    packages = licences.runtime()
    assert len(packages) >= 10
    assert [package for package in packages if not licences.is_compatible(package.licence)] == []


def test_every_package_states_its_licence() -> None:
    packages = [*licences.runtime(), *licences.development(), *licences.browser_tests()]
    assert [package for package in packages if package.licence == licences.NOT_STATED] == []


def test_packages_of_other_platforms_are_pinned() -> None:
    assert {pin.name for pin in pinned(DEVELOPMENT)} >= licences.ELSEWHERE.keys()


@pytest.mark.parametrize(
    ("licence", "compatible"),
    [
        ("MIT", True),
        ("MIT AND PSF-2.0", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND GPL-3.0-only", False),
        ("AGPL-3.0-only OR SSPL-1.0", False),
        ("MIT License, GNU Affero General Public License v3", False),
        (licences.NOT_STATED, False),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_all_its_parts(licence: str, compatible: bool) -> None:
    assert licences.is_compatible(licence) is compatible


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT\nLicense: other", "MIT"),
        ("Classifier: License :: OSI Approved :: MIT License\nLicense: other", "MIT License"),
        ("License: BSD-3-Clause", "BSD-3-Clause"),
        ("Classifier: Framework :: Django", "not stated"),
        ("License: Permission is hereby granted, free of charge, to any person", "not stated"),
    ],
)
def test_what_a_package_states_is_read(tmp_path: Path, metadata: str, licence: str) -> None:
    (tmp_path / "METADATA").write_text(f"Name: a\n{metadata}\n")
    assert licences.stated(Distribution.at(tmp_path)) == licence


def test_a_lock_of_npm_is_read_with_packages_within_packages(tmp_path: Path) -> None:
    inner = {"version": "2", "license": "ISC"}
    packages = {"": {}, "node_modules/a": {"version": "1"}, "node_modules/a/node_modules/@b/c": inner}
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))
    assert licences.browser_tests(tmp_path) == [("a", "1", "not stated"), ("@b/c", "2", "ISC")]
