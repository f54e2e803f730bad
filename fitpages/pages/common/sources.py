"""Where figures can be checked."""

import re
from typing import NamedTuple

# A repository and the path of a file in it: what is linked is the file as it is now.
FILE_OF_REPOSITORY = re.compile(
    r"https://github\.com/[\w.-]+/[\w.-]+ ([\w-][\w./-]*\.(?:json|md|csv|tsv|ya?ml|txt))(?: |$)"
)


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
    file = FILE_OF_REPOSITORY.match(source)
    followed = f"{address}/blob/HEAD/{file[1]}" if file else address
    return Source(text=f"{host.rstrip('/')} {rest}".strip(), address=followed)
