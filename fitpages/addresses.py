"""The addresses of the site, each spelled here alone. Templates know this module as `addresses`.

They are computed without reverse(), for pages link to dozens of others; a test compares them with the URLconf.
"""

from catalog.models.record import PAIR_SEPARATOR

HOME = "/"
COMBINATIONS = "/run/"
MODELS = "/models/"
GPUS = "/gpus/"
CALCULATOR = "/calculator/"
QUANTIZATION_GUIDE = "/guides/quantization/"
LOCAL_GUIDE = "/guides/running-models-locally/"
METHODOLOGY = "/methodology/"
ACCURACY = "/accuracy/"
CHANGES = "/changes/"
CHANGES_FEED = "/changes.atom"
ABOUT = "/about/"
SEARCH = "/search/"
CHOICE = "/choice/"
SITEMAPS = "/sitemaps/"
SITEMAP = "/sitemap.xml"
FAVICON = "/favicon.ico"
SECURITY = "/.well-known/security.txt"
SECURITY_BEFORE = "/security.txt"

STANDING_PAGES = (
    HOME,
    COMBINATIONS,
    MODELS,
    GPUS,
    CALCULATOR,
    QUANTIZATION_GUIDE,
    LOCAL_GUIDE,
    METHODOLOGY,
    ACCURACY,
    CHANGES,
    ABOUT,
)


def pair(model_slug: str, gpu_slug: str) -> str:
    return f"{COMBINATIONS}{model_slug}{PAIR_SEPARATOR}{gpu_slug}/"


def pair_name(model_slug: str, gpu_slug: str) -> str:
    return f"{model_slug}{PAIR_SEPARATOR}{gpu_slug}"


def model(slug: str) -> str:
    return f"{MODELS}{slug}/"


def gpu(slug: str) -> str:
    return f"{GPUS}{slug}/"


def accuracy_of(class_slug: str) -> str:
    return f"{ACCURACY}{class_slug}/"


def changes_of(name: str) -> str:
    """`name` is the slug of a model or a card, or what the address of a pair has."""
    return f"{CHANGES}?of={name}"


def sitemap(name: str) -> str:
    return f"{SITEMAPS}{name}.xml"
