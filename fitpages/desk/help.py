"""The page of help, linked from every page's head."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static

from catalog import help as catalog_help


def page(request: HttpRequest) -> HttpResponse:
    """What an editor does, step by step."""
    text = catalog_help.read(lambda name: static(f"catalog/help/{name}"))
    # Addresses in templates are the admin's own, though this one is not.
    request.current_app = admin.site.name
    context = {**admin.site.each_context(request), "title": text.title, "help": text}
    return TemplateResponse(request, "admin/help.html", context)
