"""The pages of a refusal, in plain words and without a template that could need anything."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from catalog.admin import refusals
from config.admin_addresses import is_in_admin
from config.sign_in import journal

NO_COOKIE = (
    "Your browser sent no cookie with it; without one the desk cannot tell your form from one that another site made.",
    "Allow cookies for this site, open the form again, and send it once more.",
)
TOO_OLD = (
    "It does not belong to your present visit: it was opened before you last signed in or out, or by another site.",
    "Open the desk again, sign in if you are asked to, and fill the form in once more.",
)
SIGNED_IN_ANEW = (
    "You signed in or out in another window since this form was opened.",
    "What you typed is kept in this window. Open the form again: it is in it. Look, then save.",
)


def refused(
    heading: str, sentences: Sequence[str], status: int, retry_after_s: int = 0, form_address: str = ""
) -> HttpResponse:
    """A page that says what was refused and what to do; it leads back to a form of the desk, if there was one."""
    script = static("catalog/kept.js") if form_address else ""
    context = {"heading": heading, "sentences": sentences, "form_address": form_address, "script": script}
    response = render(None, "refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if retry_after_s:
        response["Retry-After"] = str(retry_after_s)
    return response


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: which right is missing, who has it, whom to ask."""
    sentences = refusals.sentences(request)
    journal.note_refusal(request, " ".join(sentences))
    return refused("You may not do this", sentences, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that cannot be told from another site's, or one of ours from before somebody last signed in."""
    journal.note_refusal(request, reason)
    address = _form_of_ours(request, reason)
    sentences = SIGNED_IN_ANEW if address else NO_COOKIE if reason == REASON_NO_CSRF_COOKIE else TOO_OLD
    return refused("The form was not accepted", ("Nothing was saved.", *sentences), status=403, form_address=address)


def _form_of_ours(request: HttpRequest, reason: str) -> str:
    """The address of a form of the desk that this site sent itself, as the browser's `Origin` says; "" of any other.

    Django has compared the origin before it looked at the token, and says where it is another's.
    """
    is_ours = "HTTP_ORIGIN" in request.META and reason.startswith("CSRF token")
    address = request.get_full_path()
    is_form = request.path not in (reverse("admin:login"), reverse("admin:logout"))
    return address if is_ours and is_form and is_in_admin(address) else ""
