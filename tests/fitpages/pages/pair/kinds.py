"""A made-up pair of each kind that a page answers for, in one small catalog."""

from dataclasses import replace
from functools import cache

from catalog.snapshot import PublishedGpu, PublishedModel, PublishedQuant, Snapshot
from fit.architecture import Architecture
from fit.architecture_document import read as read_architecture
from fit.levels import NATIVE_MIX
from fit.specs import Shown
from fitpages.matching.pairs import Pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.assessed import AssessedPair, assessed_pair
from fitpages.pages.pair.page import PairPage
from fitpages.pages.pair.pieces import Piece
from fitpages.serving.responses import render
from tests.fitpages.levels import native_model, other_quant
from tests.html_page import HtmlPage
from tests.published import dense, narrow_heads, published_gpu, published_model
from tests.small_catalog import five_gpus, four_models, six_quants, snapshot_of

# Model and machine, by what their page answers.
PAIRS = {
    "on the card": ("small-8b", "rtx-24"),
    "on a laptop": ("small-8b", "rx-16-laptop"),
    "at less than the default": ("mixture-30b", "rx-16-laptop"),
    "in memory": ("small-8b", "mac-64"),
    "no GPU": ("small-8b", "cpu-64"),
    "a board": ("small-8b", "k-2x12"),
    "a model of 2K": ("old-2b", "rtx-24"),
    "a small card": ("old-2b", "rtx-4"),
    "made in four bits": ("native-30b", "rtx-24"),
    "experts in RAM": ("mixture-30b", "rtx-8"),
    "layers in RAM": ("small-8b", "rtx-4"),
    "layers in RAM for 8K": ("narrow-3b", "rtx-5"),
    "made in four bits, with RAM": ("native-30b", "rtx-8"),
    "short": ("small-8b", "pool-4"),
    "only with a q8_0 cache": ("small-8b", "pool-3"),
    "only below": ("large-70b", "rtx-30"),
    "slow with RAM": ("large-70b", "rtx-24"),
    "slow with RAM, on a board": ("large-70b", "k-2x12"),
    "slow with RAM, on a laptop": ("large-70b", "rx-16-laptop"),
    "too much RAM": ("huge-600b", "rtx-24"),
    "slow in memory": ("large-70b", "cpu-64"),
    "no": ("large-70b", "mac-8"),
    "no, of a mixture": ("huge-600b", "rtx-4"),
    "no, made in four bits": ("native-30b", "mac-8"),
    "not counted, yes": ("closed-100b", "h80"),
    "not counted, no": ("closed-100b", "rtx-24"),
}
YES = {*list(PAIRS)[:16], "not counted, yes"}


def _huge() -> Architecture:
    """60 layers of 256 experts, of which a token uses eight."""
    mixer = {"type": "gqa", "heads": 64, "kv_heads": 8, "head_dim": 128}
    experts = {"type": "moe", "experts": 256, "active": 8, "size": 1900}
    block = {"n": 60, "mixers": [mixer], "ffn": experts, "norm_params": 14336}
    return read_architecture(
        {
            "vocab_size": 128256,
            "hidden_size": 7168,
            "tie_embeddings": False,
            "final_norm_params": 7168,
            "blocks": [block],
        }
    )


def _models() -> tuple[PublishedModel, ...]:
    old = dense(layers=32, width=2560, heads=32, feed_forward=10240)
    mixture = {"mixture_of_experts": True, "active_parameters": 30 * 10**9}
    return (
        *four_models(),
        native_model(),
        published_model("Narrow 3B", 2_779_683_840, narrow_heads()),
        published_model("Old 2B", 2_779_683_840, old, native_context=2048),
        published_model("Huge 600B", 600 * 10**9, _huge(), **mixture),
    )


def _pool(name: str, memory_gb: int, bandwidth_gb_s: int, **facts: object) -> PublishedGpu:
    """A machine whose memory is the system's own."""
    return published_gpu(name, memory_gb, bandwidth_gb_s, unified_memory=True, common=False, **facts)


def _gpus() -> tuple[PublishedGpu, ...]:
    apple = {"vendor": "Apple", "segment": "apple", "speed_class": "apple", "chip_architecture": "Apple M1"}
    return (
        *five_gpus(),
        published_gpu("RTX 4", 4, 200, reported_mib=4000, reported_by="cuda", common=False),
        published_gpu("RTX 5", 5, 200, reported_mib=4600, reported_by="cuda", common=False),
        published_gpu("RTX 30", 30, 1008, reported_mib=31500, reported_by="cuda", common=False),
        published_gpu("K 2x12", 12, 240, gpus_per_board=2, reported_mib=11441, reported_by="cuda"),
        published_gpu("Mac 8", 8, 100, **apple, unified_memory=True, reported_mib=5461, reported_by="metal"),
        _pool("CPU 64", 64, 89, vendor="CPU", speed_class="cpu"),
        _pool("Pool 4", 4, 120, vendor="Other", reported_mib=5400),
        _pool("Pool 3", 3, 120, vendor="Other", reported_mib=4900),
    )


def _quants() -> tuple[PublishedQuant, ...]:
    below = other_quant("IQ3_XXS", "IQ3_XXS", Shown.FOLDED)
    below = replace(below, spec=replace(below.spec, worth_recommending=False))
    return below, other_quant("Q2_K", "Q2_K", Shown.NOTHING_BETTER)


@cache
def catalog() -> Snapshot:
    """Beside the small catalog: the native level, two levels below the usual ones, and what PAIRS names."""
    native = replace(other_quant("MXFP4", NATIVE_MIX, Shown.FOLDED), quality="As it was made.")
    always, below = six_quants(), _quants()
    in_order = (*always[:-2], always[-2], native, always[-1], *below)
    lowest = tuple(replace(quant, spec=replace(quant.spec, worth_recommending=False)) for quant in below)
    return snapshot_of(
        models=_models(), gpus=_gpus(), quants=always, all_quants=(*in_order[:-2], *lowest), benchmarks=()
    )


def pair(name: str, snapshot: Snapshot | None = None) -> Pair:
    snapshot = snapshot or catalog()
    model, gpu = PAIRS[name]
    return Pair(snapshot.models[model], snapshot.gpus[gpu])


def assessed(name: str, snapshot: Snapshot | None = None) -> AssessedPair:
    return assessed_pair(snapshot or catalog(), pair(name, snapshot))


def page(name: str, snapshot: Snapshot | None = None) -> PairPage:
    return pair_page.build(snapshot or catalog(), pair(name, snapshot))


def html(name: str) -> str:
    return render(page(name)).decode()


def shown(name: str) -> HtmlPage:
    return HtmlPage(html(name))


def read(pieces: tuple[Piece, ...]) -> str:
    """Prose as a reader has it."""
    return "".join(piece.text for piece in pieces)
