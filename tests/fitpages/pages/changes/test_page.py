"""The page of changes: by day, the newest first, of everything or of what an address names."""

import pytest

from catalog.recent_changes import Deed, LoadCount, RecentChanges
from catalog.snapshot import Snapshot
from fitpages.pages.changes import page as changes_page
from fitpages.serving.responses import render
from tests.fitpages.changes import hours, load, of_file, of_measurement, public_change, snapshot_with
from tests.html_page import HtmlPage
from tests.small_catalog import snapshot_of

ALL_KINDS = (
    public_change(number=9),
    of_measurement(number=8, at=hours(1)),
    of_file(number=7, at=hours(2)),
    public_change(number=6, at=hours(30), slug="rtx-8", name="RTX 8"),
    public_change(number=5, at=hours(31), kind="quant", slug="q4-k-m", name="Q4_K_M"),
    of_file(number=4, at=hours(32), model="", name="A file of nothing"),
    load(
        LoadCount("gpu", 0, 2),
        at=hours(60),
        changes=(public_change(number=2), public_change(number=1, slug="h80", name="H80")),
    ),
    load(LoadCount("gpu", 5, 0), at=hours(99)),
)


def names(snapshot: Snapshot, of: str) -> list[str]:
    """The records of which the page of `of` tells, those of loads too."""
    days = changes_page.build(snapshot, {"of": of}).days
    return [told.record.text for day in days for part in day.parts for told in part.entries]


def test_changes_stand_under_their_days_in_utc() -> None:
    page = changes_page.build(snapshot_with(*ALL_KINDS), {})
    assert [(day.date, day.anchor, [(part.summary, len(part.entries)) for part in day.parts]) for day in page.days] == [
        ("1 March 2026", "2026-03-01", [("", 3)]),
        ("28 February 2026", "2026-02-28", [("", 3)]),
        ("27 February 2026", "2026-02-27", [("2 GPUs came with new data.", 2)]),
        ("25 February 2026", "2026-02-25", [("5 GPUs were added.", 0)]),
    ]


def test_a_load_of_the_day_stands_between_what_changed_after_it_and_before() -> None:
    changes = [public_change(number=number, at=hours(12 - number), name=str(number)) for number in (9, 8, 6)]
    of_noon = load(LoadCount("gpu", 5, 0), at=hours(5))
    (day,) = changes_page.build(snapshot_with(*changes[:2], of_noon, changes[2]), {}).days
    told = [part.summary or [entry.record.text for entry in part.entries] for part in day.parts]
    assert told == [["9", "8"], "5 GPUs were added.", ["6"]]


def test_a_reader_reads_the_figure_before_and_after_with_its_source() -> None:
    html = HtmlPage(render(changes_page.build(snapshot_with(*ALL_KINDS), {})).decode())
    assert "450 W → 350 W" in html.text
    assert "Pages that followed: its page." in html.text
    assert "With new data files: 5 GPUs were added." in html.text
    assert "https://www.example.org/datasheet" in html.links
    assert {"/gpus/rtx-24/", "/run/small-8b-on-rtx-24/", "/models/small-8b/", "/changes.atom"} <= set(html.links)


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("rtx-24", ["RTX 24", "Measured", "Q4_K_M", "RTX 24"]),
        ("RTX_24", ["RTX 24", "Measured", "Q4_K_M", "RTX 24"]),
        ("rtx-24-gb", ["RTX 24", "Measured", "Q4_K_M", "RTX 24"]),
        ("h80", ["Q4_K_M", "H80"]),
        ("small-8b", ["Measured", "A file", "Q4_K_M"]),
        ("large-70b", ["Q4_K_M"]),
        ("small-8b-on-rtx-24", ["RTX 24", "Measured", "A file", "Q4_K_M", "RTX 24"]),
        ("small-8b-on-rtx-8", ["A file", "RTX 8", "Q4_K_M"]),
        ("quantizations", ["Q4_K_M"]),
    ],
)
def test_what_was_asked_for_has_the_changes_of_the_data_of_its_page(of: str, expected: list[str]) -> None:
    assert names(snapshot_with(*ALL_KINDS), of) == expected


def test_of_what_was_asked_for_the_page_says_so_and_when() -> None:
    page = changes_page.build(snapshot_with(*ALL_KINDS), {"of": "small-8b-on-rtx-24"})
    assert page.heading == "What changed in the data of Small 8B on RTX 24"
    assert page.opening == (
        "The data that the figures of Small 8B on RTX 24 are computed from last changed on 1 March 2026."
    )
    assert page.everything is not None
    assert page.everything.address == "/changes/"
    assert not page.indexable
    assert page.canonical.endswith("/changes/")


def test_of_what_did_not_change_lately_it_says_since_when() -> None:
    page = changes_page.build(snapshot_of(), {"of": "h80"})
    assert page.days == ()
    assert page.opening.endswith("That was before what stands in this list, or with a load of data too large for it.")


def test_what_there_is_not_is_said_and_everything_is_shown() -> None:
    page = changes_page.build(snapshot_with(*ALL_KINDS), {"of": "<b>x"})
    assert page.opening == "There is nothing called “<b>x” here, so this is everything."
    assert len(page.days) == 4
    assert b"<b>x" not in render(page)


def test_it_says_whether_it_has_every_change() -> None:
    assert changes_page.build(snapshot_with(*ALL_KINDS), {}).opening.startswith("Every change")
    some = snapshot_of(changes=RecentChanges(entries=ALL_KINDS, is_whole=False))
    assert changes_page.build(some, {}).opening.startswith("The latest changes")
    assert changes_page.build(snapshot_of(), {}).opening == "Nothing has changed since changes are kept."


def test_fifty_are_on_a_page_and_links_lead_on() -> None:
    snapshot = snapshot_with(*(public_change(number=number, at=hours(99 - number)) for number in range(99, 0, -1)))
    first, second = (changes_page.build(snapshot, {"of": "rtx-24", "page": page, "x": "y"}) for page in ("", "2"))
    assert [sum(len(part.entries) for day in page.days for part in day.parts) for page in (first, second)] == [50, 49]
    assert first.pager.steps[1].address == "/changes/?of=rtx-24&page=2"
    assert first.pager.position == "1 to 50 of 99 changes"


def test_what_is_gone_has_no_link() -> None:
    page = changes_page.build(snapshot_with(public_change(slug="gone", name="Gone", deed=Deed.DELETED, fields=())), {})
    assert "/gpus/gone/" not in HtmlPage(render(page).decode()).links


def test_its_title_and_description_fit_a_list_of_results(small: Snapshot) -> None:
    page = changes_page.build(small, {})
    assert len(page.title) <= 60
    assert len(page.description) <= 160
