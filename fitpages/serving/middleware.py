"""What every answer passes on its way out: a fault of the database as a page, and how long an answer may be kept."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from fitpages.serving import database_down

# An address that leads elsewhere, or nowhere, may lead somewhere again: a rename can be taken back. In seconds.
MOVED_S = 300
MOVED = {301, 308, 404, 410}


class DatabaseDownMiddleware:
    """Says in plain words where a page cannot do without the database: the admin, or a process just started."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return database_down.response(request, exception) if isinstance(exception, database_down.FAILED) else None


class CacheTimesMiddleware:
    """Says how long to keep what no view said it of; before all others, for some of them redirect.

    Browsers keep a 301 for ever where nobody says, and an error of ours should be kept by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in MOVED:
            response.headers.setdefault("Cache-Control", f"max-age={MOVED_S}")
        elif response.status_code >= 500:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ConnectionGivenBackMiddleware:
    """Gives a connection back to the few that the process has before the answer is sent: a slow reader holds none.

    Django would give it back afterwards. Where connections are not shared (SQLite's), it is left as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            shared = connection.settings_dict["CONN_MAX_AGE"] == 0
            if shared and connection.connection is not None and not connection.in_atomic_block:
                connection.close()
