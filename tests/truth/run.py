"""`make truth`: the accounting against what llama.cpp itself answered, and the speed against measurements.

make truth                          the project's own copy of the answers, tests/truth/oracle/; renews what pages
                                    say of them, fitpages/pages/common/memory_check.json
make truth ORACLE=FOLDER            another folder with sizes.csv, memory.csv and models.csv of the same columns
make truth BENCHMARKS=FILE          the speed against the measurements of another file, nothing else
make truth JSON=FILE                also writes every row: model, quant, context, predicted, real, error
"""

import argparse
import csv
import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fit import buffers, kv_cache, rule_of_thumb
from fit.architecture import Architecture
from fit.architecture_document import read
from fit.kv_cache import CacheType
from fit.quant_mixes import BASE_TYPES
from fit.specs import ModelSpec, QuantSpec
from fit.weights import weights
from tests.processes import ROOT
from tests.truth import speed

OWN_ORACLE = Path(__file__).parent / "oracle"
MEMORY_CHECK = ROOT / "fitpages/pages/common/memory_check.json"
KEEPS_EXPERTS = "+mxfp4_experts"
CONTEXTS = {4096, 8192, 32768, 131072}
EXACT_VARIANTS = {"", "swa_full"}


@dataclass(frozen=True)
class Row:
    """One figure: what was asked, what we say, what llama.cpp says. `error` is relative; None where real is 0."""

    check: str
    model: str
    quant: str
    context: int | None
    predicted: int
    real: int
    detail: str = ""

    @property
    def error(self) -> float:
        return self.predicted / self.real - 1


@dataclass(frozen=True)
class Goal:
    """What a check must reach: largest median and worst error, as shares."""

    median: float
    worst: float


GOALS = {
    "weights": Goal(0.00001, 0.0005),
    "cache f16": Goal(0, 0),
    "cache q8_0": Goal(0.001, 0.001),
    "cache q4_0": Goal(0.001, 0.001),
    "total": Goal(0.0001, 0.005),
}


class Models:
    """The catalog's models under the names that the answers use."""

    def __init__(self, oracle: Path) -> None:
        lines = (ROOT / "catalog/data/models.jsonl").read_text(encoding="utf-8").split("\n")
        self.records = {record["slug"]: record for record in map(json.loads, filter(None, lines))}
        self.slugs = {row["model"]: row["page_slug"] for row in _read(oracle / "models.csv")}
        self.architectures: dict[str, Architecture] = {}

    def architecture(self, name: str) -> Architecture:
        if name not in self.architectures:
            self.architectures[name] = read(self.records[self.slugs[name]]["architecture"])
        return self.architectures[name]

    def spec(self, name: str) -> ModelSpec:
        record = self.records[self.slugs[name]]
        return ModelSpec(slug=record["slug"], parameters=record["parameters"])


def weight_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Whole files, for every mix that we know rules for."""
    for row in _read(oracle / "sizes.csv"):
        mix, keeps = _mix(row["quant"])
        if mix in BASE_TYPES:
            predicted = weights(models.architecture(row["model"]), mix, mxfp4_experts=keeps).file_bytes
            yield Row("weights", row["model"], row["quant"], None, predicted, int(row["file_bytes"]))


def cache_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """Caches of one stream, of every type, batch and context."""
    for row in _read(oracle / "memory.csv"):
        if row["variant"] in EXACT_VARIANTS:
            predicted = kv_cache.cache_bytes(
                models.architecture(row["model"]),
                int(row["n_ctx"]),
                CacheType(row["kv_type"]),
                batch_tokens=int(row["n_ubatch"]),
                whole_window=row["variant"] == "swa_full",
            )
            check = f"cache {row['kv_type']}"
            yield Row(check, row["model"], row["quant"], int(row["n_ctx"]), predicted, int(row["kv_bytes"]))


def total_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """llama-server's totals on a CUDA card with flash attention, output buffer included as llama.cpp does."""
    for row in _reference_rows(oracle):
        architecture, context = models.architecture(row["model"]), int(row["n_ctx"])
        mix, keeps = _mix(row["quant"])
        batch, cache_type = int(row["n_ubatch"]), CacheType(row["kv_type"])
        predicted = weights(architecture, mix, mxfp4_experts=keeps).vram_bytes
        predicted += kv_cache.cache_bytes(architecture, context, cache_type, batch_tokens=batch)
        predicted += buffers.compute_bytes(architecture, context, cache_type, batch_tokens=batch)
        predicted += buffers.output_bytes(architecture)
        real = int(row["total_bytes_server"])
        yield Row("total", row["model"], row["quant"], context, predicted, real, row["kv_type"])


