"""Which models serve a use, and which of them to run on a machine."""

import pytest

from catalog.models.uses import Use
from catalog.snapshot import PublishedModel, Snapshot
from fitpages.matching import for_use
from fitpages.matching.answers import answer
from fitpages.matching.for_use import LONG, models_for, serves, to_run
from fitpages.matching.picks import usual_picks
from tests.published import dense, published_model
from tests.small_catalog import snapshot_of

ARCHITECTURE = dense(layers=32, width=4096, heads=32, feed_forward=14336)


def model(name: str, *uses: str, **facts: object) -> PublishedModel:
    return published_model(name, 8_030_261_248, ARCHITECTURE, uses=uses, **facts)


def of_uses() -> Snapshot:
    coders = [model("Coder 1", "code"), model("Coder 2", "code", common=False)]
    return snapshot_of(models=[*coders, model("Chatter", "chat"), model("Translator", "translation", common=False)])


@pytest.mark.parametrize(
    ("use", "context", "answer"),
    [("", 8192, True), ("code", 8192, True), ("vision", 8192, False), (LONG, 8192, False), (LONG, 131072, True)],
)
def test_a_model_is_for_its_uses_and_for_long_documents_by_its_context(use: str, context: int, answer: bool) -> None:
    assert serves(model("Test", "code", native_context=context), use) is answer


def test_common_models_stand_for_a_use_and_others_only_where_none_is_common() -> None:
    assert [model.slug for model in models_for(of_uses(), Use.CODE)] == ["coder-1"]
    assert [model.slug for model in models_for(of_uses(), Use.TRANSLATION)] == ["translator"]
    assert models_for(of_uses(), Use.MEDICINE) == ()


def test_the_strongest_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = snapshot_of(models=[model("Coder 1", "code"), model("Coder 2", "code")])
    monkeypatch.setattr(for_use, "worth", lambda _, of: {"coder-1": 1.0, "coder-2": 2.0}[of.slug])
    assert [model.slug for model in models_for(snapshot, Use.CODE)] == ["coder-2", "coder-1"]


def test_on_a_machine_only_what_runs_there_and_no_more_than_asked(small: Snapshot) -> None:
    card = small.gpus["rtx-8"]
    answers = [answer(small, model, card) for model in small.models.values()]
    running = {of_pair.model.slug for of_pair in answers if of_pair.verdict.says_yes}
    assert {of_pair.model.slug for of_pair in to_run(small, card, Use.CHAT)} == running
    assert 1 < len(running) < len(answers)
    assert len(to_run(small, card, Use.CHAT, most=1)) == 1


def test_what_is_picked_for_a_use_comes_first(small: Snapshot) -> None:
    card = small.gpus["rtx-24"]
    (pick,) = [pick for pick in usual_picks(small, card) if pick.use == "all-round" and not pick.with_ram]
    assert to_run(small, card, Use.CHAT)[0].model is pick.model
    assert to_run(small, card, "")[0].model is pick.model
