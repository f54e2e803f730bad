"""Small catalogs with quantizations besides the usual six."""

from dataclasses import replace

import pytest

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit import levels
from fit.architecture import FileLayout
from fit.specs import Shown
from tests.published import mixture_of_experts, published_gpu, published_model, published_quant
from tests.small_catalog import five_gpus, four_models, six_quants, snapshot_of


def other_quant(name: str, mix: str, shown: Shown, **facts: object) -> PublishedQuant:
    """A quantization that the rule of thumb does not know."""
    quant = published_quant(name, "0.3", shown is Shown.FOLDED, "0.2")
    return replace(quant, spec=replace(quant.spec, bytes_per_weight=None, mix=mix, shown=shown), **facts)


def with_others() -> Snapshot:
    """One level below the usual ones and one that is folded; a card that holds Large 70B only at the lower one."""
    others = (
        other_quant("IQ4_XS", "IQ4_XS", Shown.FOLDED, needs_imatrix=True),
        other_quant("Q2_K", "Q2_K", Shown.NOTHING_BETTER),
        other_quant("Q1_X", "a mix without rules", Shown.FOLDED),
    )
    card = published_gpu("RTX 32", memory_gb=32, bandwidth_gb_s=1008, reported_mib=32000, reported_by="cuda")
    return snapshot_of(gpus=[*five_gpus(), card], others=others)


def with_between() -> Snapshot:
    """Folded levels between the default and the lowest, of which IQ4_XS alone is worth recommending, and one below.

    RTX 44 holds Large 70B at those between and at Q3_K_M, RTX 30 at those below alone.
    """
    always = six_quants()
    between = (other_quant("IQ4_XS", "IQ4_XS", Shown.FOLDED), _unworthy("Q4_0"))
    below = (_unworthy("IQ3_XXS"), other_quant("Q2_K", "Q2_K", Shown.NOTHING_BETTER))
    sizes = {44: 41000, 30: 31500}
    cards = [published_gpu(f"RTX {gb}", memory_gb=gb, bandwidth_gb_s=1008, reported_mib=sizes[gb]) for gb in sizes]
    in_order = (*always[:-1], *between, always[-1], *below)
    return snapshot_of(gpus=[*five_gpus(), *cards], quants=always, all_quants=in_order)


def _unworthy(name: str) -> PublishedQuant:
    quant = other_quant(name, name, Shown.FOLDED)
    return replace(quant, spec=replace(quant.spec, worth_recommending=False))


def native_model() -> PublishedModel:
    """A mixture whose experts were made in four bits."""
    architecture = replace(mixture_of_experts(), gguf=FileLayout(mxfp4_experts=True))
    return published_model(
        "Native 30B", 30_532_122_624, architecture, mixture_of_experts=True, active_parameters=3_353_032_704
    )


def with_native(monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """The small catalog with a model that was made in four bits, and the level that it was made in.

    A mix with rules stands for that level's: what becomes of the experts, the architecture says.
    """
    monkeypatch.setattr(levels, "NATIVE_MIX", "IQ4_XS")
    quant = replace(other_quant("MXFP4", "IQ4_XS", Shown.FOLDED), quality="As it was made.")
    return snapshot_of(models=[*four_models(), native_model()], others=(quant,), benchmarks=())
