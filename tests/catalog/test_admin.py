"""The editors' desk: lists, forms that refuse in sentences, bulk publishing, and the way to the public page."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from catalog.completeness import NO_SOURCE
from catalog.interchange.load import LoadReport, load_catalog
from catalog.models import Artifact, Benchmark, CatalogRecord, Gpu, LanguageModel, Quant
from tests.catalog.data_files import ALL
from tests.catalog.desk import Desk, desk_of
from tests.catalog.rows import gpu, language_model, quant

pytestmark = pytest.mark.django_db

PAIR = "/run/qwen2-5-72b-on-l4/"
L4, QWEN, Q6 = (Gpu, "l4"), (LanguageModel, "qwen2-5-72b"), (Quant, "q6-k")
FILE = (Artifact, "mixtral-8x22b-q4-k-m")
MEASURED = (Benchmark, "rtx-3090-llama-3-8b-q4-k-m-llama-cpp-tg4096")
BAD_DATE = "Write the date as far as it is known: 2024, 2024-05 or 2024-05-31."
ABOVE_ZERO = "This must be above zero, not 0."
NO_JSON = "This is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))."
Which = tuple[type[CatalogRecord], str]


def row(which: Which) -> CatalogRecord:
    return which[0].objects.get(slug=which[1])


def public(client: Client, address: str = PAIR) -> str:
    """A public page that answers 200."""
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("which", "field", "value", "sentence"),
    [
        (L4, "memory_gb", "0", ABOVE_ZERO),
        (L4, "memory_gb", "many", "Enter a number."),
        (L4, "bandwidth_gb_s", "-300", "This must be above zero, not -300."),
        (L4, "usable_share", "1.01", "This is a share: above 0 and at most 1, not 1.01."),
        (L4, "slug", "l4-on-board", "A slug must not contain “-on-”: it separates model and GPU in an address."),
        (L4, "slug", "NVIDIA L4", "Use small letters, digits and single hyphens, such as rtx-4090."),
        (L4, "slug", "a10", "GPU with this Slug already exists."),
        (L4, "sources", " \r\n", "A published record needs at least one source. Add one, or keep it a draft."),
        (QWEN, "parameters", "0", ABOVE_ZERO),
        (QWEN, "active_parameters", "1", "Only a mixture of experts has active parameters. Tick the box."),
        (QWEN, "extended_context", "32768", "Leave this empty unless it is longer than the native context."),
        (QWEN, "file_context", "0", ABOVE_ZERO),
        (QWEN, "file_context", "160K", "Enter a whole number."),
        (QWEN, "file_context", "32768", "Leave this empty unless it differs from the native context."),
        (QWEN, "architecture", "{", NO_JSON),
        (QWEN, "architecture", '{"blocks": 3}', "blocks must be a list, not 3."),
        (Q6, "bytes_per_weight", "0", ABOVE_ZERO),
        (
            Q6,
            "bytes_per_weight",
            "",
            "What is shown always stands in the rule of thumb's table: it needs bytes per weight.",
        ),
        (FILE, "size_bytes", "0", ABOVE_ZERO),
        (FILE, "model", "", "This field is required."),
        (MEASURED, "decode_tokens_s", "0", ABOVE_ZERO),
        (MEASURED, "measured_in", "May 2024", BAD_DATE),
        (MEASURED, "gpu_label", "", "This field is required."),
        (MEASURED, "split", "row", "One card is not split. Leave this empty, or say how many cards there were."),
        (Q6, "order", "50", "Quantization with this Order already exists."),
    ],
)
def test_a_bad_value_is_refused_at_its_field_and_nothing_is_saved(
    desk: Desk, which: Which, field: str, value: str, sentence: str
) -> None:
    before = which[0].objects.filter(slug=which[1]).values().get()
    errors = desk.save(row(which), **{field: value, "name": "Another name"})
    assert {name: sentences[0] for name, sentences in errors.items()} == {field: sentence}
    assert which[0].objects.filter(pk=before["id"]).values().get() == before


NEW = {
    "name": "L4, a model, llama.cpp",
    "slug": "l4-a-model-llama-cpp",
    "gpu_label": "L4",
    "model_label": "A model",
    "quant_label": "Q4_0",
    "decode_tokens_s": "12.5",
    "runtime": "llama.cpp",
}


def test_a_measurement_is_added_without_a_card_or_a_model_of_the_catalog(desk: Desk) -> None:
    assert desk.add(Benchmark, **NEW, measured_in="2024-05") == {}
    added = row((Benchmark, NEW["slug"]))
    assert (added.gpu, added.model, str(added.decode_tokens_s), added.measured_in) == (None, None, "12.500", "2024-05")


@pytest.mark.parametrize("date", ["May 2024", "2024-5", "05/2024"])
def test_a_new_measurement_with_a_bad_date_is_refused_at_its_field(desk: Desk, date: str) -> None:
    assert desk.add(Benchmark, **NEW, measured_in=date) == {"measured_in": [BAD_DATE]}
    assert not Benchmark.objects.filter(slug=NEW["slug"]).exists()


def test_the_context_in_the_file_is_on_the_next_page_of_its_model(desk: Desk, client: Client) -> None:
    assert desk.save(row(QWEN), file_context="40960") == {}
    assert "as its maker says; its file says 40K" in public(client, "/models/qwen2-5-72b/")


def test_an_edit_is_in_the_next_public_page(desk: Desk, client: Client) -> None:
    assert "300 GB/s" in public(client)
    assert desk.save(row(L4), bandwidth_gb_s="345") == {}
    page = public(client)
    assert "345 GB/s" in page
    assert "300 GB/s" not in page


@pytest.mark.parametrize("which", [L4, QWEN, Q6, FILE, MEASURED])
def test_a_form_saved_as_it_was_does_not_make_a_record_an_editors(desk: Desk, which: Which) -> None:
    assert desk.save(row(which)) == {}
    assert load_catalog() == LoadReport(unchanged=ALL)


@pytest.mark.parametrize("which", [L4, QWEN])
def test_a_published_gpu_or_model_has_a_link_to_its_page(desk: Desk, which: Which) -> None:
    answer = desk.page(row(which))
    address = answer.context["absolute_url"]
    assert which[1] in address
    assert f'href="{address}" class="viewsitelink"' in answer.content.decode()


@pytest.mark.parametrize("which", [L4, QWEN])
def test_the_page_that_the_link_leads_to_is_there(desk: Desk, client: Client, which: Which) -> None:
    assert row(which).name in public(client, desk.page(row(which)).context["absolute_url"])


@pytest.mark.parametrize("draft", [gpu(status="draft"), language_model(status="draft"), quant()])
def test_a_draft_or_a_quantization_has_no_link_to_a_page(desk: Desk, draft: CatalogRecord) -> None:
    draft.pk = None
    draft.save(force_insert=True)
    answer = desk.page(draft)
    assert answer.status_code == 200
    assert "viewsitelink" not in answer.content.decode()


def test_a_slug_can_be_changed_and_the_old_address_leads_to_the_new(desk: Desk, client: Client) -> None:
    assert desk.save(row(L4), slug="l4-24gb") == {}
    old = client.get(PAIR)
    assert (old.status_code, old.headers["Location"]) == (301, "/run/qwen2-5-72b-on-l4-24gb/")
    assert "NVIDIA L4" in public(client, old.headers["Location"])


def test_records_are_taken_off_the_site_and_published_again(desk: Desk, client: Client) -> None:
    assert desk.act("take_off", row(L4), row((Gpu, "a10"))) == ["2 taken off the site."]
    assert client.get(PAIR).status_code == 404
    assert desk.act("publish", row(L4), row((Gpu, "a10"))) == ["2 published."]
    assert "300 GB/s" in public(client)


def test_an_action_is_in_the_history_of_each_record_it_changed(desk: Desk) -> None:
    desk.act("publish", row(L4), row((Gpu, "m5-ultra-512")))
    entries = LogEntry.objects.values_list("object_repr", "change_message")
    assert list(entries) == [(str(row((Gpu, "m5-ultra-512"))), "Status set to published.")]


def test_a_record_without_sources_is_not_published_and_the_desk_says_why(desk: Desk) -> None:
    gpu(status="draft", sources="").save()
    chosen = row((Gpu, "test-card")), row((Gpu, "m5-ultra-512"))
    assert desk.ask("publish", *chosen).context["plan"].staying == [(chosen[0], [NO_SOURCE])]
    assert desk.act("publish", *chosen) == ["1 published."]
    assert row((Gpu, "test-card")).status == "draft"
    assert row((Gpu, "m5-ultra-512")).status == "published"


def test_the_default_quantization_is_not_taken_off_and_the_desk_says_why(desk: Desk) -> None:
    default = row((Quant, "q4-k-m"))
    reason = "The default quantization must be published: make another one the default first."
    assert desk.ask("take_off", default).context["plan"].staying == [(default, [reason])]
    assert desk.act("take_off", default) == []
    assert row((Quant, "q4-k-m")).status == "published"


def test_who_may_only_look_is_offered_no_action_and_no_way_to_save() -> None:
    reader = User.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_gpu"))
    desk = desk_of(reader)
    assert "l4" in desk.listing(Gpu)
    assert desk.act("take_off", row(L4)) == []
    assert desk.client.post(f"/admin/catalog/gpu/{row(L4).pk}/change/", {"name": "X"}).status_code == 403
    assert (row(L4).status, row(L4).name) == ("published", "NVIDIA L4")


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    answer = client.get("/admin/catalog/gpu/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/login/?next=/admin/catalog/gpu/")
