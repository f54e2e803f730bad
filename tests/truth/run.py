"""`make truth`: the accounting against what llama.cpp itself answered and what people asked, the speed against
measurements.

make truth                          the project's own copy of the answers, tests/truth/oracle/; renews what pages
                                    say of them, fitpages/pages/common/memory_check.json
make truth ORACLE=FOLDER            another folder with sizes.csv, memory.csv and models.csv of the same columns, and
                                    where it has them sizes_more.csv, memory_more.csv, models_more.csv,
                                    memory_variants.csv and placement.csv
make truth CASES=FILE               questions with their right answers, JSON Lines as tests/truth/cases.jsonl
make truth BENCHMARKS=FILE          the speed against the measurements of another file
make truth JSON=FILE                also writes every row: check, model, quant, context, predicted, real, error,
                                    detail, and of speeds range; of cases id, what, ours, right, difference, inside

ORACLE, CASES and BENCHMARKS together ask for all that they name; CASES or BENCHMARKS alone for nothing else.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.processes import ROOT
from tests.truth import cases, speed
from tests.truth.goals import GOALS
from tests.truth.models import OracleError
from tests.truth.oracle_rows import OWN_ORACLE, all_rows
from tests.truth.questions import CasesError
from tests.truth.summary import as_published, summary, table

MEMORY_CHECK = ROOT / "fitpages/pages/common/memory_check.json"


def main(arguments: list[str] | None = None) -> None:
    """Print what was asked for; what cannot be read ends the program with a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--oracle", "--cases", "--benchmarks", "--json"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        _print_all(options)
    except (OracleError, CasesError) as error:
        sys.exit(str(error))


def _print_all(options: argparse.Namespace) -> None:
    rows: list[dict[str, Any]] = []
    if options.oracle or not (options.cases or options.benchmarks):
        rows += _print_oracle(options.oracle or OWN_ORACLE)
    if options.cases:
        rows += _print_cases(options.cases)
    if options.benchmarks or not options.cases:
        rows += _print_speed(options.benchmarks)
    if options.json:
        options.json.write_text(json.dumps(rows), encoding="utf-8")


def _print_oracle(oracle: Path) -> list[dict[str, Any]]:
    rows = all_rows(oracle)
    print(table(rows, GOALS))
    if oracle == OWN_ORACLE:
        MEMORY_CHECK.write_text(as_published(summary(rows, GOALS)), encoding="utf-8")
    return [row.as_json() for row in rows]


def _print_cases(path: Path) -> list[dict[str, Any]]:
    answers = cases.answer_all(path)
    print(f"\n{cases.table(answers)}")
    return [answer.as_json() for answer in answers]


def _print_speed(benchmarks: Path | None) -> list[dict[str, Any]]:
    if benchmarks and not benchmarks.is_file():
        sys.exit(f"There is no file {benchmarks}.")
    with tempfile.TemporaryDirectory() as folder:
        rows_to = Path(folder) / "rows.json"
        print(f"\n{speed.run(benchmarks, rows_to)}")
        rows: list[dict[str, Any]] = json.loads(rows_to.read_text(encoding="utf-8"))
    return rows


if __name__ == "__main__":
    main()
