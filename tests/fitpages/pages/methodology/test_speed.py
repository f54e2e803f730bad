"""The methodology shows the constants of the speed estimate as they were calibrated."""

from catalog.speed_classes import class_name
from fit.mix_families import USUAL
from fit.speed_constants import load_constants
from fitpages.pages.methodology.speed import speed_figures
from fitpages.text import figures


def test_every_class_has_its_constants_in_the_order_of_the_file() -> None:
    shown, constants = speed_figures(), load_constants()
    assert [row.name for row in shown.classes[:-1]] == [class_name(slug) for slug in constants.classes]
    for row, decode_class in zip(shown.classes[:-1], constants.classes.values(), strict=True):
        assert row.efficiency == f"{decode_class.efficiency:.0%}"
        assert row.backend == (decode_class.backend or figures.NOT_SHOWN)
        assert row.layer == f"{decode_class.layer_ms:.3f} ms"
        assert row.cards == str(decode_class.cards)


def test_a_class_whose_prompts_were_not_measured_has_a_dash() -> None:
    shown, constants = speed_figures(), load_constants()
    for row, name in zip(shown.classes[:-1], constants.classes, strict=True):
        prefill = constants.prefill.classes.get(name)
        assert row.utilization == (f"{prefill.utilization:.0%}" if prefill else figures.NOT_SHOWN)
        assert row.attention == (f"{prefill.attention:.0%}" if prefill else figures.NOT_SHOWN)
        assert row.prompt_cards == (str(prefill.cards) if prefill else figures.NOT_SHOWN)


def test_any_other_kind_of_card_has_constants_too() -> None:
    shown, constants = speed_figures(), load_constants()
    assert shown.classes[-1].name == "Any other kind"
    assert shown.classes[-1].utilization == f"{constants.prefill.other.utilization:.0%}"


def test_every_generation_and_backend_is_named() -> None:
    shown, prefill = speed_figures(), load_constants().prefill
    assert prefill.generations
    for name, factor in prefill.generations.items():
        decode_class, _, generation = name.partition(", ")
        utilization = factor * prefill.classes[decode_class].utilization
        assert f"{generation} ({class_name(decode_class)}) {utilization:.0%}" in shown.generations
    for name, factor in prefill.backends.items():
        decode_class, _, backend = name.partition(", ")
        assert f"{backend} ({class_name(decode_class)}) {factor:.2f}" in shown.prompt_backends


def test_what_prompts_of_all_cards_share_is_shown() -> None:
    shown, terms = speed_figures(), load_constants().prefill.terms
    assert shown.mixture_prefill == f"{terms.mixture_efficiency:.0%}"
    assert shown.hidden_passes == f"{terms.hidden_passes:.0f}"
    assert shown.linear_layer_ms == f"{terms.linear_layer_ms:.2f} ms"
    assert shown.bus_share == "85%"


def test_single_figures_have_their_unit() -> None:
    shown, constants = speed_figures(), load_constants()
    assert shown.card_ms == f"{constants.card_ms:.2f} ms"
    assert shown.card_share == f"{constants.card_share:.0%}"
    assert shown.expert_share == f"{constants.expert_share:.0%}"
    assert (shown.ram_layers, shown.ram_experts) == (f"{constants.ram_layers:.0%}", f"{constants.ram_experts:.0%}")
    assert float(shown.cache_read) == round(constants.cache_read, 2)
    assert float(shown.expert_layer) == round(1 + constants.expert_layer, 2)
    assert float(shown.linear_layer) == round(1 + constants.linear_layer, 2)


def test_what_other_mixes_backends_and_old_builds_reach_is_said_of_each() -> None:
    shown, constants = speed_figures(), load_constants()
    for name, share in constants.mixes.items():
        assert (f"{name} {share:.0%}" in shown.mixes) is (name != USUAL)
    for slug, decode_class in constants.classes.items():
        for backend, factor in decode_class.backends.items():
            assert f"{backend} {factor:.0%} of {decode_class.backend} on {class_name(slug)}" in shown.backends
    assert all(f"{ms:.1f} ms on {backend}" in shown.old_builds for backend, ms in constants.old_build_ms.items())
