"""What a model takes at a quantization: of the mix alone, or of a published file."""

from dataclasses import replace

import pytest

from fit import architecture_figures
from fit.architecture import Architecture
from fit.memory import Basis
from fit.needs import account
from fit.weights import Weights, weights
from tests.builders import quant_spec
from tests.fit.accountings import accounting
from tests.fit.architectures import architecture, mixture, model
from tests.fit.workloads import DRAFT, DRAFTED

QUANT = quant_spec(mix="Q4_K_M")


def test_a_published_file_is_preferred_and_said_to_be() -> None:
    computed = accounting(architecture())
    published = account(model(architecture()), QUANT, computed.weights.file_bytes + 1000)
    assert published is not None
    assert (published.basis, computed.basis) == (Basis.PUBLISHED, Basis.TENSORS)
    assert published.weights_bytes == computed.weights_bytes + 1000
    assert accounting(architecture(extra={"tables": 10**6})).basis is Basis.APPROXIMATE


def test_a_published_file_holds_draft_layers_where_its_size_says_so_or_its_record() -> None:
    memory = model(architecture(mtp=DRAFT)).memory
    assert memory is not None
    plain, with_drafts = (accounting(of).weights for of in (architecture(), DRAFTED))
    assert with_drafts.draft_bytes > 2000
    held = [memory.at("Q4_K_M", size) for size in (plain.file_bytes + 1000, with_drafts.file_bytes - 1000)]
    assert [accounted and accounted.weights.draft_layers for accounted in held] == [0, 1]
    said_to_be = [memory.at("Q4_K_M", plain.file_bytes, holds_drafts=holds) for holds in (True, False)]
    assert [accounted and accounted.weights.draft_layers for accounted in said_to_be] == [1, 0]


def test_a_model_can_be_asked_for_with_its_draft_layers_in_the_file() -> None:
    memory, holding, alone = (model(of).memory for of in (architecture(mtp=DRAFT), DRAFTED, architecture()))
    assert memory is not None
    assert holding is not None
    assert alone is not None
    assert memory.with_draft_layers.architecture == DRAFTED
    assert holding.with_draft_layers is holding
    assert alone.with_draft_layers is alone


def test_a_larger_file_of_a_mixture_reads_more_in_its_share_only() -> None:
    computed = accounting(mixture())
    larger = account(model(mixture()), QUANT, computed.weights.file_bytes + computed.weights_bytes // 10)
    assert larger is not None
    assert larger.read_bytes == pytest.approx(1.1 * computed.read_bytes, rel=1e-3)
    assert larger.head_bytes == pytest.approx(1.1 * computed.head_bytes, rel=1e-3)
    assert larger.stack(8192).weight_ends[-1] == larger.weights_bytes


def test_without_an_architecture_a_context_or_a_mix_there_is_no_accounting() -> None:
    assert account(model(architecture(), architecture=None), QUANT) is None
    assert account(model(architecture(), native_context=None), QUANT) is None
    assert account(model(architecture()), quant_spec(mix="")) is None


@pytest.mark.parametrize("published_bytes", [None, 4_500_000_000])
def test_sizes_are_those_of_the_accounting(published_bytes: int | None) -> None:
    memory, contexts = model(architecture()).memory, (1024, 8192, 32768)
    assert memory
    counted = memory.at("Q4_K_M", published_bytes)
    assert counted
    assert memory.sizes("Q4_K_M", published_bytes, contexts) == tuple(map(counted.total, contexts))
    assert memory.sizes("a mix without rules", published_bytes, contexts) is None


def test_sizes_are_worked_out_once_for_all_models_of_an_architecture_and_no_layers_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mixes: list[str] = []

    def spied(of: Architecture, mix: str) -> Weights:
        mixes.append(mix)
        return weights(of, mix)

    monkeypatch.setattr(architecture_figures, "weights", spied)
    memory = model(architecture()).memory
    assert memory
    for sized in (memory, memory, replace(memory, native_context=4096)):
        assert sized.sizes("Q5_K_M", None, (8192,))
    assert mixes == ["Q5_K_M"]
    assert memory.at("Q5_K_M")
    assert mixes == ["Q5_K_M"] * 2
    assert memory.at("Q4_K_M")
    assert memory.sizes("Q4_K_M", None, (8192,))
    assert mixes == ["Q5_K_M"] * 2 + ["Q4_K_M"]
