"""What the desk offers for every kind of record."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.forms import Textarea
from django.http import HttpRequest

from catalog import reasons
from catalog.admin.choices import ChosenFromLists
from catalog.admin.deleted_records import DeletedRecords
from catalog.admin.deleting import DeletionsAreExplained
from catalog.admin.doubts import FiguresAreAskedAbout, refuse_unanswered
from catalog.admin.figures import FiguresInFull
from catalog.admin.history_pages import HistoryPages
from catalog.admin.json_field import JsonTextField
from catalog.admin.list_editing import EditedInLists
from catalog.admin.many_at_once import SaysWhyOfMany
from catalog.admin.missing import FilteredByWhatIsMissing
from catalog.admin.proposed_slugs import SlugsAreProposed
from catalog.admin.publishing import PublishingIsARight
from catalog.admin.related_select import RelatedSelect
from catalog.admin.searching import SearchedByWords
from catalog.admin.shown_again import ShownAgain
from catalog.admin.stale_forms import RefusesStaleForms
from catalog.doubts import Others
from catalog.markdown import render_notes
from catalog.models import CatalogRecord, CatalogRevision


class CatalogRecordAdmin(
    ChosenFromLists,
    FiguresAreAskedAbout,
    FiguresInFull,
    EditedInLists,
    FilteredByWhatIsMissing,
    SearchedByWords,
    ShownAgain,
    SlugsAreProposed,
    DeletedRecords,
    HistoryPages,
    SaysWhyOfMany,
    RefusesStaleForms,
    DeletionsAreExplained,
    PublishingIsARight,
):
    """Search, filters, bulk publishing, and a way to the page that a record is on."""

    list_per_page = 50
    ordering = ("name",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")
    save_on_top = True
    actions = ("publish", "take_off")
    formfield_overrides = {
        models.TextField: {"widget": Textarea(attrs={"rows": 4, "cols": 100})},
        models.JSONField: {"form_class": JsonTextField},
    }
    housekeeping: ClassVar[tuple[str, Any]] = ("Record", {"fields": ("status", "sources", "created_at", "updated_at")})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = RelatedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """A record that is on no page has no link to one."""
        has_page = obj is not None and obj.is_published and hasattr(obj, "get_absolute_url")
        return obj.get_absolute_url() if has_page else None

    @admin.display(description="Notes, as the page shows them")
    def notes_preview(self, obj: Any) -> str:
        """What the saved notes look like; save and continue editing to see a change."""
        return render_notes(obj.notes) or "No notes." if obj else "No notes."

    @admin.action(description="Publish the selected records", permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: Any) -> None:
        """Each is checked as if it were saved by hand; what is not complete stays a draft."""
        self._set_status(request, queryset, CatalogRecord.Status.PUBLISHED)

    @admin.action(description="Take the selected records off the site", permissions=["publish"])
    def take_off(self, request: HttpRequest, queryset: Any) -> None:
        self._set_status(request, queryset, CatalogRecord.Status.DRAFT)

    def _set_status(self, request: HttpRequest, queryset: Any, status: str) -> None:
        """One change for the public, however many records: each change of its own would cost every process a look."""
        others = Others()
        with CatalogRevision.as_one_change():
            rows = queryset.exclude(status=status)
            changed = [record.pk for record in rows if self._has_status(request, record, status, others)]
            done = reasons.PUBLISHED if status == CatalogRecord.Status.PUBLISHED else reasons.TAKEN_OFF
            reasons.give(self.model, changed, reasons.with_others(done, len(changed)))
        self.message_user(request, f"{len(changed)} changed.", messages.SUCCESS)

    def _has_status(self, request: HttpRequest, record: CatalogRecord, status: str, others: Others) -> bool:
        """Whether the record could be given the status; where not, the editor is told why."""
        record.status = status
        try:
            record.full_clean(validate_constraints=False)
            if record.is_published:
                refuse_unanswered(record, others)
            _save(record)
        except ValidationError as error:
            sentences = " ".join(error.messages)
            self.message_user(request, f"{record} was left as it is: {sentences}", messages.WARNING)
            return False
        self.log_change(request, record, f"Status set to {status}.")
        return True


def _save(record: CatalogRecord) -> None:
    """Save; ValidationError where the database refuses it. To ask each constraint first takes longer than all else."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        record.validate_constraints()
        raise ValidationError("The database refused it.") from error
