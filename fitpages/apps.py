from django.apps import AppConfig


class FitpagesConfig(AppConfig):
    name = "fitpages"
