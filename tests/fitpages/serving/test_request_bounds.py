"""What is longer or larger than its bound is refused before it is read: small before login, larger after it."""

from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from fitpages.serving.request_bounds import LONGEST_ADDRESS, RequestBoundsMiddleware

SMALL, LARGE = settings.MOST_BODY_BYTES, settings.MOST_DESK_BODY_BYTES
ADDRESSES = [
    "/",
    "/search/",
    "/calculator/",
    "/healthz",
    "/nowhere/",
    "/static/x.css",
    "/admin",
    "/admin/login/",
    "/adminx/",
]
FORM = "application/x-www-form-urlencoded"


class Unread:
    """A body that must not be read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("The body was read.")

    readline = read


def send(path: str, *, user: Any = None, method: str = "POST", **meta: Any) -> HttpResponse:
    """The middleware's answer to a request whose body nobody may read; 299 where it lets it pass."""
    request = RequestFactory().generic(method, path)
    request.META |= meta
    request._stream = Unread()  # type: ignore[attr-defined]
    request.user = user or AnonymousUser()
    middleware = RequestBoundsMiddleware(lambda _: HttpResponse(status=299))
    answer = middleware(request)
    return answer if answer.status_code != 299 else middleware.process_view(request) or answer


def person(**rights: bool) -> User:
    return User(**{"is_active": True, "is_staff": False, **rights})


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("user", [None, person(), person(is_staff=True)], ids=["nobody", "a reader", "an editor"])
def test_a_body_above_a_few_kilobytes_is_refused_outside_of_the_desk(path: str, user: Any) -> None:
    assert send(path, user=user, CONTENT_LENGTH=str(SMALL)).status_code == 299
    answer = send(path, user=user, CONTENT_LENGTH=str(SMALL + 1))
    assert (answer.status_code, answer.content) == (413, b"This request is too large.\n")


@pytest.mark.parametrize(
    ("user", "most"),
    [
        (person(), SMALL),
        (person(is_staff=True, is_active=False), SMALL),
        (person(is_staff=True), LARGE),
    ],
    ids=["a reader", "a former editor", "an editor"],
)
@pytest.mark.parametrize("path", ["/admin/", "/admin/catalog/gpu/add/", "/admin/logout/"])
def test_at_the_desk_the_bound_is_that_of_who_is_signed_in(path: str, user: Any, most: int) -> None:
    assert send(path, user=user, CONTENT_LENGTH=str(most)).status_code == 299
    assert send(path, user=user, CONTENT_LENGTH=str(most + 1)).status_code == 413


def test_a_form_whose_session_ended_is_led_to_where_one_signs_in_unread() -> None:
    path = "/admin/catalog/gpu/add/?_popup=1"
    answer = send(path, CONTENT_LENGTH=str(SMALL + 1))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/login/?next={quote(path)}")
    assert send(path, CONTENT_LENGTH=str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)).status_code == 302


@pytest.mark.parametrize(
    ("path", "method", "length"),
    [
        ("/admin/catalog/gpu/add/", "POST", settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
        ("/admin/catalog/gpu/add/", "PUT", SMALL + 1),
        ("/admin/login/", "POST", SMALL + 1),
        ("/search/", "POST", SMALL + 1),
    ],
)
def test_what_can_be_no_such_form_is_refused(path: str, method: str, length: int) -> None:
    assert send(path, method=method, CONTENT_LENGTH=str(length)).status_code == 413


def test_nobody_is_signed_in_while_the_database_is_away() -> None:
    class Away:
        @property
        def is_active(self) -> bool:
            raise OperationalError

        is_anonymous = is_active

    assert send("/admin/", user=Away(), CONTENT_LENGTH=str(SMALL + 1)).status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "NONSENSE"])
def test_the_bound_holds_for_every_method(method: str) -> None:
    assert send("/", method=method, CONTENT_LENGTH=str(SMALL + 1)).status_code == 413


