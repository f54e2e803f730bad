"""A report says what somebody should know, and counts the rest."""

from catalog.interchange.report import SOME, LoadReport


def test_it_says_its_remarks_and_then_its_counts() -> None:
    report = LoadReport(created=1, updated=2, unchanged=3, kept=4, remarks=["First.", "Second."])
    assert str(report) == "First.\nSecond.\ncreated 1, updated 2, unchanged 3, kept 4"


def test_it_counts_the_fields_that_are_kept() -> None:
    assert LoadReport(kept=1, kept_fields=1).counts.endswith(", kept 1; 1 field as edited here")
    assert LoadReport(updated=1, kept_fields=2).counts.endswith(", kept 0; 2 fields as edited here")


def test_in_brief_it_says_some_remarks_of_each_file_and_how_many_more_there_are() -> None:
    many = [f"gpus.jsonl, line {number}: kept." for number in range(SOME + 57)]
    one = "models.jsonl, line 1: kept."
    lines = LoadReport(remarks=[*many, one]).in_brief().splitlines()
    assert lines[:-1] == [*many[:SOME], "gpus.jsonl: and 57 more; -v 2 says all.", one]
