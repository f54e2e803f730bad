"""`make test-hostile`: the site under attack, on a server and a catalog of its own, on the loopback.

make test-hostile                    20,000 requests over three seeds, then connections, then logins
make test-hostile REQUESTS=1000      fewer; SEED=7 takes one seed instead of three
python -m tests.hostile.run --only fuzz --kinds query,markup
python -m tests.hostile.run --repeat query:1:57      one request of a table again, with all that was sent and answered
"""

import argparse
import sys
import time
from collections.abc import Iterator

from tests.hostile import connections, logins, report
from tests.hostile.fuzz import KINDS, Outcome, ask, attack, judged, made, warm_up
from tests.hostile.site import Site, hostile_site, loads_what_it_exports
from tests.hostile.surface import Surface

SEEDS = (1, 2, 3)
REQUESTS = 20_000
PARTS = ("fuzz", "connections", "logins")


def main(arguments: list[str] | None = None) -> None:
    """Run what was asked for; ends with how many things were wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--repeat", metavar="KIND:SEED:NUMBER", nargs="+")
    options = parser.parse_args(arguments)
    if options.repeat:
        _repeat(options.repeat)
        return
    wrong = sum(_part(name, options) for name in options.only or PARTS)
    if wrong:
        sys.exit(f"\n{wrong:,} things are wrong.")


def _part(name: str, options: argparse.Namespace) -> int:
    with hostile_site() as site:
        if name == "fuzz":
            return _fuzz(site, options)
        return connections.run(site) if name == "connections" else logins.run(site)


def _fuzz(site: Site, options: argparse.Namespace) -> int:
    """Prints the table of kinds; how many faults there are."""
    surface, outcomes, start = Surface(site), dict[str, Outcome](), time.monotonic()
    warm_up(surface)
    memory = [site.memory_mib()]
    site.new_lines()
    seeds = (options.seed,) if options.seed is not None else SEEDS
    for place, seed in enumerate(seeds):
        count = options.requests // len(seeds) + (place < options.requests % len(seeds))
        attack(surface, seed, count, options.kinds.split(","), outcomes)
        memory.append(site.memory_mib())
    minutes = (time.monotonic() - start) / 60
    print("\n".join(_lines(outcomes, seeds, minutes)))
    print(f"Memory of the worker: {memory[0]:,.0f} MiB before; after each seed {_joined(memory[1:])} MiB")
    loads = loads_what_it_exports(site)
    print(f"The catalog afterwards is exported, and loaded again: {loads or 'yes'}")
    return sum(len(outcome.faults) + len(report.unnamed_slow(outcome)) for outcome in outcomes.values()) + bool(loads)


def _joined(figures: list[float]) -> str:
    return ", ".join(f"{figure:,.0f}" for figure in figures)


def _lines(outcomes: dict[str, Outcome], seeds: tuple[int, ...], minutes: float) -> Iterator[str]:
    rows = list(outcomes.values())
    total = sum(len(outcome.asked) for outcome in rows)
    yield f"{total:,} requests, seeds {', '.join(map(str, seeds))}, in {minutes:.1f} minutes\n"
    yield report.of_fuzz(rows)
    marked = set().union(*(outcome.marked for outcome in rows))
    yield f"\nMarkup was saved in {len(marked)} fields: {', '.join(sorted(marked)) or 'none'}"
    yield "\nFaults:"
    yield from list(report.faults(rows)) or ["  none"]
    yield "\nSlower than ten times the median of their like:"
    yield from list(report.slowness(rows)) or ["  none"]
    yield ""


def _repeat(names: list[str]) -> None:
    with hostile_site() as site:
        surface = Surface(site)
        for name in names:
            request = made(surface, name)
            site.new_lines()
            answer = ask(site, request)
            log = site.new_lines()
            print(f"{name}\n--- sent\n{request.data[:4000]!r}\n--- answered in {answer.seconds:.3f} s: {answer.status}")
            print(f"{answer.headers}\n{answer.body[:4000].decode('utf-8', 'replace')}\n--- log\n{log}\n--- faults")
            print("\n".join(judged(request, answer, log)) or "none")


if __name__ == "__main__":
    main()
