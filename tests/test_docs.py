"""Figures in the docs are the code's."""

import re

from catalog.observations import observations
from catalog.snapshot import Snapshot
from fit import offer, rule_of_thumb
from fit.calibration import decode, ranges
from fit.calibration.agreement import compare, table
from fit.speed_constants import load_constants
from fitpages.matching.pairs import count_pairs, find_pair
from fitpages.pages.methodology.memory import accounting_figures
from fitpages.pages.pair import page as pair_page
from tests.processes import ROOT
from tests.truth.run import all_rows, summary


def _text(name: str) -> str:
    return re.sub(r"\s+", " ", (ROOT / name).read_text())


def test_the_readme_says_what_the_founding_page_says(snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "qwen2-5-72b-on-l4")
    assert pair is not None
    page = pair_page.build(snapshot, pair)
    needs = {row.name: row.need for row in page.rows}
    readme = _text("README.md")
    assert f"needs {needs['Q3_K_M']} even at Q3_K_M" in readme
    assert f"FP16 needs {needs['FP16 (full)']}, Q4_K_M {needs['Q4_K_M']}, a 72% reduction" in readme
    assert "a 72% reduction" in page.model.lever[0]
    assert f"offers {dict(page.glance)['Usable, by the rule']} of its 24 GB" in readme
    assert page.prose.want_link is not None
    assert f"the card to want is {page.prose.want_link.text}." in readme


def test_the_readme_counts_the_catalog(snapshot: Snapshot) -> None:
    assert (
        f"{count_pairs(snapshot):,} pairs of {len(snapshot.models)} language models and {len(snapshot.gpus)} GPUs"
        in _text("README.md")
    )


def test_the_decision_about_halves_counts_them(snapshot: Snapshot) -> None:
    halves, pages = len(snapshot.models) + len(snapshot.gpus), count_pairs(snapshot)
    assert f"{halves:,} halves make {pages:,} pages" in _text("docs/decisions/a-page-has-two-halves.md")


def test_the_changelog_states_the_constants_of_the_rule() -> None:
    changelog = _text("CHANGELOG.md")
    assert f"x {rule_of_thumb.OVERHEAD}, usable is {rule_of_thumb.USABLE_SHARE} of the nameplate" in changelog
    assert f"({rule_of_thumb.UNIFIED_USABLE_SHARE} of unified memory)" in changelog
    assert f"the ceiling is {rule_of_thumb.BANDWIDTH_SHARE} of what" in changelog


def test_the_changelog_states_what_the_accounting_reaches() -> None:
    lines = {line["check"]: line for line in summary(all_rows())}
    total, rule = lines["total"], lines["rule of thumb"]
    changelog = _text("CHANGELOG.md")
    assert f"On {total['rows']:,} of llama.cpp's own answers" in changelog
    assert f"total is {100 * total['median']:.4f}% and the worst {100 * total['worst']:.2f}%" in changelog
    assert f"the rule of thumb's median is {100 * rule['median']:.1f}%" in changelog


def test_the_changelog_states_what_the_speed_estimate_reaches(snapshot: Snapshot) -> None:
    known = load_constants()
    dense, _, mixture = table(compare(observations(snapshot, snapshot.benchmarks), known), known)[:3]
    changelog = _text("CHANGELOG.md")
    assert f"On {dense.rows} measurements by llama.cpp of dense models" in changelog
    assert f"the median error is {dense.median:.1%} and the 90th percentile {dense.p90:.1%}" in changelog
    assert f"the rule's ceiling is off by {dense.rule:.1%}; the printed range holds {dense.coverage:.1%}" in changelog
    assert f"Mixtures of experts: {mixture.median:.1%} on six cards" in changelog
    assert mixture.cards == 6
    assert f"{len(snapshot.benchmarks):,} measurements, with their sources" in changelog


def test_the_decision_on_speed_states_the_constants_of_the_calibration() -> None:
    text = _text("docs/decisions/speed-is-calibrated.md")
    assert f"an efficiency is at most {decode.MOST_EFFICIENCY}" in text
    assert f"(weight n^{decode.ROW_WEIGHT})" in text
    assert (ranges.FEW_CARDS, ranges.FEW_ROWS) == (3, 12)
    assert "fewer than three cards or twelve rows" in text
    assert 1.4 < load_constants().old_build_ms["CUDA"] < 1.8
    assert "about a millisecond and a half longer a token" in text


def test_the_page_on_usable_memory_states_the_constants() -> None:
    text = _text("docs/usable-memory.md")
    reserves = (offer.PASCAL_RESERVE_MIB, offer.VOLTA_RESERVE_MIB, offer.NVIDIA_RESERVE_MIB, offer.LARGE_RESERVE_MIB)
    assert "{} MiB (Pascal), {} (Volta), {}, {} from 45 GiB on".format(*reserves) in text
    small, middle, large = (mib for _, mib in offer.CUDA_CONTEXT_MIB)
    assert f"{small} MiB up to 16 GiB, {middle} to 32 GiB, {large} above" in text
    assert f"give up {offer.DESKTOP_MIB} MiB more for a desktop" in text
    assert f"{offer.SYSTEM_MIB // 1024} GiB for the system" in text
    assert f"{offer.METAL_OVERHEAD_MIB} MiB |" in text
    assert f"{offer.OTHER_CONTEXT_MIB} MiB |" in text


def test_the_methodology_states_the_errors_that_the_check_reports() -> None:
    lines = {line["check"]: line for line in summary(all_rows())}
    figures, checks = accounting_figures(), ("weights", "cache f16", "cache q8_0", "cache q4_0", "total")
    assert figures.models == f"{lines['total']['models']:,}"
    for error, check in zip(figures.errors, checks, strict=True):
        line = lines[check]
        assert error.rows == f"{line['rows']:,}"
        assert error.median == f"{100 * line['median']:.4f}%"
        assert error.worst == f"{100 * line['worst']:.4f}%"
