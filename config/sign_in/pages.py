"""The pages of a refusal, in plain words and without a template that could need anything."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render

from catalog.admin import refusals
from config.sign_in import journal

NO_COOKIE = (
    "Your browser sent no cookie with it; without one the desk cannot tell your form from one that another site made.",
    "Allow cookies for this site, open the form again, and send it once more.",
)
TOO_OLD = (
    "It does not belong to your present visit: it was opened before you last signed in or out, or by another site.",
    "Open the desk again, sign in if you are asked to, and fill the form in once more.",
)


def refused(heading: str, sentences: Sequence[str], status: int, retry_after_s: int = 0) -> HttpResponse:
    """A page that says what was refused and what to do."""
    response = render(None, "refused.html", {"heading": heading, "sentences": sentences}, status=status)
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
    """403: a form that cannot be told from another site's."""
    journal.note_refusal(request, reason)
    sentences = NO_COOKIE if reason == REASON_NO_CSRF_COOKIE else TOO_OLD
    return refused("The form was not accepted", ("Nothing was saved.", *sentences), status=403)
