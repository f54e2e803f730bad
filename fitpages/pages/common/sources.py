"""Where figures can be checked."""

from typing import NamedTuple


class Source(NamedTuple):
    """An address to follow, or the name of a publication."""

    text: str
    address: str


def as_sources(sources: tuple[str, ...]) -> tuple[Source, ...]:
    """Sources as they stand in the catalog, with those that can be followed as addresses."""
    return tuple(_source(source) for source in sources)


def _source(source: str) -> Source:
    address, _, rest = source.partition(" ")
    if not address.startswith(("https://", "http://")):
        return Source(text=source, address="")
    host = address.split("//", 1)[1].removeprefix("www.")
    return Source(text=f"{host.rstrip('/')} {rest}".strip(), address=address)
