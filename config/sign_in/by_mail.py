"""A new password by mail, where EMAIL_URL names a server: Django's own pages, throttled as wrong tries are.

No answer tells whether there is an account: docs/decisions/wrong-tries.md.
"""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from config.sign_in import journal, mails
from config.sign_in.checking import Busy, busy, the_only_check
from config.sign_in.door import wait
from config.sign_in.pages import refused

NO_MAIL = (
    "This site sends no mail, so it cannot send you a way to a new password.",
    "Ask a superuser of this site to set a new one for you.",
)
EVENT = "Asked for a new password by mail"


class ByMail:
    """A page of the four, in the look of the desk; without a server for mail it says whom to ask."""

    request: HttpRequest

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not settings.SENDS_MAIL:
            return refused("No new password by mail", NO_MAIL, status=404)
        answer: HttpResponseBase = super().dispatch(request, *args, **options)  # type: ignore[misc]
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        return {**admin.site.each_context(self.request), **context}


class StaffForm(PasswordResetForm):
    """Mail goes to active accounts of the staff that have a password; each is a line in the log, without the link."""

    request: HttpRequest

    def get_users(self, email: str) -> Any:
        return (user for user in super().get_users(email) if user.is_staff)

    def send_mail(self, *args: Any, **options: Any) -> None:
        super().send_mail(*args, **options)
        context = args[2] if len(args) > 2 else options["context"]
        journal.note(self.request, "Mailed a way to a new password", context["user"].get_username())


class AskForMail(ByMail, views.PasswordResetView):
    """Asking counts as a wrong try of that address of mail, whether it is an account's or not."""

    form_class = StaffForm
    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form: Any) -> HttpResponse:
        credentials = {"username": form.cleaned_data["email"]}
        if AxesProxyHandler.is_locked(self.request, credentials):
            journal.note(self.request, "Refused to mail a new password, too many tries", credentials["username"])
            return too_often(self.request, credentials)
        user_login_failed.send(__name__, credentials=credentials, request=self.request, event=EVENT)
        form.request = self.request
        # The host of the settings, whatever the request says that it is for.
        host = urlsplit(settings.SITE_URL).netloc
        mails.beside(partial(form.save, domain_override=host, use_https=settings.HTTPS))
        return HttpResponse(status=302, headers={"Location": str(self.success_url)})


def too_often(request: HttpRequest, credentials: dict[str, Any]) -> HttpResponse:
    """429, with when to try again."""
    rest_s, again = wait(request, credentials)
    sentences = (
        "There were too many tries to sign in, or to have a new password, from where you are. No mail was sent.",
        f"Try again at {again:%H:%M} UTC, or ask a superuser of this site to set a new password for you.",
    )
    return refused("Too many tries", sentences, status=429, retry_after_s=rest_s)


class Asked(ByMail, views.PasswordResetDoneView):
    """The same for everybody: a mail is on its way, if there is such an account."""


class FromMail(ByMail, views.PasswordResetConfirmView):
    """Where the link of the mail leads; the new password is made in turn with those that are checked."""

    success_url = reverse_lazy("password_reset_complete")

    def get_user(self, uidb64: str) -> Any:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active and user.is_staff else None

    @method_decorator(sensitive_post_parameters())
    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            with the_only_check():
                return super().post(request, *args, **options)
        except Busy:
            return busy()

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        journal.note(self.request, "Set a new password by mail", form.user.get_username())
        return response


class Changed(ByMail, views.PasswordResetCompleteView):
    """The new password is set."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return {**super().get_context_data(**more), "login_url": reverse("admin:login")}


patterns = [
    path("password_reset/", AskForMail.as_view(), name="password_reset"),
    path("password_reset/done/", Asked.as_view(), name="password_reset_done"),
    path("password_reset/complete/", Changed.as_view(), name="password_reset_complete"),
    path("password_reset/<uidb64>/<token>/", FromMail.as_view(), name="password_reset_confirm"),
]
