"""What people are seen to run comes first."""

from types import MappingProxyType

from catalog.snapshot import Snapshot
from fitpages.desk.effects.common import common_models, newest_first
from tests.published import published_file
from tests.small_catalog import snapshot_of


def test_a_model_is_common_with_a_file_a_repository_or_a_measurement(small: Snapshot) -> None:
    measured = {"small-8b", "mixture-30b", "large-70b"}
    assert common_models(small) == measured
    nothing = {"benchmarks": (), "files_of": MappingProxyType({})}
    assert common_models(snapshot_of(**nothing)) == frozenset()
    of_file = {**nothing, "files_of": MappingProxyType({"closed-100b": (published_file(),)})}
    assert common_models(snapshot_of(**of_file)) == {"closed-100b"}
    of_repository = {**nothing, "repositories_of": MappingProxyType({"large-70b": ()})}
    assert common_models(snapshot_of(**of_repository)) == {"large-70b"}


def test_the_newest_come_first_and_those_without_a_date_last(small: Snapshot) -> None:
    ordered = sorted(small.models.values(), key=newest_first)
    assert [model.slug for model in ordered] == ["mixture-30b", "large-70b", "small-8b", "closed-100b"]
