"""The command of a pair's page, read back: it does what was counted.

Those of the catalog are read in tests/truth/test_every_command.py.
"""

from dataclasses import replace

import pytest

from catalog.snapshot import Snapshot
from fit.advice import advised_bytes
from fit.allocation import allocate
from fit.memory import Accounting
from fit.offer import offer
from fit.units import MIB
from fit.workload import ONE_SLOT
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.command import Command, command
from tests.fit.server_command import Told, read
from tests.published import published_gpu
from tests.small_catalog import snapshot_of


def facts(small: Snapshot, model: str, gpu: str) -> AssessedPair:
    return assessed_pair(small, Pair(small.models[model], small.gpus[gpu]))


def shown(small: Snapshot, model: str, gpu: str) -> Command:
    of = command(facts(small, model, gpu))
    assert of
    return of


def accounting_of(pair: AssessedPair) -> Accounting:
    exact = (pair.best or pair.default_fit).exact
    assert exact
    return exact.accounting


def needed(pair: AssessedPair, told: Told) -> int:
    """Bytes on the card of what a command tells the server."""
    allocation = allocate(accounting_of(pair), told.flags, told.context, told.cache, told.workload)
    return allocation.cards[0].total_bytes


def test_the_command_runs_the_advised_row_on_the_card_at_a_context_of_use(small: Snapshot) -> None:
    of = shown(small, "small-8b", "rtx-24")
    assert of.text == "llama-server -m your-file-Q6_K.gguf -c 32768 -np 1 -ngl 999 -fa on"
    assert of.effect.startswith("Q6_K with 32,768 tokens of context, all in VRAM; up to ")
    assert of.effect.endswith(
        " fit to the byte. It serves one request at a time; without -np 1 the server makes four slots, which take more."
    )


def test_the_command_names_a_published_file_by_its_repository(small: Snapshot) -> None:
    of = shown(snapshot_of(quants=[small.default_quant]), "small-8b", "rtx-24")
    assert read(of.text).file == "testers/Small-8B-GGUF:Q4_K_M"


def test_a_projector_that_was_not_counted_is_not_taken_from_the_repository(small: Snapshot) -> None:
    seeing = replace(small.models["small-8b"], tower_parameters=400_000_000)
    of = shown(snapshot_of(models=[seeing], quants=[small.default_quant]), "small-8b", "rtx-24")
    assert of.text.startswith("llama-server -hf testers/Small-8B-GGUF:Q4_K_M --no-mmproj -c ")
    assert not read(of.text).takes_projector


@pytest.mark.parametrize(("model", "gpu"), [("large-70b", "rtx-24"), ("mixture-30b", "rtx-8")])
def test_where_nothing_fits_the_command_leaves_a_part_in_ram(small: Snapshot, model: str, gpu: str) -> None:
    of, pair = shown(small, model, gpu), facts(small, model, gpu)
    told = read(of.text)
    assert told.flags in {placed.flags for placed in pair.in_ram if placed}
    assert (told.context, told.workload) == (8192, ONE_SLOT)
    assert of.effect.startswith("Q4_K_M with 8,192 tokens of context, ")
    assert needed(pair, told) <= advised_bytes(pair.gpu.spec)


def test_what_fits_to_the_byte_only_has_a_command_all_the_same(small: Snapshot) -> None:
    tight_mib = -(-accounting_of(facts(small, "small-8b", "rtx-24")).total(8192) // MIB)
    card = published_gpu("Tight", memory_gb=8, bandwidth_gb_s=300, reported_mib=9000, reported_by="cuda")
    taken_mib = 9000 - offer(card.spec).total_bytes // MIB
    tight = replace(card, spec=replace(card.spec, reported_mib=tight_mib + taken_mib))
    of = snapshot_of(gpus=[tight])
    pair = facts(of, "small-8b", "tight")
    told = read(shown(of, "small-8b", "tight").text)
    assert told.context == 8192
    assert advised_bytes(tight.spec) < needed(pair, told) <= offer(tight.spec).total_bytes


def test_without_an_accounting_there_is_no_command(small: Snapshot) -> None:
    assert command(facts(small, "closed-100b", "h80")) is None
    assert command(facts(small, "closed-100b", "rtx-8")) is None
