"""Static files under names that change with their content, and under plain ones before they are collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFilesStorage(CompressedManifestStaticFilesStorage):
    """A page must not fail because `collectstatic` has not run: then it names the file as it is."""

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
