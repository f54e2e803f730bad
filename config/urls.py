"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import path

from fitpages.urls import urlpatterns as public_addresses

admin.site.site_header = "Run It Locally: the catalog"
admin.site.site_title = "Catalog"
admin.site.index_title = "GPUs, models and quantizations"

urlpatterns = [
    *public_addresses,
    path("admin/", admin.site.urls),
]

handler404 = "fitpages.views.errors.not_found"
handler500 = "fitpages.views.errors.server_error"
