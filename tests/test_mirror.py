"""Tests follow the folders of the code: a module has a test file of its name in the mirrored folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Packages whose every module has its test file.
MIRRORED = ("fitpages",)
# Modules without one, each with its reason.
EXCEPTIONS = {
    "fitpages/apps.py": "registers the app; Django refuses to start without it",
    "fitpages/urls.py": "a list of addresses; test_addresses.py holds it to the addresses that pages link",
}


def missing(root: Path, package: str) -> list[str]:
    """The modules of a package that have neither a test file of their name nor a reason to have none."""
    modules = (path.relative_to(root) for path in sorted((root / package).rglob("*.py")))
    return [
        str(module)
        for module in modules
        if _is_tested(module) and not (root / "tests" / module.parent / f"test_{module.name}").is_file()
    ]


def _is_tested(module: Path) -> bool:
    """Whether a module needs a test file: packages that only have a docstring and migrations do not."""
    return module.name != "__init__.py" and "migrations" not in module.parts and str(module) not in EXCEPTIONS


@pytest.mark.parametrize("package", MIRRORED)
def test_every_module_has_a_test_file_of_its_name(package: str) -> None:
    assert missing(ROOT, package) == []


def test_every_exception_is_a_module_that_has_no_test_file() -> None:
    for module in map(Path, EXCEPTIONS):
        assert (ROOT / module).is_file(), module
        assert not (ROOT / "tests" / module.parent / f"test_{module.name}").exists(), module


def test_every_test_file_in_a_mirrored_folder_is_in_a_folder_that_the_code_has() -> None:
    for package in MIRRORED:
        folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests" / package).rglob("test_*.py")}
        assert [str(folder) for folder in folders if not (ROOT / folder).is_dir()] == []


def test_a_module_without_a_test_file_is_seen_however_deep(tmp_path: Path) -> None:
    for name in ("fit/one.py", "fit/deep/two.py", "fit/deep/__init__.py", "fit/migrations/0001.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert missing(tmp_path, "fit") == ["fit/deep/two.py", "fit/one.py"]
    for name in ("tests/fit/test_one.py", "tests/fit/test_two.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert missing(tmp_path, "fit") == ["fit/deep/two.py"], "a test file in another folder does not count"
