"""What the catalog knows of a model and of a GPU, as names and values."""

from catalog.snapshot import PublishedGpu, PublishedModel
from fit import rule_of_thumb
from fit.displays import Display
from fit.gpu_memory import nameplate_gib
from fit.offer import Offer, offer
from fit.systems import System
from fitpages.text import figures

BESIDE = {Display.DESKTOP: "beside a Linux desktop", Display.WINDOWS: "beside a Windows desktop"}

Facts = tuple[tuple[str, str], ...]


def model_facts(model: PublishedModel) -> Facts:
    """What is known of a model, a fact that is missing said to be."""
    spec = model.spec
    active = figures.parameters(spec.active_parameters) if spec.active_parameters else "not published"
    facts = [
        ("From", model.vendor),
        ("Family", model.family),
        ("Parameters", f"{figures.parameters(spec.parameters)} ({spec.parameters:,})"),
        ("Active per token", active if spec.mixture_of_experts else ""),
        ("Context", context_words(model)),
        ("Licence", model.licence or figures.NOT_KNOWN),
        ("Commercial use", model.commercial_use),
        ("Released", figures.day(model.release_date)),
    ]
    return tuple((name, value) for name, value in facts if value)


def context_words(model: PublishedModel) -> str:
    """The context that a model was made for: "32K tokens, 128K with rope scaling"."""
    if model.native_context is None:
        return figures.NOT_KNOWN
    native = f"{figures.tokens(model.native_context)} tokens"
    extended = f", {figures.tokens(model.extended_context)} with rope scaling" if model.extended_context else ""
    return native + extended + _file_words(model)


def _file_words(model: PublishedModel) -> str:
    """Where the published file says another context than the maker: ", as its maker says; its file says 160K"."""
    if model.file_context in (None, model.native_context):
        return ""
    return f", as its maker says; its file says {figures.tokens(model.file_context)}"


def gpu_facts(gpu: PublishedGpu) -> Facts:
    """What is known of a card, a fact that is missing said to be."""
    spec = gpu.spec
    memory = figures.gibibytes(nameplate_gib(spec)) + (f" {gpu.memory_type}" if gpu.memory_type else "")
    price = figures.price(gpu.launch_price_usd) + (" at launch" if gpu.launch_price_usd else "")
    facts = [
        ("Full name", gpu.full_name),
        ("Kind", gpu.segment_name),
        ("Memory", memory + (", shared with the processor" if spec.unified_memory else "")),
        ("Usable, by the rule", figures.memory(rule_of_thumb.usable_bytes(spec))),
        ("Left for a model", _left(gpu)),
        ("With the limit raised", _raised(gpu)),
        ("Bandwidth", figures.bandwidth(spec.bandwidth_gb_s)),
        ("GPUs on a board", str(gpu.gpus_per_board) if gpu.gpus_per_board > 1 else ""),
        ("Power", figures.power(gpu.power_w)),
        ("Released", figures.day(gpu.release_date)),
        ("Price", price),
    ]
    return tuple((name, value) for name, value in facts if value)


def _left(gpu: PublishedGpu) -> str:
    """What the machine leaves as it is usually run, and how that is: "22.5 GiB, beside a Linux desktop"."""
    offered = offer(gpu.spec)
    return f"{figures.counted(offered.total_bytes)}, {setup_words(offered)}" + (
        ", approximate" if offered.approximate else ""
    )


def setup_words(offered: Offer) -> str:
    """How a machine is set up: beside which desktop, else with which system."""
    return BESIDE[offered.display] if offered.with_desktop else f"with {offered.system.name}"


def raised_limit(gpu: PublishedGpu) -> System | None:
    """The system with a raised limit, of machines that share their memory; None where there is none."""
    return next((system for system in gpu.spec.systems if system.key == "raised"), None)


def _raised(gpu: PublishedGpu) -> str:
    system = raised_limit(gpu)
    if system is None:
        return ""
    return f"{figures.counted(offer(gpu.spec, system=system).total_bytes)}: {system.command}"
