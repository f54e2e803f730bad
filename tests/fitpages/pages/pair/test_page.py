"""The page of a pair, by the pairs whose figures are known beforehand."""

import re

import pytest

from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fit.verdict import preference
from fitpages.matching.pairs import find_pair
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from tests.fitpages.prose import texts

DASH = "—"


def page(snapshot: Snapshot, name: str) -> PairPage:
    found = find_pair(snapshot, name)
    assert found is not None
    return pair_page.build(snapshot, found)


def recommended(of: PairPage) -> list[str]:
    return [row.name for row in of.rows if row.recommended]


@pytest.fixture
def founding(snapshot: Snapshot) -> PairPage:
    return page(snapshot, "qwen2-5-72b-on-l4")


def test_the_founding_page_has_the_founding_table(founding: PairPage) -> None:
    assert founding.heading == "Run Qwen2.5 72B on NVIDIA L4"
    assert founding.gpu.fits_heading == "Fits 24 GB?"
    assert [(row.name, row.need) for row in founding.rows] == [
        ("FP16 (full)", "174.5 GB"),
        ("Q8_0", "92.5 GB"),
        ("Q6_K", "71.5 GB"),
        ("Q5_K_M", "60.2 GB"),
        ("Q4_K_M", "48.9 GB"),
        ("Q3_K_M", "37.5 GB"),
    ]
    assert [(row.fits, row.ceiling, row.recommended) for row in founding.rows] == [(False, DASH, False)] * 6


def test_the_founding_page_says_no_in_whole_gigabytes(founding: PairPage) -> None:
    prose = founding.prose
    assert prose.answer == "No"
    assert not prose.fits
    assert prose.reason_heading == "Why it does not fit"
    for sentence in (prose.verdict, prose.reason[0]):
        assert "38 GB" in sentence
        assert "23 GB" in sentence
    assert "174 GB" in founding.model.lever[0]
    assert "49 GB" in founding.model.lever[0]
    assert "a 72% reduction" in founding.model.lever[0]
    assert not re.search(r"\d\.\d GB", " ".join([prose.verdict, *prose.reason, prose.want, *founding.model.lever]))


def test_the_founding_page_prints_no_speed(founding: PairPage) -> None:
    assert "per second" not in " ".join(texts(founding))
    assert "~" not in " ".join(texts(founding))


def test_the_founding_page_names_the_card_to_want_and_leads_there(founding: PairPage) -> None:
    assert "Q4_K_M (49 GB)" in founding.prose.want
    assert founding.prose.want_link is not None
    assert founding.prose.want_link.text == "an A100 80GB"
    assert founding.prose.want_link.address == "/run/qwen2-5-72b-on-a100-80/"


def test_the_founding_page_answers_its_two_questions_with_the_figures_of_the_table(founding: PairPage) -> None:
    (can, no), (how_much, needs) = founding.prose.questions
    assert can == "Can an NVIDIA L4 run Qwen2.5 72B?"
    assert no.startswith("No. ")
    assert all(figure in no for figure in ("Q3_K_M", "37.5 GB", "22.8 GB", "24 GB", "An A100 80GB"))
    assert how_much == "How much VRAM does Qwen2.5 72B need?"
    assert needs.startswith("174.5 GB at FP16, 48.9 GB at Q4_K_M and 37.5 GB at Q3_K_M")


def test_the_founding_page_leads_on_to_six_gpus_and_six_models(founding: PairPage) -> None:
    gpus = [link.address for link in founding.other_gpus]
    models = [link.address for link in founding.other_models]
    assert len(set(gpus)) == len(set(models)) == 6
    assert all(address.startswith("/run/qwen2-5-72b-on-") for address in gpus)
    assert all(address.endswith("-on-l4/") for address in models)
    assert {link.text: link.note for link in founding.other_gpus}["A100 80GB"] == "Q6_K"


