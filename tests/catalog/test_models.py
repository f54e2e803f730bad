"""What an editor's form refuses, at the field and in a sentence, and what the form lets through at the boundary."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from catalog.models import CatalogRecord, Gpu, LanguageModel, Quant
from tests.catalog.rows import (
    ARCHITECTURE,
    DENSE_LAYER,
    SOURCE,
    artifact,
    benchmark,
    board_score,
    change,
    gpu,
    language_model,
    pick,
    popularity,
    price,
    quant,
    refusals,
    repository,
)

pytestmark = pytest.mark.django_db

Make = Callable[..., CatalogRecord]
EVERY_KIND: list[Make] = [
    *(gpu, language_model, quant, artifact, repository, benchmark),
    *(popularity, board_score, price, pick),
]
MIXTURE = {"mixture_of_experts": True, "parameters": 100}
WITH_SEPARATOR = "A slug must not contain “-on-”: it separates model and GPU in an address."
BAD_CHARACTERS = "Use small letters, digits and single hyphens, such as rtx-4090."
NO_SOURCE = "A published record needs at least one source. Add one, or keep it a draft."

COUNTS = ("gpus_per_board", "gpu_count")
FIGURES_ABOVE_ZERO: list[tuple[Make, str]] = [
    *[(gpu, name) for name in ("memory_gb", "bandwidth_gb_s", "gpus_per_board")],
    *[(gpu, name) for name in ("memory_rate_gbps", "fp32_tflops", "fp16_tensor_tflops", "launch_price_usd")],
    *[(gpu, name) for name in ("bus_bits", "reported_memory_mib", "gpu_cores", "power_w")],
    *[(language_model, name) for name in ("parameters", "native_context", "file_context")],
    *[(language_model, name) for name in ("tower_parameters", "draft_parameters", "header_parameters")],
    *[(quant, name) for name in ("bytes_per_weight", "perplexity")],
    *[(artifact, name) for name in ("size_bytes", "rounding_bytes", "token_list_bytes", "draft_bytes")],
    *[(benchmark, name) for name in ("decode_tokens_s", "prefill_tokens_s", "prefill_tokens", "context_tokens")],
    *[(benchmark, name) for name in ("bandwidth_gb_s", "parameters", "weights_bytes", "active_weights_bytes", "runs")],
    (benchmark, "gpu_count"),
    *[(popularity, name) for name in ("downloads", "likes", "pulls", "pulls_90_days")],
    (price, "amount"),
]


@pytest.mark.parametrize("make", EVERY_KIND)
def test_a_complete_record_is_accepted_as_it_is(make: Make) -> None:
    make().full_clean()


@pytest.mark.parametrize(("make", "field"), FIGURES_ABOVE_ZERO)
def test_a_figure_of_zero_is_refused(make: Make, field: str) -> None:
    assert refusals(make(**{field: 0})) == {field: ["This must be above zero, not 0."]}


@pytest.mark.parametrize(("make", "field"), [case for case in FIGURES_ABOVE_ZERO if case[1] not in COUNTS])
def test_a_negative_figure_is_refused(make: Make, field: str) -> None:
    assert refusals(make(**{field: -1})) == {field: ["This must be above zero, not -1."]}


def test_a_board_with_fewer_than_no_gpus_is_refused() -> None:
    assert "This must be above zero, not -1." in refusals(gpu(gpus_per_board=-1))["gpus_per_board"]


@pytest.mark.parametrize(
    ("make", "figures"),
    [
        (gpu, {"memory_gb": Decimal("0.01"), "bandwidth_gb_s": Decimal("0.01"), "gpus_per_board": 1}),
        (language_model, {"parameters": 1, "native_context": 1}),
        (quant, {"bytes_per_weight": Decimal("0.001")}),
    ],
)
def test_the_least_figures_above_zero_are_accepted(make: Make, figures: dict[str, Any]) -> None:
    make(**figures).full_clean()


@pytest.mark.parametrize("share", ["0", "-0.5", "1.001", "2"])
def test_a_usable_share_of_nothing_or_of_more_than_all_is_refused(share: str) -> None:
    sentence = f"This is a share: above 0 and at most 1, not {share}."
    assert refusals(gpu(usable_share=Decimal(share))) == {"usable_share": [sentence]}


@pytest.mark.parametrize("share", [Decimal("0.001"), Decimal("0.95"), Decimal(1), None])
def test_a_usable_share_of_a_part_or_all_or_unsaid_is_accepted(share: Decimal | None) -> None:
    gpu(usable_share=share).full_clean()


@pytest.mark.parametrize("make", EVERY_KIND)
@pytest.mark.parametrize("slug", ["on-x", "x-on", "on", "card-on-board", "x-on-on-y"])
def test_a_slug_that_makes_an_address_readable_in_two_ways_is_refused(make: Make, slug: str) -> None:
    assert refusals(make(slug=slug)) == {"slug": [WITH_SEPARATOR]}


@pytest.mark.parametrize(
    "slug", ["RTX-4090", "rtx 4090", " rtx", "rtx_4090", "rtx--4090", "-rtx", "rtx-", "é", "rtx\n"]
)
def test_a_slug_of_other_than_small_letters_digits_and_single_hyphens_is_refused(slug: str) -> None:
    assert refusals(gpu(slug=slug)) == {"slug": [BAD_CHARACTERS]}


@pytest.mark.parametrize("slug", ["once", "x-one", "xon-y", "on1", "4", "a-1-b"])
def test_a_slug_in_which_on_is_only_part_of_a_word_is_accepted(slug: str) -> None:
    gpu(slug=slug).full_clean()


@pytest.mark.parametrize("make", EVERY_KIND)
@pytest.mark.parametrize("sources", ["", "  \n \r\n\t"])
def test_a_published_record_without_sources_is_refused(make: Make, sources: str) -> None:
    assert refusals(make(sources=sources)) == {"sources": [NO_SOURCE]}


@pytest.mark.parametrize("make", EVERY_KIND)
def test_a_draft_needs_no_source_and_a_published_record_only_one(make: Make) -> None:
    make(status="draft", sources="").full_clean()
    make(status="published", sources=SOURCE).full_clean()


def test_a_new_record_is_a_draft() -> None:
    assert [model().status for model in (Gpu, LanguageModel, Quant)] == ["draft"] * 3


def test_sources_are_read_one_a_line_without_blank_ones() -> None:
    assert gpu(sources=" https://a.example \r\n\r\nA book\n ").source_list == ("https://a.example", "A book")


def test_more_active_parameters_than_parameters_are_refused() -> None:
    row = language_model(**MIXTURE, active_parameters=101)
    assert refusals(row) == {"active_parameters": ["This must not exceed all parameters (100)."]}


@pytest.mark.parametrize("active", [0, -1])
def test_active_parameters_of_zero_or_fewer_are_refused(active: int) -> None:
    row = language_model(**MIXTURE, active_parameters=active)
    assert refusals(row) == {"active_parameters": [f"This must be above zero, not {active}."]}


@pytest.mark.parametrize("active", [1, 100, None])
def test_active_parameters_of_a_mixture_up_to_all_or_unknown_are_accepted(active: int | None) -> None:
    language_model(**MIXTURE, active_parameters=active).full_clean()


def test_active_parameters_of_a_dense_model_are_refused() -> None:
    sentence = "Only a mixture of experts has active parameters. Tick the box."
    assert refusals(language_model(active_parameters=1)) == {"active_parameters": [sentence]}


@pytest.mark.parametrize("extended", [1, 32767, 32768])
def test_an_extended_context_no_longer_than_the_native_is_refused(extended: int) -> None:
    row = language_model(native_context=32768, extended_context=extended)
    sentence = "Leave this empty unless it is longer than the native context."
    assert refusals(row) == {"extended_context": [sentence]}


@pytest.mark.parametrize(("native", "extended"), [(32768, 32769), (32768, None), (None, 1), (None, None)])
def test_a_longer_extended_context_or_a_missing_one_is_accepted(native: int | None, extended: int | None) -> None:
    language_model(native_context=native, extended_context=extended).full_clean()


def test_a_context_in_the_file_that_is_the_native_one_is_refused() -> None:
    sentence = "Leave this empty unless it differs from the native context."
    assert refusals(language_model(native_context=32768, file_context=32768)) == {"file_context": [sentence]}


@pytest.mark.parametrize(("native", "in_file"), [(32768, 40960), (163840, 131072), (32768, None), (None, 40960)])
def test_another_context_in_the_file_or_none_is_accepted(native: int | None, in_file: int | None) -> None:
    language_model(native_context=native, file_context=in_file).full_clean()


def layer(**overrides: Any) -> dict[str, Any]:
    """An architecture document of one group of layers, with parts of it overridden."""
    return {**ARCHITECTURE, "blocks": [{**DENSE_LAYER, **overrides}]}


def attention(**overrides: Any) -> dict[str, Any]:
    """An architecture document whose only mixer has parts overridden."""
    return layer(mixers=[{**DENSE_LAYER["mixers"][0], **overrides}])  # type: ignore[index]  # a list of mixers


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (attention(kv_heads=0), "blocks[0].mixers[0].kv_heads must be a whole number from 1 to 10,000,000, not 0."),
        (attention(heads="8"), "blocks[0].mixers[0].heads must be a whole number from 1 to 10,000,000, not '8'."),
        (attention(heads=9), "blocks[0].mixers[0].heads must be a multiple of kv_heads (2)."),
        (layer(ffn={"type": "glu"}), "blocks[0].ffn.size is missing."),
        (layer(ffn={"type": "moe", "experts": 4, "active": 5, "size": 1}), "blocks[0].ffn.active must not exceed"),
        (layer(mixers="gqa"), "blocks[0].mixers must be a list, not 'gqa'."),
        (layer(depth=3), "blocks[0].depth is not a key known here"),
        ({**ARCHITECTURE, "vocab_size": None}, "vocab_size must be a whole number from 1 to 10,000,000, not None."),
        ({**ARCHITECTURE, "blocks": []}, "blocks must name at least one group of layers."),
        ("a transformer", "The document must be an object with named values, not 'a transformer'."),
        ({}, "vocab_size is missing."),
        ([], "The document must be an object with named values, not []."),
    ],
)
def test_an_architecture_that_cannot_be_read_is_refused_by_block_and_key(document: Any, sentence: str) -> None:
    refused = refusals(language_model(architecture=document))
    assert list(refused) == ["architecture"]
    assert refused["architecture"][0].startswith(sentence)


def test_every_fault_of_an_architecture_is_said_at_once() -> None:
    document = {**attention(kv_heads=0, head_dim=0), "hidden_size": 0}
    keys = [
        sentence.split(" must be ")[0] for sentence in refusals(language_model(architecture=document))["architecture"]
    ]
    assert sorted(keys) == ["blocks[0].mixers[0].head_dim", "blocks[0].mixers[0].kv_heads", "hidden_size"]


def test_a_model_whose_architecture_is_not_known_is_accepted() -> None:
    language_model(architecture=None).full_clean()


@pytest.mark.parametrize(
    ("make", "model", "more"), [(gpu, Gpu, {}), (language_model, LanguageModel, {}), (quant, Quant, {"order": 98})]
)
def test_a_slug_that_is_the_former_address_of_another_record_is_refused(
    make: Make, model: type[CatalogRecord], more: dict[str, int]
) -> None:
    make().save()
    change(model, make().slug, slug="renamed")
    sentence = "This slug is a former one of “renamed” and is kept for it. Choose another."
    assert refusals(make(name="Another", slug=make().slug, **more)) == {"slug": [sentence]}
