"""The first page: two forms, picks, what is asked often, machines, and how far to trust it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.matching.comparison import ALL_CLASSES, speed_comparison
from fitpages.pages.common.answer_words import short_line
from fitpages.pages.common.memory_check import TOTAL, memory_checks
from fitpages.pages.home import machine_plot, often
from fitpages.pages.home.page import build
from fitpages.pages.home.trust import trust
from fitpages.serving.responses import render
from fitpages.text import figures
from tests.html_page import HtmlPage
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def test_it_is_made_once_for_a_catalog(small: Snapshot) -> None:
    assert build(small) is build(small)


def test_both_sentences_are_forms_whose_fields_have_labels(small: Snapshot) -> None:
    html = render(build(small)).decode()
    assert html.count('<form class="ask" action="/choice/">') == 2
    assert "method" not in html.partition('class="ask"')[2].partition(">")[0]
    for name in ("have", "ram", "kind", "other", "want", "context", "on"):
        assert html.count(f'<label for="{name}">') == html.count(f' id="{name}"') == 1


def test_it_has_one_heading_and_no_breadcrumbs(small: Snapshot) -> None:
    page = HtmlPage(render(build(small)).decode())
    assert page.headings("h1") == ["What can I run?"]
    assert page.headings("h2")[-1] == "How far to trust it"
    assert build(small).breadcrumbs == ()
    assert len(build(small).description) <= 155


def test_it_works_without_a_model_or_a_machine() -> None:
    page = build(snapshot_of(models=(), gpus=(), benchmarks=()))
    assert (page.picks, page.often, page.machines) == (None, (), None)
    assert HtmlPage(render(page).decode()).headings("h2") == ["How far to trust it"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = (("small-8b", "rtx-24"), ("small-8b", "rx-16-laptop"), ("gone-1b", "rtx-24"), ("large-70b", "gone"))
    monkeypatch.setattr(often, "ASKED", pairs)


@pytest.mark.usefixtures("asked")
def test_what_is_often_asked_has_todays_answer_and_names_nothing_that_nobody_has(small: Snapshot) -> None:
    there = answer(small, small.models["small-8b"], small.gpus["rtx-24"])
    assert often.often_asked(small) == (("Small 8B on RTX 24", there.address, short_line(there)),)


def test_the_machines_are_those_of_the_list_that_people_have(monkeypatch: pytest.MonkeyPatch, small: Snapshot) -> None:
    monkeypatch.setattr(machine_plot, "SHOWN", ("rtx-24", "gone", "rx-16-laptop", "mac-64", "rtx-8"))
    shown = machine_plot.machine_plot(small)
    assert shown
    assert shown.text.startswith("3 machines ")
    assert {name.text for name in shown.plot.names} <= {"RTX 24", "RTX 8", "Mac 64"}
    assert [tick.text for tick in shown.plot.x_ticks] == ["8", "16", "32", "64"]
    assert (shown.plot.hollow + shown.plot.named_hollow).count("h0") == 1
    assert (shown.plot.filled + shown.plot.named).count("h0") == 2


def test_fewer_than_two_machines_are_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_plot, "SHOWN", ("rtx-24",))
    assert machine_plot.machine_plot(snapshot_of()) is None


def test_a_computer_without_a_gpu_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = published_gpu("CPU 64", 64, 90, common=False, speed_class="cpu", memory_type="DDR5", unified_memory=True)
    monkeypatch.setattr(machine_plot, "SHOWN", ("cpu-64", "rtx-24"))
    shown = machine_plot.machine_plot(snapshot_of(gpus=[*five_gpus(), plain]))
    assert shown
    assert "No GPU, DDR5" in {name.text for name in shown.plot.names}


def test_errors_are_those_of_the_page_about_accuracy(small: Snapshot) -> None:
    memory, speed = memory_checks()[TOTAL], speed_comparison(small).lines[ALL_CLASSES]
    shown = trust(small)
    assert (shown.memory, shown.memory_rows) == (figures.error(memory.median), f"{memory.rows:,}")
    assert (shown.speed, shown.speed_rows) == (figures.error(speed.median), f"{speed.rows:,}")
    assert shown.changed == figures.day(small.revision.changed_at)
    assert trust(snapshot_of(benchmarks=())).speed == ""