@pytest.mark.parametrize(
    ("name", "answer", "ceilings"),
    [
        ("llama-3-1-8b-on-rtx-4060", "Yes, at Q5_K_M", [DASH, DASH, DASH, "~42", "~51", "~67"]),
        ("llama-3-1-8b-on-rtx-4090", "Yes, at Q6_K", ["~53", "~101", "~130", "~155", "~191", "~248"]),
        ("mixtral-8x7b-on-a100-40", "Yes, at Q6_K", [DASH, DASH, "~125", "~149", "~183", "~239"]),
        ("smollm2-135m-on-gtx-1050-ti", "Yes, at Q6_K", ["~354", "~668", "~863"] + ["over 1,000"] * 3),
        ("deepseek-v2-5-on-mi300a", "Only at Q3_K_M", [DASH] * 5 + ["~490"]),
        ("gpt-oss-120b-on-h100-80-sxm", "Yes, at Q6_K", [DASH, "~470", "~608", "~722", "~890", "over 1,000"]),
        ("llama-3-1-405b-on-m2-ultra-192", "No", [DASH] * 6),
    ],
)
def test_a_page_answers_with_the_best_worth_recommending_and_prints_speeds_where_it_fits(
    snapshot: Snapshot, name: str, answer: str, ceilings: list[str]
) -> None:
    of = page(snapshot, name)
    assert of.prose.answer == answer
    assert [row.ceiling for row in of.rows] == ceilings
    assert [row.fits or row.advised for row in of.rows] == [ceiling != DASH for ceiling in ceilings]
    assert recommended(of) == ([] if answer == "No" else [answer.rpartition(" ")[2]])


def test_a_page_that_says_yes_names_no_card_to_want_and_says_what_bounds_the_speed(snapshot: Snapshot) -> None:
    prose = page(snapshot, "llama-3-1-8b-on-rtx-4090").prose
    assert (prose.want, prose.want_link) == ("", None)
    assert prose.reason_heading == "How it runs"
    assert prose.reason[0].startswith("At Q6_K it needs 7.9 GB against 23 GB usable.")
    assert prose.reason[1].startswith("Memory bandwidth sets the ceiling")
    assert "1,008 GB/s allows 130 tokens per second at most" in prose.reason[1]
    assert prose.verdict.endswith(", at about 112 tokens per second.")


def test_a_mixture_says_what_it_holds_and_what_a_token_uses(snapshot: Snapshot) -> None:
    of = page(snapshot, "mixtral-8x7b-on-a100-40")
    assert of.rows[4].need == "31.4 GB"
    assert "46.7B parameters, of which a token uses 12.9B (a mixture of experts)" in of.prose.opening
    assert "the active weights are read once for each token" in of.prose.reason[1]
    assert dict(of.glance)["Parameters"] == "46.7B, 12.9B active"


def test_a_mixture_whose_active_part_is_unknown_says_so_and_has_dashes_for_speed(snapshot: Snapshot) -> None:
    of = page(snapshot, "qwen3-8-flash-next-180b-a6b-on-b200")
    assert of.prose.answer == "Yes, at Q5_K_M"
    assert [row.fits for row in of.rows] == [False, False, False, True, True, True]
    assert {row.ceiling for row in of.rows} == {DASH}
    assert "whose active part is not published" in of.prose.opening
    assert of.prose.reason[1] == "Its active parameters are not published, so no speed can be derived."
    assert "per second" not in " ".join(texts(of))


def test_small_models_are_in_mb_and_a_ceiling_over_1_000_has_no_figure(snapshot: Snapshot) -> None:
    of = page(snapshot, "smollm2-135m-on-gtx-1050-ti")
    assert [row.need for row in of.rows] == ["323 MB", "171 MB", "132 MB", "111 MB", "90 MB", "69 MB"]
    assert "132 MB of the 3.8 GB usable" in of.prose.questions[0][1]
    assert of.rows[-1].ceiling == "over 1,000"


