"""Every number that decides an answer is that of the code."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit import advice, computer, verdict
from fit.ram import NAMES, RamKind
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.methodology import verdict as shown_verdict
from fitpages.pages.methodology.verdict import verdict_figures
from fitpages.serving.responses import render
from tests.html_page import HtmlPage
from tests.small_catalog import snapshot_of


def section(snapshot: Snapshot) -> str:
    """The prose of the section and its table."""
    text = " ".join(HtmlPage(render(methodology_page.build(snapshot)).decode()).main_text.split())
    return text.partition("How the answer is decided")[2].partition("The rule of thumb Four lines")[0]


def test_the_numbers_are_those_that_decide(small: Snapshot) -> None:
    shown = verdict_figures(small)
    assert (shown.contexts, shown.least_context) == ("32K, 16K or 8K", "8K")
    assert (shown.comfortable, shown.shortest, shown.machine_context) == ("16K", "2K", "32K")
    assert (shown.least_tokens_s, shown.least_with_ram, shown.most_ram) == ("two", "five", "256 GiB")
    assert (shown.shared_margin, shown.margin) == ("512 MiB", "256 MiB")
    assert shown.usual_ram == NAMES[RamKind.DDR5_2]
    assert shown.worthy == "Q6_K, Q5_K_M, Q4_K_M and Q3_K_M"


def test_they_follow_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advice, "ADVISED_CONTEXTS", (65536, 12288))
    monkeypatch.setattr(advice, "COMFORTABLE_CONTEXT", 20480)
    monkeypatch.setattr(advice, "MARGIN_MIB", 301)
    monkeypatch.setattr(advice, "SHARED_MARGIN_MIB", 602)
    monkeypatch.setattr(verdict, "SHORTEST_CONTEXT", 3072)
    monkeypatch.setattr(verdict, "LEAST_TOKENS_S", 3)
    monkeypatch.setattr(verdict, "LEAST_WITH_RAM_TOKENS_S", 7)
    monkeypatch.setattr(verdict, "USUAL_RAM", RamKind.DDR4_4)
    monkeypatch.setattr(shown_verdict, "SIZES_GIB", (8, 384))
    monkeypatch.setattr(shown_verdict, "AGENT", 49152)
    text = section(snapshot_of())
    paces = ("three tokens", "seven tokens", NAMES[RamKind.DDR4_4], "384 GiB")
    for figure in ("64K or 12K", "20K", "301 MiB", "602 MiB", "3K or more", "48K", *paces):
        assert figure in text
    assert len(text) > 1000
    for stale in ("32K", "16K", "8K", "2K or more", "512 MiB", "256 MiB", "two tokens", "five tokens", "256 GiB"):
        assert not re.search(rf"(?<![\d.]){stale}", text), stale


def test_the_five_answers_are_there_in_their_order(small: Snapshot) -> None:
    table = HtmlPage(render(methodology_page.build(small)).decode()).table("Answer")
    assert [row[0] for row in table.rows] == ["On the card", "With RAM", "Short", "Not in practice", "No"]
    assert [kind.value for kind in verdict.Kind] == ["on the card", "with RAM", "short", "not in practice", "no"]
    assert computer.SIZES_GIB[-1] == 256
