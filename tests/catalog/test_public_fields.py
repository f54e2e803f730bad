"""Readers are told of the fields that pages show or compute with, and of no other."""

import pytest

from catalog.models import RECORD_MODELS, CatalogRecord
from catalog.public_fields import PUBLIC

# What is the desk's: how sure it is, what it checked, what a load remembers, whether a record is public and why not.
THE_DESK_S = {
    "artifact": {"slug"},
    "benchmark": {"slug", "hidden_because"},
    "gpu": {
        "bus_bits",
        "compute_capability",
        "confidence",
        "fp16_tensor_basis",
        "gpu_cores",
        "launch_price_source",
        "memory_rate_gbps",
        "nvlink",
        "pcie",
        "reported_source",
    },
    "languagemodel": {"confidence", "draft_parameters", "header_extra", "header_parameters"},
    "quant": set[str](),
    "repository": {"slug"},
    "popularity": {"slug"},
    "boardscore": {"slug", "shown"},
    "price": {"slug"},
    "pick": {"slug"},
}
OF_EVERY_KIND = {
    "id",
    "status",
    "editor_notes",
    "saved_anyway",
    "loaded_record",
    "loaded_digest",
    "created_at",
    "updated_at",
}


@pytest.mark.parametrize("kind", RECORD_MODELS)
def test_every_column_is_either_the_readers_or_the_desk_s(kind: type[CatalogRecord]) -> None:
    columns = {column.name for column in kind._meta.concrete_fields}
    public, withheld = set(PUBLIC[kind.kind()]), THE_DESK_S[kind.kind()]
    assert public & (withheld | OF_EVERY_KIND) == set()
    assert columns - public - withheld - OF_EVERY_KIND == set()
    assert public | withheld <= columns
