"""Effects as text, for a terminal."""

from collections.abc import Iterable, Iterator

from fitpages.desk.effects import sentences
from fitpages.desk.effects.changes import Change
from fitpages.desk.effects.counting import Report


def lines(report: Report) -> Iterator[str]:
    """All that the page of the desk says."""
    effects = report.effects
    yield from (report.counted, *effects.sentences)
    yield from ("", "Answers by kind, now and after:") if effects.kinds else ()
    yield from (f"  {kind.name:16} {kind.before:>8,} {kind.after:>8,}" for kind in effects.kinds)
    yield from _part("Verdicts that flip", effects.flips, "lines", effects.flipped)
    yield from _part("Largest changes of speed", effects.speeds, "speeds")
    yield from _part("Largest changes of memory", effects.needs, "needs")
    yield from _part(sentences.NO_LONGER, effects.no_longer, "lines", effects.no_longer_indexed)
    yield from _part(sentences.NEWLY, effects.newly, "lines", effects.newly_indexed)


def _part(title: str, changes: tuple[Change, ...], sides: str, count: int = 0) -> Iterable[str]:
    """Some changes below their title; nothing where there are none."""
    if not changes:
        return ()
    first = f", the first {len(changes)} of {count:,}" if count > len(changes) else ""
    rows = (f"  {change.name}: {' -> '.join(getattr(change, sides))}" for change in changes)
    return ("", f"{title}{first}:", *rows)
