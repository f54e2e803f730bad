"""Keys of an architecture document in an order that no database decides."""

from dataclasses import fields

from catalog.interchange.key_order import KEYS, in_order
from fit.architecture import FEED_FORWARD_KINDS, Architecture, DraftLayers, FileLayout, LayerGroup, LookupTable
from fit.mixers import MIXER_KINDS, Indexer

PARTS = (Architecture, LayerGroup, DraftLayers, FileLayout, LookupTable, Indexer)


def test_every_key_that_a_document_may_have_has_its_place() -> None:
    kinds = (*PARTS, *MIXER_KINDS.values(), *FEED_FORWARD_KINDS.values())
    assert {"type", *(field.name for kind in kinds for field in fields(kind))} == set(KEYS)
    assert len(KEYS) == len(set(KEYS))


def test_keys_are_put_in_order_at_every_depth_and_lists_are_left_as_they_are() -> None:
    mixed = {"gguf": {"arch": "x"}, "blocks": [{"ffn": {"size": 1, "type": "glu"}, "n": 2}], "vocab_size": 3}
    assert repr(in_order(mixed)) == repr(
        {"vocab_size": 3, "blocks": [{"n": 2, "ffn": {"type": "glu", "size": 1}}], "gguf": {"arch": "x"}}
    )
    assert in_order([3, 1, 2]) == [3, 1, 2]


def test_names_that_documents_choose_come_last_in_order_of_the_alphabet() -> None:
    assert list(in_order({"rows_b": 1, "a": 2, "extra": 3, "Z": 4})) == ["extra", "Z", "a", "rows_b"]
