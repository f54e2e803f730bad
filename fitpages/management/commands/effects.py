"""`manage.py effects gpu rtx-4090 bandwidth_gb_s=108`: what saving that would change on the pages of pairs."""

import time
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import hypothetical
from catalog.models import Artifact, CatalogRecord, Gpu, LanguageModel, Quant
from fitpages.desk.effects.counting import at_once, step_by_step
from fitpages.desk.effects.printed import lines

KINDS: dict[str, type[CatalogRecord]] = {"gpu": Gpu, "model": LanguageModel, "quant": Quant, "file": Artifact}
TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")


class Command(BaseCommand):
    help = "Says what a change of records would do to the pages of pairs. Nothing is saved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("words", nargs="+", metavar="SLUG or FIELD=VALUE", help="rtx-4090 bandwidth_gb_s=108")
        parser.add_argument("--class", dest="speed_class", help="of GPUs: all cards of this speed class")
        parser.add_argument("--all", action="store_true", help="counts all pairs, and not the common ones alone")

    def handle(self, *_: Any, **options: Any) -> None:
        began, kind = time.perf_counter(), KINDS[options["kind"]]
        slugs = [word for word in options["words"] if "=" not in word]
        rows = _rows(kind, slugs, options["speed_class"])
        for name, text in (word.split("=", 1) for word in options["words"] if "=" in word):
            for row in rows:
                _set(row, name, text)
        for row in rows:
            _check(row)
        before, after = hypothetical.saved(rows)
        report = at_once(before, after, began)
        if options["all"]:
            for report in step_by_step(before, after, began):
                self.stderr.write(report.counted)
        self.stdout.write("\n".join(lines(report)))


def _rows(kind: type[CatalogRecord], slugs: list[str], speed_class: str | None) -> list[CatalogRecord]:
    rows = list(kind._default_manager.filter(slug__in=slugs))
    missing = sorted(set(slugs) - {row.slug for row in rows})
    if missing:
        raise CommandError(f"There is no {kind._meta.verbose_name} {missing[0]}.")
    if speed_class is not None and kind is Gpu:
        rows += Gpu.objects.filter(speed_class=speed_class).exclude(slug__in=slugs)
    if not rows:
        raise CommandError("Name a record by its slug, or GPUs by their --class.")
    return rows


def _set(row: CatalogRecord, name: str, text: str) -> None:
    """A field by its name, read as a form reads it; empty is no value where a field may have none."""
    try:
        field: Any = row._meta.get_field(name)
        if field.is_relation:
            value = field.related_model.objects.get(slug=text).pk if text else None
            setattr(row, field.attname, value)
            return
        value = text.lower() in TRUE if text.lower() in (*TRUE, *FALSE) and field.choices is None else text
        setattr(row, name, field.to_python(None if text == "" and field.null else value))
    except (FieldDoesNotExist, ValidationError, AttributeError) as error:
        raise CommandError(f"{name}: {' '.join(getattr(error, 'messages', [str(error)]))}") from error


def _check(row: CatalogRecord) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise CommandError(f"{row.slug}: {' '.join(error.messages)}") from error
