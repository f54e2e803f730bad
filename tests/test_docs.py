"""Figures in the docs are the code's."""

import re

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages import pairings
from fitpages.pages import pair as pair_page
from tests.processes import ROOT


def _text(name: str) -> str:
    return re.sub(r"\s+", " ", (ROOT / name).read_text())


def test_the_readme_says_what_the_founding_page_says(snapshot: Snapshot) -> None:
    pair = pairings.find(snapshot, "qwen2-5-72b-on-l4")
    assert pair is not None
    page = pair_page.build(snapshot, pair)
    needs = {row.name: row.need for row in page.rows}
    readme = _text("README.md")
    assert f"needs {needs['Q3_K_M']} even at Q3_K_M" in readme
    assert f"FP16 needs {needs['FP16 (full)']}, Q4_K_M {needs['Q4_K_M']}, a 72% reduction" in readme
    assert "a 72% reduction" in page.prose.lever[0]
    assert f"offers {dict(page.glance)['Usable, by the rule']} of its 24 GB" in readme
    assert page.prose.want_link is not None
    assert f"the card to want is {page.prose.want_link.text}." in readme


def test_the_readme_counts_the_catalog(snapshot: Snapshot) -> None:
    assert (
        f"{pairings.count(snapshot):,} pairs of {len(snapshot.models)} language models and {len(snapshot.gpus)} GPUs"
        in _text("README.md")
    )


def test_the_changelog_states_the_constants_of_the_rule() -> None:
    changelog = _text("CHANGELOG.md")
    assert f"x {rule_of_thumb.OVERHEAD}, usable is {rule_of_thumb.USABLE_SHARE} of the nameplate" in changelog
    assert f"({rule_of_thumb.UNIFIED_USABLE_SHARE} of unified memory)" in changelog
    assert f"the ceiling is {rule_of_thumb.BANDWIDTH_SHARE} of what" in changelog
