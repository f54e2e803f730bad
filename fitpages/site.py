"""What is the same on every page: its name, its address, its navigation."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static

from fitpages import addresses
from fitpages.contact import address_of


class Link(NamedTuple):
    """A text that leads somewhere; `note` is said beside it."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Site:
    """What is the same on every page. `origin` is the scheme and host that canonical addresses begin with.

    `navigation` stands in the header, `footer` below. `report` leads to where a wrong figure is reported: to the
    contact, or to the page about the site, which says what.
    """

    name: str
    origin: str
    contact: str
    report: Link
    stylesheet: str
    script: str
    picture: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]


@cache
def site() -> Site:
    """The site, from the settings; the same for the life of the process."""
    return Site(
        name=settings.SITE_NAME,
        origin=settings.SITE_URL,
        contact=settings.SITE_CONTACT,
        report=Link("Report a wrong figure", address_of(settings.SITE_CONTACT) or f"{addresses.ABOUT}#report"),
        stylesheet=static("fitpages/site.css"),
        script=static("fitpages/site.js"),
        picture=settings.SITE_URL + static("fitpages/picture.png"),
        navigation=(
            Link("Models", addresses.MODELS),
            Link("Machines", addresses.GPUS),
            Link("Calculator", addresses.CALCULATOR),
            Link("Guides", addresses.LOCAL_GUIDE),
        ),
        footer=(
            Link("Method", addresses.METHODOLOGY),
            Link("Accuracy", addresses.ACCURACY),
            Link("Changes", addresses.CHANGES),
            Link("About", addresses.ABOUT),
        ),
    )


def absolute(address: str) -> str:
    """The canonical form of one of the site's own addresses."""
    return site().origin + address
