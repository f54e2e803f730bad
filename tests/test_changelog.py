"""Figures in the changelog are the code's; entries of a release stay as they are when figures change."""

import re

from catalog.interchange.files import DATA_DIRECTORY
from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.calibration.agreement import compare
from fit.calibration.report import OF_MEASURED, table
from fit.speed_constants import load_constants
from tests.fitpages.published_files import words_of_files
from tests.processes import ROOT
from tests.truth.goals import GOALS
from tests.truth.oracle_rows import all_rows
from tests.truth.summary import summary

DATA_FILES = {path.name for path in DATA_DIRECTORY.iterdir()}


def _newest(pattern: str) -> str:
    """What the changelog says last that is like it."""
    text = re.sub(r"\s+", " ", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    match = re.search(pattern, text)
    assert match is not None, f"The changelog says nothing like {pattern}"
    return match[0]


def test_the_changelog_counts_the_catalog(snapshot: Snapshot) -> None:
    records = {name: len((DATA_DIRECTORY / name).read_text(encoding="utf-8").splitlines()) for name in DATA_FILES}
    gpus, models = records["gpus.jsonl"], records["models.jsonl"]
    assert (
        _newest(r"The catalog has [\d,]+ GPUs and [\d,]+ models") == f"The catalog has {gpus} GPUs and {models} models"
    )
    drafts = f"architecture: {gpus - len(snapshot.gpus)} and {models - len(snapshot.models)}."
    assert _newest(r"architecture: \d+ and \d+\.") == drafts
    in_file = sum(model.file_context is not None for model in snapshot.models.values())
    assert _newest(r"as of \d+ models") == f"as of {in_file} models"


def test_the_changelog_states_the_constants_of_the_rule() -> None:
    assert _newest(r"x [\d.]+, usable is [\d.]+ of the nameplate") == (
        f"x {rule_of_thumb.OVERHEAD}, usable is {rule_of_thumb.USABLE_SHARE} of the nameplate"
    )
    assert _newest(r"\([\d.]+ of unified memory\)") == f"({rule_of_thumb.UNIFIED_USABLE_SHARE} of unified memory)"
    assert _newest(r"the ceiling is [\d.]+ of what") == f"the ceiling is {rule_of_thumb.BANDWIDTH_SHARE} of what"


def test_the_changelog_states_what_the_accounting_reaches() -> None:
    lines = {line.check: line for line in summary(all_rows(), GOALS)}
    total, rule = lines["total"], lines["rule of thumb"]
    assert _newest(r"On [\d,]+ of llama.cpp's own answers") == f"On {total.rows:,} of llama.cpp's own answers"
    assert _newest(r"total is [\d.]+% and the worst [\d.]+%") == (
        f"total is {100 * total.median:.4f}% and the worst {100 * total.worst:.2f}%"
    )
    assert (
        _newest(r"the rule of thumb's median is [\d.]+%") == f"the rule of thumb's median is {100 * rule.median:.1f}%"
    )


def test_the_changelog_states_how_near_sizes_and_more_models_are() -> None:
    lines = {line.check: line for line in summary(all_rows(), GOALS)}
    sizes, more, total = lines["sizes"], lines["total more"], lines["total"]
    assert _newest(
        r"On [\d,]+ of its own answers for \d+ models the median error is [\d.]+%, the 90th [a-z]+ [\d.]+%"
    ) == (
        f"On {sizes.rows:,} of its own answers for {sizes.models} models the median error is {sizes.median:.4%}, "
        f"the 90th percentile {sizes.p90:.3%}"
    )
    assert _newest(r"On [\d,]+ of llama.cpp's answers about \d+ models .*? is [\d.]+% and the worst [\d.]+%") == (
        f"On {more.rows:,} of llama.cpp's answers about {more.models} models the 90th percentile of the total's error "
        f"is {more.p90:.2%} and the worst {more.worst:.1%}"
    )
    assert _newest(r"On the [\d,]+ of the accuracy page") == f"On the {total.rows:,} of the accuracy page"
    assert _newest(r"falls from 0.044% to [\d.]+%") == f"falls from 0.044% to {total.p90:.3%}"


def test_the_changelog_states_how_near_placements_are() -> None:
    lines = {line.check: line for line in summary(all_rows(), GOALS)}
    weights = lines["placement weights"]
    assert _newest(r"On [\d,]+ of its own\s+answers for \d+ models weights and cache").split() == (
        f"On {weights.rows:,} of its own answers for {weights.models} models weights and cache".split()
    )
    kinds = {
        "layers in RAM": "with layers in RAM",
        "experts in RAM": "with experts in RAM",
        "cards": "on several cards",
    }
    parts = [f"{lines[f'{kind}, VRAM'].p90:.2%} {words}" for kind, words in kinds.items()]
    assert _newest(r"[\d.]+% with layers in RAM, [\d.]+% with experts in RAM and [\d.]+% on several cards") == (
        f"{parts[0]}, {parts[1]} and {parts[2]}"
    )
    assert _newest(r"The worst is \d+%") == f"The worst is {lines['layers in RAM, VRAM'].worst:.0%}"


def test_the_changelog_states_what_the_speed_estimate_reaches(snapshot: Snapshot) -> None:
    constants = load_constants()
    lines = {
        line.name: line for line in table(compare(observations(snapshot, snapshot.benchmarks), constants), constants)
    }
    every = lines["all of any class"]
    assert _newest(r"on \d+ measurements instead of 352") == f"on {every.rows} measurements instead of 352"
    assert _newest(r"the median error\s+is [\d.]+% and the 90th percentile [\d.]+%").split() == (
        f"the median error is {every.median:.1%} and the 90th percentile {every.p90:.1%}".split()
    )
    assert _newest(r"its range reaches down to \d+% of it") == (
        f"its range reaches down to {constants.laptops.low:.0%} of it"
    )
    assert _newest(r"The range holds [\d.]+%") == f"The range holds {every.coverage:.1%}"
    for words, name in {
        "models with linear attention": "linear attention",
        "mixtures of experts": "mixture of experts",
        "models under 2B": "under 2B parameters",
        "HBM cards": "class nvidia-hbm",
        "with two other models of the card measured": OF_MEASURED,
    }.items():
        pattern = rf"{words}\s+[\d.]+%".replace(" ", r"\s+")
        assert _newest(pattern).split() == f"{words} {lines[name].median:.1%}".split()


def test_the_changelog_states_what_published_files_changed(snapshot: Snapshot) -> None:
    for words in words_of_files(snapshot):
        assert _newest(re.escape(words)) == words
