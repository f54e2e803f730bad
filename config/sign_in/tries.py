"""Wrong tries to sign in: five of one name from one address, twenty of one address, then a quarter of an hour's rest.

django-axes keeps them in the database, one row for each name and address. Why so: docs/decisions/wrong-tries.md.
"""

import datetime
import ipaddress
from importlib import import_module
from typing import Any, NamedTuple

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from config.sign_in import journal

MOST_OF_ADDRESS = 20
NO_ADDRESS = "0.0.0.0"
# The addresses that one household or one rented machine has at its disposal.
IPV6_PREFIX = 64


def address(request: HttpRequest) -> str:
    """Where a request came from, as tries are counted: an IPv4 address, or the network of an IPv6 address."""
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return NO_ADDRESS
    if isinstance(peer, ipaddress.IPv4Address):
        return str(peer)
    if peer.ipv4_mapped:
        return str(peer.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(peer), IPV6_PREFIX), strict=False).network_address)


class Tries(NamedTuple):
    """The wrong ones of the last quarter of an hour, and when the last was; nothing where there were none."""

    of_name: int
    of_address: int
    last_of_name: datetime.datetime | None
    last_of_address: datetime.datetime | None

    @property
    def too_many(self) -> bool:
        return self.of_name >= settings.AXES_FAILURE_LIMIT or self.of_address >= MOST_OF_ADDRESS

    def rest_s(self, now: datetime.datetime) -> int:
        """Seconds until the next try is looked at; the last wrong one counts longest, and a refused one not at all."""
        last = self.last_of_address if self.of_address >= MOST_OF_ADDRESS else self.last_of_name
        return max(1, int((last + settings.AXES_COOLOFF_TIME - now).total_seconds()) + 1) if last else 1


def wrong_tries(request: HttpRequest, credentials: dict[str, Any] | None) -> Tries:
    """Of the name that is given, from where the request came; by one query."""
    recent = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gte=get_cool_off_threshold(request),
    )
    of_name = Q(username=get_client_username(request, credentials))
    sums = recent.aggregate(
        of_name=Sum("failures_since_start", filter=of_name, default=0),
        of_address=Sum("failures_since_start", default=0),
        last_of_name=Max("attempt_time", filter=of_name),
        last_of_address=Max("attempt_time"),
    )
    return Tries(**sums)


class WrongTries(AxesDatabaseHandler):
    """Counts by name and address and by address alone, whatever the browser calls itself, and keeps the log."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        tries = wrong_tries(request, credentials)
        return settings.AXES_FAILURE_LIMIT if tries.too_many else tries.of_name

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **options: Any) -> None:
        """A refused try is not counted, so that rest ends by itself; the last one that counts is answered as wrong."""
        name = credentials.get("username", "")
        request.axes_credentials = credentials
        if request.axes_locked_out:
            journal.note(request, "Refused to sign in, too many wrong tries", name)
            return
        request.axes_user_agent = ""
        super().user_login_failed(sender, credentials, request, **options)
        journal.note(request, options.get("event", "Wrong name or password"), name)
        if request.axes_locked_out:
            journal.note(request, "That was the last try for a quarter of an hour", name)
        request.axes_locked_out = False

    def user_logged_in(self, sender: Any, request: Any, user: AbstractBaseUser, **options: Any) -> None:
        """The account's own wrong tries are forgotten, the session gets its end, and ended ones are deleted."""
        super().user_logged_in(sender, request, user, **options)
        # A moment, and no age: an age would begin anew whenever the session is saved, as it is for each message.
        request.session.set_expiry(timezone.now() + datetime.timedelta(seconds=settings.SESSION_COOKIE_AGE))
        journal.note(request, "Signed in", user.get_username())
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()

    def user_logged_out(self, sender: Any, request: Any, user: AbstractBaseUser | None, **options: Any) -> None:
        super().user_logged_out(sender, request, user, **options)
        journal.note(request, "Signed out", user.get_username() if user else "")
