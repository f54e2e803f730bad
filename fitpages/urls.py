from django.urls import path, re_path

from fitpages.views import guides, hubs, lists, machines, pairs

urlpatterns = [
    path("run/<name>/", pairs.pair, name="pair"),
    path("models/<slug>/", hubs.model, name="model"),
    path("gpus/<slug>/", hubs.gpu, name="gpu"),
    path("", lists.home, name="home"),
    path("run/", lists.combinations, name="combinations"),
    path("models/", lists.models, name="models"),
    path("gpus/", lists.gpus, name="gpus"),
    path("calculator/", lists.calculator, name="calculator"),
    path("search/", lists.search, name="search"),
    path("guides/quantization/", guides.quantization_guide, name="quantization_guide"),
    path("guides/running-models-locally/", guides.local_guide, name="local_guide"),
    path("methodology/", guides.methodology, name="methodology"),
    path("accuracy/", guides.accuracy, name="accuracy"),
    path("about/", guides.about, name="about"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap_index"),
    re_path(r"^sitemaps/(?P<name>[a-z0-9-]+)\.xml$", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("llms.txt", machines.llms, name="llms"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("healthz", machines.healthz, name="healthz"),
]
