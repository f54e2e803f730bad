"""Sitemaps list exactly the pages worth finding."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from catalog.models import CatalogRevision, Gpu, LanguageModel
from catalog.snapshot import Snapshot
from fit import rule_of_thumb
from fitpages.matching.indexing import MOST_TIMES_USABLE, indexable_pairs, smallest_quant, worth_indexing
from fitpages.matching.pairs import Pair, find_pair
from fitpages.sitemaps import LARGEST_FILE, pair_files

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.getvalue())
    return [location.text or "" for location in root.iter(f"{NAMESPACE}loc")]


def _all_pairs(client: Client) -> list[str]:
    files = [address for address in _addresses(client, "/sitemap.xml") if "/pairs-" in address]
    return [pair for file in files for pair in _addresses(client, file.removeprefix(settings.SITE_URL))]


def test_every_indexable_pair_is_listed_once_in_files_of_at_most_5000(client: Client, snapshot: Snapshot) -> None:
    expected = [settings.SITE_URL + pair.address for pair in indexable_pairs(snapshot)]
    listed = _all_pairs(client)
    assert listed == expected
    assert len(set(listed)) == len(listed)
    assert pair_files(snapshot) == -(-len(listed) // LARGEST_FILE)


def test_a_need_of_exactly_four_times_the_usable_memory_is_worth_indexing(snapshot: Snapshot) -> None:
    quant = smallest_quant(snapshot)
    pairs = [Pair(model, gpu) for model in snapshot.models.values() for gpu in snapshot.common_gpus]
    for pair in pairs[::7]:
        times = rule_of_thumb.need_bytes(pair.model.spec, quant) / rule_of_thumb.usable_bytes(pair.gpu.spec)
        if worth_indexing(snapshot, pair):
            assert times <= MOST_TIMES_USABLE
    assert any(not worth_indexing(snapshot, pair) for pair in pairs)


def test_a_model_with_a_fact_missing_is_not_worth_indexing(snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "qwen3-8-flash-next-180b-a6b-on-b200")
    assert pair is not None
    assert not worth_indexing(snapshot, pair)


def test_what_is_not_listed_is_noindex_and_reachable(client: Client, snapshot: Snapshot) -> None:
    answer = client.get("/run/llama-3-1-405b-on-gtx-1050-ti/")
    assert answer.status_code == 200
    assert b'<meta name="robots" content="noindex">' in answer.content
    assert f"{settings.SITE_URL}/run/llama-3-1-405b-on-gtx-1050-ti/" not in _all_pairs(client)


def test_a_sample_of_what_is_listed_answers_and_is_indexable(client: Client, snapshot: Snapshot) -> None:
    for address in _all_pairs(client)[::900]:
        answer = client.get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200
        assert b"noindex" not in answer.content
        assert f'<link rel="canonical" href="{address}">'.encode() in answer.content


def test_models_gpus_and_pages_are_listed(client: Client, snapshot: Snapshot) -> None:
    assert len(_addresses(client, "/sitemaps/models.xml")) == len(snapshot.models)
    assert len(_addresses(client, "/sitemaps/gpus.xml")) == len(snapshot.gpus)
    for address in _addresses(client, "/sitemaps/pages.xml"):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_an_unpublished_gpu_is_gone_from_every_sitemap(client: Client, db: None) -> None:
    gpu = Gpu.objects.get(slug="l4")
    gpu.status = Gpu.Status.DRAFT
    gpu.save()
    assert not [address for address in _all_pairs(client) if address.endswith("-on-l4/")]
    assert f"{settings.SITE_URL}/gpus/l4/" not in _addresses(client, "/sitemaps/gpus.xml")


def test_lastmod_is_the_later_of_data_and_release(client: Client, db: None) -> None:
    gpu = Gpu.objects.get(slug="l4")
    gpu.save()
    body = client.get("/sitemaps/gpus.xml").getvalue().decode()
    lastmod = re.search(r"/gpus/l4/</loc><lastmod>([^<]+)</lastmod>", body)
    assert lastmod is not None
    latest = max(gpu.updated_at, settings.RELEASED_AT)
    assert lastmod[1] == f"{latest:%Y-%m-%dT%H:%M:%S+00:00}"


def test_a_model_s_page_changes_with_every_card_that_it_shows(client: Client, db: None) -> None:
    later = timezone.now() + timedelta(days=1)
    Gpu.objects.filter(slug="l4").update(updated_at=later)
    CatalogRevision.bump()
    changed = f"<lastmod>{later:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>"
    models, gpus = (client.get(f"/sitemaps/{name}.xml").getvalue().decode() for name in ("models", "gpus"))
    assert models.count(changed) == models.count("<lastmod>")
    assert gpus.count(changed) == 1
    LanguageModel.objects.filter(slug="qwen2-5-72b").update(updated_at=later)
    CatalogRevision.bump()
    gpus = client.get("/sitemaps/gpus.xml").getvalue().decode()
    assert gpus.count(changed) == gpus.count("<lastmod>")


@pytest.mark.parametrize("name", ["pairs-0", "pairs-999", "pairs--1", "pairs-1e3", "nothing", "pairs-" + "9" * 50])
def test_there_is_no_other_sitemap(client: Client, db: None, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_robots_and_llms_lead_to_the_site(client: Client, db: None) -> None:
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
    llms = client.get("/llms.txt").content.decode()
    assert "99,000 pairs" in llms
    for path in set(re.findall(rf"{re.escape(settings.SITE_URL)}(/[a-z0-9/-]*)(?=[)\s])", llms)):
        assert client.get(path).status_code == 200, path
