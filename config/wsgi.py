"""The application that gunicorn serves. A wrong setting, or no secret key, ends it with a sentence."""

import os
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config.checked_values import MAKE_A_KEY
from config.content_type import with_our_characters
from config.forwarded import BehindProxies
from config.whole_body import with_whole_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# gunicorn's own code for an application that cannot be loaded: it ends, and does not try again.
CANNOT_BE_LOADED = 4


def _application() -> Callable[..., Any]:
    trusted = settings.TRUSTED_PROXIES
    try:
        settings.SECRET_KEY  # noqa: B018  # Django refuses an empty one when it is asked for, not before
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(
            "Serving needs a SECRET_KEY while DEBUG is off. Set it in the environment or in .env to what this prints: "
            f"{MAKE_A_KEY}. `make run` makes one for local use."
        ) from error
    return BehindProxies(with_our_characters(with_whole_body(get_wsgi_application())), trusted)


try:
    application = _application()
except ImproperlyConfigured as error:
    print(error, file=sys.stderr)
    sys.exit(CANNOT_BE_LOADED)
