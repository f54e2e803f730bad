"""All settings; the only reader of the environment. Each variable is in .env.example, with what it does.

A fresh clone needs none of them: `make run` makes a secret key and serves an SQLite catalog on the loopback.
"""

import datetime
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from config.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def _moment(name: str, text: str) -> datetime.datetime | None:
    """The time that a variable names, in UTC where it names no zone."""
    if not text:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a time such as 2026-11-24T12:00:00+00:00, not {text!r}.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _release_moment() -> datetime.datetime:
    """When the code and templates here last changed."""
    folders = ("config", "catalog", "fit", "fitpages", "templates")
    files = [path for folder in folders for path in (BASE_DIR / folder).rglob("*.*") if "__pycache__" not in path.parts]
    return datetime.datetime.fromtimestamp(int(max(path.stat().st_mtime for path in files)), datetime.UTC)


def _switch(name: str) -> bool:
    text = env.str(name, default="off").strip().lower()
    if text not in {"on", "off", "true", "false", "1", "0", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be on or off, not {text!r}.")
    return text in {"on", "true", "1", "yes"}


def _port(name: str, default: int) -> int:
    text = env.str(name, default=str(default))
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ImproperlyConfigured(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)


def _web_address(name: str, default: str) -> str:
    text = str(env.str(name, default=default)).rstrip("/")
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname:
        raise ImproperlyConfigured(f"{name} must be a web address such as https://example.org, not {text!r}.")
    return text


DEBUG = _switch("DEBUG")
# Empty unless set: config/wsgi.py refuses to serve without one, and says what to do.
SECRET_KEY = env.str("SECRET_KEY", default="") or ("django-insecure-only-for-debugging" if DEBUG else "")

SITE_NAME = "Run It Locally"
SITE_URL = _web_address("SITE_URL", f"http://localhost:{_port('PORT', 8000)}")
SITE_CONTACT = env.str("SITE_CONTACT", default="")
# When this release was made: half of every page's Last-Modified, the catalog's last change being the other.
RELEASED_AT = _moment("RELEASED_AT", env.str("RELEASED_AT", default="")) or _release_moment()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "catalog",
    "fitpages",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fitpages.serving.middleware.DatabaseDownMiddleware",
]

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
        "DIRS": [],
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

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
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
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if _switch("BEHIND_PROXY"):
    # The proxy must set this header itself on every request, or anyone could claim to have come over HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