def rule_rows(oracle: Path, models: Models) -> Iterator[Row]:
    """What the rule of thumb says on the same rows, for the quantizations that have one."""
    lines = (ROOT / "catalog/data/quants.jsonl").read_text(encoding="utf-8").split("\n")
    records = map(json.loads, filter(None, lines))
    quants = {record["mix"]: record for record in records if "bytes_per_weight" in record}
    for row in _reference_rows(oracle):
        record = quants.get(row["quant"])
        if record:
            quant = QuantSpec(slug=record["slug"], bytes_per_weight=Decimal(str(record["bytes_per_weight"])))
            predicted = int(rule_of_thumb.need_bytes(models.spec(row["model"]), quant))
            real = int(row["total_bytes_server"])
            yield Row("rule of thumb", row["model"], row["quant"], int(row["n_ctx"]), predicted, real, row["kv_type"])


def _reference_rows(oracle: Path) -> Iterator[dict[str, str]]:
    for row in _read(oracle / "memory.csv"):
        is_reference = row["backend"] == "cuda" and row["flash_attn"] == "1" and row["variant"] == ""
        has_rules = _mix(row["quant"])[0] in BASE_TYPES
        if is_reference and has_rules and int(row["n_ctx"]) in CONTEXTS and row["total_bytes_server"]:
            yield row


def _mix(quant: str) -> tuple[str, bool]:
    """The mix of a quantization's label, and whether the experts stay at MXFP4."""
    return quant.removesuffix(KEEPS_EXPERTS), quant.endswith(KEEPS_EXPERTS)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


CHECKS: tuple[Callable[[Path, Models], Iterator[Row]], ...] = (weight_rows, cache_rows, total_rows, rule_rows)


def all_rows(oracle: Path = OWN_ORACLE) -> list[Row]:
    """Every row of every check."""
    models = Models(oracle)
    return [row for check in CHECKS for row in check(oracle, models)]


def summary(rows: list[Row]) -> list[dict[str, Any]]:
    """One line a check: rows, models, exact ones, median, 90th percentile and worst error, and whether it is met."""
    lines = []
    for check in dict.fromkeys(row.check for row in rows):
        of_check = [row for row in rows if row.check == check]
        errors = sorted(abs(row.error) for row in of_check)
        goal = GOALS.get(check)
        median, worst = statistics.median(errors), errors[-1]
        lines.append(
            {
                "check": check,
                "rows": len(errors),
                "models": len({row.model for row in of_check}),
                "exact": sum(row.predicted == row.real for row in of_check),
                "median": median,
                "p90": errors[int(0.9 * (len(errors) - 1))],
                "worst": worst,
                "met": None if goal is None else median <= goal.median and worst <= goal.worst,
            }
        )
    return lines


def as_published(lines: list[dict[str, Any]]) -> str:
    """The file of a summary that the site reads: shares to four digits."""
    return json.dumps([{name: _short(value) for name, value in line.items()} for line in lines], indent=1) + "\n"


def _short(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--oracle", type=Path, default=OWN_ORACLE)
    parser.add_argument("--benchmarks", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.benchmarks:
        if not options.benchmarks.is_file():
            parser.error(f"there is no file {options.benchmarks}.")
        print(speed.run(options.benchmarks))
        return
    rows = all_rows(options.oracle)
    print(f"{'check':16}{'rows':>7}{'models':>8}{'exact':>8}{'median':>11}{'90th':>11}{'worst':>11}  goal")
    for line in summary(rows):
        met = {None: "", True: "met", False: "MISSED"}[line["met"]]
        figures = "".join(f"{100 * line[name]:10.4f}%" for name in ("median", "p90", "worst"))
        print(f"{line['check']:16}{line['rows']:7}{line['models']:8}{line['exact']:8}{figures}  {met}")
    if options.oracle == OWN_ORACLE:
        MEMORY_CHECK.write_text(as_published(summary(rows)), encoding="utf-8")
    worst = max((row for row in rows if row.check == "total"), key=lambda row: abs(row.error))
    print(f"Worst total: {worst.model} {worst.quant}, {worst.detail} cache, {worst.context:,} tokens.\n")
    print(speed.run(None))
    if options.json:
        options.json.write_text(json.dumps([{**asdict(row), "error": row.error} for row in rows]), encoding="utf-8")


if __name__ == "__main__":
    main()
