"""Effects as text."""

from catalog.snapshot import Snapshot
from fitpages.desk.effects.counting import at_once
from fitpages.desk.effects.printed import lines
from tests.fitpages.desk.effects.changed import with_gpu, without


def test_the_numbers_and_some_changes_are_printed(small: Snapshot) -> None:
    printed = list(lines(at_once(small, without("q6-k", "q5-k-m"), 0)))
    assert printed[0].startswith("All 20 pairs that may change were counted")
    assert "Answers by kind, now and after:" in printed
    assert any(line.startswith("  Small 8B on RTX 24: ") and " -> " in line for line in printed)
    assert "Largest changes of memory:" in printed


def test_lists_that_are_cut_say_so(small: Snapshot) -> None:
    printed = list(lines(at_once(small, without("small-8b", "large-70b", "mixture-30b"), 0)))
    assert "Search engines would not be told of any more, the first 8 of 14:" in printed


def test_nothing_is_a_line(small: Snapshot) -> None:
    (line,) = lines(at_once(small, with_gpu("rtx-24", notes="New."), 0))
    assert line.startswith("Nothing that an answer follows from changes.")
