"""`manage.py effects gpu rtx-4090 bandwidth_gb_s=108`: what saving that would change on the pages of pairs."""

import time
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog import hypothetical
from catalog.default_quant import moved_to
from catalog.models import Artifact, CatalogRecord, Gpu, LanguageModel, Quant
from catalog.slugs import as_slug
from fitpages.desk.effects.counting import at_once, step_by_step
from fitpages.desk.effects.printed import lines

KINDS: dict[str, type[CatalogRecord]] = {"gpu": Gpu, "model": LanguageModel, "quant": Quant, "file": Artifact}
TRUE, FALSE = ("true", "yes", "on"), ("false", "no", "off")


class Command(BaseCommand):
    help = "Says what a change of records would do to the answers that pages of pairs begin with. Nothing is saved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("words", nargs="+", metavar="SLUG or FIELD=VALUE", help="rtx-4090 bandwidth_gb_s=108")
        parser.add_argument("--class", dest="speed_class", help="of GPUs: all cards of this speed class")
        parser.add_argument("--all", action="store_true", help="counts all pairs, and not the common ones alone")

    def handle(self, *_: Any, **options: Any) -> None:
        began = time.perf_counter()
        rows = _rows(KINDS[options["kind"]], options["words"], options["speed_class"])
        for row in rows:
            _change(row, [word for word in options["words"] if "=" in word])
        before, after = hypothetical.saved([*rows, *_without_the_mark(rows)])
        report = at_once(before, after, began)
        if options["all"]:
            for report in step_by_step(before, after, began):
                self.stderr.write(report.counted)
        self.stdout.write("\n".join(lines(report)))


def _rows(kind: type[CatalogRecord], words: list[str], speed_class: str | None) -> list[CatalogRecord]:
    slugs = [as_slug(word) for word in words if "=" not in word]
    rows = list(kind._default_manager.filter(slug__in=slugs))
    missing = sorted(set(slugs) - {row.slug for row in rows})
    if missing:
        raise CommandError(f"There is no {kind._meta.verbose_name} {missing[0]}.")
    if speed_class is not None and kind is Gpu:
        rows += Gpu.objects.filter(speed_class=speed_class).exclude(slug__in=slugs)
    if not rows:
        raise CommandError("Name a record by its slug, or GPUs by their --class.")
    return rows


def _change(row: CatalogRecord, words: list[str]) -> None:
    """The fields as FIELD=VALUE says; refused in a sentence where a form would refuse it."""
    for name, _, text in (word.partition("=") for word in words):
        try:
            _set(row, row._meta.get_field(name), text)
        except (FieldDoesNotExist, ValidationError, ObjectDoesNotExist, AttributeError) as error:
            raise CommandError(f"{name}: {' '.join(getattr(error, 'messages', [str(error)]))}") from error
    if isinstance(row, Quant) and row.is_default:
        # The row that has the mark loses it.
        row.moves_default = True
    try:
        row.full_clean()
    except ValidationError as error:
        raise CommandError(f"{row.slug}: {' '.join(error.messages)}") from error


def _without_the_mark(rows: list[CatalogRecord]) -> list[CatalogRecord]:
    """The default quantization, where one of the rows becomes the default instead."""
    moved = (moved_to(row) for row in rows if isinstance(row, Quant) and row.is_default)
    return [former for former in moved if former]


def _set(row: CatalogRecord, field: Any, text: str) -> None:
    """A field, read as a form reads it; empty is no value where a field may have none, another record is its slug."""
    value: Any = None if not text and field.null else text
    if field.is_relation and text:
        value = field.related_model.objects.get(slug=text).pk
    if field.get_internal_type() == "BooleanField":
        value = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}.get(text.lower(), text)
    setattr(row, field.attname, field.to_python(value))
