from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.backup.checking import BackupError
from catalog.backup.database import of_the_site


class Command(BaseCommand):
    help = "Write the whole database to a file, accounts and history too, while the site is served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            of_the_site().make(options["file"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = options["file"].stat().st_size
        self.stdout.write(f"{options['file']} is a backup, {size:,} bytes. It has accounts in it: keep it private.")
