"""What the figures of a measurement cannot be, said in the database and at the field of a form."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from catalog.models.validation import named_constraint, positive_constraint

FIGURES_ABOVE_ZERO = {
    "gpu_count": "The number of cards",
    "bandwidth_gb_s": "Bandwidth",
    "power_limit_w": "The power limit",
    "ram_channels": "The channels of RAM",
    "ram_gb_s": "The bandwidth of RAM",
    "parameters": "Parameters",
    "active_parameters": "Active parameters",
    "weights_bytes": "The size of the file",
    "active_weights_bytes": "The bytes read for one token",
    "context_tokens": "The tokens in the cache",
    "decode_tokens_s": "The decode speed",
    "prefill_tokens_s": "The prefill speed",
    "prefill_tokens": "The length of the prompt",
    "runs": "The number of runs",
}


def within_constraint(name: str, part: str, whole: str, message: str) -> models.CheckConstraint:
    """`part` is at most `whole`, where both are known."""
    either_missing = Q(**{f"{part}__isnull": True}) | Q(**{f"{whole}__isnull": True})
    return named_constraint(name, either_missing | Q(**{f"{part}__lte": F(whole)}), message)


CONSTRAINTS = [
    *[positive_constraint(field, label) for field, label in FIGURES_ABOVE_ZERO.items()],
    within_constraint(
        "active_within_all",
        "active_parameters",
        "parameters",
        "Active parameters must not exceed all parameters.",
    ),
    within_constraint(
        "read_within_file",
        "active_weights_bytes",
        "weights_bytes",
        "The bytes read for one token must not exceed the file.",
    ),
    within_constraint(
        "depth_within_context",
        "depth_tokens",
        "context_tokens",
        "The tokens in the cache before must not exceed their average meanwhile.",
    ),
    named_constraint("split_of_several", Q(split="") | Q(gpu_count__gt=1), "One card is not split."),
]


def contradictions(row: Any) -> dict[str, str]:
    """What contradicts another figure of a measurement's row, by field; each in a sentence for the editor."""
    errors: dict[str, str] = {}
    if _exceeds(row.active_parameters, row.parameters):
        errors["active_parameters"] = f"This must not exceed all parameters ({row.parameters:,})."
    elif row.active_parameters and not row.mixture_of_experts:
        errors["active_parameters"] = "Only a mixture of experts has active parameters. Tick the box."
    if _exceeds(row.active_weights_bytes, row.weights_bytes):
        errors["active_weights_bytes"] = f"This must not exceed the file ({row.weights_bytes:,} bytes)."
    if _exceeds(row.depth_tokens, row.context_tokens):
        errors["depth_tokens"] = f"This must not exceed the average meanwhile ({row.context_tokens:,} tokens)."
    if row.split and row.gpu_count == 1:
        errors["split"] = "One card is not split. Leave this empty, or say how many cards there were."
    return errors


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole
