"""Links are counted once each, from the first parts of pages, by the model and the machine that they lead to."""

import pytest

from tests.most_linked import MOST, Linked, count, gpus_of, links, models_of, report, sample
from tests.small_catalog import snapshot_of


def page(body: str) -> str:
    way = '<nav class="breadcrumbs" aria-label="Breadcrumbs"><a href="/models/small-8b/">Small 8B</a></nav>'
    header = '<header><a href="/gpus/rtx-24/">Machine</a></header>'
    return f"<html><body>{header}<main>{way}<h1>Page</h1>{body}</main></body></html>"


@pytest.mark.parametrize(
    ("path", "models", "gpus"),
    [
        ("/models/small-8b/", ["small-8b"], []),
        ("/gpus/rtx-24/", [], ["rtx-24"]),
        ("/run/small-8b-on-rtx-24/", ["small-8b"], ["rtx-24"]),
        ("/models/", [], []),
        ("/run/", [], []),
        ("/guides/quantization/", [], []),
        ("https://example.org/models/small-8b/", [], []),
    ],
)
def test_a_link_is_to_a_model_a_machine_or_both(path: str, models: list[str], gpus: list[str]) -> None:
    assert (models_of(path), gpus_of(path)) == (models, gpus)


def test_links_are_those_of_the_main_part_without_queries() -> None:
    html = page('<a href="/models/a-1b/?context=8192">A</a><a href="/gpus/b/#sources">B</a>')
    assert links(html, "/") == ["/models/a-1b/", "/gpus/b/"]


def test_the_page_itself_and_the_way_to_it_do_not_count() -> None:
    html = page('<a href="/run/a-1b-on-b/?x=1">Other view</a><a href="#below">Below</a><a href="/models/a-1b/">A</a>')
    assert links(html, "/run/a-1b-on-b/") == ["/models/a-1b/"]


def test_lists_of_all_are_no_first_part() -> None:
    row = '<tr><th scope="row"><a href="/models/{}/">Model</a></th></tr>'
    table = '<table class="{}"><tbody>' + row + "</tbody></table>"
    html = page(table.format("answers many", "in-list-1b") + table.format("answers", "first-1b"))
    assert links(html, "/") == ["/models/first-1b/"]


def test_each_link_counts_once_over_all_pages() -> None:
    both = '<a href="/run/a-1b-on-b/">A on B</a>'
    counted = count([("/", page(both + both)), ("/gpus/b/", page(both + '<a href="/gpus/b/">B</a>'))])
    assert counted.models == {"a-1b": 3}
    assert counted.gpus == {"b": 3}


def test_the_report_has_the_most_linked_by_name_the_first_with_the_most_links() -> None:
    linked = count([])
    linked.models.update({f"m{number}": number for number in range(1, MOST + 3)})
    linked.gpus.update({"few": 2, "many": 1234})
    lines = report(linked, str.upper).split("\n")
    assert lines[0] == "Models"
    assert lines[1].split() == [str(MOST + 2), f"M{MOST + 2}"]
    assert "M2" not in [line.split()[-1] for line in lines if line]
    assert lines[-3:] == ["Machines", "  1,234  MANY", "      2  FEW"]
    assert report(Linked(linked.models, linked.gpus), str).count("\n\n") == 1


def test_pages_that_are_read_are_of_common_models_and_machines() -> None:
    addresses = list(sample(snapshot_of(), step=1))
    assert addresses[0] == "/"
    assert {"/models/small-8b/", "/gpus/rtx-24/", "/run/small-8b-on-rtx-24/"} <= set(addresses)
    assert not [address for address in addresses if "rx-16-laptop" in address]
    assert len(list(sample(snapshot_of(), step=4))) == len(addresses) - 16 + 4
