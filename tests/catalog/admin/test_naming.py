"""A form says what a name and a slug are of its kind of record."""

import pytest

from catalog.admin.naming import NAMES, NO_PAGE
from catalog.models import RECORD_MODELS, CatalogRecord, Gpu, Quant
from tests.catalog.desk import Desk
from tests.catalog.rows import gpu

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_kind_has_its_own_example(desk: Desk, kind: type[CatalogRecord]) -> None:
    form = desk.client.get(f"/admin/catalog/{kind.kind()}/add/").context["adminform"].form
    assert form.fields["name"].help_text == NAMES[kind.kind()]


def test_only_what_has_a_page_has_the_address_of_one(desk: Desk) -> None:
    card = gpu()
    card.save()
    quant = Quant.objects.get(slug="q6-k")
    said = {type(row): desk.page(row).context["adminform"].form.fields["slug"].help_text for row in (card, quant)}
    assert said[Gpu].startswith("The address of the page.")
    assert said[Quant] == NO_PAGE
