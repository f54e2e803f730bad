"""The sentences of a pair's page: the answer, why, the card to want, and two questions."""

import re

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.answer import Prose, prose
from fitpages.pages.pair.assessed import assessed_pair
from tests.fitpages.levels import with_between, with_native, with_others
from tests.published import published_gpu
from tests.small_catalog import five_gpus, snapshot_of


def sentences(small: Snapshot, model: str, gpu: str) -> Prose:
    return prose(assessed_pair(small, Pair(small.models[model], small.gpus[gpu])))


@pytest.mark.parametrize(
    ("model", "gpu", "answer", "verdict"),
    [
        (
            "small-8b",
            "rtx-24",
            "Yes, at Q6_K",
            r", with up to \d+K tokens of context, at about \d+ .*",
        ),
        ("closed-100b", "h80", "Yes, at Q4_K_M", r", which needs 67 GB of the 76 GB usable."),
        (
            "mixture-30b",
            "rx-16-laptop",
            "Only at Q3_K_M",
            r", with up to \d+K tokens of context, at about \d+ .*",
        ),
        ("large-70b", "rtx-24", "No", r", not even at Q3_K_M, which needs 36 GB: 23 GB of an RTX 24 is usable."),
    ],
)
def test_the_answer_stands_out_and_the_verdict_goes_on(
    small: Snapshot, model: str, gpu: str, answer: str, verdict: str
) -> None:
    of = sentences(small, model, gpu)
    assert of.answer == answer
    assert re.fullmatch(verdict, of.verdict), of.verdict
    assert of.fits is (answer != "No")
    assert of.reason_heading == ("How it runs" if of.fits else "Why it does not fit")


def test_the_opening_says_what_both_are_and_what_the_page_holds(small: Snapshot) -> None:
    assert sentences(small, "small-8b", "rtx-24").opening == (
        "Small 8B has 8.0B parameters; an RTX 24 has 24 GiB of memory. Below: what each quantization needs, whether it "
        "fits, how fast it can get, and what else would run it."
    )
    assert sentences(small, "large-70b", "rtx-24").opening.endswith("how fast it can get, and what would run it.")


def test_the_description_is_the_answer_with_its_figures(small: Snapshot) -> None:
    assert sentences(small, "large-70b", "rtx-24").description == (
        "Large 70B on an RTX 24: no. Q3_K_M, the smallest level worth recommending, needs 36 GB and 23 GB is usable. "
        "What would run it."
    )
    assert sentences(small, "closed-100b", "h80").description == (
        "Closed 100B on an H80: yes, at Q4_K_M. It takes 67 GB of 76 GB."
    )
    assert " leaves up to " in sentences(small, "small-8b", "rtx-24").description
    assert ": only at Q3_K_M. " in sentences(small, "mixture-30b", "rx-16-laptop").description


def test_how_it_runs_says_need_and_what_bounds_the_speed(small: Snapshot) -> None:
    first, second = sentences(small, "small-8b", "rtx-24").reason
    assert first.startswith(
        "At Q6_K it needs 7.9 GB against 23 GB usable. The loss of Q6_K. Exactly counted, it takes "
    )
    assert second == (
        "Memory bandwidth sets the ceiling: every weight is read once for each token, and by the rule of thumb "
        "1,008 GB/s allows 130 tokens per second at most."
    )


def test_of_a_mixture_only_the_active_weights_are_read(small: Snapshot) -> None:
    assert ": the active weights are read once for each token" in sentences(small, "mixture-30b", "rtx-24").reason[1]


def test_what_fits_exactly_and_not_by_the_rule_is_said(small: Snapshot) -> None:
    assert (
        "needs 25 GB by the rule of thumb, more than the 23 GB usable."
        in sentences(small, "mixture-30b", "rtx-24").reason[0]
    )


def test_a_model_whose_layers_cost_more_than_their_reading_is_said_to_be_slower(small: Snapshot) -> None:
    slower = "A token takes longer than that here"
    assert slower in sentences(small, "mixture-30b", "h80").reason[1]
    assert slower not in sentences(small, "small-8b", "rtx-8").reason[1]


def test_without_an_active_part_no_speed_is_derived(small: Snapshot) -> None:
    of = sentences(small, "closed-100b", "h80")
    assert of.reason[1] == "Its active parameters are not published, so no speed can be derived."
    assert "per second" not in of.verdict + of.description + of.questions[0][1]


def test_why_it_does_not_fit_offers_ram_but_where_the_memory_is_the_system_s_own(small: Snapshot) -> None:
    card, machine = (sentences(small, "closed-100b", gpu).reason for gpu in ("rtx-24", "mac-64"))
    assert card[0] == (
        "100B parameters take 52 GB even at Q3_K_M, the smallest level worth recommending, against 23 GB usable on "
        "an RTX 24."
    )
    assert "system RAM" in card[1]
    assert len(machine) == 1


def test_the_card_to_want_is_said_where_the_default_does_not_fit(small: Snapshot) -> None:
    of = sentences(small, "large-70b", "rtx-24")
    assert of.want == (
        "To run Q4_K_M (47 GB), the quantization most people run, buy or rent by the hour the card to want:"
    )
    assert of.want_link is not None
    assert (of.want_link.text, of.want_link.address) == ("an H80", "/run/large-70b-on-h80/")
    assert (sentences(small, "small-8b", "rtx-8").want, sentences(small, "small-8b", "rtx-8").want_link) == ("", None)


