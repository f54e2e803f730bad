"""The words that a record is found by: its names, its other names together and in part, its memory, kind or size."""

from fitpages.matching.search_names import names_of, phrases, words_of_models
from tests.published import published_gpu, published_model
from tests.small_catalog import snapshot_of

MAC = published_gpu("Apple M4 16GB", 16, 120, vendor="Apple", segment="apple", also_called="MacBook Pro 14, 7840U")
MODEL = published_model("Test Small 8B", 8_030_000_000, None, also_called="Test Small Flash, Tiny")


def test_other_names_count_together_and_less_in_part() -> None:
    names = names_of(snapshot_of(gpus=[MAC]), MAC)
    assert {"macbook pro", "macbook pro 14", "7840u"} <= names.words
    assert names.words.isdisjoint({"macbook", "pro", "14"})
    assert {"macbook", "pro", "14"} <= names.nicknames


def test_what_begins_an_other_name_and_is_the_own_is_no_phrase() -> None:
    snapshot = snapshot_of(models=[MODEL], gpus=[MAC])
    assert phrases(snapshot) == {("macbook", "pro"), ("macbook", "pro", "14"), ("test", "small", "flash")}
    assert words_of_models(snapshot) == {"test", "small", "8b"}


def test_memory_kind_and_size_are_words_whatever_the_name_says() -> None:
    snapshot = snapshot_of(models=[MODEL], gpus=[MAC])
    assert {"16gb", "mac"} <= names_of(snapshot, MAC).words
    laptop = published_gpu("RTX 9 Max-Q", 8, 300, segment="laptop")
    assert {"8gb", "laptop"} <= names_of(snapshot, laptop).words
    processor = published_gpu("Any", 32, 80, segment="apple", speed_class="cpu", vendor="Other")
    assert {"32gb", "cpu", "ram"} <= names_of(snapshot, processor).words
    assert "8b" in names_of(snapshot, published_model("Nameless", 7_900_000_000, None)).words


def test_a_name_s_own_words_are_those_that_tell_it_apart() -> None:
    assert names_of(snapshot_of(gpus=[MAC]), MAC).own == {"m4"}
    assert names_of(snapshot_of(), published_gpu("RTX 4060 Ti 16GB", 16, 288)).own == {"4060", "ti"}
