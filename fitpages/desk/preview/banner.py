"""What stands above every page of the preview."""

from dataclasses import dataclass

from django.urls import reverse

from catalog.models import CatalogRecord
from fitpages.desk.preview.rendering import render
from fitpages.site import Link


@dataclass(frozen=True)
class Banner:
    """The drafts that a page is shown with, each with the way to its form."""

    drafts: tuple[Link, ...]


def banner(rows: tuple[CatalogRecord, ...]) -> str:
    """The banner as HTML."""
    links = tuple(Link(row.name, form_of(row), str(row._meta.verbose_name)) for row in rows)
    return render("fitpages/preview/banner.html", banner=Banner(links))


def form_of(row: CatalogRecord) -> str:
    """The address of a record's form."""
    return reverse(f"admin:catalog_{row.kind()}_change", args=[row.pk])
