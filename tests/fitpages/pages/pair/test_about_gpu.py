"""What a page says of its GPU, whichever model stands beside it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.pair.about_gpu import AboutGpu, about_gpu
from tests.published import published_gpu


def about(small: Snapshot, **facts: object) -> AboutGpu:
    return about_gpu(small, published_gpu("RTX 16", memory_gb=16, bandwidth_gb_s=500, **facts))


@pytest.mark.parametrize(
    ("gpu", "card", "noun", "memory", "bandwidth"),
    [
        ("h80", "an H80", "Card", "80 GiB, 78.5 GiB left for a model", "2,039 GB/s"),
        ("mac-64", "a Mac 64", "Machine", "64 GiB, 51.7 GiB left for a model", "546 GB/s"),
        ("rx-16-laptop", "an RX 16 Laptop", "Card", "16 GiB, 15.6 GiB left for a model, approximate", "512 GB/s"),
    ],
)
def test_it_is_named_with_its_article_and_says_what_it_leaves(
    small: Snapshot, gpu: str, card: str, noun: str, memory: str, bandwidth: str
) -> None:
    of = about_gpu(small, small.gpus[gpu])
    assert (of.name, of.card, of.noun) == (small.gpus[gpu].name, card, noun)
    assert (of.memory_and_left, of.bandwidth) == (memory, bandwidth)
    assert f", {of.offered} left for a model" in of.memory_and_left


def test_what_is_really_offered_says_how_that_is_known(small: Snapshot) -> None:
    reported = about(small, reported_mib=16000, reported_by="cuda")
    assert reported.offer == (
        f"An RTX 16 really offers {reported.offered}: of the 15.6 GiB reported (16,000 MiB), less what the driver and "
        "a process keep for themselves."
    )
    assert "no reported total of it is known here" in about(small).offer


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        ({"drives_display": True}, ", less what the driver and a process keep for themselves, and a Linux desktop."),
        (
            {"unified_memory": True, "vendor": "Other"},
            "of the 15.6 GiB reported (16,000 MiB), less what the system or a process keeps.",
        ),
    ],
    ids=["a desktop", "a machine"],
)
def test_what_is_taken_off_is_said_by_kind(small: Snapshot, facts: dict[str, object], end: str) -> None:
    assert about(small, reported_mib=16000, **facts).offer.endswith(end)


def test_what_a_machine_gives_as_shipped_stands_beside_what_it_gives_tuned(small: Snapshot) -> None:
    of = about(small, reported_mib=7648, reported_by="rocm", vendor="AMD", unified_memory=True)
    assert of.offer == (
        "An RTX 16 really offers 7.1 GiB with its system as installed: of the 7.5 GiB reported (7,648 MiB), less what "
        "the system or a process keeps. As shipped, half is the most; with ttm.pages_limit=2867200 on Linux's kernel "
        "command line it offers 10.6 GiB."
    )


def test_a_mac_says_what_older_systems_and_a_raised_limit_leave(small: Snapshot) -> None:
    of = about(small, reported_mib=12124, reported_by="metal", vendor="Apple", unified_memory=True)
    assert of.offer == (
        "An RTX 16 offers 11.7 GiB by macOS 26's default limit for the GPU: of the 11.8 GiB reported (12,124 MiB). "
        "macOS 15 or older leaves 10.6 GiB; raised until the next start it leaves 11.9 GiB: sudo sysctl "
        "iogpu.wired_limit_mb=12288."
    )


def test_it_has_the_sources_of_its_record(small: Snapshot) -> None:
    of = about_gpu(small, small.gpus["rtx-24"])
    assert [source.text for source in of.sources] == ["example.org/datasheet (page 2)", "A printed manual"]
