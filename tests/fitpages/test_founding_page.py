"""What is known beforehand of the real catalog: the founding page, other pairs, and what readers are used to.

An edit of the catalog may change these figures, and then this file with it; tests about code take the small catalog.
"""

import re
from decimal import Decimal

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.models import LanguageModel
from catalog.snapshot import Snapshot
from fitpages.matching.fits import wanted_card
from fitpages.matching.pairs import find_pair
from fitpages.matching.search import search
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.tiers import tier_cards
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from fitpages.serving.responses import render
from fitpages.text import wording
from tests.fitpages.guides import page_of
from tests.fitpages.prose import texts
from tests.html_page import HtmlPage

DASH = "—"


def page(snapshot: Snapshot, name: str) -> PairPage:
    pair = find_pair(snapshot, name)
    assert pair is not None
    return pair_page.build(snapshot, pair)


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
        ("deepseek-v2-5-on-dgx-spark", "Only at Q3_K_M", [DASH] * 5 + ["~25"]),
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


def test_a_model_made_in_four_bits_is_advised_at_its_own_level_and_has_the_rule_s_rows_beside_it(
    snapshot: Snapshot,
) -> None:
    of = page(snapshot, "gpt-oss-120b-on-h100-80-sxm")
    assert of.prose.answer == "Yes, at MXFP4"
    assert recommended(of) == ["MXFP4"]
    assert [(row.name, row.need) for row in of.rows][:2] == [("MXFP4", DASH), ("FP16 (full)", "280.4 GB")]
    assert [row.fits for row in of.rows[1:]] == [False] * 5 + [True]


def test_a_mixture_says_what_it_holds_and_what_a_token_uses(snapshot: Snapshot) -> None:
    of = page(snapshot, "mixtral-8x7b-on-a100-40")
    assert of.rows[4].need == "31.4 GB"
    assert "46.7B parameters, of which a token uses 12.9B (a mixture of experts)" in of.prose.opening
    assert "the active weights are read once for each token" in of.prose.reason[1]
    assert dict(of.glance)["Parameters"] == "46.7B, 12.9B active"


@pytest.mark.django_db
def test_a_mixture_whose_active_part_is_unknown_says_so_and_has_dashes_for_speed() -> None:
    slug = "qwen3-8-flash-next-180b-a6b"
    LanguageModel.objects.filter(slug=slug).update(active_parameters=None, architecture=None)
    of = page(catalog_snapshot.build(), f"{slug}-on-b200")
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


def test_a_row_that_fits_by_the_rule_and_not_exactly_is_no_advice(snapshot: Snapshot) -> None:
    of = page(snapshot, "baichuan2-13b-on-rtx-4070-laptop")
    assert [row.fits for row in of.rows] == [False] * 5 + [True]
    assert of.prose.answer == "No"
    assert "says yes at Q3_K_M, where 4K tokens of context do not fit" in of.exact.disagreement


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        ("smollm2-135m", "gtx-1660-super"),
        ("llama-3-1-8b", "rtx-3050-8"),
        ("qwen2-5-72b", "a100-80"),
        ("llama-3-1-405b", "m3-ultra-512"),
        ("kimi-k3-2-8t-a104b", None),
    ],
)
def test_the_card_to_want(snapshot: Snapshot, model: str, wanted: str | None) -> None:
    card = wanted_card(snapshot, snapshot.models[model])
    assert (card.slug if card else None) == wanted


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("qwen 72b l4", "/run/qwen2-5-72b-on-l4/"),
        ("  Qwen2.5-72B   on   NVIDIA-L4 ", "/run/qwen2-5-72b-on-l4/"),
        ("qwem 72b l4", "/run/qwen2-5-72b-on-l4/"),
        ("gtp-oss 20b 5090", "/run/gpt-oss-20b-on-rtx-5090/"),
        ("rtx4090 llama 3.1 8b", "/run/llama-3-1-8b-on-rtx-4090/"),
        ("mixtral 8x7b a100 40gb", "/run/mixtral-8x7b-on-a100-40/"),
    ],
)
def test_what_people_type_leads_to_their_pair(snapshot: Snapshot, query: str, address: str) -> None:
    assert search(snapshot, query).pairs[0].address == address


