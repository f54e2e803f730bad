"""How much a request may bring: what is more is refused before any of it is read."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

# Longer than any address here. The server in front has a bound of its own, which need not be ours.
LONGEST_ADDRESS = 8_192
DESK, LOGIN = "/admin/", "/admin/login/"

TOO_LONG = 414, "This address is too long.\n"
TOO_LARGE = 413, "This request is too large.\n"
NO_LENGTH = 411, "A request with a body must say how long it is: Content-Length.\n"
NO_NUMBER = 400, "The Content-Length of this request is no number.\n"

Refusal = tuple[int, str]


class RequestBoundsMiddleware:
    """Refuses addresses and bodies above their bounds: small for everybody, larger at the desk once signed in.

    Stands before whatever reads a body. That a body is as long as it says is seen to by the server and by Django,
    which read no further.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = _refusal(request.META)
        return _answer(request, refusal) if refusal else self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Who is signed in is not known before; the view's other checks, which may read the body, come after."""
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length <= settings.MOST_BODY_BYTES or _is_editors(request):
            return None
        return _to_sign_in(request) if _is_a_form_without_session(request, length) else _answer(request, TOO_LARGE)


def _refusal(meta: dict[str, Any]) -> Refusal | None:
    """What is wrong with a request whoever sends it."""
    if len(meta.get("QUERY_STRING", "")) + len(meta["PATH_INFO"]) > LONGEST_ADDRESS:
        return TOO_LONG
    if meta.get("HTTP_TRANSFER_ENCODING"):
        return NO_LENGTH
    length = meta.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return NO_NUMBER
    return TOO_LARGE if len(length) > 18 or int(length) > _most(meta["PATH_INFO"]) else None


def _most(path: str) -> int:
    """The most bytes that anybody may send to an address."""
    at_desk = path.startswith(DESK) and path != LOGIN
    return settings.MOST_DESK_BODY_BYTES if at_desk else settings.MOST_BODY_BYTES


def _is_editors(request: HttpRequest) -> bool:
    """Whether a request comes from somebody who is signed in and may enter the desk."""
    try:
        return request.user.is_active and request.user.is_staff
    except (DatabaseError, InterfaceError):
        # Nobody can be told apart while the database is away.
        return False


def _is_a_form_without_session(request: HttpRequest, length: int) -> bool:
    """Whether this could be a form of the desk whose session ended: what was typed waits in the browser."""
    is_of_size = length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        return is_of_size and request.method == "POST" and request.user.is_anonymous
    except (DatabaseError, InterfaceError):
        return False


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """As the desk answers a smaller form; nothing of this one is read."""
    logger.warning("Not read, for nobody is signed in: %s %r", request.method, request.path[:200])
    return redirect_to_login(request.get_full_path(), LOGIN)


def _answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status, sentence = refusal
    logger.warning("Refused with %s: %s %r", status, request.method, request.path[:200])
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    answer["Content-Length"] = len(sentence)
    return answer
