"""What a token takes, and what of it lies in RAM, counted by hand."""

import pytest

from fit.flags import Flags
from fit.kv_cache import CacheType, CacheTypes
from fit.mix_families import MXFP4, USUAL, WHOLE_BYTES
from fit.work import Work, work_at
from tests.fit.accountings import accounting
from tests.fit.architectures import LATENT, RECURRENT, architecture, layout, mixture

# Keys and values of two heads of 64 in two bytes, in eight layers.
CACHE_4096 = 8 * 4096 * 2 * 128 * 2
EXPERTS_OF_A_LAYER = 16 * 3 * 512 * 256 * 2
DENSE, MIXTURE = accounting(architecture(), "F16"), accounting(mixture(), "F16")
LAYER = DENSE.weights.layers[0].total


def test_all_weights_of_a_dense_model_are_read_and_all_of_its_cache() -> None:
    assert work_at(DENSE, 4096) == Work(
        weights_bytes=DENSE.weights_bytes, cache_bytes=CACHE_4096, layers=8, mix=WHOLE_BYTES
    )


def test_of_experts_those_are_read_that_a_token_uses() -> None:
    work = work_at(MIXTURE, 4096)
    assert work.weights_bytes == MIXTURE.weights_bytes - 8 * EXPERTS_OF_A_LAYER * 14 / 16
    assert (work.expert_layers, work.mixture, work_at(DENSE, 1).mixture) == (8, True, False)


@pytest.mark.parametrize("kind", [CacheType.Q8_0, CacheTypes(CacheType.F16, CacheType.Q4_0), CacheType.BF16])
def test_a_quantized_cache_is_read_as_if_it_were_not(kind: CacheType | CacheTypes) -> None:
    work, plain = work_at(DENSE, 4096, kind), work_at(DENSE, 4096)
    assert work == plain._replace(quantized_cache=kind is not CacheType.BF16)


def test_latents_linear_layers_and_mixes_are_told_apart() -> None:
    assert work_at(accounting(LATENT), 4096).latent_bytes == 8 * 4096 * 160 * 2
    assert work_at(accounting(RECURRENT), 4096).linear_layers == 8
    made_in_it = mixture(gguf=layout(mxfp4_experts=True))
    mixes = [work_at(of, 1).mix for of in (accounting(architecture(), "Q3_K_M"), accounting(made_in_it, "Q8_0"))]
    assert [work_at(accounting(architecture()), 1).mix, *mixes] == [USUAL, USUAL, MXFP4]


def test_layers_in_ram_have_their_cache_there() -> None:
    work = work_at(DENSE, 4096, flags=Flags(6))
    assert (work.ram_layer_bytes, work.ram_expert_bytes, work.ram_cache_bytes) == (3 * LAYER, 0, CACHE_4096 * 3 / 8)
    assert work.ram_bytes == 3 * LAYER + CACHE_4096 * 3 / 8
    assert work.read_bytes == work_at(DENSE, 4096).read_bytes


def test_all_layers_and_the_head_in_ram_are_all_that_there_is() -> None:
    work = work_at(DENSE, 4096, flags=Flags(0))
    assert work.ram_cache_bytes == CACHE_4096
    assert work.ram_layer_bytes == 8 * LAYER <= work.weights_bytes


def test_of_experts_in_ram_a_token_reads_its_share_and_a_whole_layer_has_them_there_once() -> None:
    share = EXPERTS_OF_A_LAYER * 2 / 16
    rest = MIXTURE.weights.layers[0].total - EXPERTS_OF_A_LAYER
    for flags, layers, experts in ((Flags(None, 3), 0, 3), (Flags(7), 2, 2), (Flags(7, 3), 2, 3), (Flags(7, 1), 2, 2)):
        work = work_at(MIXTURE, 4096, flags=flags)
        assert (work.ram_layer_bytes, work.ram_expert_bytes) == (layers * rest, experts * share)


def test_without_layers_nothing_of_a_cache_is_in_ram() -> None:
    assert Work(weights_bytes=8, cache_bytes=4).ram_bytes == 0


def test_it_is_kept_at_the_few_contexts_that_every_page_asks_for() -> None:
    assert work_at(DENSE, 8192) is work_at(DENSE, 8192)
    assert work_at(DENSE, 9216) is not work_at(DENSE, 9216)
    assert work_at(DENSE, 9216) == work_at(DENSE, 8192)._replace(cache_bytes=CACHE_4096 * 9 / 4)
