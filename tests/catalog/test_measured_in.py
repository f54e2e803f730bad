"""When something was measured is a date of the calendar as far as it is known, and none to come."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from catalog.interchange.load import InterchangeError, LoadReport
from catalog.models import Benchmark
from tests.catalog.data_files import BENCHMARKS, DataFiles
from tests.catalog.desk import Desk
from tests.catalog.few_files import FEW
from tests.catalog.rows import benchmark

pytestmark = pytest.mark.django_db

MEASURED = "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096"
KNOWN = ["", "2024", "2024-05", "2024-05-31", "2024-02-29", "2025-12-31"]
UNLIKE_A_DATE = ["24", "2024-5", "2024-05-", "2024/05", "20240531", "2024-W05", "2024\n", "٢٠٢٤"]
NOT_IN_THE_CALENDAR = [
    *("0000", "2024-00", "2024-13", "2024-05-00", "2024-05-32"),
    *("2024-02-30", "2024-02-31", "2025-02-29", "2024-04-31"),
]
AS_KNOWN = "Write the date as far as it is known: 2024, 2024-05 or 2024-05-31."
TO_COME = "This date is still to come."


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of an editor who may do everything, on 15 August 2026."""
    client.force_login(User.objects.create(username="editor", is_staff=True, is_superuser=True))
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2026, 8, 15))
    return Desk(client)


def row() -> Benchmark:
    return Benchmark.objects.get(slug=MEASURED)


def refusal(date: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        benchmark(measured_in=date).full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize("date", KNOWN)
def test_a_date_as_far_as_it_is_known_is_accepted(desk: Desk, date: str) -> None:
    benchmark(measured_in=date).full_clean()
    assert desk.save(row(), measured_in=date) == {}
    assert row().measured_in == date


@pytest.mark.parametrize("date", UNLIKE_A_DATE)
def test_what_is_not_written_as_a_date_is_refused_with_the_way_to_write_it(date: str) -> None:
    assert refusal(date) == {"measured_in": [AS_KNOWN]}


@pytest.mark.parametrize("date", NOT_IN_THE_CALENDAR)
def test_a_date_that_no_calendar_has_is_refused(date: str) -> None:
    assert refusal(date) == {"measured_in": [f"There is no {date} in the calendar."]}


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("May 2024", AS_KNOWN),
        ("9999x", AS_KNOWN),
        ("2024-02-31", "There is no 2024-02-31 in the calendar."),
        ("2024-13", "There is no 2024-13 in the calendar."),
    ],
)
def test_the_desk_refuses_it_in_one_sentence_and_saves_nothing(desk: Desk, date: str, sentence: str) -> None:
    before = row().measured_in
    assert desk.save(row(), measured_in=date) == {"measured_in": [sentence]}
    assert row().measured_in == before


@pytest.mark.parametrize("date", ["2026", "2026-08", "2026-08-15", "2026-08-16"])
def test_the_desk_accepts_what_has_begun_somewhere_on_earth(desk: Desk, date: str) -> None:
    assert desk.save(row(), measured_in=date) == {}


@pytest.mark.parametrize("date", ["2026-08-17", "2026-09", "2027", "2062-05-31"])
def test_the_desk_refuses_a_date_to_come(desk: Desk, date: str) -> None:
    assert desk.save(row(), measured_in=date) == {"measured_in": [TO_COME]}


@pytest.mark.parametrize("date", ["2024-02-31", "2024-13"])
def test_a_load_refuses_it_by_file_line_record_and_field(files: DataFiles, date: str) -> None:
    files.change(BENCHMARKS, MEASURED, measured_in=date)
    with pytest.raises(InterchangeError) as caught:
        files.load()
    place = files.place(BENCHMARKS, MEASURED)
    assert str(caught.value) == f"{place}, field measured_in: There is no {date} in the calendar."


def test_a_load_does_not_depend_on_the_clock(files: DataFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2001, 1, 1))
    files.change(BENCHMARKS, MEASURED, measured_in="2026-08")
    assert files.load() == LoadReport(updated=1, unchanged=FEW - 1)
