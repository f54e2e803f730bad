"""The first lines of a page: why it is this answer, the machine to want, and a few facts."""

from dataclasses import replace

import pytest

from fit.kv_cache import CacheType
from fitpages.pages.pair.opening import facts, why
from tests.fitpages.pages.pair.kinds import PAIRS, YES, assessed, catalog, read
from tests.published import published_benchmark


def prose(name: str) -> str:
    return read(why(assessed(name)))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("on the card", "Q6_K is the best level worth downloading; there is room for all 128K."),
        ("at less than the default", "Q3_K_M is the best level that leaves 16K of context; there is room for 18K."),
        ("a model of 2K", "Q6_K is the best level worth downloading."),
        ("made in four bits", "MXFP4 is the level that the weights were made in; there is room for 67K."),
        (
            "experts in RAM",
            "It takes 17.9 GiB, and the card leaves 6.8 GiB: the experts of 35 of its 48 layers stay in RAM; "
            "a computer with 16 GB is enough.",
        ),
        (
            "layers in RAM",
            "It takes 5.4 GiB, and the card leaves 3.6 GiB: 14 of its 32 layers stay in RAM; a computer with 8 GB is "
            "enough. Alone the card holds 3K at Q2_K.",
        ),
        (
            "short",
            "At Q4_K_M it takes 5.4 GiB with 8K of context, and a Pool 4 leaves 4.3 GiB. The card to want is "
            "an RTX 24.",
        ),
        (
            "slow with RAM",
            "At Q4_K_M it takes 41.7 GiB with 8K of context, and an RTX 24 leaves 22.5 GiB. The card to want is "
            "an H80.",
        ),
        (
            "too much RAM",
            "At Q4_K_M it takes 616 GiB with 8K of context, and an RTX 24 leaves 22.5 GiB. No single machine in common "
            "use holds it.",
        ),
        ("no", "Even Q3_K_M takes 34.1 GiB. The machine to want is a Mac 64."),
        ("no, made in four bits", "The machine to want is a Mac 64."),
        ("not counted, yes", ""),
    ],
)
def test_the_prose_under_the_answer(name: str, text: str) -> None:
    assert prose(name).startswith(text)
    assert text or not prose(name)


def test_the_default_is_what_most_people_run_where_a_better_level_leaves_less_context() -> None:
    snapshot = catalog()
    gpu = replace(snapshot.gpus["rtx-8"], name="RTX 8")
    asked = assessed("on the card", replace(snapshot, gpus={**snapshot.gpus, "rtx-24": gpu}))
    assert read(why(asked)) == (
        "Q4_K_M is the level that most people run; a better one leaves less context; there is room for 15K."
    )


def test_a_machine_that_holds_it_and_is_too_slow_is_not_said_to_be_missing() -> None:
    assert prose("slow in memory") == "The card to want is an H80."
    without = replace(catalog(), common_gpus=())
    assert read(why(assessed("slow in memory", without))) == ""
    assert read(why(assessed("slow with RAM", without))).endswith(" No single machine in common use holds it.")


def test_by_the_rule_of_thumb_a_machine_is_wanted_as_well() -> None:
    assert prose("not counted, no") == "The card to want is an H80."


def test_levels_above_those_worth_recommending_that_fit_are_named() -> None:
    assert prose("on the card").endswith(" FP16 and Q8_0 fit as well, slower and hardly better.")
    assert " Q8_0 fits as well, slower and hardly better." in prose("a board")
    for name in ("at less than the default", "made in four bits"):
        assert "as well" not in prose(name)


def test_a_board_of_several_says_that_figures_are_of_one_gpu() -> None:
    for name in PAIRS:
        said = "The board carries two GPUs; figures are of one of them." in prose(name)
        assert said is (name in {"a board", "slow with RAM, on a board"})


def test_a_measurement_of_a_twin_is_said_to_be_one() -> None:
    asked = assessed("on the card")
    for gpu, says in (("rtx-24", False), ("rtx-24-b", True)):
        row = published_benchmark("a", "small-8b", gpu, "54", quant="q6-k", depth_tokens=32768)
        text = read(why(replace(asked, answer=asked.answer._replace(measured=row))))
        assert text.endswith(f"Measured with small-8b on {gpu}, which has the same figures.") is says


def test_the_machine_to_want_is_a_link_and_the_only_one() -> None:
    for name, (model, _) in PAIRS.items():
        links = [piece for piece in why(assessed(name)) if piece.address]
        assert len(links) <= (name not in YES or name.startswith(("short", "only"))), name
        assert all(link.address.startswith(f"/run/{model}-on-") for link in links)
    assert [piece.address for piece in why(assessed("slow with RAM")) if piece.address] == ["/run/large-70b-on-h80/"]


def test_a_raised_limit_that_would_hold_it_is_said() -> None:
    snapshot = catalog()
    mac = snapshot.gpus["mac-8"]
    tight = replace(mac, spec=replace(mac.spec, reported_mib=4300))
    asked = assessed("in memory", replace(snapshot, gpus={**snapshot.gpus, "mac-64": tight}))
    assert asked.verdict.cache_type is CacheType.F16
    assert read(why(asked)).endswith(" With macOS and its limit raised it holds Q3_K_M with 8K of context.")
    assert "it holds" not in prose("no")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "on the card",
            {
                "Model": "8.0B parameters, 128K context",
                "Card": "24 GiB, 22.5 GiB left for a model",
                "Bandwidth": "1,008 GB/s",
                "Licence": "Apache 2.0",
            },
        ),
        (
            "experts in RAM",
            {
                "Model": "30.5B parameters, 3.4B active, 32K context",
                "Card": "8 GiB, 6.8 GiB left for a model",
                "RAM": "16 GB, two channels of DDR5",
                "Bandwidth": "256 GB/s",
                "Licence": "Apache 2.0",
            },
        ),
        (
            "slow in memory",
            {
                "Model": "70.6B parameters, 128K context",
                "Machine": "64 GiB, 55.8 GiB left for a model, approximate",
                "Bandwidth": "89 GB/s",
                "Licence": "Large Licence",
            },
        ),
        (
            "not counted, no",
            {
                "Model": "100B parameters, active part not published",
                "Card": "24 GiB, 22.5 GiB left for a model",
                "Bandwidth": "1,008 GB/s",
                "Licence": "not known",
            },
        ),
    ],
)
def test_facts_are_few(name: str, expected: dict[str, str]) -> None:
    assert dict(facts(assessed(name))) == expected
