"""What is asked in forums again and again, with today's answers."""

from collections.abc import Iterator

from catalog.snapshot import Snapshot
from fitpages.matching.answers import answer
from fitpages.matching.machine_kinds import is_had
from fitpages.pages.common.answer_words import short_line
from fitpages.site import Link

# Models that many take on machines that many have, of every kind: near to what the machine holds, so that one asks.
ASKED = (
    ("gpt-oss-120b", "rtx-4090"),
    ("llama-3-1-8b", "rtx-3060-12"),
    ("qwen3-32b", "rtx-3090"),
    ("gpt-oss-20b", "rtx-5060-ti-16"),
    ("llama-3-3-70b", "rtx-5090"),
    ("qwen3-5-9b", "rtx-4060-laptop"),
    ("llama-3-3-70b", "m4-pro-48"),
    ("gemma-4-12b", "m4-16"),
    ("gpt-oss-120b", "ryzen-ai-max-plus-395-128"),
    ("gpt-oss-20b", "cpu-ddr5-32"),
)


def often_asked(snapshot: Snapshot) -> tuple[Link, ...]:
    """Each pair with its answer; one of which a part is not public, or no longer common, is left out."""
    return tuple(_links(snapshot))


def _links(snapshot: Snapshot) -> Iterator[Link]:
    for model_slug, gpu_slug in ASKED:
        model, gpu = snapshot.models.get(model_slug), snapshot.gpus.get(gpu_slug)
        if model and gpu and model.common and is_had(gpu):
            there = answer(snapshot, model, gpu)
            yield Link(f"{model.name} on {gpu.name}", there.address, short_line(there))
