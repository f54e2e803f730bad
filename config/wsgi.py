"""The application that gunicorn serves. Refuses to start without a secret key."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from config.whole_body import with_whole_body

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = with_whole_body(get_wsgi_application())

try:
    settings.SECRET_KEY  # noqa: B018  # Django refuses an empty one when it is asked for, not before
except ImproperlyConfigured as error:
    raise ImproperlyConfigured(
        "Serving needs a SECRET_KEY while DEBUG is off. Set it in the environment or in .env to a long random text: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'. `make run` makes one for local use."
    ) from error