def test_a_page_that_says_only_names_the_card_for_the_default(snapshot: Snapshot) -> None:
    prose = page(snapshot, "deepseek-v2-5-on-mi300a").prose
    assert prose.fits
    assert prose.answer == "Only at Q3_K_M"
    assert prose.verdict.startswith(", with up to ")
    assert "Q4_K_M (158 GB)" in prose.want
    assert prose.want_link is not None
    assert prose.questions[0][1].startswith("Only at Q3_K_M")


def test_a_row_that_fits_by_the_rule_and_not_exactly_is_no_advice(snapshot: Snapshot) -> None:
    of = page(snapshot, "baichuan2-13b-on-rtx-4070-laptop")
    assert [row.fits for row in of.rows] == [False] * 5 + [True]
    assert of.prose.answer == "No"
    assert "says yes at Q3_K_M, where 4K tokens of context do not fit" in of.exact.disagreement


@pytest.mark.parametrize("model", ["llama-3-1-405b", "kimi-k3-2-8t-a104b", "gpt-oss-120b", "deepseek-r1"])
def test_the_card_to_want_is_the_one_that_fit_gives_or_the_page_says_that_there_is_none(
    snapshot: Snapshot, model: str
) -> None:
    prose = page(snapshot, f"{model}-on-l4").prose
    default = snapshot.default_quant
    assert default is not None
    common = [gpu for gpu in snapshot.gpus.values() if gpu.common]
    holding = [gpu for gpu in common if rule_of_thumb.fits(snapshot.models[model].spec, default.spec, gpu.spec)]
    if holding:
        wanted = min(holding, key=lambda gpu: preference(gpu.spec))
        assert prose.want_link is not None
        assert prose.want_link.address == f"/run/{model}-on-{wanted.slug}/"
        assert wanted.name in prose.questions[0][1]
    else:
        assert prose.want_link is None
        assert prose.want.startswith("No single card in common use holds Q4_K_M")
        assert "No single card in common use holds it at Q4_K_M." in prose.questions[0][1]


def test_a_machine_is_not_called_a_card(snapshot: Snapshot) -> None:
    assert "the machine to want" in page(snapshot, "llama-3-1-405b-on-l4").prose.want
    assert "the card to want" in page(snapshot, "qwen2-5-72b-on-l4").prose.want


def test_a_board_of_several_gpus_says_that_every_figure_is_of_one(snapshot: Snapshot) -> None:
    several = page(snapshot, "llama-3-1-8b-on-a16")
    assert "The board carries four GPUs; every figure here is of one of them." in several.prose.opening
    assert several.gpu.fits_heading == "Fits 16 GB?"
    assert "board" not in page(snapshot, "llama-3-1-8b-on-l4").prose.opening


def test_unified_memory_counts_72_percent_and_says_with_whom_it_is_shared(snapshot: Snapshot) -> None:
    unified, card = page(snapshot, "llama-3-1-405b-on-m2-ultra-192"), page(snapshot, "llama-3-1-405b-on-l4")
    assert "usable is 72% of the unified memory" in unified.gpu.method
    assert "192 GB of unified memory, shared with the processor" in unified.prose.opening
    assert dict(unified.glance)["Usable, by the rule"] == "138.2 GB"
    assert "usable is 95% of the nameplate memory" in card.gpu.method
    assert "unified" not in card.prose.opening


def test_offload_to_system_ram_is_no_way_out_where_the_memory_is_the_systems_own(snapshot: Snapshot) -> None:
    assert "system RAM" in " ".join(page(snapshot, "llama-3-1-405b-on-l4").prose.reason)
    assert "system RAM" not in " ".join(page(snapshot, "llama-3-1-405b-on-m2-ultra-192").prose.reason)


def test_a_need_just_over_what_is_usable_never_looks_the_same_beside_a_no(snapshot: Snapshot) -> None:
    of = page(snapshot, "baichuan2-13b-on-rtx-4070-laptop")
    assert of.prose.answer == "No"
    for sentence in (of.prose.verdict, of.prose.reason[0], of.bar.text, of.prose.questions[0][1], of.description):
        need, usable = re.findall(r"\d[\d,.]* GB", sentence)[:2]
        assert need != usable, sentence
