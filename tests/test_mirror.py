"""Tests follow the folders of the code: a module has a test file of its name in the mirrored folder."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Packages whose every module has its test file.
MIRRORED = ("fit", "catalog", "fitpages")
# Modules without one: where they are tested, or why they need no test.
EXCEPTIONS = {
    "fit/architecture.py": "tests/fit/test_architecture_document.py",
    "fit/mixers.py": "tests/fit/test_architecture_document.py",
    "fit/mixer_tensors.py": "tests/fit/test_weights.py",
    "fit/tensor.py": "tests/fit/test_weights.py",
    "fit/tensors.py": "tests/fit/test_weights.py",
    "catalog/admin/artifacts.py": "tests/catalog/test_admin.py",
    "catalog/admin/benchmarks.py": "tests/catalog/test_admin_benchmarks.py",
    "catalog/admin/as_sent.py": "tests/catalog/admin/test_history_pages.py",
    "catalog/admin/many_at_once.py": "tests/catalog/test_reasons.py",
    "catalog/admin/conflict.py": "tests/catalog/admin/test_stale_forms.py",
    "catalog/admin/record_form.py": "tests/catalog/admin/test_stale_forms.py",
    "catalog/admin/gpus.py": "tests/catalog/test_admin.py",
    "catalog/admin/language_models.py": "tests/catalog/test_admin.py",
    "catalog/admin/markets.py": "tests/catalog/test_admin.py",
    "catalog/admin/records.py": "tests/catalog/test_admin.py",
    "catalog/default_quant.py": "tests/catalog/admin/test_quants.py",
    "catalog/backup/of_postgresql.py": "tests/catalog/backup/test_database.py",
    "catalog/backup/of_sqlite.py": "tests/catalog/backup/test_database.py",
    "catalog/interchange/loaded_as.py": "tests/catalog/interchange/test_export.py",
    "catalog/interchange/matching_rows.py": "tests/catalog/interchange/test_collisions.py",
    "catalog/interchange/mixed_rows.py": "tests/catalog/interchange/test_collisions.py",
    "catalog/interchange/parking.py": "tests/catalog/interchange/test_collisions.py",
    "catalog/interchange/snapshot_of_database.py": "tests/catalog/interchange/test_export.py",
    "catalog/management/commands/backup.py": "tests/catalog/backup/test_database.py",
    "catalog/management/commands/restore.py": "tests/catalog/backup/test_database.py",
    "catalog/management/solver.py": "tests/catalog/test_calibrate.py",
    "catalog/management/commands/calibrate.py": "tests/catalog/test_calibrate.py",
    "catalog/management/commands/export_catalog.py": "tests/catalog/test_commands.py",
    "catalog/management/commands/load_catalog.py": "tests/catalog/test_commands.py",
    "catalog/models/artifact.py": "tests/catalog/test_artifacts.py",
    "catalog/models/board_score.py": "tests/catalog/test_markets.py",
    "catalog/models/benchmark.py": "tests/catalog/test_benchmarks.py",
    "catalog/models/gpu.py": "tests/catalog/test_models.py",
    "catalog/models/language_model.py": "tests/catalog/test_models.py",
    "catalog/models/pick.py": "tests/catalog/test_markets.py",
    "catalog/models/popularity.py": "tests/catalog/test_markets.py",
    "catalog/models/price.py": "tests/catalog/test_markets.py",
    "catalog/models/quant.py": "tests/catalog/test_quants.py",
    "catalog/models/record.py": "tests/catalog/test_models.py",
    "catalog/models/repository.py": "tests/catalog/test_artifacts.py",
    "catalog/models/retired_slug.py": "tests/catalog/test_former_addresses.py",
    "catalog/models/revision.py": "tests/catalog/test_snapshot.py",
    "catalog/apps.py": "registers the app; Django refuses to start without it",
    "catalog/public_states.py": "tests/catalog/test_changes_told.py",
    "catalog/recent_changes.py": "tests/catalog/test_changes_read.py",
    "catalog/markdown.py": "tests/catalog/test_models.py",
    "catalog/public_past.py": "tests/catalog/test_former_addresses.py",
    "catalog/published.py": "tests/catalog/test_snapshot_contents.py",
    "catalog/published_measurements.py": "tests/catalog/test_snapshot_contents.py",
    "catalog/short_figures.py": "tests/fitpages/text/test_figures.py",
    "catalog/reading.py": "tests/catalog/test_snapshot.py",
    "catalog/signals.py": "tests/catalog/test_snapshot.py",
    "fitpages/pages/card/asked.py": "tests/fitpages/pages/card/test_page.py",
    "fitpages/pages/card/lines.py": "tests/fitpages/pages/card/test_all_models.py",
    "fitpages/matching/runs.py": "tests/fitpages/matching/test_picks.py",
    "fitpages/matching/wanted.py": "tests/fitpages/matching/test_picks.py",
    "fitpages/apps.py": "registers the app; Django refuses to start without it",
    "fitpages/pages/common/nearest.py": "tests/fitpages/pages/test_not_found.py",
    "fitpages/pages/home/often.py": "tests/fitpages/pages/home/test_page.py",
    "fitpages/pages/home/machine_plot.py": "tests/fitpages/pages/home/test_page.py",
    "fitpages/pages/home/trust.py": "tests/fitpages/pages/home/test_page.py",
    "fitpages/urls.py": "tests/fitpages/test_addresses.py",
    "fitpages/desk/effects/asked.py": "tests/fitpages/desk/effects/test_views.py",
    "fitpages/desk/urls.py": "tests/fitpages/desk/preview/test_views.py",
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


def test_every_place_that_an_exception_names_is_there() -> None:
    places = [place for place in EXCEPTIONS.values() if place.startswith("tests/")]
    assert [place for place in places if not (ROOT / place).is_file()] == []


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
