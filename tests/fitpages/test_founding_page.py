"""What is known beforehand of the real catalog: the founding page, other pairs, and what readers are used to.

An edit of the catalog may change these figures, and then this file with it; tests about code take the small catalog.
"""

import re
from decimal import Decimal

import pytest

from catalog import snapshot as catalog_snapshot
from catalog.models import LanguageModel
from catalog.snapshot import Snapshot
from fitpages.matching.machines import wanted_card, wanted_mac
from fitpages.matching.pairs import find_pair
from fitpages.matching.search import search
from fitpages.pages.guides import local as local_guide
from fitpages.pages.guides.tiers import tier_cards
from fitpages.pages.methodology import page as methodology_page
from fitpages.pages.pair import page as pair_page
from fitpages.pages.pair.page import PairPage
from fitpages.pages.pair.pieces import Piece
from fitpages.serving.responses import render
from tests.fitpages.prose import texts
from tests.html_page import HtmlPage

DASH = "—"
SIX = ["FP16 (full)", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M"]


def page(snapshot: Snapshot, name: str) -> PairPage:
    pair = find_pair(snapshot, name)
    assert pair is not None
    return pair_page.build(snapshot, pair)


def rule(of: PairPage) -> list[tuple[str, str, str]]:
    """The rule's columns of the six, in their order."""
    rows = {row.name: (row.rule_need, row.rule_fits, row.rule_ceiling) for row in of.levels.rows}
    return [rows[name] for name in SIX]


def advised(of: PairPage) -> list[str]:
    return [row.name for row in of.levels.rows if row.is_advised]


def links(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    return [(piece.text, piece.address) for piece in pieces if piece.address]


@pytest.fixture
def founding(snapshot: Snapshot) -> PairPage:
    return page(snapshot, "qwen2-5-72b-on-l4")


def test_the_founding_page_has_the_founding_table(founding: PairPage) -> None:
    assert founding.heading == "Run Qwen2.5 72B on NVIDIA L4"
    assert [row.name for row in founding.levels.rows] == SIX
    assert rule(founding) == [
        ("174.5", "no", DASH),
        ("92.5", "no", DASH),
        ("71.5", "no", DASH),
        ("60.2", "no", DASH),
        ("48.9", "no", DASH),
        ("37.5", "no", DASH),
    ]
    assert "plus 20%, against 22.8 GB, 95% of the memory on the box; " in founding.levels.rule_note


def test_the_founding_page_says_not_in_practice_and_how_fast_it_would_be(founding: PairPage) -> None:
    assert founding.answer.bold == "Not in practice."
    assert not founding.says_yes
    assert re.fullmatch(
        r"It does not fit on the card at any level worth recommending; with \d+ GiB in RAM about \d\.\d tokens per "
        r"second at Q4_K_M with 8K of context",
        founding.answer.rest,
    )
    assert advised(founding) == []
    assert {row.counted[2] for row in founding.levels.rows} == {"none"}
    assert founding.gains_heading == "What would make it fit"
    assert founding.run
    assert founding.run.heading == "If you want to try"


def test_the_founding_page_has_the_lever_in_whole_gigabytes(founding: PairPage) -> None:
    (lever,) = founding.model.lever.paragraphs
    assert "174 GB at FP16 become 49 GB at Q4_K_M, a 72% reduction." in lever
    assert not re.search(r"\d\.\d GB", lever)


def test_the_founding_page_names_one_machine_and_leads_there(founding: PairPage) -> None:
    wanted = "/run/qwen2-5-72b-on-a100-80/"
    assert links(founding.why) == [("an A100 80GB", wanted)]
    of_gains = [link for gain in founding.gains for link in links(gain.pieces)]
    assert [link for link in of_gains if link[1].startswith("/run/qwen2-5-72b-on-")] == [("A100 80GB", wanted)]
    assert not any("second" in gain.name for gain in founding.gains), "two hold no Q4_K_M with 8K"


def test_the_founding_page_answers_its_two_questions_with_what_is_counted(founding: PairPage) -> None:
    (can, no), (how_much, needs) = founding.questions
    assert can == "Can an NVIDIA L4 run Qwen2.5 72B?"
    assert no.startswith("Not in practice. At Q4_K_M it takes ")
    assert how_much == "How much memory does Qwen2.5 72B need?"
    assert re.match(r"With 8K of context \d+ GiB at FP16, [\d.]+ GiB at Q4_K_M and [\d.]+ GiB at Q3_K_M\.", needs)


def test_the_founding_page_leads_on_to_six_machines_and_six_models(founding: PairPage) -> None:
    machines, models = founding.compare
    assert len({line.address for line in machines.lines}) == len({line.address for line in models.lines}) == 6
    assert all(line.address.startswith("/run/qwen2-5-72b-on-") for line in machines.lines)
    assert all(line.address.endswith("-on-l4/") for line in models.lines)
    assert {line.text: line.note for line in machines.lines}["A100 80GB"].startswith("Q6_K, 32K · ")


@pytest.mark.parametrize(
    ("name", "answer", "ceilings"),
    [
        ("llama-3-1-8b-on-rtx-4060", "Yes, at Q4_K_M with 8K", [DASH, DASH, DASH, "~42", "~51", "~67"]),
        ("llama-3-1-8b-on-rtx-4090", "Yes, at Q6_K with 32K", ["~53", "~101", "~130", "~155", "~191", "~248"]),
        ("qwen2-5-32b-on-rtx-4090", "Yes, at Q4_K_M with 8K", [DASH] * 4 + ["~47", "~61"]),
        ("mixtral-8x7b-on-a100-40", "Yes, at Q6_K with 16K", [DASH] * 4 + ["~183", "~239"]),
        ("smollm2-135m-on-gtx-1050-ti", "Yes, at Q6_K with 8K", ["~354", "~668", "~863"] + ["over 1,000"] * 3),
        ("deepseek-v2-5-on-dgx-spark", "Yes, at Q3_K_M with 32K", [DASH] * 6),
        ("llama-3-1-405b-on-m2-ultra-192", "Yes, but only at IQ3_XS", [DASH] * 6),
        ("mixtral-8x22b-on-m3-max-128", "Yes, at Q5_K_M with 32K", [DASH] * 5 + ["~20"]),
        ("llama-3-3-70b-on-a100-40", "Yes, at IQ4_XS with 8K", [DASH] * 5 + ["~44"]),
    ],
)
def test_a_page_answers_with_the_verdict_and_has_the_rule_s_ceilings_where_the_rule_says_yes(
    snapshot: Snapshot, name: str, answer: str, ceilings: list[str]
) -> None:
    of = page(snapshot, name)
    assert of.answer.bold.startswith(answer)
    assert [ceiling for _, _, ceiling in rule(of)] == ceilings
    assert [fits for _, fits, _ in rule(of)] == ["no" if ceiling == DASH else "yes" for ceiling in ceilings]
    assert advised(of) == [re.split(" at ", answer)[1].split()[0]]


def test_memory_that_is_the_system_s_own_has_nothing_in_ram(snapshot: Snapshot) -> None:
    for name in ("llama-3-1-405b-on-m2-ultra-192", "mixtral-8x22b-on-m3-max-128"):
        of = page(snapshot, name)
        assert of.ram is None
        assert " in RAM" not in of.answer.bold + of.answer.rest + of.questions[0][1]


def test_a_model_made_in_four_bits_is_advised_at_its_own_level_and_has_the_rule_s_rows_beside_it(
    snapshot: Snapshot,
) -> None:
    of = page(snapshot, "gpt-oss-120b-on-h100-80-sxm")
    assert of.answer.bold.startswith("Yes, at MXFP4 with 32K")
    assert advised(of) == ["MXFP4"]
    assert of.levels.rows[0].rule_need == DASH
    assert rule(of)[0][0] == "280.4"
    assert [fits for _, fits, _ in rule(of)] == ["no"] * 5 + ["yes"]
    with_ram = page(snapshot, "gpt-oss-120b-on-rtx-4090")
    assert re.match(r"Yes, with \d+ GiB in RAM:", with_ram.answer.bold)


def test_a_mixture_says_what_it_holds_and_what_a_token_uses(snapshot: Snapshot) -> None:
    of = page(snapshot, "mixtral-8x7b-on-a100-40")
    assert rule(of)[4][0] == "31.4"
    assert dict(of.facts)["Model"] == "46.7B parameters, 12.9B active, 32K context"
    assert "the weights that it uses" in of.reason.paragraphs[0]


@pytest.mark.django_db
def test_a_mixture_whose_tensors_and_active_part_are_unknown_has_the_rule_without_speeds() -> None:
    slug = "qwen3-8-flash-next-180b-a6b"
    LanguageModel.objects.filter(slug=slug).update(active_parameters=None, architecture=None)
    of = page(catalog_snapshot.build(), f"{slug}-on-b200")
    assert of.answer.bold == "Yes, at Q5_K_M, by the rule of thumb:"
    assert [fits for _, fits, _ in rule(of)] == ["no"] * 3 + ["yes"] * 3
    assert {ceiling for _, _, ceiling in rule(of)} == {DASH}
    assert "active part not published" in dict(of.facts)["Model"]
    assert "per second" not in " ".join(texts(of))
    assert (of.uses, of.run, of.curve, of.gains) == ((), None, None, ())


def test_small_models_are_in_hundredths_and_a_ceiling_over_1_000_has_no_figure(snapshot: Snapshot) -> None:
    of = page(snapshot, "smollm2-135m-on-gtx-1050-ti")
    assert [need for need, _, _ in rule(of)] == ["0.32", "0.17", "0.13", "0.11", "0.09", "0.07"]
    assert "against 3.8 GB, " in of.levels.rule_note
    assert rule(of)[-1][2] == "over 1,000"


def test_a_row_that_fits_by_the_rule_and_not_as_counted_is_no_advice(snapshot: Snapshot) -> None:
    of = page(snapshot, "baichuan2-13b-on-rtx-4070-laptop")
    assert [fits for _, fits, _ in rule(of)] == ["no"] * 5 + ["yes"]
    assert of.answer.bold.endswith(" in RAM:")
    assert advised(of) == ["Q4_K_M"]
    assert of.levels.rows[-1].counted[2] != "4K"


@pytest.mark.parametrize(
    ("model", "card", "mac"),
    [
        ("smollm2-135m", "gtx-1660-super", "m1-16"),
        ("llama-3-1-8b", "gtx-1080-ti", "m1-16"),
        ("qwen2-5-72b", "a100-80", "m3-max-128"),
        ("llama-3-1-405b", None, "m3-ultra-512"),
        ("kimi-k3-2-8t-a104b", None, None),
    ],
)
def test_the_machine_to_want(snapshot: Snapshot, model: str, card: str | None, mac: str | None) -> None:
    for choose, expected in ((wanted_card, card), (wanted_mac, mac)):
        wanted = choose(snapshot, snapshot.models[model])
        assert (wanted.slug if wanted else None) == expected


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
