"""`make truth`: the accounting against what llama.cpp itself answered and what people asked, the speed against
measurements.

make truth                          the project's own copy of the answers, tests/truth/oracle/; renews what pages
                                    say of them, fitpages/pages/common/memory_check.json
make truth ORACLE=FOLDER            another folder with sizes.csv, memory.csv and models.csv of the same columns, and
                                    where it has them sizes_more.csv, memory_more.csv, models_more.csv,
                                    memory_variants.csv and placement.csv
make truth CASES=FILE               questions with their right answers, JSON Lines as tests/truth/cases.jsonl, nothing
                                    else
make truth BENCHMARKS=FILE          the speed against the measurements of another file, nothing else
make truth JSON=FILE                also writes every row: check, model, quant, context, predicted, real, error,
                                    detail; of cases id, what, ours, right, difference, inside
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
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
    parser.add_argument("--oracle", type=Path, default=OWN_ORACLE)
    for name in ("--cases", "--benchmarks", "--json"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        _print_all(options)
    except (OracleError, CasesError) as error:
        sys.exit(str(error))


def _print_all(options: argparse.Namespace) -> None:
    if options.benchmarks:
        if not options.benchmarks.is_file():
            sys.exit(f"There is no file {options.benchmarks}.")
        print(speed.run(options.benchmarks))
    elif options.cases:
        _print_cases(options.cases, options.json)
    else:
        _print_oracle(options.oracle, options.json)


def _print_cases(path: Path, json_path: Path | None) -> None:
    answers = cases.answer_all(path)
    print(cases.table(answers))
    _write(json_path, (answer.as_json() for answer in answers))


def _print_oracle(oracle: Path, json_path: Path | None) -> None:
    rows = all_rows(oracle)
    print(table(rows, GOALS))
    _write(json_path, (row.as_json() for row in rows))
    if oracle == OWN_ORACLE:
        MEMORY_CHECK.write_text(as_published(summary(rows, GOALS)), encoding="utf-8")
    print(f"\n{speed.run(None)}")


def _write(path: Path | None, rows: Iterable[dict[str, Any]]) -> None:
    if path:
        path.write_text(json.dumps(list(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
