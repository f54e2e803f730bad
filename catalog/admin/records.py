"""What the desk offers for every kind of record."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest

from catalog.admin.bulk_publishing import BulkPublishing
from catalog.admin.choices import ChosenFromLists
from catalog.admin.copy_as_new import CopyAsNew
from catalog.admin.deleted_records import DeletedRecords
from catalog.admin.deleting import DeletionsAreExplained
from catalog.admin.doubts import FiguresAreAskedAbout
from catalog.admin.figures import FiguresInFull
from catalog.admin.history_pages import HistoryPages
from catalog.admin.json_field import JsonTextField
from catalog.admin.list_editing import EditedInLists
from catalog.admin.many_at_once import SaysWhyOfMany
from catalog.admin.missing import FilteredByWhatIsMissing
from catalog.admin.naming import NamedByKind
from catalog.admin.old_addresses import OldAddressesAreShown
from catalog.admin.proposed_slugs import SlugsAreProposed
from catalog.admin.publish_buttons import PublishButtons
from catalog.admin.related_select import RelatedSelect
from catalog.admin.searching import SearchedByWords
from catalog.admin.shown_again import ShownAgain
from catalog.admin.stale_forms import RefusesStaleForms
from catalog.markdown import render_notes


class CatalogRecordAdmin(
    ChosenFromLists,
    FiguresAreAskedAbout,
    FiguresInFull,
    NamedByKind,
    EditedInLists,
    FilteredByWhatIsMissing,
    SearchedByWords,
    ShownAgain,
    SlugsAreProposed,
    OldAddressesAreShown,
    DeletedRecords,
    HistoryPages,
    SaysWhyOfMany,
    RefusesStaleForms,
    DeletionsAreExplained,
    PublishButtons,
    BulkPublishing,
    CopyAsNew,
):
    """Search, filters, publishing, copies, and a way to the page that a record is on."""

    list_per_page = 50
    ordering = ("name",)
    readonly_fields: ClassVar[tuple[str, ...]] = ("created_at", "updated_at")
    save_on_top = True
    actions: tuple[str, ...] = ("publish", "take_off")
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
