"""Benchmarks from a CSV file with one measurement a line, as the catalog's records hold them."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from catalog.models import Benchmark
from catalog.published_measurements import MeasuredSpeed
from fit.kv_cache import CacheType
from fit.units import GB
from tests.truth import ram_words

# Tokens in the cache on average while the measured ones were generated, by what the test is called.
DEPTHS = (
    (re.compile(r"tg(\d+) after pp(\d+)"), lambda generated, prompt: prompt + generated // 2),
    (re.compile(r"(\d+) gen after (\d+)"), lambda generated, prompt: prompt + generated // 2),
    (re.compile(r"(\d+) prompt \+ (\d+) gen"), lambda prompt, generated: prompt + generated // 2),
    (re.compile(r"LocalScore"), lambda: 1500),
    (re.compile(r"up to (\d+) generated"), lambda generated: 50 + generated // 2),
    (re.compile(r"tg(\d+)"), lambda generated: generated // 2),
)
SHORT_PROMPT = 100
COLUMNS = (
    *("gpu", "gpu_page_slug", "n_gpus", "split", "model", "model_page_slug", "quant", "bandwidth_gb_s", "speed_class"),
    *("active_params_b", "is_moe", "weights_gb", "active_weights_gb", "context", "gen_tok_s", "prefill_tok_s"),
    *("prefill_test", "runtime", "backend", "era", "offload", "fit_use"),
)
# Columns that a file may have besides; without them nothing is known of what they say.
BESIDES = ("build", "kv_cache", "ram", "depth")
AFTER = re.compile(r"(?:after (?:pp)?|@ ?d?)(\d+)")
PROMPT = re.compile(r"(\d+) prompt \+")
POWER_LIMIT = re.compile(r"(\d+) ?W limit")


class BenchmarksError(Exception):
    """The file, or a line of it, cannot be read; the message says which and why."""


def read(path: Path) -> Iterator[MeasuredSpeed]:
    """Every line of the file; raises BenchmarksError."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader(file, restval="")
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise BenchmarksError(f"{path.name}: these columns are missing: {', '.join(missing)}.")
            for number, row in enumerate(rows, start=2):
                yield _line(path, row, number)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BenchmarksError(f"{path}: cannot be read ({error}).") from error


def _line(path: Path, row: dict[str, str], number: int) -> MeasuredSpeed:
    try:
        return _benchmark(row, number)
    except (ArithmeticError, ValueError) as error:
        raise BenchmarksError(f"{path.name}, line {number}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    is_ours = isinstance(error, ValueError) and str(error).startswith("a ")
    return f"{error}." if is_ours else "a field that should be a number is none."


def _benchmark(row: dict[str, str], number: int) -> MeasuredSpeed:
    prompt = re.fullmatch(r"pp(\d+)", row["prefill_test"])
    besides = {name: row.get(name) or "" for name in (*BESIDES, "notes")}
    ram, (keys, values) = ram_words.read(besides["ram"]), cache_types(besides["kv_cache"])
    return MeasuredSpeed(
        slug=f"line-{number}",
        gpu=row["gpu_page_slug"],
        gpu_label=row["gpu"],
        gpu_count=int(_above_zero("n_gpus", row["n_gpus"] or "1")),
        split=row["split"].removesuffix(" (assumed)"),
        model=row["model_page_slug"],
        model_label=row["model"],
        quant_label=row["quant"],
        bandwidth_gb_s=_decimal(row["bandwidth_gb_s"]),
        speed_class=row["speed_class"],
        power_limit_w=power_limit_w(besides["notes"]),
        ram_kind=ram.kind,
        ram_channels=ram.channels,
        ram_gb_s=ram.gb_s,
        ram_label=ram.label,
        active_parameters=_billions(row["active_params_b"]),
        mixture_of_experts=row["is_moe"] == "1",
        weights_bytes=_billions(row["weights_gb"]),
        active_weights_bytes=_billions(row["active_weights_gb"]),
        context_tokens=depth(row["context"]),
        depth_tokens=int(besides["depth"]) if besides["depth"] else tokens_before(row["context"]),
        cache_keys=keys,
        cache_values=values,
        decode_tokens_s=_above_zero("gen_tok_s", row["gen_tok_s"]),
        prefill_tokens_s=_decimal(row["prefill_tok_s"]),
        prefill_test=row["prefill_test"],
        prefill_tokens=int(prompt[1]) if prompt else None,
        runtime=row["runtime"],
        backend=row["backend"],
        build=Benchmark.Build.OLD if row["era"].startswith("2023") else Benchmark.Build.RECENT,
        build_number=build_number(besides["build"]),
        offload="" if row["offload"] == "none" else row["offload"],
        for_calibration=row["fit_use"] == "1",
    )


def depth(test: str) -> int:
    """Average tokens in the cache during a test of this name."""
    for pattern, count in DEPTHS:
        match = pattern.search(test)
        if match:
            return count(*map(int, match.groups()))
    return SHORT_PROMPT


def tokens_before(test: str) -> int | None:
    """Tokens in the cache before the measured ones, where the name of the test says it: tg128 alone is from empty."""
    if re.fullmatch(r"tg\d+", test):
        return 0
    match = AFTER.search(test) or PROMPT.search(test)
    return int(match[1]) if match else None


def cache_types(text: str) -> tuple[str, str]:
    """Types of keys and values: one for both (q8_0), each (q8_0/q4_0), or of the keys alone (q8_0 K)."""
    keys, stroke, values = text.replace(" K", "/").partition("/")
    types = (keys, values if stroke else keys)
    unread = [kind for kind in types if kind and kind not in set(CacheType)]
    if unread:
        raise ValueError(f"a type of the cache is expected in kv_cache, not {text}")
    return types


def power_limit_w(notes: str) -> int | None:
    """The power limit of one card in watts, where notes say it: 250 W limit."""
    match = POWER_LIMIT.search(notes)
    return int(match[1]) if match else None


def build_number(text: str) -> str:
    """b9535 for 9535 and for b9535 (da87e9b61); what is no number stays as it is."""
    match = re.fullmatch(r"b?(\d+)(?: \(\w+\))?", text)
    return f"b{match[1]}" if match else text


def _above_zero(name: str, text: str) -> Decimal:
    number = Decimal(text) if text else Decimal(0)
    if not (number.is_finite() and number > 0):
        raise ValueError(f"a number above zero is expected in {name}, not {text or 'nothing'}")
    return number


def _decimal(text: str) -> Decimal | None:
    """A figure; where it is left out, or rounded to nothing, it is not known."""
    return _above_zero("a column of figures", text) if text and Decimal(text) else None


def _billions(text: str) -> int | None:
    number = _decimal(text)
    return round(number * GB) if number else None
