from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path

from fitpages import addresses
from fitpages.views import machines, pages, readiness


def _at(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """The pattern of an address, which Django wants without its first slash."""
    return path(address.removeprefix("/"), view, name=name)


urlpatterns = [
    _at(f"{addresses.COMBINATIONS}<name>/", pages.pair, "pair"),
    _at(f"{addresses.MODELS}<slug>/", pages.model, "model"),
    _at(f"{addresses.GPUS}<slug>/", pages.gpu, "gpu"),
    _at(addresses.HOME, pages.home, "home"),
    _at(addresses.COMBINATIONS, pages.combinations, "combinations"),
    _at(addresses.MODELS, pages.models, "models"),
    _at(addresses.GPUS, pages.gpus, "gpus"),
    _at(addresses.CALCULATOR, pages.calculator, "calculator"),
    _at(addresses.CHOICE, pages.choice, "choice"),
    _at(addresses.SEARCH, pages.search, "search"),
    _at(addresses.QUANTIZATION_GUIDE, pages.quantization_guide, "quantization_guide"),
    _at(addresses.LOCAL_GUIDE, pages.local_guide, "local_guide"),
    _at(addresses.METHODOLOGY, pages.methodology, "methodology"),
    _at(addresses.ACCURACY, pages.accuracy, "accuracy"),
    _at(f"{addresses.ACCURACY}<slug>/", pages.accuracy_of, "accuracy_of"),
    _at(addresses.CHANGES, pages.changes, "changes"),
    _at(addresses.CHANGES_FEED, machines.changes_feed, "changes_feed"),
    _at(addresses.ABOUT, pages.about, "about"),
    _at(addresses.SITEMAP, machines.sitemap_index, "sitemap_index"),
    # A name of small letters only, so that every other one is no address at all.
    re_path(rf"^{addresses.SITEMAPS[1:]}(?P<name>[a-z0-9-]+)\.xml$", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    _at(addresses.FAVICON, machines.favicon, "favicon"),
    _at(addresses.SECURITY, machines.security, "security"),
    _at(addresses.SECURITY_BEFORE, machines.security_before, "security_before"),
    path("healthz", readiness.healthz, name="healthz"),
    path("readyz", readiness.readyz, name="readyz"),
]
