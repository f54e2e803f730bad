"""The site's settings, with static files collected in a folder of the tests' own: `make run` may be using the other."""

import os
from pathlib import Path

from config.settings import *  # noqa: F403  # all of the site's, but for one below

STATIC_ROOT = Path(os.environ["STATIC_ROOT_OF_TESTS"])
