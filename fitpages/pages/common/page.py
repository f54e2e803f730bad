"""What every page has around its own content: its template, and the head that follows from its address."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.utils.safestring import SafeString

from fitpages import addresses
from fitpages.pages.common.structured_data import breadcrumb_list, faq_page, graph
from fitpages.site import Link, Site, absolute, site

HOME = Link("Home", addresses.HOME)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that names its template and makes its own head.

    `address` is the page's own, "" where it has none; `canonical_address` another page's that says the same. The page
    stands under the links of `way`, and is called `crumb` there.
    """

    template: ClassVar[str]

    title: str
    description: str
    heading: str
    address: str
    crumb: str
    way: tuple[Link, ...] = (HOME,)
    canonical_address: str = ""
    indexable: bool = True
    title_with_site: bool = True

    @property
    def site(self) -> Site:
        return site()

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Questions and answers that stand on the page."""
        return ()

    @cached_property
    def canonical(self) -> str:
        """The whole address that search engines are told of; "" where the page has none."""
        address = self.canonical_address or self.address
        return absolute(address) if address else ""

    @cached_property
    def breadcrumbs(self) -> tuple[Link, ...]:
        """The way to the page, and the page itself at its end; nothing on the first page."""
        return (*self.way, Link(self.crumb, "")) if self.way else ()

    @cached_property
    def structured_data(self) -> SafeString:
        """JSON-LD that only repeats the page; "" where the page has no address."""
        if not self.address:
            return SafeString("")
        trail = breadcrumb_list(self.breadcrumbs or (Link(self.crumb, ""),), self.address)
        return graph(trail, faq_page(self.questions)) if self.questions else graph(trail)
