"""Addresses of the desk that the admin alone does not have; they come before the admin's own."""

from django.contrib import admin
from django.urls import path, re_path

from fitpages.desk.effects import views

_OF_RECORD = r"^effects/(?P<kind>gpu|languagemodel|quant|artifact)/(?P<key>add|[0-9]{1,18})/"

urlpatterns = [
    re_path(f"{_OF_RECORD}$", admin.site.admin_view(views.of_record), name="desk_effects"),
    re_path(f"{_OF_RECORD}all/$", admin.site.admin_view(views.of_record_on_all), name="desk_effects_on_all"),
    path("effects/speed-class/", admin.site.admin_view(views.of_class), name="desk_effects_of_class"),
    path("effects/speed-class/all/", admin.site.admin_view(views.of_class_on_all), name="desk_effects_of_class_on_all"),
]
