"""The desk's addresses that need pages; they stand before the admin's own."""

from django.contrib import admin
from django.urls import include, path

from fitpages.desk.preview import views as preview

patterns = [
    path("preview/", admin.site.admin_view(preview.page), name="preview_home"),
    path("preview/<path:address>", admin.site.admin_view(preview.page), name="preview"),
    path("catalog/<kind>/<int:key>/preview/", admin.site.admin_view(preview.of_record), name="preview_of"),
]
# Of the application "admin", so that what cannot be asked of the desk is answered here as there.
urlpatterns = [path("admin/", include((patterns, "admin"), namespace="desk"))]
