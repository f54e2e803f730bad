"""A load says what is asked about the rows that it wrote, and keeps silent about a load of many."""

import pytest

from catalog.interchange import questions
from tests.catalog import rows
from tests.catalog.data_files import GPUS, DataFiles

pytestmark = pytest.mark.django_db
SAYS = "gpu l4: Bandwidth is 3,000 GB/s, but 192 bits x "


def test_a_load_names_the_questions_of_the_rows_that_it_wrote(files: DataFiles) -> None:
    files.change(GPUS, "l4", bandwidth_gb_s=3000)
    report = files.load()
    assert report.updated == 1
    assert [line.startswith(SAYS) for line in report.questions] == [True]
    assert report.questions[0] in str(report)


def test_a_load_that_writes_nothing_asks_nothing(files: DataFiles) -> None:
    rows.change(rows.Gpu, "l4", bandwidth_gb_s=3000)
    assert files.load().questions == []


def test_a_load_of_many_asks_nothing(files: DataFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_ROWS", 0)
    files.change(GPUS, "l4", bandwidth_gb_s=3000)
    assert files.load().questions == []


def test_of_many_questions_the_first_are_named_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_SENTENCES", 1)
    cards = [rows.gpu(bus_bits=384, memory_rate_gbps=2, slug=f"card-{number}") for number in range(3)]
    first, more = questions.sentences(cards)
    assert first.startswith("gpu card-0: ")
    assert more == "2 questions more."
