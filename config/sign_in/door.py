"""The page where people sign in, and what it answers after too many wrong tries."""

import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.sign_in import journal
from config.sign_in.checking import Busy, busy, the_only_check
from config.sign_in.pages import refused
from config.sign_in.tries import wrong_tries

LONGEST_NAME = User._meta.get_field("username").max_length or 0
NOT_STAFF = (
    "The desk is for accounts of the staff, and yours is not one. "
    "Ask a superuser of this site to tick “staff status”, or sign in with another account."
)


class SignInForm(AdminAuthenticationForm):
    """No password is checked for a name that no account can have, nor after too many wrong tries."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and len(name) > LONGEST_NAME:
            raise self.get_invalid_login_error()
        if not name or not password or AxesProxyHandler.is_locked(self.request, {"username": name}):
            return super().clean()
        # Whoever comes in now is counted before the next is: no try is made beside the count.
        with the_only_check():
            return super().clean()

    def confirm_login_allowed(self, user: Any) -> None:
        """As the admin's own; the page does not say that the password was right, but the log does."""
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            journal.note(self.request, "Refused to sign in, right password without staff status", user.get_username())
            raise


def sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own page; who is signed in and still led here is told what is missing, and who must wait, to wait."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        messages.warning(request, NOT_STAFF)
    try:
        return admin.site.login(request, {"sends_mail": settings.SENDS_MAIL})
    except Busy:
        return busy()


def wait(request: HttpRequest, credentials: dict[str, Any]) -> tuple[int, datetime.datetime]:
    """Seconds until the next try is looked at, and when that is."""
    now = timezone.now()
    rest_s = wrong_tries(request, credentials).rest_s(now)
    return rest_s, timezone.localtime(now + datetime.timedelta(seconds=rest_s))


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]) -> HttpResponse:
    """429, with when to try again. The same for every name, whether there is such an account or not."""
    rest_s, again = wait(request, credentials)
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentences = (
        f"There were too many wrong passwords from where you are, so no password is looked at for {minutes} minutes, "
        "not even a right one. This one was not.",
        f"Try again at {again:%H:%M} UTC. Trying earlier does not make the wait longer.",
        "If it was not you who tried, tell a superuser of this site.",
    )
    return refused("Too many wrong passwords", sentences, status=429, retry_after_s=rest_s)
