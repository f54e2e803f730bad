"""What the programs print: tables, and each fault with the way to see it again."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from tests.hostile.fuzz import NAMED_SLOW, TIMES_SLOWER, Asked, Outcome

MOST_EXAMPLES = 3
CLASSES = ("2xx", "3xx", "4xx", "5xx", "none")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns as wide as they must be: the first to the left, figures to the right."""
    texts = [tuple(map(str, row)) for row in (head, *rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(head))]
    lines = (
        [row[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))]
        for row in texts
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


def of_fuzz(outcomes: Iterable[Outcome]) -> str:
    """One line a kind."""
    head = ("kind of request", "requests", *CLASSES, "median ms", "longest ms", "slow", "faults")
    return table(head, (_fuzz_row(outcome) for outcome in outcomes))


def _fuzz_row(outcome: Outcome) -> tuple[object, ...]:
    seconds = [asked.seconds for asked in outcome.asked]
    counts = (f"{outcome.statuses[name]:,}" for name in CLASSES)
    times = (milliseconds(median(seconds)), milliseconds(max(seconds)))
    return (outcome.kind, f"{len(seconds):,}", *counts, *times, len(unnamed_slow(outcome)), len(outcome.faults))


def unnamed_slow(outcome: Outcome) -> list[Asked]:
    return [asked for asked, _ in outcome.slow if asked.request.page not in NAMED_SLOW]


def faults(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Faults of one sentence and one page together, with some of the requests that had them."""
    for outcome in outcomes:
        groups: dict[tuple[str, str], list[str]] = {}
        for sentence, request in outcome.faults:
            page = outcome.kind if sentence.startswith("the log") else request.page
            groups.setdefault((sentence, page), []).append(f"    {request.name}  {request.target!r}")
        for (sentence, page), examples in groups.items():
            yield "\n".join([f"{len(examples):5,} x {page}: {sentence}", *examples[:MOST_EXAMPLES]])
        if outcome.left_out:
            yield f"{outcome.left_out:5,} x {outcome.kind} not sent: the server hung too often"


def slowness(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """What took too long each time, and what did once."""
    for outcome in outcomes:
        for asked, bound in outcome.slow:
            request, usual = asked.request, milliseconds(bound / TIMES_SLOWER)
            reason = f"; named: {NAMED_SLOW[request.page]}" if request.page in NAMED_SLOW else ""
            yield f"  {milliseconds(asked.seconds)} ms, its like at most {usual} ({asked.like}){reason}"
            yield f"    {request.name}  {request.target!r}"
        if outcome.slow_once:
            longest = max(outcome.slow_once, key=lambda asked: asked.seconds)
            yield (
                f"  {outcome.kind}: {len(outcome.slow_once)} more than {TIMES_SLOWER} times the median once, not when "
                f"asked again; the longest {milliseconds(longest.seconds)} ms ({longest.request.name})"
            )
