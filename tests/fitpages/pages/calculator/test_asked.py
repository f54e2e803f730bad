"""Who is asked about: records of the catalog, or one's own figures."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.levels import levels
from fitpages.pages.calculator.asked import Asked, asked
from fitpages.pages.calculator.form import CalculatorForm


def question(snapshot: Snapshot, **query: str) -> Asked:
    form = CalculatorForm(query, snapshot)
    assert form.is_valid(), form.errors
    return asked(snapshot, form.cleaned_data)


def test_records_are_those_of_the_catalog(small: Snapshot) -> None:
    of_pair = question(small, model="large-70b", gpu="rtx-24", quant="q8-0")
    model, gpu = small.models["large-70b"], small.gpus["rtx-24"]
    assert (of_pair.listed, of_pair.model, of_pair.model_name) == (model, model.spec, "Large 70B")
    assert (of_pair.gpu, of_pair.gpu_name, of_pair.is_own_card) == (gpu.spec, "RTX 24", False)
    assert (of_pair.has_bandwidth, of_pair.cards, of_pair.chosen) == (True, 1, small.quant_of["q8-0"])
    assert of_pair.levels is levels(small, model)


def test_one_s_own_figures_make_a_model_and_a_card(small: Snapshot) -> None:
    own = question(small, parameters="8.03", active="2.5", memory="24", bandwidth="1008")
    assert own.listed is own.chosen is None
    assert (own.model.parameters, own.model.active_parameters) == (8_030_000_000, 2_500_000_000)
    assert own.model.mixture_of_experts
    assert (own.gpu.nameplate_gb, own.gpu.bandwidth_gb_s) == (Decimal(24), Decimal(1008))
    assert (own.model_name, own.gpu_name) == ("A model of 8.0B", "a card of 24 GB")
    assert [quant.slug for quant in own.levels.always] == [quant.slug for quant in small.quants]
    assert not question(small, parameters="8", memory="24").has_bandwidth
    assert not question(small, parameters="8", memory="24").model.mixture_of_experts


@pytest.mark.parametrize(
    ("query", "device", "offering"),
    [
        ({"gpu": "rtx-24"}, "RTX 24", "an RTX 24"),
        ({"gpu": "rtx-24", "cards": "3"}, "3 × RTX 24", "3 × RTX 24"),
        ({"memory": "24"}, "a card of 24 GB", "a card of 24 GB"),
        ({"memory": "24", "cards": "2"}, "2 cards of 24 GB", "2 cards of 24 GB"),
    ],
)
def test_cards_are_named_in_titles_and_in_sentences(
    small: Snapshot, query: dict[str, str], device: str, offering: str
) -> None:
    of_cards = question(small, parameters="8", **query)
    assert (of_cards.device, of_cards.offering) == (device, offering)
