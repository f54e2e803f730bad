"""Addresses computed for speed are those of the URLconf."""

import pytest
from django.urls import resolve, reverse

from fitpages import addresses


@pytest.mark.parametrize(("model", "gpu"), [("qwen2-5-72b", "l4"), ("llama-3-1-8b", "rtx-4090"), ("a", "b")])
def test_the_address_of_a_pair_is_that_of_the_urlconf(model: str, gpu: str) -> None:
    assert addresses.pair(model, gpu) == reverse("pair", args=[f"{model}-on-{gpu}"]) == f"/run/{model}-on-{gpu}/"


def test_the_addresses_of_a_model_and_a_gpu_are_those_of_the_urlconf() -> None:
    assert addresses.model("qwen2-5-72b") == reverse("model", args=["qwen2-5-72b"]) == "/models/qwen2-5-72b/"
    assert addresses.gpu("l4") == reverse("gpu", args=["l4"]) == "/gpus/l4/"


def test_the_address_of_a_class_is_that_of_the_urlconf() -> None:
    assert addresses.accuracy_of("amd-rdna") == reverse("accuracy_of", args=["amd-rdna"]) == "/accuracy/amd-rdna/"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (addresses.HOME, "home"),
        (addresses.COMBINATIONS, "combinations"),
        (addresses.MODELS, "models"),
        (addresses.GPUS, "gpus"),
        (addresses.CALCULATOR, "calculator"),
        (addresses.QUANTIZATION_GUIDE, "quantization_guide"),
        (addresses.LOCAL_GUIDE, "local_guide"),
        (addresses.METHODOLOGY, "methodology"),
        (addresses.ACCURACY, "accuracy"),
        (addresses.CHANGES, "changes"),
        (addresses.CHANGES_FEED, "changes_feed"),
        (addresses.ABOUT, "about"),
        (addresses.SEARCH, "search"),
        (addresses.CHOICE, "choice"),
    ],
)
def test_the_address_of_a_standing_page_is_that_of_the_urlconf(address: str, name: str) -> None:
    assert reverse(name) == address


@pytest.mark.parametrize("address", addresses.STANDING_PAGES)
def test_every_standing_page_is_in_the_urlconf_and_no_other_view_takes_its_place(address: str) -> None:
    assert reverse(resolve(address).view_name) == address
