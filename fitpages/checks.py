"""What `manage.py check --deploy` asks of a public site besides Django's own questions."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def readers_can_report(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """A site that others see says where to report a wrong figure."""
    if settings.SITE_CONTACT.strip() or urlsplit(settings.SITE_URL).hostname in LOOPBACK:
        return []
    return [
        Error(
            f"Readers of {settings.SITE_URL} are not told where to report a wrong figure: SITE_CONTACT is empty.",
            hint="Set it, in the environment or in .env, to an e-mail address or to a web address.",
            id="fitpages.E001",
        )
    ]
