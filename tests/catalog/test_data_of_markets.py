"""The shipped data on what people run, say and pay: what there is, and what holds for every record."""

import pytest

from catalog.snapshot import Snapshot
from fitpages.matching.prices import costs
from tests.catalog.data_files import MODELS, POPULARITY, PRICES, SCORES
from tests.catalog.test_data import RECORDS


def test_boards_that_name_no_licence_are_not_shown() -> None:
    asked = "to be named and linked, as it asks"
    boards = {(record["board"], record["shown"], record.get("data_licence", "")) for record in RECORDS[SCORES]}
    assert boards == {
        ("Arena text", True, "CC BY 4.0"),
        *((f"Artificial Analysis Intelligence Index {version}", True, asked) for version in ("v3", "v4.1", "v4.3")),
        ("Open LLM Leaderboard v2 average", False, ""),
    }
    assert len({(record["model"], record["board"]) for record in RECORDS[SCORES]}) == len(RECORDS[SCORES])


@pytest.mark.django_db
def test_prices_are_of_186_machines_and_76_of_the_common_ones(snapshot: Snapshot) -> None:
    priced = [gpu for gpu in snapshot.gpus.values() if costs(snapshot, gpu)]
    assert (len(priced), sum(gpu.common for gpu in priced)) == (186, 76)
    assert len({record["gpu"] for record in RECORDS[PRICES]}) < 186


def test_every_count_of_popularity_has_its_source_and_its_date() -> None:
    for count, name in (("downloads", "downloads"), ("likes", "likes"), ("pulls", "pulls"), ("pulls_90_days", "pulls")):
        counted = [record for record in RECORDS[POPULARITY] if count in record]
        assert [
            record["slug"] for record in counted if not (record[f"{name}_source"] and record[f"{name}_seen_in"])
        ] == []
        assert len(counted) > 100


def test_a_successor_is_another_model_of_the_catalog() -> None:
    slugs = {record["slug"] for record in RECORDS[MODELS]}
    led = {record["slug"]: record["successor"] for record in RECORDS[MODELS] if record.get("successor")}
    assert len(led) > 20
    assert set(led.values()) <= slugs
    assert [slug for slug, successor in led.items() if slug == successor] == []
