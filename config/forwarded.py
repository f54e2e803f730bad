"""Where a request came from, when a proxy brings it: believed of those proxies alone that TRUSTED_PROXIES names.

Around the application, before Django: whatever asks a request for its scheme or its visitor's address then has the
true one, and no header that anybody may write is left to be believed by mistake. docs/decisions/who-is-believed.md.
"""

import ipaddress
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

from config.checked_values import Network

Environ = MutableMapping[str, Any]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
# Headers of the same kind that programs in front of an application write, and applications ask for.
NEVER_BELIEVED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTOCOL",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
)
# No visitor comes through more proxies than this.
MOST_PROXIES = 20


class BehindProxies:
    """The application, asked with the scheme and the visitor's address that a trusted proxy names.

    `X-Forwarded-Proto: https` makes a request a secure one, and the rightmost address of `X-Forwarded-For` that is no
    proxy's becomes REMOTE_ADDR. Of everybody else both are removed, as is in any case what the site has no use for.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], trusted: tuple[Network, ...]) -> None:
        self.application, self.trusted = application, trusted

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        came_for, came_by = environ.pop(FOR, ""), environ.pop(PROTO, "")
        if self.trusted and self._is_trusted(address(environ.get("REMOTE_ADDR", ""))):
            self._believe(environ, came_for, came_by)
        for name in NEVER_BELIEVED:
            environ.pop(name, None)
        return self.application(environ, start_response)

    def _believe(self, environ: Environ, came_for: str, came_by: str) -> None:
        environ["wsgi.url_scheme"] = "https" if _last(came_by).lower() == "https" else "http"
        visitor = self._visitor(came_for)
        if visitor is not None:
            environ["REMOTE_ADDR"] = str(visitor)
            environ.pop("REMOTE_PORT", None)

    def _visitor(self, came_for: str) -> Address | None:
        """The address nearest to us that is no trusted proxy's; what stands before it, its owner may have made up."""
        farthest = None
        for hop in _from_the_right(came_for):
            if hop is None:
                return farthest
            if not self._is_trusted(hop):
                return hop
            farthest = hop
        return farthest

    def _is_trusted(self, hop: Address | None) -> bool:
        return hop is not None and any(hop in network for network in self.trusted)


def address(text: str) -> Address | None:
    """An address of IP, that of IPv4 where IPv6 only wraps one; None of what is none, or has any text as its zone."""
    if "%" in text:
        return None
    try:
        written = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(written, "ipv4_mapped", None) or written


def _from_the_right(came_for: str) -> Iterator[Address | None]:
    for text in reversed(came_for.rsplit(",", MOST_PROXIES)[-MOST_PROXIES:]):
        yield address(text)


def _last(values: str) -> str:
    """What the nearest proxy wrote, of several."""
    return values.rpartition(",")[2].strip()
