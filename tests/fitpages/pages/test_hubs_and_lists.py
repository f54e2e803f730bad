"""Hubs, lists and the index: everything is there, grouped, filtered, sorted, cut into pages."""

import re

import pytest
from django.test import Client

from catalog.models import LanguageModel
from catalog.snapshot import Snapshot
from fitpages.matching.fits import largest_running_model
from fitpages.matching.pairs import find_pair
from fitpages.pages.browse import combinations, home
from fitpages.pages.browse import gpus as gpus_page
from fitpages.pages.browse import models as models_page
from fitpages.pages.common.quant_table import TableRow
from fitpages.pages.hubs import gpu as gpu_hub
from fitpages.pages.hubs import model as model_hub
from fitpages.pages.pair import page as pair_page
from fitpages.text import figures


def _pair_row(snapshot: Snapshot, address: str) -> TableRow | None:
    pair = find_pair(snapshot, address.removeprefix("/run/").rstrip("/"))
    assert pair is not None
    return next((row for row in pair_page.build(snapshot, pair).rows if row.marked), None)


def test_a_model_s_hub_shows_every_gpu_once_with_the_pair_page_s_figures(snapshot: Snapshot) -> None:
    hub = model_hub.build(snapshot, snapshot.models["qwen2-5-32b"], {})
    lines = [line for group in hub.groups for line in group.lines]
    assert sorted(line.address for line in lines) == sorted(f"/run/qwen2-5-32b-on-{slug}/" for slug in snapshot.gpus)
    for line in lines[::9]:
        row = _pair_row(snapshot, line.address)
        assert (line.best, line.need, line.ceiling) == (
            (row.name, row.need, row.ceiling) if row else ("does not fit", lines[-1].need, "—")
        )


def test_a_gpu_s_hub_shows_every_model_once_and_says_the_most_it_runs(snapshot: Snapshot) -> None:
    gpu = snapshot.gpus["rtx-4090"]
    hub = gpu_hub.build(snapshot, gpu, {})
    assert sum(len(group.lines) for group in hub.groups) == len(snapshot.models)
    largest = largest_running_model(snapshot, gpu)
    assert largest is not None
    assert f"The most that an RTX 4090 runs at Q4_K_M is {largest.name}" in hub.most[0]
    assert hub.groups[0].lines[0].size == figures.parameters(largest.spec.parameters)


@pytest.mark.parametrize("slug", ["gtx-1060-3", "m3-ultra-512", "a16"])
def test_groups_say_the_verdicts_of_the_pair_pages(snapshot: Snapshot, slug: str) -> None:
    for group in gpu_hub.build(snapshot, snapshot.gpus[slug], {}).groups:
        for line in group.lines[::40]:
            row = _pair_row(snapshot, line.address)
            answer = "no" if row is None else "low" if row.name == "Q3_K_M" else "fits"
            assert answer == group.anchor


@pytest.mark.parametrize(
    ("sort", "key"),
    [("", "size"), ("size", "size"), ("-size", "-size"), ("name", "name"), ("released", "released"), ("nope", "name")],
)
def test_the_list_of_models_is_sorted(snapshot: Snapshot, sort: str, key: str) -> None:
    query = {"sort": sort} if sort else {"sort": "size"}
    rows = models_page.build(snapshot, query).rows
    models = [snapshot.models[row.address.split("/")[2]] for row in rows]
    measured = [models_page.SORTS[key.removeprefix("-")](model) for model in models]
    assert measured == sorted(measured, reverse=key.startswith("-"))


def test_the_list_of_gpus_is_filtered(snapshot: Snapshot) -> None:
    page = gpus_page.build(snapshot, {"vendor": "AMD", "segment": "consumer", "memory": "16"})
    found = [snapshot.gpus[row.address.split("/")[2]] for row in page.rows]
    assert found
    assert all(gpu.vendor == "AMD" and gpu.segment == "consumer" and gpu.spec.nameplate_gb >= 16 for gpu in found)
    expected = [gpu for gpu in snapshot.gpus.values() if gpu.vendor == "AMD" and gpu.segment == "consumer"]
    assert len(found) == sum(gpu.spec.nameplate_gb >= 16 for gpu in expected)
    assert not page.indexable


def test_a_choice_that_is_not_there_is_said_at_its_filter(snapshot: Snapshot) -> None:
    page = gpus_page.build(snapshot, {"vendor": "3dfx"})
    assert [facet.error for facet in page.facets if facet.error] == [
        "There is no choice “3dfx” here. Choose from the list."
    ]
    assert page.pager.position == "1 to 100 of 275 GPUs"