@pytest.mark.parametrize("length", ["9" * 19, "9" * 5000])
def test_a_length_of_any_size_is_compared(length: str) -> None:
    assert send("/admin/", user=person(is_staff=True), CONTENT_LENGTH=length).status_code == 413


@pytest.mark.parametrize("length", ["-1", "+1", " 1", "1.5", "1e3", "0x10", "١", "²", "many"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert send("/", CONTENT_LENGTH=length).status_code == 400


@pytest.mark.parametrize("path", ["/", "/admin/catalog/gpu/add/"])
def test_a_body_without_a_length_is_refused(path: str) -> None:
    answer = send(path, user=person(is_staff=True), HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")
    assert answer.status_code == 411


@pytest.mark.parametrize("meta", [{}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "0"}])
def test_a_request_without_a_body_passes(meta: dict[str, str]) -> None:
    assert send("/", method="GET", **meta).status_code == 299


def test_an_address_above_its_bound_is_refused() -> None:
    assert send("/", QUERY_STRING="q" * (LONGEST_ADDRESS - 1)).status_code == 299
    assert send("/", QUERY_STRING="q" * LONGEST_ADDRESS).status_code == 414
    assert send("/" + "a" * LONGEST_ADDRESS).status_code == 414


def test_it_stands_before_whatever_reads_a_body() -> None:
    name = "fitpages.serving.request_bounds.RequestBoundsMiddleware"
    after = settings.MIDDLEWARE[settings.MIDDLEWARE.index(name) + 1 :]
    for reads in ("sessions", "csrf", "auth", "axes", "desk_addresses"):
        assert any(reads in other for other in after), f"{reads} comes before it"


@pytest.fixture
def editor() -> Client:
    """An editor whose forms are checked for their token, as a browser's are."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.create(username="editor", is_staff=True, is_superuser=True))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/admin/login/", 413), ("/admin/catalog/gpu/add/", 302)])
def test_before_login_no_file_is_parsed(path: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HttpRequest, "parse_file_upload", Unread.read)
    file = SimpleUploadedFile("a.csv", b"a" * SMALL)
    assert Client(enforce_csrf_checks=True).post(path, {"file": file}).status_code == status


@pytest.mark.django_db
def test_a_file_of_an_editor_is_never_written_to_disk(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", Unread.read)
    file = SimpleUploadedFile("a.csv", b"a" * (LARGE - 4096))
    answer = editor.post("/admin/catalog/gpu/add/", {"file": file})
    assert answer.status_code == 403, "without a token"


MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\na\r\n'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join([b"a=1"] * 3001), FORM),
        (b"a=" + b"b" * 2 * 2**20, FORM),
        (PART % (b"a", b"") * 3001 + b"--x--", MULTIPART),
        (PART % (b"a", b'; filename="a"') * 11 + b"--x--", MULTIPART),
        (b"--x\r\n\r\n", "multipart/form-data"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary="),
        (b"--x\r\n\r\n", f"multipart/form-data; boundary={'x' * 500}"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n*", MULTIPART),
        (b"--x\r\n" + b"A: b\r\n" * 1000 + b"\r\n", MULTIPART),
    ],
    ids=["fields", "memory", "parts", "files", "no boundary", "empty boundary", "long boundary", "base64", "headers"],
)
def test_a_body_that_cannot_be_taken_is_no_fault_of_ours(editor: Client, body: bytes, kind: str) -> None:
    answer = editor.generic("POST", "/admin/catalog/gpu/add/", body, content_type=kind)
    assert answer.status_code in (400, 403)
    assert b"Traceback" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/search/?q=l4&", "/calculator/?model=l4&", "/gpus/?vendor=AMD&"])
def test_thousands_of_parameters_are_answered_or_refused(path: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(path + "&".join(["a"] * 2900)).status_code == 200
    assert client.get(path + "&".join(["a"] * 3001)).status_code == 400
