from django.apps import AppConfig


class FitpagesConfig(AppConfig):
    name = "fitpages"

    def ready(self) -> None:
        from fitpages import checks  # noqa: F401
