"""What every page has around its own content."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from fitpages.site import Link, Site, site


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
