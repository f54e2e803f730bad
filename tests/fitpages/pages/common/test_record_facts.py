"""What is known of a model and a card, a fact that is missing said to be."""

from decimal import Decimal

import pytest

from catalog.snapshot import Snapshot
from fit.displays import Display
from fit.offer import offer
from fitpages.pages.common.record_facts import context_words, gpu_facts, model_facts, setup_words
from tests.published import published_gpu, published_model


def test_a_model_s_facts_are_in_words(small: Snapshot) -> None:
    assert dict(model_facts(small.models["mixture-30b"])) == {
        "From": "Testers",
        "Family": "Mixture",
        "Parameters": "30.5B (30,532,122,624)",
        "Active per token": "3.4B",
        "Context": "32K tokens, 128K with rope scaling",
        "Licence": "Apache 2.0",
        "Commercial use": "yes",
        "Released": "29 April 2025",
    }


def test_a_dense_model_has_no_active_part_and_a_mixture_may_not_have_published_it(small: Snapshot) -> None:
    assert "Active per token" not in dict(model_facts(small.models["small-8b"]))
    assert dict(model_facts(small.models["closed-100b"]))["Active per token"] == "not published"


def test_what_is_not_known_of_a_model_is_said(small: Snapshot) -> None:
    facts = dict(model_facts(small.models["closed-100b"]))
    assert {facts[name] for name in ("Context", "Licence", "Released")} == {"not known"}


def test_a_context_without_rope_scaling_is_one_figure() -> None:
    assert context_words(published_model("Any", 1, None, native_context=4096)) == "4K tokens"


@pytest.mark.parametrize(
    ("contexts", "words"),
    [
        ({"native_context": 131072}, "128K tokens, as its maker says; its file says 160K"),
        (
            {"native_context": 32768, "extended_context": 262144},
            "32K tokens, 256K with rope scaling, as its maker says; its file says 160K",
        ),
        ({"native_context": 163840}, "160K tokens"),
        ({"native_context": None}, "not known"),
    ],
)
def test_a_file_that_says_another_context_than_the_maker_is_quoted_too(contexts: dict[str, int], words: str) -> None:
    assert context_words(published_model("Any", 1, None, file_context=163840, **contexts)) == words


def test_a_card_s_facts_are_in_words(small: Snapshot) -> None:
    assert dict(gpu_facts(small.gpus["rtx-24"])) == {
        "Full name": "NVIDIA RTX 24",
        "Kind": "Consumer",
        "Memory": "24 GiB GDDR6X",
        "Usable, by the rule": "22.8 GB",
        "Left for a model": "22.5 GiB, beside a Linux desktop",
        "Bandwidth": "1,008 GB/s",
        "Power": "300 W",
        "Released": "9 May 2023",
        "Price": "$1,599 at launch",
    }


def test_what_is_not_known_of_a_card_is_said(small: Snapshot) -> None:
    facts = dict(gpu_facts(small.gpus["rx-16-laptop"]))
    assert {facts[name] for name in ("Power", "Released", "Price")} == {"not known"}


def test_memory_that_is_shared_and_a_board_of_several_are_said(small: Snapshot) -> None:
    assert dict(gpu_facts(small.gpus["mac-64"]))["Memory"] == "64 GiB LPDDR5X, shared with the processor"
    board = published_gpu("A16", memory_gb=16, bandwidth_gb_s=200, gpus_per_board=4, memory_type="")
    assert dict(gpu_facts(board))["GPUs on a board"] == "4"
    assert dict(gpu_facts(board))["Memory"] == "16 GiB"
    assert "GPUs on a board" not in dict(gpu_facts(small.gpus["rtx-24"]))


def test_a_price_is_in_whole_dollars() -> None:
    card = published_gpu("RTX 1", memory_gb=1, bandwidth_gb_s=1, launch_price_usd=Decimal("1234.50"))
    assert dict(gpu_facts(card))["Price"] == "$1,235 at launch"


def test_what_is_left_says_the_system_and_what_is_approximate(small: Snapshot) -> None:
    assert dict(gpu_facts(small.gpus["h80"]))["Left for a model"] == "78.5 GiB, with its driver's defaults"
    board = published_gpu("B24", memory_gb=24, bandwidth_gb_s=300, ecc="on")
    assert dict(gpu_facts(board))["Left for a model"] == "21.6 GiB, with ECC on, approximate"
    assert "With the limit raised" not in dict(gpu_facts(board))


def test_a_limit_that_can_be_raised_stands_beside_with_its_command(small: Snapshot) -> None:
    facts = dict(gpu_facts(small.gpus["mac-64"]))
    assert facts["Left for a model"] == "51.7 GiB, with macOS 26"
    assert facts["With the limit raised"] == "57.9 GiB: sudo sysctl iogpu.wired_limit_mb=59392"


@pytest.mark.parametrize(
    ("display", "words"),
    [
        (Display.HEADLESS, "with its driver's defaults"),
        (Display.DESKTOP, "beside a Linux desktop"),
        (Display.WINDOWS, "beside a Windows desktop"),
    ],
)
def test_how_a_card_is_set_up_is_in_words(small: Snapshot, display: Display, words: str) -> None:
    assert setup_words(offer(small.gpus["rtx-24"].spec, display=display)) == words
