import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.management.solver import least_squares, least_squares_of_prompts
from catalog.observations import observations
from catalog.prompt_observations import prompt_observations
from catalog.snapshot import build
from fit import speed_constants
from fit.calibration.decode import calibrate
from fit.calibration.prefill import calibrate_prefill
from fit.calibration.prefill_agreement import prompt_report
from fit.calibration.report import report
from fit.observation import Observation
from fit.prompt_observation import PromptObservation
from fit.speed_constants import SpeedConstants


def calibrate_all(measured: Sequence[Observation], prompts: Sequence[PromptObservation]) -> SpeedConstants:
    """The constants of decoding and of prompts; RuntimeError without a solver, ValueError where there is too little."""
    constants = calibrate(measured, least_squares)
    return replace(constants, prefill=calibrate_prefill(prompts, least_squares_of_prompts))


class Command(BaseCommand):
    help = "Fit the constants of the speed estimate to the catalog's published benchmarks, and say how well they fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=speed_constants.PATH, help="Where the constants are written.")
        parser.add_argument("--dry-run", action="store_true", help="Report only; write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        snapshot = build()
        measured = list(observations(snapshot, snapshot.benchmarks))
        prompts = list(prompt_observations(snapshot, snapshot.benchmarks))
        try:
            constants = calibrate_all(measured, prompts)
        except (RuntimeError, ValueError) as error:
            raise CommandError(str(error)) from error
        # What is reported is what the file says, rounding included.
        text = speed_constants.to_text(constants)
        shipped = speed_constants.read(json.loads(text))
        self.stdout.write(report(measured, shipped))
        self.stdout.write(f"\n{prompt_report(prompts, shipped.prefill)}")
        if not options["dry_run"]:
            try:
                options["to"].write_text(text, encoding="utf-8")
            except OSError as error:
                raise CommandError(f"Nothing can be written there: {error}") from error
            self.stdout.write(f"Written to {options['to']}. Restart the servers to use it.")
