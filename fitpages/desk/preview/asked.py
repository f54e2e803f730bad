"""What somebody at the desk asks a preview for: a public address, and the drafts to see there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from catalog import drafts as catalog_drafts
from catalog.drafts import Draft, Drafts
from catalog.models import CatalogRecord, Gpu, LanguageModel
from catalog.models.record import PAIR_SEPARATOR
from catalog.slugs import as_slug
from fitpages.desk.preview.places import WITH

PUBLIC = "fitpages.urls"
SLUG = re.compile(r"[a-z0-9-]+", re.ASCII)
# Named beside the address; of more nobody could say what a page shows.
MOST_DRAFTS = 30


@dataclass(frozen=True)
class Asked:
    """A public address with its query, without what only the preview knows; `rows` are the drafts that it names."""

    path: str
    query: QueryDict
    match: ResolverMatch | None
    rows: tuple[CatalogRecord, ...]

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(Draft(type(row), row.slug) for row in self.rows)

    @cached_property
    def request(self) -> HttpRequest:
        """What a visitor would ask: nothing else of the editor's own request reaches a page."""
        request = HttpRequest()
        request.method, request.path, request.path_info = "GET", self.path, self.path
        request.META["QUERY_STRING"] = self.query.urlencode()
        request.GET = QueryDict(request.META["QUERY_STRING"])
        return request


def asked(request: HttpRequest, path: str) -> Asked:
    """What a request to the preview of `path` means."""
    match, query = match_of(path), request.GET.copy()
    names = [name for listed in query.pop(WITH, []) for name in str(listed).split(",")]
    drafts = [*_in(match, query), *catalog_drafts.named(names[:MOST_DRAFTS])]
    chosen = Drafts(draft for draft in drafts if _could_be(draft.slug))
    return Asked(path, query, match, tuple(catalog_drafts.rows(chosen)))


def match_of(path: str) -> ResolverMatch | None:
    """The public view of a path; None where there is none."""
    try:
        return resolve(path, PUBLIC)
    except Resolver404:
        return None


def _in(match: ResolverMatch | None, query: QueryDict) -> Iterator[Draft]:
    """Models and GPUs that the address itself names, in its path or as a choice."""
    captured = match.kwargs if match else {}
    slug, name = (as_slug(captured.get(part, "")) for part in ("slug", "name"))
    model, _, gpu = name.partition(PAIR_SEPARATOR)
    kind = match.url_name if match else ""
    yield from (Draft(LanguageModel, text) for text in (slug * (kind == "model"), model, query.get("model", "")))
    yield from (Draft(Gpu, text) for text in (slug * (kind == "gpu"), gpu, query.get("gpu", "")))


def _could_be(slug: str) -> bool:
    return len(slug) <= 80 and SLUG.fullmatch(slug) is not None
