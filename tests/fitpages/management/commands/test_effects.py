"""`manage.py effects`: what the page of the desk says, in a terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Artifact, Gpu, Quant
from fitpages.desk.effects import counting
from tests.catalog.rows import everything, gpu

pytestmark = pytest.mark.django_db


def effects(*words: str, **options: object) -> tuple[str, str]:
    """What it prints as its answer, and of how far it is."""
    answer, steps = StringIO(), StringIO()
    call_command("effects", *words, stdout=answer, stderr=steps, **options)
    return answer.getvalue(), steps.getvalue()


def test_a_slip_is_told_and_not_saved() -> None:
    rows = everything()
    answer, steps = effects("gpu", "l4", "bandwidth_gb_s=3")
    assert answer.startswith("All ")
    assert "Verdicts that flip, the first 20 of " in answer
    assert " on NVIDIA L4: " in answer
    assert steps == ""
    assert everything() == rows


def test_a_slug_is_typed_as_a_name_is() -> None:
    with pytest.raises(CommandError, match=r"There is no quantization no-such-k\."):
        effects("quant", "No_Such_K", "shown=folded")
    assert effects("quant", "Q4_K_M", "quality_basis=Nothing")[0].startswith(
        "Nothing that an answer follows from changes."
    )


def test_the_default_is_moved_and_the_one_that_has_it_loses_it() -> None:
    answer, _ = effects("quant", "q5-k-m", "is_default=yes")
    assert "would give another answer" in answer
    assert Quant.objects.get(is_default=True).slug == "q4-k-m"


def test_a_class_of_cards_at_once() -> None:
    gpu(speed_class="mine").save()
    answer, _ = effects("gpu", "--class", "mine", "speed_class=apple")
    assert " on Test Card: " in answer
    assert Gpu.objects.get(slug="test-card").speed_class == "mine"


def test_all_pairs_are_counted_with_word_of_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 10)
    answer, steps = effects("gpu", "l4", "bandwidth_gb_s=3", "--all")
    assert answer.startswith("All ")
    assert "pairs that may change were counted" in steps
    assert effects("gpu", "l4", "bandwidth_gb_s=3")[0].startswith("Counted: ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("gpu", "no-such", "bandwidth_gb_s=3"), "There is no GPU no-such."),
        (("gpu", "bandwidth_gb_s=3"), "Name a record by its slug"),
        (("gpu", "l4", "bandwidth=3"), "bandwidth: "),
        (("gpu", "l4", "bandwidth_gb_s=fast"), "bandwidth_gb_s: .* must be a decimal number"),
        (("gpu", "l4", "sources="), "l4: A published record needs at least one source"),
        (("quant", "q4-k-m", "status=draft"), "q4-k-m: The default quantization must be published."),
        (("file", "no-such", "quant=q6-k"), "There is no published file no-such."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        effects(*words)


def test_a_switch_is_a_word_and_another_record_its_slug() -> None:
    answer, _ = effects("gpu", "l4", "common=no", "editor_notes=")
    assert answer.startswith("Nothing that an answer follows from changes.")
    q4 = Artifact.objects.filter(status="published", quant__slug="q4-k-m", publisher="ggml-org")
    file = next(row for row in q4 if Artifact.objects.filter(model=row.model, quant=row.quant).count() == 1)
    assert "pairs that may change" in effects("file", file.slug, "quant=q3-k-m")[0]
    with pytest.raises(CommandError, match="quant: "):
        effects("file", file.slug, "quant=no-such")
