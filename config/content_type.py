"""Requests that speak of a set of characters are told apart before Django, which reads even the address in it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from config.whole_body import Application

OURS = re.compile(r"""charset\s*=\s*["']?utf-?8["']?\s*(;|$)""", re.IGNORECASE)


def with_our_characters(application: Application) -> Application:
    """The application, asked about no other set of characters than UTF-8.

    Of a request without a body the type is left out: it has none. Of another, any other set becomes one that Django
    refuses with 400 in a form; some that Python knows, such as hex, Django cannot even begin with.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind = environ.get("CONTENT_TYPE", "")
        if kind and environ.get("CONTENT_LENGTH", "") in {"", "0"} and not environ.get("HTTP_TRANSFER_ENCODING"):
            environ["CONTENT_TYPE"] = ""
        elif "charset" in kind.lower() and not OURS.search(kind):
            environ["CONTENT_TYPE"] = f"{kind.partition(';')[0]}; charset=iso-8859-1"
        return application(environ, start_response)

    return answer
