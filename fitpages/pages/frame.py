"""What every page has around its own content."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString

from fitpages import addresses


class Link(NamedTuple):
    """A text that leads somewhere; `note` is said beside it."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Site:
    """What is the same on every page. `origin` is the scheme and host that canonical addresses begin with."""

    name: str
    origin: str
    contact: str
    stylesheet: str
    script: str
    picture: str
    navigation: tuple[Link, ...]


@cache
def site() -> Site:
    """The site, from the settings; the same for the life of the process."""
    return Site(
        name=settings.SITE_NAME,
        origin=settings.SITE_URL,
        contact=settings.SITE_CONTACT,
        stylesheet=static("fitpages/site.css"),
        script=static("fitpages/site.js"),
        picture=settings.SITE_URL + static("fitpages/picture.png"),
        navigation=(
            Link("Models", addresses.MODELS),
            Link("GPUs", addresses.GPUS),
            Link("Calculator", addresses.CALCULATOR),
            Link("Guides", addresses.LOCAL_GUIDE),
            Link("How we know", addresses.METHODOLOGY),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Page:
    """Head and breadcrumbs. `canonical` is a whole address, or empty where a page has none.

    `structured_data` is JSON-LD that only repeats the page.
    """

    title: str
    description: str
    heading: str
    canonical: str
    breadcrumbs: tuple[Link, ...]
    structured_data: SafeString
    indexable: bool = True
    title_with_site: bool = True

    @property
    def site(self) -> Site:
        return site()


def absolute(address: str) -> str:
    """The canonical form of one of the site's own addresses."""
    return site().origin + address
