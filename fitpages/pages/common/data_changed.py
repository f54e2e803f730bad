"""When the data of a page last changed, with the way to what changed."""

from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.matching.changed import Subject, last_changed
from fitpages.site import Link
from fitpages.text import figures

# What addresses call the quantizations, which are data of every page.
QUANTIZATIONS = "quantizations"


def data_changed(snapshot: Snapshot, subject: Subject) -> Link:
    """ "Data last changed 3 November 2026", of a model, a card or a pair, or of the quantizations alone."""
    name = addresses.pair_name(*subject) if subject.model and subject.gpu else subject.model or subject.gpu
    day = figures.day(last_changed(snapshot, subject))
    return Link(f"Data last changed {day}", addresses.changes_of(name or QUANTIZATIONS))
