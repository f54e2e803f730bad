from django.apps import AppConfig


class FitpagesConfig(AppConfig):
    name = "fitpages"

    def ready(self) -> None:
        from fitpages import checks  # noqa: F401  # its checks are registered as it is imported
