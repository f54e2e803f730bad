"""The project's own settings, with one address more: a bare view to measure against."""

from config.settings import *  # noqa: F403  # all of the site's, but for the addresses

ROOT_URLCONF = "tests.bench.urls"
