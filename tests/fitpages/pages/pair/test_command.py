"""The command of a pair's page, read back: it does what was counted.

Those of the catalog are read in tests/truth/test_every_command.py.
"""

from dataclasses import replace
from types import MappingProxyType

import pytest

from catalog.snapshot import Snapshot
from fit.allocation import allocate
from fit.verdict import Kind
from fit.workload import ONE_SLOT
from fitpages.pages.pair.command import llama_cpp
from fitpages.pages.pair.programs import Program
from fitpages.text import figures
from tests.fit.server_command import Told, read
from tests.fitpages.matching.test_repositories import place
from tests.fitpages.pages.pair.kinds import PAIRS, assessed, catalog
from tests.small_catalog import snapshot_of

WITHOUT = ("no", "no, of a mixture", "no, made in four bits", "not counted, yes", "not counted, no")


def told(name: str, snapshot: Snapshot | None = None) -> Program:
    program = llama_cpp(assessed(name, snapshot))
    assert program
    return program


def needed(name: str, of: Told) -> int:
    """Bytes on the card of what a command tells the server."""
    accounting = assessed(name).accounting
    assert accounting
    return allocate(accounting, of.flags, of.context, of.cache, of.workload).cards[0].total_bytes


@pytest.mark.parametrize("name", [name for name in PAIRS if name not in WITHOUT])
def test_it_tells_the_server_what_was_counted(name: str) -> None:
    verdict, of = assessed(name).verdict, read(told(name).command)
    assert (of.context, of.flags, of.workload) == (verdict.context, verdict.flags, ONE_SLOT)
    assert (of.cache.keys, of.cache.values) == (verdict.cache_type, verdict.cache_type)
    on_card = verdict.offload.card_bytes if verdict.offload else verdict.takes_bytes
    assert needed(name, of) == on_card <= verdict.available_bytes


@pytest.mark.parametrize("name", WITHOUT)
def test_where_nothing_runs_or_is_counted_there_is_none(name: str) -> None:
    assert llama_cpp(assessed(name)) is None


@pytest.mark.parametrize("name", [name for name in PAIRS if name not in WITHOUT])
def test_no_context_under_2k_is_told(name: str) -> None:
    assert read(told(name).command).context >= 2048


def test_the_file_of_the_catalog_is_named_else_one_of_your_own() -> None:
    assert told("layers in RAM").command.startswith("llama-server -hf testers/Small-8B-GGUF:Q4_K_M -c 8192 ")
    assert "No file at this level" not in told("layers in RAM").note
    assert told("on the card").command == "llama-server -m your-file-Q6_K.gguf -c 32768 -np 1 -ngl 999 -fa on"
    assert told("on the card").note.endswith(" No file at this level is known here: name your own.")


def test_a_repository_where_the_level_was_seen_is_named_and_its_file_not_said_to_be_counted() -> None:
    places = MappingProxyType({"small-8b": (place("bartowski/Small-8B-GGUF", "gguf", "bartowski", "Q6_K"),)})
    of = told("on the card", replace(catalog(), repositories_of=places))
    assert of.command.startswith("llama-server -hf bartowski/Small-8B-GGUF:Q6_K -c 32768 ")
    assert of.note.endswith(" The size of that file is not known here: the level was counted.")


def test_a_projector_that_was_not_counted_is_not_taken_from_the_repository(small: Snapshot) -> None:
    seeing = replace(small.models["small-8b"], tower_parameters=400_000_000)
    of = told("on the card", snapshot_of(models=[seeing], quants=[small.default_quant]))
    assert of.command.startswith("llama-server -hf testers/Small-8B-GGUF:Q4_K_M --no-mmproj -c ")
    assert not read(of.command).takes_projector


def test_the_note_says_what_it_takes_and_how_far_the_context_can_grow() -> None:
    asked = assessed("on the card")
    assert asked.accounting
    longest = figures.counted(asked.accounting.total(131072))
    assert told("on the card").note.startswith(f"Takes 9.9 GiB with 32K of context. For 128K: -c 131072, {longest}.")
    assert told("experts in RAM").note.startswith("Takes 6.2 GiB on the card and 12.0 GiB in RAM with 8K of context.")
    assert "For " not in told("a model of 2K").note


def test_a_quantized_cache_is_told() -> None:
    assert told("only with a q8_0 cache").command.endswith("-fa on -ctk q8_0 -ctv q8_0")
    assert assessed("only with a q8_0 cache").verdict.kind is Kind.SHORT