def test_the_index_reaches_every_pair_through_its_pages(snapshot: Snapshot) -> None:
    query = {"family": "Qwen2.5", "vendor": "Apple"}
    first = combinations.build(snapshot, query)
    models = sum(model.family == "Qwen2.5" for model in snapshot.models.values())
    gpus = sum(gpu.vendor == "Apple" for gpu in snapshot.gpus.values())
    assert first.pager.position == f"1 to 50 of {models * gpus:,} combinations"
    pages = -(-models * gpus // combinations.PAGE_SIZE)
    seen = {
        line.address
        for number in range(1, pages + 1)
        for line in combinations.build(snapshot, {**query, "page": str(number)}).lines
    }
    assert len(seen) == models * gpus


@pytest.mark.parametrize("page", ["0", "-1", "9999999", "abc", "1e5", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_there_is(client: Client, db: None, page: str) -> None:
    assert client.get("/run/", {"page": page}).status_code == 200


def test_filters_that_leave_nothing_say_so(snapshot: Snapshot) -> None:
    page = combinations.build(snapshot, {"vendor": "Apple", "segment": "laptop"})
    assert page.lines == ()
    assert page.pager.position == "No combinations"


def test_the_picker_leads_to_the_pair_or_to_what_was_chosen(client: Client, db: None) -> None:
    assert client.get("/run/?model=qwen2-5-72b&gpu=l4")["Location"] == "/run/qwen2-5-72b-on-l4/"
    assert client.get("/run/?model=qwen2-5-72b&gpu=")["Location"] == "/models/qwen2-5-72b/"
    assert client.get("/run/?model=&gpu=l4")["Location"] == "/gpus/l4/"
    assert client.get("/run/?model=nope&gpu=nope").status_code == 200


def test_the_first_page_offers_every_published_model_and_gpu(snapshot: Snapshot) -> None:
    page = home.build(snapshot)
    models = {choice.value for group in page.model_groups for choice in group.choices}
    gpus = {choice.value for group in page.gpu_groups for choice in group.choices}
    assert (models, gpus) == (set(snapshot.models), set(snapshot.gpus))
    assert all(_pair_row(snapshot, line.address) for line in page.examples)


@pytest.mark.parametrize("path", ["/models/QWEN2-5-72B/", "/models/Qwen2.5-72B/", "/gpus/L4/", "/gpus/rtx_4090/"])
def test_other_spellings_of_a_hub_redirect_for_good(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, re.sub("[._]", "-", path.lower()))


@pytest.mark.parametrize("path", ["/models/nope/", "/gpus/h20/"])
def test_there_is_no_hub_of_what_is_not_published(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_editors_notes_are_shown_without_what_could_harm(client: Client, db: None) -> None:
    model = LanguageModel.objects.get(slug="qwen2-5-72b")
    model.notes = "Good at **code**.\n\n<script>alert(1)</script> [link](javascript:alert(1)) [ok](https://example.org)"
    model.save()
    html = client.get("/models/qwen2-5-72b/").content.decode()
    assert "<strong>code</strong>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer">ok</a>' in html
    assert "<script>alert" not in html
    assert not re.search(r'href="javascript', html)


def test_twins_say_what_differs_and_lead_to_the_twin(client: Client, snapshot: Snapshot) -> None:
    pair = find_pair(snapshot, "qwen2-5-coder-32b-on-rtx-4090")
    assert pair is not None
    twins = {twin.name: twin for twin in pair_page.build(snapshot, pair).model_twins}
    assert "released" in twins["Qwen2.5 32B"].differs
    assert client.get(twins["Qwen2.5 32B"].address).status_code == 200


def test_home_leads_with_the_newest_of_equal_cards(snapshot: Snapshot) -> None:
    lines = home.build(snapshot).examples
    of_24_gb = next(line.gpu for line in lines if line.gpu.spec.nameplate_gb == 24)
    equals = [
        gpu
        for gpu in snapshot.common_gpus
        if (gpu.spec.nameplate_gb, gpu.spec.bandwidth_gb_s) == (24, of_24_gb.spec.bandwidth_gb_s)
        and not gpu.spec.unified_memory
    ]
    assert len(equals) > 1
    assert of_24_gb.release_date == max(gpu.release_date for gpu in equals if gpu.release_date)
