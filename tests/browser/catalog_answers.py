"""What the catalog answers, as JSON: runs in a process that has Django, beside the site (catalog_says.py)."""

import json
from collections.abc import Callable

from catalog.snapshot import Snapshot, current
from fit import at_context
from fit.uses import AGENT, uses
from fitpages.matching.answers import answer, candidates
from fitpages.matching.ladder import cards
from fitpages.matching.pairs import find_pair
from fitpages.matching.prices import to_buy


def of_pair(snapshot: Snapshot, name: str) -> dict[str, object]:
    """The answer to a pair by the name in its address, and the wait for a prompt of 32K."""
    pair = find_pair(snapshot, name)
    if pair is None:
        raise LookupError(name)
    answered = answer(snapshot, pair.model, pair.gpu)
    verdict = answered.verdict
    of_uses = uses(candidates(snapshot, pair.model), verdict, pair.gpu.spec)
    return {
        "kind": verdict.kind.value,
        "level": answered.quant.short_name,
        "context": verdict.context,
        "tokens_s": answered.tokens_s,
        "ram_bytes": verdict.offload.ram_bytes if verdict.offload else 0,
        "wait_32k_s": next((use.wait.seconds for use in of_uses if use.context == AGENT and use.wait), None),
    }


def takes(snapshot: Snapshot, model: str, context: str) -> dict[str, int]:
    """The bytes that a model takes with so many tokens of context, by level."""
    of_model = candidates(snapshot, snapshot.models[model])
    needs = {snapshot.quant_of[quant.slug].short_name: of_model.need(quant) for quant in of_model.levels.always}
    return {level: need.accounting.total(int(context)) for level, need in needs.items() if need.accounting}


def holding(snapshot: Snapshot, model: str, context: str, tokens_s: str) -> list[dict[str, object]]:
    """Common cards with a price that hold a model alone with a context, and are fast enough at some level."""
    of_model, rows = candidates(snapshot, snapshot.models[model]), []
    for gpu in cards(snapshot):
        verdicts = at_context.on_cards(of_model, gpu.spec, int(context))
        speeds = [verdict.speed.tokens_s for verdict in verdicts if verdict.speed]
        cost = to_buy(snapshot, gpu)
        if cost and max(speeds, default=0) >= int(tokens_s):
            rows.append({"name": gpu.name, "dollars": float(cost.amount), "tokens_s": max(speeds)})
    return rows


ASKED: dict[str, Callable[..., object]] = {"of_pair": of_pair, "takes": takes, "holding": holding}


def say(name: str, *words: str) -> None:
    """Print what is in `ASKED` under a name, of the words behind it."""
    print(json.dumps(ASKED[name](current(), *words)))
