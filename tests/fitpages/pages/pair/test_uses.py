"""Three uses as a page says them: whether each runs, how fast, and what one waits."""

import re
from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit.units import MIB
from fit.uses import Use
from fit.verdict import LEAST_WITH_RAM_TOKENS_S
from fitpages.pages.pair.uses import UseShown, uses_shown
from fitpages.text import figures
from tests.fitpages.pages.pair.kinds import PAIRS, assessed, catalog
from tests.published import published_benchmark


def shown(name: str, snapshot: Snapshot | None = None) -> tuple[UseShown, ...]:
    return uses_shown(assessed(name, snapshot))


def _pace(use: Use) -> str:
    assert use.speed
    return figures.expected(use.speed.tokens_s)


def _wait(use: Use) -> str:
    assert use.wait
    return figures.seconds(use.wait.seconds)


def test_on_the_card_each_has_its_speed_and_its_wait() -> None:
    asked = assessed("on the card")
    expected = zip(("Chat", "Code agent", "Long document"), ("8K of context", "32K", "128K"), asked.uses, strict=True)
    assert uses_shown(asked) == tuple(
        UseShown(name, context, _pace(use), "tokens/s", "Runs.", True, f"A full prompt takes {_wait(use)}.")
        for name, context, use in expected
    )
    figures_shown = [float(use.figure) for use in uses_shown(asked)]
    assert figures_shown == sorted(set(figures_shown), reverse=True)


def test_what_lies_in_ram_is_said_and_what_is_too_slow_does_not_run() -> None:
    chat, agent, document = shown("experts in RAM")
    assert (chat.status, chat.is_yes) == (agent.status, agent.is_yes) == ("Runs with RAM.", True)
    assert chat.note == f"12 GiB in RAM; a full prompt takes {_wait(assessed('experts in RAM').uses[0])}."
    assert (document.status, document.is_yes) == ("Too slow.", False)
    assert float(document.figure) < LEAST_WITH_RAM_TOKENS_S <= float(agent.figure)
    assert [use.status for use in shown("too much RAM")] == ["Needs more RAM."] * 3


def test_what_does_not_fit_says_what_it_takes_and_no_speed() -> None:
    for use, takes in zip(shown("no"), ("41.7", "49.2", "79.3"), strict=True):
        assert (use.figure, use.unit, use.status, use.is_yes) == ("", "", "Does not fit.", False)
        assert use.note == f"It takes {takes} GiB."


def test_what_the_model_takes_at_most_is_said_once() -> None:
    chat, agent, document = shown("a model of 2K")
    assert chat.context == "2K of context"
    assert agent == UseShown("Code agent", "", "", "", "Not with this model.", False, "It takes 2K at most.")
    assert document == UseShown("Long document", "", "", "", "Not with this model.", False, "")


def test_what_is_tight_says_what_is_to_spare() -> None:
    snapshot = catalog()
    card = snapshot.gpus["rtx-24"]
    takes_mib = assessed("on the card").uses[1].takes_bytes / MIB
    taken_mib = card.spec.reported_mib - card.spec.offer.total_bytes // MIB
    for spare_mib in (100, 500):
        reported = int(takes_mib + taken_mib + spare_mib)
        tight = replace(card, spec=replace(card.spec, reported_mib=reported))
        agent = shown("on the card", replace(snapshot, gpus={**snapshot.gpus, "rtx-24": tight}))[1]
        assert (agent.status, agent.is_yes) == ("Runs, tight.", True)
        assert re.match(rf"{spare_mib - 1}|{spare_mib} MiB to spare; a full prompt", agent.note), agent.note


def test_without_a_wait_only_what_is_known_is_said() -> None:
    assert [use.note for use in shown("layers in RAM")] == ["2.4 GiB in RAM.", "5.7 GiB in RAM.", "18 GiB in RAM."]


def test_a_measurement_stands_before_the_estimate_at_its_context_alone() -> None:
    asked = assessed("on the card")
    row = published_benchmark("a", "small-8b", "rtx-24", "54.4", quant="q6-k", depth_tokens=32768)
    object.__setattr__(asked, "answer", asked.answer._replace(measured=row))
    assert [use.figure for use in uses_shown(asked)] == [_pace(asked.uses[0]), "54", _pace(asked.uses[2])]


def test_where_nothing_is_counted_there_are_none() -> None:
    assert shown("not counted, yes") == shown("not counted, no") == ()


@pytest.mark.parametrize("name", [name for name in PAIRS if not name.startswith("not counted")])
def test_no_speed_stands_without_its_context(name: str) -> None:
    for use in shown(name):
        assert bool(use.unit) is bool(use.figure)
        assert use.context or not use.figure
