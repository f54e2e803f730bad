from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from catalog.database_faults import in_words
from catalog.interchange.files import DATA_DIRECTORY
from catalog.interchange.load import load_catalog
from catalog.interchange.placed_records import InterchangeError


class Command(BaseCommand):
    help = "Load the catalog's data files. Repeatable; keeps what editors changed, and says what would change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DATA_DIRECTORY, help="a folder, or one of its files")
        parser.add_argument("--only", default="", metavar="NAME", help="one file of the folder alone: gpus.jsonl")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--overwrite", action="store_true", help="replace what editors changed, too")

    def handle(self, *args: Any, **options: Any) -> None:
        path, only = options["path"], options["only"]
        if path.is_file():
            path, only = path.parent, path.name
        try:
            report = load_catalog(path, only=only, overwrite=options["overwrite"], dry_run=options["dry_run"])
        except InterchangeError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except OperationalError as error:
            raise CommandError(f"Nothing was loaded. {in_words(error)} ({error})") from error
        words = report if options["verbosity"] > 1 else report.in_brief()
        self.stdout.write(f"{'would be: ' if options['dry_run'] else ''}{words}")
