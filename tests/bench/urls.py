from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site_addresses

CONSTANT = b"<!DOCTYPE html><title>bare</title>" + b"<p>constant</p>" * 800


def bare(request: HttpRequest) -> HttpResponse:
    """The framework alone: a constant of about the size of a page."""
    return HttpResponse(CONSTANT)


urlpatterns = [path("bare/", bare), *site_addresses]
handler400 = "fitpages.views.errors.bad_request"
handler404 = "fitpages.views.errors.not_found"
handler500 = "fitpages.views.errors.server_error"
