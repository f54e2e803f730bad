"""Signing in and out leads to a page of the admin, whatever `next` says."""

import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

View = Callable[..., HttpResponse]

# The characters of an address as a browser sends it (RFC 3986), but for those that begin another part of it too early.
ADDRESS = re.compile(r"/[A-Za-z0-9._~%!$&'()*+,;=:@/-]*(\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?")


def leads_to_the_admin(view: View) -> View:
    """The view, whose redirects are followed into the admin alone; others lead to its first page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **captured: object) -> HttpResponse:
        response = view(request, *args, **captured)
        if "Location" in response and not is_in_admin(response["Location"]):
            response["Location"] = reverse("admin:index")
        return response

    return answer


def is_in_admin(address: str) -> bool:
    """Whether a browser that follows this address stays below the admin's first page."""
    path = address.partition("?")[0]
    steps = unquote(path).replace("\\", "/").split("/")
    inside = path.startswith(reverse("admin:index")) and "//" not in path
    return inside and ADDRESS.fullmatch(address) is not None and not {".", ".."}.intersection(steps)
