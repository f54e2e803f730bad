"""`manage.py effects`: what the page of the desk says, in a terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Gpu
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
    from catalog.models import Artifact

    file = Artifact.objects.filter(status="published", quant__slug="q4-k-m", preferred=False)[0]
    answer, _ = effects("file", file.slug, "quant=")
    assert "pairs that may change" in answer
    with pytest.raises(CommandError, match="quant: "):
        effects("file", file.slug, "quant=no-such")
