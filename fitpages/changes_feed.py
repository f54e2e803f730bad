"""The latest changes of the catalog as an Atom feed (RFC 4287), for programs that tell of news."""

import datetime
import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from catalog.recent_changes import Load, PublicChange
from catalog.snapshot import Snapshot
from fitpages import addresses
from fitpages.pages.changes.entries import Entry, entry, load_summary
from fitpages.site import absolute

ENTRIES = 50
# What no XML document can hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build(snapshot: Snapshot) -> str:
    """The feed, the newest entry first."""
    latest = snapshot.changes.entries[:ENTRIES]
    updated = latest[0].at if latest else snapshot.revision.changed_at
    return "\n".join((*_head(updated), *("".join(_entry(snapshot, item)) for item in latest), "</feed>", ""))


def _head(updated: datetime.datetime) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    yield f"<title>{_text(settings.SITE_NAME)}: what changed in the data</title>"
    yield f"<id>{_text(absolute(addresses.CHANGES))}</id>"
    yield f"<updated>{_time(updated)}</updated>"
    yield f"<author><name>{_text(settings.SITE_NAME)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href={_quoted(absolute(addresses.CHANGES_FEED))}/>'
    yield f'<link rel="alternate" type="text/html" href={_quoted(absolute(addresses.CHANGES))}/>'


def _entry(snapshot: Snapshot, item: PublicChange | Load) -> Iterator[str]:
    if isinstance(item, Load):
        key, title, summary, address = f"load/{_time(item.at)}", "New data files", load_summary(item.counts), ""
    else:
        told = entry(snapshot, item)
        key, title = f"{item.kind}/{item.number}", f"{told.record.text}: {told.what}"
        summary, address = _summary(told), told.record.address
    place = absolute(address or f"{addresses.CHANGES}#d{item.at.date().isoformat()}")
    yield f"<entry><id>{_text(_identifier(key))}</id><title>{_text(title)}</title>"
    yield f'<updated>{_time(item.at)}</updated><link rel="alternate" href={_quoted(place)}/>'
    yield f"<summary>{_text(summary)}</summary></entry>"


def _summary(told: Entry) -> str:
    fields = (f"{field.label}: {field.before} → {field.after}." for field in told.fields)
    sources = f"Sources: {'; '.join(source.text for source in told.sources)}."
    return " ".join((*fields, told.followed, sources))


def _identifier(key: str) -> str:
    """The same for ever, wherever the page moves (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:changes/{key}"


def _time(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(text: str) -> str:
    return escape(_NO_XML.sub(" ", text))


def _quoted(text: str) -> str:
    return quoteattr(_NO_XML.sub(" ", text))
