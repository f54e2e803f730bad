from django.urls import path, re_path

from fitpages.views import machines, pages

urlpatterns = [
    path("run/<name>/", pages.pair, name="pair"),
    path("models/<slug>/", pages.model, name="model"),
    path("gpus/<slug>/", pages.gpu, name="gpu"),
    path("", pages.home, name="home"),
    path("run/", pages.combinations, name="combinations"),
    path("models/", pages.models, name="models"),
    path("gpus/", pages.gpus, name="gpus"),
    path("calculator/", pages.calculator, name="calculator"),
    path("search/", pages.search, name="search"),
    path("guides/quantization/", pages.quantization_guide, name="quantization_guide"),
    path("guides/running-models-locally/", pages.local_guide, name="local_guide"),
    path("methodology/", pages.methodology, name="methodology"),
    path("accuracy/", pages.accuracy, name="accuracy"),
    path("about/", pages.about, name="about"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap_index"),
    re_path(r"^sitemaps/(?P<name>[a-z0-9-]+)\.xml$", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("healthz", machines.healthz, name="healthz"),
]
