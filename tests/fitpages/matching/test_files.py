"""Which published file each level of a model is counted from."""

from types import MappingProxyType

import pytest

from catalog.snapshot import PublishedFile, Snapshot
from fit.needs import account
from fitpages.matching.files import counted_files, file_sizes, files_by_level, rows_of_their_own, unlike_their_mix
from fitpages.matching.fits import needs_of
from tests.published import published_file
from tests.small_catalog import snapshot_of

SMALL = "small-8b"


def with_files(*files: PublishedFile) -> Snapshot:
    return snapshot_of(files_of=MappingProxyType({SMALL: files}))


def computed_bytes(snapshot: Snapshot) -> int:
    accounting = account(snapshot.models[SMALL].spec, snapshot.default_quant.spec)
    assert accounting
    return accounting.weights.file_bytes


def test_a_level_is_counted_from_the_tensors_of_its_file() -> None:
    snapshot = with_files(published_file(token_list_bytes=7_000_000))
    model = snapshot.models[SMALL]
    assert file_sizes(snapshot, model) == {"q4-k-m": 4_913_734_272}
    assert file_sizes(snapshot, snapshot.models["large-70b"]) == {}


@pytest.mark.parametrize(("off", "counted"), [(10_000_000, False), (60_000_000, True)])
def test_a_rounded_size_counts_only_where_it_says_something_new(small: Snapshot, off: int, counted: bool) -> None:
    size = computed_bytes(small) + off
    snapshot = with_files(published_file(size_bytes=size, rounding_bytes=10_000_000))
    model = snapshot.models[SMALL]
    assert list(files_by_level(snapshot, model)) == ["q4-k-m"]
    assert file_sizes(snapshot, model) == ({"q4-k-m": size} if counted else {})
    assert list(counted_files(snapshot, model)) == (["q4-k-m"] if counted else [])


def test_a_file_larger_than_the_mix_takes_as_much_more(small: Snapshot) -> None:
    """As of a 27B: 18.97 GB at Q4_K_M where the mix makes 16.5."""
    larger = computed_bytes(small) * 1897 // 1650
    snapshot = with_files(published_file(size_bytes=larger, rounding_bytes=10_000_000))
    before, after = (
        {need.quant.slug: need for need in needs_of(of, of.models[SMALL])}["q4-k-m"] for of in (with_files(), snapshot)
    )
    assert before.exact_bytes
    assert after.exact_bytes
    assert after.exact_bytes - before.exact_bytes == larger - computed_bytes(small)
    assert after.rule_bytes == before.rule_bytes


def test_the_makers_file_is_told_by_the_name_it_publishes_under(small: Snapshot) -> None:
    maker = small.models[SMALL].hugging_face_id.partition("/")[0]
    own = published_file(slug="own", publisher=maker)
    snapshot = with_files(published_file(publisher="bartowski"), own)
    assert files_by_level(snapshot, snapshot.models[SMALL]) == {"q4-k-m": own}


def test_a_file_of_a_level_that_the_pages_do_not_have_is_left_out() -> None:
    snapshot = with_files(published_file(level="q9-x"))
    assert files_by_level(snapshot, snapshot.models[SMALL]) == {}


def test_a_label_that_is_no_level_stands_for_the_nearest_mix_and_one_without_is_left_out() -> None:
    own = published_file(label="UD-Q4_K_XL", level="")
    snapshot = with_files(own, published_file(label="odd", level=""))
    ((label, row),) = rows_of_their_own(snapshot, snapshot.models[SMALL]).items()
    assert (label, row.file, row.stands_for.slug, row.stands_for.mix) == ("UD-Q4_K_XL", own, "UD-Q4_K_XL", "Q4_K_M")
    assert row.stands_for.bytes_per_weight is None


def test_a_file_that_reads_as_its_mix_is_not_unlike_it(small: Snapshot) -> None:
    alike = published_file(size_bytes=computed_bytes(small) + 1000)
    larger = published_file(size_bytes=computed_bytes(small) + 10**9)
    for file, unlike in ((alike, ()), (larger, (("q4-k-m", "5.9 GB"),))):
        snapshot = with_files(file)
        assert unlike_their_mix(snapshot, snapshot.models[SMALL]) == unlike
