"""The banner names the drafts and leads back to their forms."""

import pytest

from fitpages.desk.preview.banner import banner
from tests.catalog.rows import gpu, quant


def test_without_drafts_it_says_so() -> None:
    assert "No draft was asked for" in banner(())


@pytest.mark.django_db
def test_each_draft_has_a_way_back_to_its_form() -> None:
    card, level = gpu(name="A < B"), quant()
    for row in (card, level):
        row.save()
    html = " ".join(banner((card, level)).split())
    assert "Preview: not public." in html
    assert "with these drafts published:" in html
    assert f'A &lt; B (GPU, <a href="/admin/catalog/gpu/{card.pk}/change/">back to the form</a>),' in html
    assert f'Q1_K (quantization, <a href="/admin/catalog/quant/{level.pk}/change/">back to the form</a>).' in html
    assert "with this draft published:" in " ".join(banner((card,)).split())
