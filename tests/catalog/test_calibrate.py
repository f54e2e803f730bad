"""The command that fits the constants to the catalog's benchmarks."""

import builtins
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Benchmark
from fit.calibration.decode import NOTHING
from fit.speed_constants import PATH, read


@pytest.mark.django_db
class TestCommand:
    def run(self, *arguments: object) -> str:
        printed = StringIO()
        call_command("calibrate", *arguments, stdout=printed)
        return printed.getvalue()

    @pytest.fixture(autouse=True)
    def _few(self) -> None:
        """Two cards' measurements are enough here."""
        Benchmark.objects.exclude(gpu__slug__in=["rtx-3090", "rtx-5090"]).delete()

    def test_it_writes_where_it_is_told(self, tmp_path: Path) -> None:
        shipped = PATH.read_bytes()
        path = tmp_path / "constants.json"
        printed = self.run("--to", str(path))
        assert printed.endswith(f"Written to {path}. Restart the servers to use it.\n")
        assert "class nvidia-gddr" in printed
        constants = read(json.loads(path.read_text(encoding="utf-8")))
        assert set(constants.classes) == {"nvidia-gddr"}
        assert PATH.read_bytes() == shipped

    def test_a_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "constants.json"
        assert "class nvidia-gddr" in self.run("--to", str(path), "--dry-run")
        assert not path.exists()

    def test_without_scipy_it_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        imported = builtins.__import__

        def refuse(name: str, *arguments: Any, **options: Any) -> Any:
            if name.startswith("scipy"):
                raise ImportError(name)
            return imported(name, *arguments, **options)

        monkeypatch.setattr(builtins, "__import__", refuse)
        with pytest.raises(CommandError, match=r"^Calibrating needs scipy: pip install -r requirements-dev.txt$"):
            self.run("--to", str(tmp_path / "constants.json"))
        assert not any(tmp_path.iterdir())

    @pytest.mark.parametrize("left", [{"gpu__slug": "rtx-5090"}, {"pk": 0}], ids=["one card", "none"])
    def test_with_too_few_benchmarks_it_says_that_there_is_nothing_to_calibrate_on(
        self, tmp_path: Path, left: dict[str, Any]
    ) -> None:
        Benchmark.objects.exclude(pk__in=Benchmark.objects.filter(**left)).delete()
        with pytest.raises(CommandError) as caught:
            self.run("--to", str(tmp_path / "constants.json"))
        assert str(caught.value) == NOTHING
        assert not any(tmp_path.iterdir())
