"""The desk's addresses that need pages; they stand before the admin's own."""

from django.contrib import admin
from django.urls import include, path, re_path

from fitpages.desk import first_screen, help
from fitpages.desk.effects import views as effects
from fitpages.desk.preview import views as preview

_OF_RECORD = r"^effects/(?P<kind>gpu|languagemodel|quant|artifact)/(?P<key>add|[0-9]{1,18})/"

patterns = [
    path("", admin.site.admin_view(first_screen.index), name="index"),
    path("help/", admin.site.admin_view(help.page), name="help"),
    path("attention/<slug:name>/", admin.site.admin_view(first_screen.part), name="attention"),
    re_path(f"{_OF_RECORD}$", admin.site.admin_view(effects.of_record), name="effects"),
    re_path(f"{_OF_RECORD}all/$", admin.site.admin_view(effects.of_record_on_all), name="effects_on_all"),
    path("effects/speed-class/", admin.site.admin_view(effects.of_class), name="effects_of_class"),
    path("effects/speed-class/all/", admin.site.admin_view(effects.of_class_on_all), name="effects_of_class_on_all"),
    path("preview/", admin.site.admin_view(preview.page), name="preview_home"),
    path("preview/<path:address>", admin.site.admin_view(preview.page), name="preview"),
    path("catalog/<kind>/<int:key>/preview/", admin.site.admin_view(preview.of_record), name="preview_of"),
]
# Of the application "admin", so that what cannot be asked of the desk is answered here as there.
urlpatterns = [path("admin/", include((patterns, "admin"), namespace="desk"))]
