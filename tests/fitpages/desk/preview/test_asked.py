"""Which drafts an address of the preview names, and what is asked of the public view."""

import pytest
from django.test import RequestFactory

from fitpages.desk.preview.asked import MOST_DRAFTS, asked, match_of
from tests.catalog.rows import gpu, language_model, quant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _drafts() -> None:
    for row in (gpu(), gpu(name="Other Card", slug="other-card"), language_model(), quant()):
        row.status = "draft"
        row.save()


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/", set()),
        ("/gpus/", set()),
        ("/gpus/test-card/", {"test-card"}),
        ("/gpus/Test_Card/", {"test-card"}),
        ("/models/test-card/", set()),
        ("/models/test-model/", {"test-model"}),
        ("/run/test-model-on-test-card/", {"test-model", "test-card"}),
        ("/run/test-model-on-l4/", {"test-model"}),
        ("/calculator/?model=test-model&gpu=test-card&cards=2", {"test-model", "test-card"}),
        ("/gpus/?with=gpu:test-card", {"test-card"}),
        ("/gpus/other-card/?with=gpu:test-card,quant:q1-k", {"other-card", "test-card", "q1-k"}),
        ("/gpus/?with=gpu:test-card&with=quant:q1-k", {"test-card", "q1-k"}),
        ("/gpus/l4/?with=gpu:l4,gpu:nowhere,nothing,gpu:,user:root", set()),
        ("/gpus/?with=gpu:%00,gpu:a'b", set()),
        ("/robots.txt", set()),
    ],
)
def test_drafts_are_named_in_the_address_or_with_it(address: str, named: set[str]) -> None:
    path = address.partition("?")[0]
    assert {row.slug for row in asked(RequestFactory().get(address), path).rows} == named


def test_a_page_is_asked_for_without_what_only_the_preview_knows() -> None:
    question = asked(RequestFactory().get("/x/?q=a&with=gpu:test-card&page=2"), "/gpus/")
    assert question.request.GET.dict() == {"q": "a", "page": "2"}
    assert question.request.META == {"QUERY_STRING": "q=a&page=2"}
    assert (question.request.path, question.request.method) == ("/gpus/", "GET")


def test_there_is_an_end_to_drafts() -> None:
    names = ",".join(f"gpu:card-{number}" for number in range(MOST_DRAFTS))
    assert asked(RequestFactory().get(f"/x/?with={names},gpu:test-card"), "/gpus/").rows == ()


@pytest.mark.parametrize(("path", "is_page"), [("/gpus/l4/", True), ("/gpus/l4", False), ("/admin/", False)])
def test_public_addresses_alone_are_matched(path: str, is_page: bool) -> None:
    assert (match_of(path) is not None) is is_page
