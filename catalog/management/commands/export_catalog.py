from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.interchange.export import export_catalog


class Command(BaseCommand):
    help = "Write every record of the catalog, drafts and former addresses too, as data files that load_catalog reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--release",
            action="store_true",
            help="as a release ships it: without what was edited here, and without the addresses of deleted records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = export_catalog(options["directory"], release=options["release"])
        except OSError as error:
            raise CommandError(f"Nothing can be written there: {error}") from error
        self.stdout.write(f"{count} records written to {options['directory']}")
