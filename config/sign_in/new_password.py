"""The page where one changes one's own password: the old one is looked at as a password at the door is."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_variables

from config.sign_in import journal
from config.sign_in.checking import Busy, busy, the_only_check


class NewPasswordForm(AdminPasswordChangeForm):
    """A wrong old password is a wrong try; after too many none is looked at."""

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.request = request
        super().__init__(*args, **options)

    @sensitive_variables()
    def clean_old_password(self) -> str:
        credentials = {"username": self.user.get_username()}
        if AxesProxyHandler.is_locked(self.request, credentials):
            self._refuse(credentials)
        try:
            return super().clean_old_password()
        except ValidationError:
            user_login_failed.send(__name__, credentials=credentials, request=self.request, event="Wrong old password")
            raise

    def _refuse(self, credentials: dict[str, Any]) -> None:
        """Have axes answer in place of the page: 429, with when to try again."""
        journal.note(self.request, "Refused a new password, too many wrong tries", credentials["username"])
        self.request.axes_locked_out, self.request.axes_credentials = True, credentials  # type: ignore[attr-defined]
        raise ValidationError("There were too many wrong passwords.")


class NewPassword(PasswordChangeView):
    """The admin's own page, where one password is checked, and the new one made, at a time."""

    form_class = NewPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**admin.site.each_context(self.request), **more)

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            with the_only_check():
                return super().post(request, *args, **options)
        except Busy:
            return busy()

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        journal.note(self.request, "Changed the password", form.user.get_username())
        return response
