"""Published files whose size is not what the tensors of their model make at their level."""

from collections.abc import Callable

from django.http import HttpRequest

from catalog.admin.attention.part import MOST, Entry, Part, addresses_by_slug, kinds
from catalog.models import Artifact
from catalog.short_figures import memory
from catalog.snapshot import Snapshot
from fitpages.matching.files import SizedFile, files_off

# Another mix, another token list or a wrong number; an imatrix and a header make less.
OFF_BY = 0.02


def files(request: HttpRequest, snapshot: Snapshot) -> Part:
    """Those that are furthest off first; worked out once a snapshot."""
    off = files_off(snapshot, OFF_BY) if Artifact in kinds(request) else ()
    address_of = addresses_by_slug(Artifact, (sized.file.slug for sized in off[:MOST]))
    return Part(
        name="files",
        heading="Files off their computed size",
        hint="By over 2%. A wrong size, a wrong level, or a mix of the publisher's own.",
        nothing="Every file is within 2% of what its tensors make.",
        count=len(off),
        entries=tuple(_entry(sized, address_of) for sized in off[:MOST]),
    )


def _entry(sized: SizedFile, address_of: Callable[[str], str]) -> Entry:
    sign = "+" if sized.off > 0 else "−"
    note = f"{sign}{abs(sized.off):.1%}: {memory(sized.file.tensor_bytes)}, computed {memory(sized.computed_bytes)}"
    text = f"{sized.model.name} {sized.file.label}, {sized.file.publisher or sized.file.repository}"
    return Entry(text=text, address=address_of(sized.file.slug), note=note)
