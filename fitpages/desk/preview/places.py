"""Addresses within the preview: a public address below /admin/preview, and the drafts that stay in it."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings

from catalog.drafts import Drafts

PREVIEW = "/admin/preview"
WITH = "with"


def names(drafts: Drafts) -> str:
    """The drafts as `with` has them."""
    return ",".join(sorted(map(str, drafts)))


def inside(address: str, drafts: Drafts) -> str:
    """Where a link of a public page leads within the preview; what leads to no page of the site is left as it is.

    An address that is only a query is of the page itself and needs no more than its drafts.
    """
    parts = urlsplit(address)
    is_query = not parts.path and parts.query
    if parts.scheme or parts.netloc or not (_is_page(parts.path) or is_query):
        return address
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != WITH]
    if drafts:
        query.append((WITH, names(drafts)))
    path = f"{PREVIEW}{parts.path}" if parts.path else ""
    return urlunsplit(("", "", path, urlencode(query, safe=":,"), parts.fragment))


def _is_page(path: str) -> bool:
    """Whether a path of ours may be a page: files, feeds and the desk itself are none."""
    return path.startswith("/") and path.endswith("/") and not path.startswith((settings.STATIC_URL, "/admin/"))
