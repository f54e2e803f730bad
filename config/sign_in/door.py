"""The page where people sign in."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse

NOT_STAFF = (
    "The desk is for accounts of the staff, and yours is not one. "
    "Ask a superuser of this site to tick “staff status”, or sign in with another account."
)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own page; who is signed in and still led here is told what is missing."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        messages.warning(request, NOT_STAFF)
    return admin.site.login(request)
