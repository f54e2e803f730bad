"""What a page says of its GPU, whichever model stands beside it."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.pages.pair.about_gpu import AboutGpu, about_gpu
from tests.published import published_gpu


def about(small: Snapshot, **facts: object) -> AboutGpu:
    return about_gpu(small, published_gpu("RTX 16", memory_gb=16, bandwidth_gb_s=500, **facts))


def test_it_is_named_with_its_article_and_address(small: Snapshot) -> None:
    of = about_gpu(small, small.gpus["h80"])
    assert (of.name, of.card, of.address) == ("H80", "an H80", "/gpus/h80/")
    assert (of.memory, of.bandwidth, of.usable, of.fits_heading) == ("80 GB", "2,039 GB/s", "76.0 GB", "Fits 80 GB?")


@pytest.mark.parametrize(
    ("facts", "opening"),
    [
        ({}, "an RTX 16 has 16 GiB of memory."),
        ({"unified_memory": True}, "an RTX 16 has 16 GiB of unified memory, shared with the processor."),
        (
            {"gpus_per_board": 4},
            "an RTX 16 has 16 GiB of memory. The board carries four GPUs; every figure here is of one of them.",
        ),
    ],
    ids=["a card", "a machine", "a board of several"],
)
def test_the_opening_says_what_kind_of_memory_it_has(small: Snapshot, facts: dict[str, object], opening: str) -> None:
    assert about(small, **facts).opening == opening


def test_the_method_says_the_share_that_is_usable_and_of_what(small: Snapshot) -> None:
    assert "usable is 95% of the nameplate memory." in about_gpu(small, small.gpus["rtx-24"]).method
    assert (
        "usable is 72% of the unified memory, whose system keeps the rest."
        in about_gpu(small, small.gpus["mac-64"]).method
    )


def test_the_method_says_what_a_gib_of_its_own_memory_is_in_gb(small: Snapshot) -> None:
    assert about_gpu(small, small.gpus["rtx-24"]).method.endswith("in GiB, of 2³⁰ bytes: 24 GiB are 25.8 GB.")
    assert about_gpu(small, small.gpus["mac-64"]).method.endswith("in GiB, of 2³⁰ bytes: 64 GiB are 68.7 GB.")


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


def test_it_has_the_facts_and_sources_of_its_record(small: Snapshot) -> None:
    of = about_gpu(small, small.gpus["rtx-24"])
    assert dict(of.facts)["Price"] == "$1,599 at launch"
    assert [source.text for source in of.sources] == ["example.org/datasheet (page 2)", "A printed manual"]
