"""What there is to attack is read off pages as a browser would read them; the log and the memory off the system."""

import os
from pathlib import Path

from tests.hostile.html import ANY_LENGTH, parameters, read
from tests.hostile.site import Site, _resident_kib
from tests.hostile.surface import Surface

PAGE = """
<form action="/search/"><input name="q" type="search"></form>
<form action="/run/" method="get">
 <select name="vendor"><option value="">Any<option value="A" selected>A</select>
 <input type="checkbox" name="b" value="1"><input type="checkbox" name="c" checked><input type="submit" name="d">
</form>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t"><input name="name" class="vTextField"
 maxlength="80" value="N&amp;M"><input name="size" class="vIntegerField" value="7"><textarea name="notes">
some</textarea></form>
<a href="/run/?page=2&amp;vendor=B">2</a> <a href="?sort=name">by name</a> <a href="/other/?x=1">elsewhere</a>
"""


def test_forms_are_read_as_a_browser_would_send_them() -> None:
    forms, links = read(PAGE)
    assert [(form.action, form.method) for form in forms] == [("/search/", "get"), ("/run/", "get"), ("", "post")]
    assert forms[1].values == {"vendor": "A", "c": "on"}
    assert forms[1].choices == {"vendor": ["", "A"], "b": ["1"], "c": ["on"]}
    assert forms[2].values == {"csrfmiddlewaretoken": "t", "name": "N&M", "size": "7", "notes": "\nsome"}
    assert forms[2].texts == {"name": 80, "notes": ANY_LENGTH}
    assert links == ["/run/?page=2&vendor=B", "?sort=name", "/other/?x=1"]


def test_the_parameters_of_a_page_are_those_of_its_own_forms_and_links() -> None:
    assert parameters(PAGE, "/run/") == {
        "vendor": ["", "A", "B"],
        "b": ["1"],
        "c": ["on"],
        "page": ["2"],
        "sort": ["name"],
    }


def test_the_form_with_most_fields_is_the_record(tmp_path: Path) -> None:
    surface = Surface(_site(tmp_path))
    vars(surface).update(rows={"gpu": ["/admin/catalog/gpu/1/change/"]}, read=lambda path: PAGE)
    assert surface.forms == {"/admin/catalog/gpu/1/change/": {"name": "N&M", "size": "7", "notes": "\nsome"}}
    assert surface.texts == {"/admin/catalog/gpu/1/change/": {"name": 80, "notes": ANY_LENGTH}}


def test_the_log_is_read_on_from_where_it_was(tmp_path: Path) -> None:
    site = _site(tmp_path)
    site.log.write_text("first\n")
    assert (site.new_lines(), site.new_lines()) == ("first\n", "")
    with site.log.open("a") as log:
        log.write("second\n")
    assert site.new_lines() == "second\n"


def test_workers_are_the_children_of_the_server_and_their_memory_is_the_kernels(tmp_path: Path) -> None:
    site = Site(port=0, arbiter=os.getppid(), log=tmp_path / "log", environ={})
    assert os.getpid() in site.workers()
    assert 10_000 < _resident_kib(os.getpid()) < 4_000_000
    assert site.memory_mib() * 1024 >= _resident_kib(os.getpid()) * 0.9


def _site(folder: Path) -> Site:
    return Site(port=0, arbiter=0, log=folder / "log", environ={})
