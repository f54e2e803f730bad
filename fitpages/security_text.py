"""security.txt: where a hole in the site's security is reported (RFC 9116)."""

import datetime

from django.conf import settings

from fitpages import addresses
from fitpages.contact import address_of
from fitpages.site import absolute

# RFC 9116, 2.5.5, asks for less than a year. The text stays the same for half of it, and is good for the other half.
STEP = datetime.timedelta(days=180)
POLICY = f"{addresses.ABOUT}#security"


def contact() -> str:
    """The address of the site's contact where the RFC lets it stand: of mail, or of the web over HTTPS; else ""."""
    address = address_of(settings.SITE_CONTACT)
    return address if address.startswith(("mailto:", "https://")) and len(address.split()) == 1 else ""


def build(now: datetime.datetime) -> str:
    """The text at this time. Addresses of a site without HTTPS are left out, as the RFC asks."""
    lines = [f"Contact: {contact()}", f"Expires: {expires(now):%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en"]
    if settings.SITE_URL.startswith("https://"):
        lines += [f"Canonical: {absolute(addresses.SECURITY)}", f"Policy: {absolute(POLICY)}"]
    return "\n".join([*lines, ""])


def expires(now: datetime.datetime) -> datetime.datetime:
    """Counted from the release in steps, so that all processes agree: more than one step ahead, at most two.

    It moves on by itself: the contact is a setting of whoever serves the site, and is theirs as long as they serve it.
    """
    released = settings.RELEASED_AT.astimezone(datetime.UTC)
    return released + ((now - released) // STEP + 2) * STEP
