"""Sitemaps list exactly the pages worth finding, with the day of their last change."""

import datetime
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from catalog.models import Gpu
from catalog.snapshot import Snapshot
from fitpages import addresses, sitemaps
from fitpages.matching.indexing import indexable_pairs
from tests.small_catalog import five_gpus, four_models, snapshot_of

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LATER = datetime.datetime(2999, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def dates(snapshot: Snapshot, name: str) -> dict[str, datetime.datetime]:
    listed = sitemaps.entries(snapshot, name)
    assert listed is not None
    return dict(listed)


def of_the_site(client: Client, path: str) -> list[str]:
    root = ElementTree.fromstring(client.get(path).getvalue())
    return [location.text or "" for location in root.iter(f"{NAMESPACE}loc")]


def test_every_indexable_pair_is_listed_once_in_files_of_limited_length(
    small: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [pair.address for pair in indexable_pairs(small)]
    monkeypatch.setattr(sitemaps, "LARGEST_FILE", 3)
    files = sitemaps.pair_files(small)
    assert files == -(-len(expected) // 3) > 2
    listed = [list(dates(small, f"pairs-{number}")) for number in range(1, files + 1)]
    assert [address for addresses_of_file in listed for address in addresses_of_file] == expected
    assert {len(addresses_of_file) for addresses_of_file in listed[:-1]} == {3}


@pytest.mark.parametrize("more", [0, 1])
def test_a_full_last_file_has_none_after_it(small: Snapshot, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    count = len(list(indexable_pairs(small)))
    monkeypatch.setattr(sitemaps, "LARGEST_FILE", count - more)
    assert sitemaps.pair_files(small) == 1 + more
    assert (sitemaps.entries(small, "pairs-2") is None) is (more == 0)


@pytest.mark.parametrize("name", ["pairs-0", "pairs-999", "pairs--1", "pairs-1e3", "pairs-٣", "nothing", "pairs-", ""])
def test_there_is_no_other_sitemap(small: Snapshot, name: str) -> None:
    assert sitemaps.entries(small, name) is None


def test_the_index_names_every_file(small: Snapshot) -> None:
    root = ElementTree.fromstring("".join(sitemaps.index(small)))
    files = [location.text for location in root.iter(f"{NAMESPACE}loc")]
    assert files == [f"{settings.SITE_URL}/sitemaps/{name}.xml" for name in ("pages", "models", "gpus", "pairs-1")]


def test_models_gpus_and_pages_are_listed(small: Snapshot) -> None:
    assert list(dates(small, "models")) == [f"/models/{slug}/" for slug in small.models]
    assert list(dates(small, "gpus")) == [f"/gpus/{slug}/" for slug in small.gpus]
    of_classes = [f"/accuracy/{name}/" for name in ("nvidia-gddr", "nvidia-hbm")]
    assert list(dates(small, "pages")) == [*addresses.STANDING_PAGES, *of_classes]


def test_an_entry_is_an_address_on_the_site_and_a_time_in_utc() -> None:
    east = datetime.timezone(datetime.timedelta(hours=2))
    moment = datetime.datetime(2026, 3, 1, 1, 30, tzinfo=east)
    document = "".join(sitemaps.write(iter([("/a&b/", moment)])))
    (url,) = ElementTree.fromstring(document)
    assert [node.text for node in url] == [f"{settings.SITE_URL}/a&b/", "2026-02-28T23:30:00+00:00"]


def test_a_page_changes_with_its_record_the_quantizations_and_the_release(small: Snapshot) -> None:
    assert set(dates(small, "gpus").values()) == {max(small.quants_changed_at, settings.RELEASED_AT)}
    assert set(dates(snapshot_of(quants_changed_at=LATER), "gpus").values()) == {LATER}


def test_a_model_s_page_changes_with_every_card_and_a_card_s_with_every_model() -> None:
    card, *cards = five_gpus()
    edited = snapshot_of(gpus=[replace(card, updated_at=LATER), *cards])
    assert set(dates(edited, "models").values()) == {LATER}
    assert [address for address, moment in dates(edited, "gpus").items() if moment == LATER] == ["/gpus/rtx-24/"]
    model, *models = four_models()
    edited = snapshot_of(models=[replace(model, updated_at=LATER), *models])
    assert set(dates(edited, "gpus").values()) == {LATER}
    assert [address for address, moment in dates(edited, "models").items() if moment == LATER] == ["/models/small-8b/"]


def test_a_pair_changes_with_either_of_its_two() -> None:
    card, *cards = five_gpus()
    edited = snapshot_of(gpus=[replace(card, updated_at=LATER), *cards])
    changed = {address for address, moment in dates(edited, "pairs-1").items() if moment == LATER}
    assert changed == {address for address in dates(edited, "pairs-1") if address.endswith("-on-rtx-24/")}


# What holds for the whole of the real catalog.


def test_a_sample_of_what_is_listed_answers_and_is_indexable(client: Client, snapshot: Snapshot) -> None:
    for address in of_the_site(client, "/sitemaps/pairs-1.xml")[::450]:
        answer = client.get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200
        assert b"noindex" not in answer.content
        assert f'<link rel="canonical" href="{address}">'.encode() in answer.content


def test_what_is_not_listed_is_noindex_and_reachable(client: Client, snapshot: Snapshot) -> None:
    address = "/run/llama-3-1-405b-on-gtx-1050-ti/"
    assert address not in {pair.address for pair in indexable_pairs(snapshot)}
    answer = client.get(address)
    assert answer.status_code == 200
    assert b'<meta name="robots" content="noindex">' in answer.content


def test_pages_of_the_sitemap_answer(client: Client, snapshot: Snapshot) -> None:
    for address in of_the_site(client, "/sitemaps/pages.xml"):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_an_unpublished_gpu_is_gone_from_every_sitemap(client: Client, db: None) -> None:
    assert f"{settings.SITE_URL}/gpus/l4/" in of_the_site(client, "/sitemaps/gpus.xml")
    gpu = Gpu.objects.get(slug="l4")
    gpu.status = Gpu.Status.DRAFT
    gpu.save()
    assert f"{settings.SITE_URL}/gpus/l4/" not in of_the_site(client, "/sitemaps/gpus.xml")
    assert not [address for address in of_the_site(client, "/sitemaps/pairs-1.xml") if address.endswith("-on-l4/")]
