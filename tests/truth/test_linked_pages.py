"""Pages lead to what people have: nobody is sent to a model or a card that no one uses, unless it was asked for."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from catalog.snapshot import Snapshot
from fitpages.matching.machine_kinds import is_had
from tests.most_linked import LIST, STANDING, WAY, gpus_of, links, models_of, sample

pytestmark = pytest.mark.django_db

# Once the largest there were; nobody runs them today.
OF_OLD = re.compile(r"DBRX|Falcon 180B|Code Llama")
FULL_LISTS = {"/calculator/", "/run/", "/models/", "/gpus/"}
# The model that the rule of thumb was founded on is its worked example.
FOUNDING = "/run/qwen2-5-72b-on-"
# Every third of the pages of models and machines, and of the pairs that are read.
STEP, EVERY = 45, 3


@pytest.fixture
def pages(client: Client, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    standing, others = STANDING, list(sample(snapshot, STEP))[len(STANDING) :]
    addresses = [*(address for address in standing if address not in FULL_LISTS), *others[::EVERY]]
    return ((address, client.get(address).content.decode()) for address in addresses)


def test_first_parts_name_nothing_of_old_and_pairs_and_guides_lead_to_what_people_have(
    snapshot: Snapshot, pages: Iterator[tuple[str, str]]
) -> None:
    named, strange, read = [], [], 0
    for address, html in pages:
        read += 1
        named += [address] if OF_OLD.search(LIST.sub("", WAY.sub("", html))) else []
        if not address.startswith(("/models/", "/gpus/")):
            strange += [(address, link) for link in links(html, address) if _is_strange(snapshot, link)]
    assert named == []
    worked_example = [(address, link) for address, link in strange if address == "/methodology/"]
    assert strange == worked_example
    assert all(link.startswith(FOUNDING) for _, link in worked_example)
    assert read > 100


def _is_strange(snapshot: Snapshot, link: str) -> bool:
    """Whether a link leads to a model that is not common or a machine that nobody has."""
    models = [snapshot.models[slug] for slug in models_of(link)]
    gpus = [snapshot.gpus[slug] for slug in gpus_of(link)]
    return not (all(model.common for model in models) and all(map(is_had, gpus)))


def test_what_is_no_longer_used_is_found_where_it_was_asked_for(client: Client) -> None:
    for address in ("/models/dbrx-132b/", "/models/falcon-180b/", "/models/code-llama-70b/"):
        assert OF_OLD.search(client.get(address).content.decode())
