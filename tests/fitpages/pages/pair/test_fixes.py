"""Each way to make a model fit, or fit better, is offered where it leads somewhere, with its consequence."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit import speed
from fit.advice import advised_bytes
from fit.allocation import allocate
from fit.assessment import QuantFit
from fit.flags import Flags
from fit.kv_cache import CacheType, CacheTypes
from fit.workload import ONE_SLOT
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.fixes import Fix, fixes
from fitpages.site import Link
from fitpages.text import figures
from tests.fit.server_command import Told, read

# Every so many models, on every common machine.
STEP = 7


def facts(small: Snapshot, model: str, gpu: str) -> AssessedPair:
    return assessed_pair(small, Pair(small.models[model], small.gpus[gpu]))


def offered(small: Snapshot, model: str, gpu: str) -> dict[str, Fix]:
    return {fix.name: fix for fix in fixes(small, facts(small, model, gpu))}


def told_by(fix: Fix) -> Told:
    """What the server is told, once the file is named."""
    return read(f"llama-server -m your-file.gguf {fix.flags}")


@pytest.mark.parametrize(
    ("model", "gpu", "names"),
    [
        ("small-8b", "rtx-24", []),
        ("small-8b", "rtx-8", ["A quantized cache", "A shorter context", "A second card"]),
        ("large-70b", "rtx-24", ["A second card", "Layers in RAM", "The smallest card that runs it"]),
        ("large-70b", "rx-16-laptop", ["Four cards", "Layers in RAM", "The smallest card that runs it"]),
        ("mixture-30b", "rtx-8", ["Four cards", "Experts in RAM", "Layers in RAM", "The smallest card that runs it"]),
        ("large-70b", "mac-64", ["A quantized cache"]),
        ("closed-100b", "rtx-24", []),
    ],
)
def test_ways_are_offered_where_they_lead_somewhere(small: Snapshot, model: str, gpu: str, names: list[str]) -> None:
    assert list(offered(small, model, gpu)) == names


def test_a_quantized_cache_says_what_it_gains_and_its_flags(small: Snapshot) -> None:
    fix = offered(small, "small-8b", "rtx-8")["A quantized cache"]
    text = r"\d+K tokens at Q5_K_M instead of \d+K, with some memory kept free, at a small loss\."
    assert re.fullmatch(text, fix.text)
    told = told_by(fix)
    assert told.cache == CacheTypes(CacheType.Q8_0, CacheType.Q8_0)
    assert fix.text.startswith(figures.tokens(told.context))


def test_a_shorter_context_is_of_a_better_quantization_that_just_does_not_fit(small: Snapshot) -> None:
    fix = offered(small, "small-8b", "rtx-8")["A shorter context"]
    row = next(row for row in facts(small, "small-8b", "rtx-8").assessment.quants if row.quant.slug == "q6-k")
    assert row.exact
    context = told_by(fix).context
    assert 0 < context < row.exact.longest_context < row.exact.accounting.reference_context
    assert fix.text == f"Q6_K fits with {figures.tokens(context)} tokens ({context:,}), with some memory kept free."


def test_several_cards_split_the_layers_and_are_not_faster(small: Snapshot) -> None:
    fix = offered(small, "large-70b", "rtx-24")["A second card"]
    assert re.match(r"2 × RTX 24: Q4_K_M with \d+K tokens, layers split between them, one after the other; ", fix.text)
    assert re.search(r"expect about [\d.]+ tokens per second\.$", fix.text)
    assert offered(small, "large-70b", "rx-16-laptop")["Four cards"].text.startswith("4 × RX 16 Laptop: ")


def test_layers_in_ram_say_how_many_stay_and_how_fast_it_then_is(small: Snapshot) -> None:
    fix, pair = offered(small, "large-70b", "rtx-24")["Layers in RAM"], facts(small, "large-70b", "rtx-24")
    offload, exact = pair.in_ram.layers, pair.default_fit.exact
    assert offload
    assert exact
    context = exact.accounting.reference_context
    slow, fast = speed.at_usual_ends(exact.accounting, pair.pair.gpu.spec, offload.flags, context)
    on_card = sum(offload.layers_on_cards)
    assert fix.text.startswith(f"Q4_K_M with {on_card} of 80 layers and the head in VRAM and ")
    low, high = figures.expected(slow.tokens_s), figures.expected(fast.tokens_s)
    span = f"{figures.expected(slow.low)} to {figures.expected(fast.high)} in all"
    ends = f"{low} tokens per second with two channels of DDR4 and {high} with two of DDR5 ({span})"
    assert fix.text.endswith(f"; expect about {ends}.")
    assert slow.tokens_s < fast.tokens_s
    assert told_by(fix).flags == Flags(on_card + 1), "The head is counted first."


def test_experts_in_ram_keep_the_rest_of_every_layer_on_the_card(small: Snapshot) -> None:
    fix, pair = offered(small, "mixture-30b", "rtx-8")["Experts in RAM"], facts(small, "mixture-30b", "rtx-8")
    offload = pair.in_ram.experts
    assert offload
    assert fix.text.startswith(f"Q4_K_M with the experts of {offload.flags.cpu_moe_layers} of 48 layers in RAM, ")
    assert told_by(fix).flags == Flags(cpu_moe_layers=offload.flags.cpu_moe_layers)


def test_the_smallest_card_is_one_that_really_holds_it_and_says_where_the_rule_sees_no_room(small: Snapshot) -> None:
    fix = offered(small, "large-70b", "rtx-8")["The smallest card that runs it"]
    assert fix.link == Link("Mac 64", "/run/large-70b-on-mac-64/")
    assert "without the room that the rule of thumb leaves" in fix.text
    agreed = offered(small, "mixture-30b", "rtx-8")["The smallest card that runs it"]
    assert agreed.link == Link("RTX 24", "/run/mixture-30b-on-rtx-24/")
    assert "rule of thumb" not in agreed.text


def test_memory_that_is_the_system_s_own_has_no_other_ram_and_no_second_card(small: Snapshot) -> None:
    assert not {"A second card", "Layers in RAM", "Experts in RAM"} & set(offered(small, "large-70b", "mac-64"))


def test_the_flags_of_every_way_counted_again_take_no_more_than_advice_uses(snapshot: Snapshot) -> None:
    machines = [gpu for gpu in snapshot.gpus.values() if gpu.common]
    pairs = [Pair(model, gpu) for model in list(snapshot.models.values())[::STEP] for gpu in machines]
    read_back = set()
    for pair in (assessed_pair(snapshot, pair) for pair in pairs):
        for fix in fixes(snapshot, pair):
            if fix.flags:
                assert taken_at_most(pair, fix) <= advised_bytes(pair.gpu.spec), (pair.pair.address, fix)
                read_back.add(fix.name)
    assert read_back == {
        *("A quantized cache", "A shorter context", "A second card", "Four cards", "Experts in RAM", "Layers in RAM"),
    }


def taken_at_most(pair: AssessedPair, fix: Fix) -> int:
    """Bytes on the fullest card, of the quantization that the text names, under the flags alone."""
    told = told_by(fix)
    assert told.workload == ONE_SLOT
    named = max((row for row in pair.assessment.quants if named_in(fix, pair, row)), key=lambda row: row.size_bytes)
    assert named.exact
    what = (named.exact.accounting, told.flags, told.context, told.cache, told.workload)
    # Where the copies of a pipeline do not fit, the server goes without.
    allocations = [allocate(*what, peer_copies=pipeline) for pipeline in (True, False)]
    return min(max(card.total_bytes for card in allocation.cards) for allocation in allocations)


def named_in(fix: Fix, pair: AssessedPair, row: QuantFit) -> bool:
    return re.search(rf"\b{re.escape(pair.short_name(row))}\b", fix.text) is not None