def test_a_machine_is_not_called_a_card() -> None:
    big = published_gpu("Mac 96", memory_gb=96, bandwidth_gb_s=800, unified_memory=True)
    snapshot = snapshot_of(gpus=[five_gpus()[0], big])
    assert sentences(snapshot, "large-70b", "rtx-24").want.endswith("the machine to want:")


def test_where_no_common_card_holds_it_that_is_said() -> None:
    snapshot = snapshot_of(gpus=five_gpus()[:2])
    of = sentences(snapshot, "large-70b", "rtx-24")
    assert of.want.startswith("No single card in common use holds Q4_K_M (47 GB), the quantization most people run.")
    assert of.want_link is None
    assert of.questions[0][1].endswith(" No single card in common use holds it at Q4_K_M.")


@pytest.mark.parametrize(
    ("model", "gpu", "answer"),
    [
        ("small-8b", "rtx-24", "Yes, at Q6_K, which needs 7.9 GB of the 22.8 GB usable of its 24 GB, at about "),
        ("mixture-30b", "rx-16-laptop", "Only at Q3_K_M, at about "),
        ("closed-100b", "h80", "Yes, at Q4_K_M, which needs 67.2 GB of the 76.0 GB usable of its 80 GB."),
        (
            "large-70b",
            "rtx-24",
            "No. Q3_K_M already needs 36.4 GB, and 22.8 GB of its 24 GB is usable. An H80 holds it at Q4_K_M.",
        ),
    ],
)
def test_can_it_run_is_answered_with_the_figures_of_the_table(
    small: Snapshot, model: str, gpu: str, answer: str
) -> None:
    question, text = sentences(small, model, gpu).questions[0]
    assert (
        question == f"Can {'an H80' if gpu == 'h80' else f'an {small.gpus[gpu].name}'} run {small.models[model].name}?"
    )
    assert text.startswith(answer), text


def test_where_the_rule_says_yes_and_the_accounting_no_the_context_is_said() -> None:
    tight = published_gpu("RTX 5", memory_gb=5, bandwidth_gb_s=256, reported_mib=4300, reported_by="cuda")
    of = sentences(snapshot_of(gpus=[tight]), "small-8b", "rtx-5")
    assert of.answer == "No"
    assert " with 8K tokens of context: an RTX 5 offers " in of.verdict
    assert " with 8K tokens of context, and " in of.questions[0][1]
    assert re.search(r"and \d\.\d GiB is offered\. What would run it", of.description)
    assert re.search(r"against \d\.\d GiB offered on an RTX 5\.", of.reason[0])


def test_a_ceiling_below_one_token_has_no_at_most() -> None:
    slow = published_gpu("RTX 96", memory_gb=96, bandwidth_gb_s=1, compute_tflops=None)
    reason = sentences(snapshot_of(gpus=[slow]), "large-70b", "rtx-96").reason[1]
    assert "allows under 1 tokens per second." in reason


def test_what_fits_below_the_usual_levels_is_said_and_the_no_is_of_the_usual_ones() -> None:
    snapshot = with_others()
    texts = sentences(snapshot, "large-70b", "rtx-32")
    assert texts.answer == "No"
    assert re.fullmatch(
        r", not at Q3_K_M or above: Q3_K_M needs 3\d GB, and 3\d GB of an RTX 32 is usable\. "
        r"Below the levels worth recommending, Q2_K fits with \d+K tokens\.",
        texts.verdict,
    )
    assert "Below the levels" not in sentences(snapshot, "large-70b", "rtx-24").verdict


def test_a_folded_level_is_advised_where_the_default_does_not_fit() -> None:
    of = sentences(with_between(), "large-70b", "rtx-44")
    assert of.answer == "Only at IQ4_XS"
    assert of.description.startswith("Large 70B on an RTX 44: only at IQ4_XS. It takes ")
    assert of.questions[0][1].startswith("Only at IQ4_XS, at about ")
    assert of.reason[0].startswith(
        "IQ4_XS is the best level worth recommending that fits; the rule has no figure for it. The loss of IQ4_XS. "
    )


def test_of_a_model_made_in_four_bits_that_level_is_spoken_of_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = with_native(monkeypatch)
    yes, no = (sentences(snapshot, "native-30b", gpu) for gpu in ("rtx-24", "rtx-8"))
    assert yes.answer == "Yes, at MXFP4"
    assert yes.reason[0].startswith(
        "MXFP4 is the level that it was made in. As it was made. Exactly counted, it takes "
    )
    assert "names none" in yes.reason[1]
    assert no.answer == "No"
    assert no.verdict.startswith(", not even at MXFP4, which needs ")
    assert "MXFP4, the level that it was made in, against" in no.reason[0]
    assert "the level that it was made in, buy or rent" in no.want
    for text in (no.verdict, *no.reason, no.want, *(answer for _, answer in no.questions)):
        assert "Q4_K_M" not in text
        assert "Q3_K_M" not in text
