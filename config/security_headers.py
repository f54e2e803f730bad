"""What browsers are told to refuse, on every answer of ours: docs/decisions/what-browsers-are-told.md says why.

One middleware, the outermost, so that redirects, errors and static files say the same. Django's SecurityMiddleware adds
what follows from its own settings: Strict-Transport-Security, Referrer-Policy, Cross-Origin-Opener-Policy and
X-Content-Type-Options.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "Content-Security-Policy"
# Nothing but what is named, and that from here: nothing inline, no eval, no frames, no other base. The admin's pages
# need no more.
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Powerful features that no page of ours uses, nor a script that got into one. Copying a command stays allowed.
UNUSED_FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
    *("gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    POLICY: "; ".join(f"{directive} {sources}" for directive, sources in SOURCES.items()),
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
}


class SecurityHeadersMiddleware:
    """Adds the headers, all at once: one by one, checked by Django each time, they took ten times as long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {name.lower(): (name, value) for name, value in HEADERS.items()}
        # Django's own pages about an error, for debugging only, have their style inline.
        self.of_errors = {**self.headers}
        if settings.DEBUG:
            del self.of_errors[POLICY.lower()]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers._store.update(self.headers if response.status_code < 400 else self.of_errors)
        return response
