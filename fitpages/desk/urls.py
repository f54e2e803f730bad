"""The desk's addresses that need pages; they stand before the admin's own."""

from django.contrib import admin
from django.urls import include, path

from fitpages.desk import first_screen

patterns = [
    path("", admin.site.admin_view(first_screen.index), name="index"),
    path("attention/<slug:name>/", admin.site.admin_view(first_screen.part), name="attention"),
]
# Of the application "admin", so that what cannot be asked of the desk is answered here as there.
urlpatterns = [path("admin/", include((patterns, "admin"), namespace="desk"))]