def test_the_example_is_the_pair_that_readers_know(snapshot: Snapshot) -> None:
    shown = HtmlPage(render(methodology_page.build(snapshot)).decode())
    lines = {row[0]: row[1:] for row in shown.table("Step").rows}
    assert lines["Need at Q4_K_M"] == ["72,706,203,648 × 0.56 × 1.2 bytes", "48.9 GB"]
    assert lines["Need at Q3_K_M"] == ["72,706,203,648 × 0.43 × 1.2 bytes", "37.5 GB"]
    assert lines["Usable on an NVIDIA L4"] == ["0.95 × 24 GB", "22.8 GB"]
    assert lines["Q3_K_M on an NVIDIA L4"] == ["37.5 GB > 22.8 GB", "does not fit"]
    assert lines["Q4_K_M on an A100 80GB"] == ["48.9 GB ≤ 76.0 GB", "fits"]
    assert "/run/qwen2-5-72b-on-l4/" in shown.main_links
    assert "/run/qwen2-5-72b-on-a100-80/" in shown.main_links


def test_the_same_bandwidth_is_decided_by_the_newer_card(snapshot: Snapshot) -> None:
    by_size = {gpu.spec.nameplate_gb: gpu.slug for gpu in tier_cards(snapshot)}
    assert by_size[Decimal(24)] == "rtx-4090"
    assert snapshot.gpus["rtx-3090-ti"].spec.bandwidth_gb_s == snapshot.gpus["rtx-4090"].spec.bandwidth_gb_s


def test_the_slip_of_other_guides_is_not_ours(snapshot: Snapshot) -> None:
    """A 70B model at Q4_K_M on two cards of 24 GB: many a guide says that it fits; by the rule it does not."""
    example = local_guide.build(snapshot).several
    assert example is not None
    assert example.answer == "Of two such cards 46 GB is usable, still too little; it takes three, with 68 GB."


def test_several_cards_are_counted_exactly_too_as_the_page_of_the_pair_does(snapshot: Snapshot) -> None:
    example = local_guide.build(snapshot).several
    assert example is not None
    assert example.exactly == ("Counted exactly, layer by layer and with 8K tokens of context, already two hold it.")
    pair, _ = page_of(snapshot, example.single.address)
    fix = next(fix for fix in pair_page.build(snapshot, pair).fixes if fix.name == "A second card")
    assert fix.text.startswith(f"2 × {pair.gpu.name}: {example.single.quant} ")


# Said aloud: en-vidia, ar-tee-ex, ar-ex, aitch-hundred, vee-hundred, dee-gee-ex.
FIRST_WORDS = {
    "an": "A100 A10M A800 AMD Apple Arc H100 H200 H800 Intel Iris L20 NVIDIA R9 RTX RX",
    "a": (
        "CMP CPU Core DGX GH200 GTX Gaudi Jetson MacBook P100 P102-100 P104-100 P106-100 Quadro Radeon Ryzen "
        "Snapdragon Steam T1000 T400 Tesla Titan UHD V100 V100S"
    ),
}
ARTICLES_OF_FIRST_WORDS = {word: article for article, words in FIRST_WORDS.items() for word in words.split()}


def test_every_published_gpu_has_the_article_of_its_first_word(snapshot: Snapshot) -> None:
    names = [gpu.name for gpu in snapshot.gpus.values()]
    expected = {name: f"{ARTICLES_OF_FIRST_WORDS[name.split()[0]]} {name}" for name in names}
    assert {name: wording.with_article(name) for name in names} == expected
    assert {name.split()[0] for name in names} == set(ARTICLES_OF_FIRST_WORDS)
