"""Who is asked about: a model and a GPU, of the catalog or by one's own figures, and how many cards."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.snapshot import PublishedModel, PublishedQuant, Snapshot
from fit.levels import Levels, levels_of
from fit.specs import GpuSpec, ModelSpec
from fitpages.matching.levels import levels
from fitpages.text import figures, wording


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`listed` is the model of the catalog, None where its parameters were typed; `chosen` the level that was chosen.

    Without a bandwidth there is no speed: a figure stands in for it and is never shown.
    """

    snapshot: Snapshot
    model: ModelSpec
    model_name: str
    listed: PublishedModel | None
    gpu: GpuSpec
    gpu_name: str
    is_own_card: bool
    has_bandwidth: bool
    cards: int
    chosen: PublishedQuant | None

    @property
    def device(self) -> str:
        """The card, or how many of it."""
        if self.cards == 1:
            return self.gpu_name
        own = self.gpu_name.removeprefix("a ").replace("card", "cards", 1)
        return f"{self.cards} {own}" if self.is_own_card else f"{self.cards} × {self.gpu_name}"

    @property
    def offering(self) -> str:
        """The same in a sentence."""
        return self.device if self.cards > 1 or self.is_own_card else wording.with_article(self.gpu_name)

    @property
    def levels(self) -> Levels:
        """Those of the model; of one's own model the usual ones."""
        if self.listed:
            return levels(self.snapshot, self.listed)
        return levels_of(
            self.model, [quant.spec for quant in self.snapshot.all_quants], self.snapshot.default_quant.spec
        )


def asked(snapshot: Snapshot, values: dict[str, Any]) -> Asked:
    """What a valid form asks about."""
    listed = snapshot.models.get(values["model"])
    model = listed.spec if listed else _own_model(values)
    card = snapshot.gpus.get(values["gpu"])
    gpu = card.spec if card else _own_card(values)
    return Asked(
        snapshot=snapshot,
        model=model,
        model_name=listed.name if listed else f"A model of {figures.parameters(model.parameters)}",
        listed=listed,
        gpu=gpu,
        gpu_name=card.name if card else f"a card of {figures.gigabytes(gpu.nameplate_gb)}",
        is_own_card=card is None,
        has_bandwidth=bool(card or values.get("bandwidth")),
        cards=values["cards"],
        chosen=snapshot.quant_of.get(values["quant"]),
    )


def _own_model(values: dict[str, Any]) -> ModelSpec:
    parameters, active = values["parameters"], values.get("active")
    return ModelSpec(
        slug="own",
        parameters=max(1, int(parameters * 10**9)),
        active_parameters=max(1, int(active * 10**9)) if active else None,
        mixture_of_experts=bool(active),
    )


def _own_card(values: dict[str, Any]) -> GpuSpec:
    bandwidth = values.get("bandwidth") or Decimal(1)
    return GpuSpec(slug="own", nameplate_gb=values["memory"], bandwidth_gb_s=bandwidth)
