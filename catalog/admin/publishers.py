"""Whom somebody who keeps drafts asks to publish one."""

from typing import NamedTuple
from urllib.parse import quote

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.http import HttpRequest

from catalog.models import CatalogRecord

MOST = 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Asked(NamedTuple):
    """An account, and the address of a mail to it where it has one."""

    name: str
    mail: str


def publishers(kind: type[CatalogRecord], row: CatalogRecord, request: HttpRequest) -> list[Asked]:
    """Up to five accounts that may publish a record; superusers where there are no others."""
    right = f"{kind._meta.app_label}.{get_permission_codename('publish', kind._meta)}"
    staff = User.objects.filter(is_active=True, is_staff=True).order_by("username")
    entitled = staff.filter(pk__in=User.objects.with_perm(right, include_superusers=False, backend=BACKEND))
    accounts = list(entitled[:MOST]) or list(staff.filter(is_superuser=True)[:MOST])
    return [Asked(account.get_username(), _mail(account.email, row, request)) for account in accounts]


def _mail(address: str, row: CatalogRecord, request: HttpRequest) -> str:
    """A mail that says what to look at, to be sent by the editor's own program."""
    if not address:
        return ""
    subject, body = quote(f"Please publish: {row}"), quote(request.build_absolute_uri(request.path))
    return f"mailto:{quote(address, safe='@')}?subject={subject}&body={body}"
