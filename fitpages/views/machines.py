from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from catalog import snapshot as catalog_snapshot
from fitpages import addresses, llms_text, security_text, sitemaps
from fitpages import changes_feed as feed
from fitpages.serving.page_view import NoPage, read_only
from fitpages.serving.rendered_pages import RenderedPages
from fitpages.serving.responses import respond

XML = "application/xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
# Hundreds of kilobytes each; crawlers ask for each once.
SITEMAPS = RenderedPages(most_pages=8, most_addresses=1_000)


@read_only
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """The list of sitemaps."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: "".join(sitemaps.index(snapshot)).encode(), content_type=XML)


@read_only
def sitemap(request: HttpRequest, name: str) -> HttpResponseBase:
    """One sitemap; whether there is one of this name is looked for only where it is not kept."""
    snapshot = catalog_snapshot.current()

    def body() -> bytes:
        listed = sitemaps.entries(snapshot, name)
        if listed is None:
            raise NoPage(snapshot)
        return "".join(sitemaps.write(listed)).encode()

    return respond(request, snapshot, body, content_type=XML, kept=SITEMAPS)


@read_only
def changes_feed(request: HttpRequest) -> HttpResponseBase:
    """The latest changes of the catalog, for programs that tell of news."""
    snapshot = catalog_snapshot.current()
    return respond(request, snapshot, lambda: feed.build(snapshot).encode(), content_type=ATOM)


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin; the sitemaps say what is worth it."""
    lines = ("User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}{addresses.SITEMAP}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@read_only
def llms(request: HttpRequest) -> HttpResponseBase:
    """What the site holds, for language models that read it."""
    snapshot = catalog_snapshot.current()
    return respond(
        request, snapshot, lambda: llms_text.build(snapshot).encode(), content_type="text/plain; charset=utf-8"
    )


@read_only
def security(request: HttpRequest) -> HttpResponse:
    """Where a hole in the site's security is reported; 404 where there is nobody to report it to."""
    if not security_text.contact():
        raise Http404
    text = security_text.build(timezone.now())
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@read_only
def security_before(request: HttpRequest) -> HttpResponse:
    """Where security.txt stood before RFC 9116."""
    return redirect(addresses.SECURITY)


@read_only
def favicon(request: HttpRequest) -> HttpResponseBase:
    """The icon, at the address where browsers look for it unasked."""
    path = finders.find("fitpages/favicon.ico")
    response = FileResponse(open(str(path), "rb"), content_type="image/x-icon")  # noqa: SIM115  # the response closes it
    response["Cache-Control"] = "public, max-age=86400"
    return response
