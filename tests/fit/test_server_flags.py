"""The flags of llama.cpp's server say what was counted, whatever it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.flags import Flags
from fit.kv_cache import CacheKind, CacheType, CacheTypes, types_of
from fit.memory import Accounting
from fit.server_flags import server_flags
from fit.workload import ONE_SLOT, SERVER_DEFAULT, Workload
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, layout
from tests.fit.server_command import CommandError, read
from tests.fit.workloads import accountings, cache_kinds, workloads

PLAIN = accounting(architecture())
splits = st.one_of(st.just((1.0,)), st.lists(st.integers(0, 99).map(float), min_size=2, max_size=4).map(tuple))
placements = st.builds(Flags, st.one_of(st.none(), st.integers(0, 99)), st.integers(0, 99), splits)


@given(of=accountings, flags=placements, context=st.integers(1, 10**6), cache=cache_kinds, workload=workloads)
def test_what_is_said_is_what_is_read(
    of: Accounting, flags: Flags, context: int, cache: CacheKind, workload: Workload
) -> None:
    told = read(f"llama-server -m a.gguf {server_flags(of, flags, context, cache, workload)}")
    assert (told.file, told.context, told.flags, told.cache) == ("a.gguf", context, flags, types_of(cache))
    # A projector is a file, and named as one; the slot of a server with one has all of the cache.
    unified = workload.unified or workload.slots == 1
    assert told.workload == replace(workload, projector=None, unified=unified)


def test_the_usual_is_short() -> None:
    assert server_flags(PLAIN, Flags(), 8192) == "-c 8192 -np 1 -ngl 999 -fa on"


def test_slots_are_always_said_for_the_server_makes_four() -> None:
    assert "-np 4 -kvu" in server_flags(PLAIN, Flags(), 8192, workload=SERVER_DEFAULT)
    assert read("llama-server -m a.gguf -c 8192 -ngl 999 -fa on").workload == SERVER_DEFAULT


def test_a_model_without_flash_attention_is_not_told_to_use_it() -> None:
    without = accounting(architecture(gguf=layout(no_flash_attention=True)))
    assert server_flags(without, Flags(), 8192).endswith("-fa off")


def test_beyond_the_native_context_rope_scaling_reaches_it() -> None:
    native = PLAIN.native_context
    assert "rope" not in server_flags(PLAIN, Flags(), native)
    told = read(f"llama-server -m a.gguf {server_flags(PLAIN, Flags(), 3 * native + 1)}")
    assert told.scaled == 4 * native


def test_types_of_keys_and_values_are_said_apart() -> None:
    text = server_flags(PLAIN, Flags(), 8192, CacheTypes(CacheType.Q8_0, CacheType.Q4_0), ONE_SLOT)
    assert text.endswith("-fa on -ctk q8_0 -ctv q4_0")


@pytest.mark.parametrize(
    ("words", "projector", "takes"),
    [
        ("-m a.gguf", "", False),
        ("-hf a/b:Q4_K_M", "", True),
        ("-hf a/b:Q4_K_M --no-mmproj", "", False),
        ("-hf a/b:Q4_K_M --mmproj p.gguf", "p.gguf", False),
    ],
)
def test_a_projector_is_read_and_one_that_the_server_takes_unasked(words: str, projector: str, takes: bool) -> None:
    told = read(f"llama-server {words} -c 8192 -np 1 -ngl 999 -fa on")
    assert (told.projector, told.takes_projector) == (projector, takes)


@pytest.mark.parametrize(
    "command",
    [
        "llama-cli -m a.gguf -c 8192 -ngl 999",
        "llama-server -m a.gguf -c 8192 -ngl 999 --no-such-flag",
        "llama-server -m a.gguf -c many -ngl 999",
        "llama-server -c 8192 -ngl 999",
    ],
)
def test_what_the_server_does_not_take_is_not_read(command: str) -> None:
    with pytest.raises(CommandError):
        read(command)
