"""All settings; the only reader of the environment. Each variable is in .env.example, with what it does.

A fresh clone needs none of them: `make run` makes a secret key and serves an SQLite catalog on the loopback.
"""

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import environ
from django.urls import reverse

from config.checked_values import (
    LOOPBACK_NAMES,
    check_together,
    contact,
    host_names,
    host_of,
    moment,
    networks,
    no_longer,
    port,
    secret_key,
    switch,
    web_address,
)
from config.databases import database
from config.mail import mail, sender
from config.sign_in.journal import is_not_told_already

Value = TypeVar("Value")

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def _read(check: Callable[[str, str], Value], name: str, default: str = "") -> Value:
    """A variable as the function of config/checked_values.py reads it; one that is empty is as good as none."""
    return check(name, str(env.str(name, default="")).strip() or default)


def _release_moment() -> datetime.datetime:
    """When the code and templates here last changed."""
    folders = ("config", "catalog", "fit", "fitpages", "templates")
    files = [path for folder in folders for path in (BASE_DIR / folder).rglob("*.*") if "__pycache__" not in path.parts]
    return datetime.datetime.fromtimestamp(int(max(path.stat().st_mtime for path in files)), datetime.UTC)


DEBUG = _read(switch, "DEBUG", "off")
# Empty unless set: config/wsgi.py refuses to serve without one, and says what to do.
SECRET_KEY = _read(secret_key, "SECRET_KEY") or ("django-insecure-only-for-debugging" if DEBUG else "")

SITE_NAME = "Run It Locally"
SITE_URL = _read(web_address, "SITE_URL", f"http://localhost:{_read(port, 'PORT', '8000')}")
SITE_CONTACT = _read(contact, "SITE_CONTACT")
# When this release was made: half of every page's Last-Modified, the catalog's last change being the other.
RELEASED_AT = _read(moment, "RELEASED_AT") or _release_moment()

ALLOWED_HOSTS = [host_of(SITE_URL), *LOOPBACK_NAMES, *_read(host_names, "ALLOWED_HOSTS")]
# Whose word counts for where a request came from: config/forwarded.py.
TRUSTED_PROXIES = _read(networks, "TRUSTED_PROXIES")
_USE_INSTEAD = "Where it was on, write the address of the proxy: TRUSTED_PROXIES=127.0.0.1, for one on this machine."
_read(partial(no_longer, instead=_USE_INSTEAD), "BEHIND_PROXY")
# Addresses begin at the root, whatever a request says of the script that it is for.
FORCE_SCRIPT_NAME = ""

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "simple_history",
    "catalog",
    "fitpages",
]

MIDDLEWARE = [
    "fitpages.serving.head.HeadMiddleware",
    "config.security_headers.SecurityHeadersMiddleware",
    "fitpages.serving.middleware.CacheTimesMiddleware",
    "fitpages.serving.middleware.ConnectionGivenBackMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "fitpages.serving.request_bounds.RequestBoundsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fitpages.serving.middleware.DatabaseDownMiddleware",
    "axes.middleware.AxesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "fitpages.serving.desk_addresses.DeskAddressesMiddleware",
]
# Public pages are asked for without a body; a login is a few hundred bytes.
MOST_BODY_BYTES = 16 * 1024
# Of those who are signed in at the desk: forms, and files, which are kept in memory and never written to disk.
MOST_DESK_BODY_BYTES = FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# All but the files. A form of the desk is up to 100 KB in 60 fields, a list with everything chosen 2,000 fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# Public pages are rendered by Jinja2, which a measurement asked for: docs/decisions/jinja2-for-public-pages.md.
# What makes pages fast, explained and measured where they are used; without any of them pages are the same.
PAGES_TRICKS = ["escaped", "attributes", "flat", "fragments"]
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "fitpages.serving.environment.environment",
            "auto_reload": DEBUG,
            "tricks": PAGES_TRICKS,
        },
    },
    {
        "NAME": "admin",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "desk"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(env.str("DATABASE_URL", default="sqlite:///db.sqlite3"), BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords of one name from one address, then a quarter of an hour's rest: docs/decisions/wrong-tries.md.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "config.sign_in.tries.WrongTries"
AXES_LOCKOUT_CALLABLE = "config.sign_in.door.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.sign_in.tries.address"
# Who signed in stands in the log; the table of tries is for the count, and is kept with `manage.py axes_reset`.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
_PASSWORDS = ["old_password", "new_password1", "new_password2"]
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", *_PASSWORDS]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# How mail is sent; where no server is named none is, and the desk offers no new password by it.
SENDS_MAIL = bool(_MAIL := _read(mail, "EMAIL_URL"))
vars().update(_MAIL, DEFAULT_FROM_EMAIL=sender(SITE_CONTACT, host_of(SITE_URL)))

# Twelve hours from signing in: a day's work. Lax, so that a link in a message leads to the desk and not to its door.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# Only our own pages take these files: docs/decisions/what-browsers-are-told.md.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.CollectedFilesStorage"},
}

# A record's own address on the site, for "view on site"; the catalog itself knows no page.
ABSOLUTE_URL_OVERRIDES = {
    "catalog.gpu": lambda row: reverse("gpu", args=[row.slug]),
    "catalog.languagemodel": lambda row: reverse("model", args=[row.slug]),
}


# Served over HTTPS, everything insists on it.
HTTPS = SITE_URL.startswith("https://")
HSTS_SUBDOMAINS, HSTS_PRELOAD = _read(switch, "HSTS_SUBDOMAINS", "off"), _read(switch, "HSTS_PRELOAD", "off")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD = HTTPS and HSTS_SUBDOMAINS, HTTPS and HSTS_PRELOAD
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# A browser takes a cookie of such a name only over HTTPS, from this host, for all of it: no other host can set it.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}sessionid", f"{_PREFIX}csrftoken"
# No script of ours reads either.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# What the admin says after a change, kept with the session and not in a third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options is among the headers of config/security_headers.py
    "security.W005",  # HSTS_SUBDOMAINS: not for one site of a domain to decide for all of them
    "security.W021",  # HSTS_PRELOAD: the same
]
check_together(
    debug=DEBUG,
    https=HTTPS,
    allowed_hosts=ALLOWED_HOSTS,
    hsts_subdomains=HSTS_SUBDOMAINS,
    hsts_preload=HSTS_PRELOAD,
)
CSRF_FAILURE_VIEW = "config.sign_in.pages.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "one_line": {"()": "config.log_lines.OneLine"},
        "refusals": {"()": "django.utils.log.CallbackFilter", "callback": is_not_told_already},
        "no_outage": {"()": "fitpages.serving.outage_log.NoOutage"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line", "refusals"]}},
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"filters": ["no_outage"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
