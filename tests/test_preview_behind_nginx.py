"""A preview passes a shared cache and leaves nothing in it: who is not signed in never sees a draft."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.editor import Editor, make_account
from tests.loaded_site import load_site
from tests.nginx import in_front_of
from tests.processes import environment, manage, serving

DRAFT = "/gpus/secret-card/"
PREVIEW = f"/admin/preview{DRAFT}"
MAKE = """
from catalog.models import Gpu
Gpu(name="Secret Card", slug="secret-card", full_name="A Secret Card", vendor="NVIDIA", segment="consumer",
    memory_gb=24, bandwidth_gb_s=1008).save()
"""


class Answer(NamedTuple):
    status: int
    cache: str
    body: str


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of an nginx before a site with a draft."""
    folder: Path = tmp_path_factory.mktemp("site")
    environ = environment(folder / "catalog.sqlite3")
    load_site(environ)
    manage(environ, "shell", "-c", MAKE)
    make_account(environ)
    with serving(environ) as origin, in_front_of(origin, folder) as front:
        yield front


def ask(opener: urllib.request.OpenerDirector, address: str) -> Answer:
    try:
        answer = opener.open(address, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return Answer(answer.status, answer.headers["X-Cache"], answer.read().decode(errors="replace"))


def stranger() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener()


def test_the_cache_keeps_what_it_may(front: str) -> None:
    answers = [ask(stranger(), f"{front}/no-such-page/") for _ in range(2)]
    assert [(answer.status, answer.cache) for answer in answers] == [(404, "MISS"), (404, "HIT")]


def test_a_preview_is_in_no_cache_and_nobody_else_sees_it(front: str) -> None:
    staff = Editor(front).opener
    for _ in range(2):
        answer = ask(staff, front + PREVIEW)
        assert (answer.status, answer.cache) == (200, "MISS")
        assert "Secret Card" in answer.body
    for address in (PREVIEW, DRAFT):
        answer = ask(stranger(), front + address)
        assert answer.cache == "MISS"
        assert "Secret Card" not in answer.body
    assert ask(staff, front + DRAFT).status == 404
