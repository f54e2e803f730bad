"""Whatever is sent as the key of another record, the form is shown again with a sentence at the field."""

import pytest
from django.contrib.auth.models import User

from catalog.models import Artifact, Benchmark, BoardScore, Pick, Popularity, Price, Repository
from tests.catalog.desk import desk_of

ODD_KEYS = ["abc", "%s", "-9223372036854775809", "9" * 30, "1e3", "1.5", "[1]"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ODD_KEYS)
@pytest.mark.parametrize(
    ("model", "field"),
    [
        *[(Artifact, "model"), (Artifact, "quant"), (Benchmark, "gpu"), (Repository, "model")],
        *[(Popularity, "model"), (BoardScore, "model"), (Price, "gpu"), (Pick, "model")],
    ],
)
def test_an_odd_key_is_named_at_its_field_beside_other_errors(
    admin_user: User, model: type[Artifact], field: str, key: str
) -> None:
    errors = desk_of(admin_user).save(model.objects.first(), **{field: key, "name": ""})
    assert {field, "name"} <= errors.keys()
