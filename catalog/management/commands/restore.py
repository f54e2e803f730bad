from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.backup.checking import BackupError
from catalog.backup.database import of_the_site, restore


class Command(BaseCommand):
    help = "Make a backup the site's database, while the site is served. The former database is kept beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask for the name of the database")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"]
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        try:
            database = of_the_site()
            if not options["yes"] and not self._is_meant(database.name):
                raise CommandError("Nothing was restored.")
            former = restore(database, source)
        except BackupError as error:
            raise CommandError(f"{error} The database is as it was.") from error
        self.stdout.write(f"{source} is the database now. The former one is {former}. Everybody signs in once more.")

    def _is_meant(self, name: str) -> bool:
        """Whether who runs it types the name of the database whose contents go."""
        self.stdout.write(f"All that {name} has now is replaced: catalog, history and accounts.")
        try:
            return input(f"Type {name} to go on: ") == name
        except EOFError:
            return False
