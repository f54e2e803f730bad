"""What a reader chooses by links: a few values of a parameter, one of which holds where nothing was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fitpages.pages.common.pager import with_query
from fitpages.site import Link


@dataclass(frozen=True, kw_only=True)
class LinkChoices:
    """`value` is what holds; its link has no address. `error` says that something else was asked for."""

    label: str
    links: tuple[Link, ...]
    value: str
    error: str = ""


def link_choices(
    query: Mapping[str, str],
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    default: str,
    address: str,
) -> LinkChoices:
    """The parameter `name` as the query sets it, with a link to each of `options` (value and text).

    `query` has the parameters that links keep. The default stands in no address, and a choice begins at the first page.
    """
    wanted = query.get(name, "").strip()
    is_option = wanted in {value for value, _ in options}
    value = wanted if wanted and is_option else default
    error = "" if is_option or not wanted else f"There is no choice “{wanted[:40]}” of {label.lower()} here."
    links = (_link(query, name, option, text, address, default) for option, text in options if option != value)
    by_text = {link.text: link for link in links}
    chosen = tuple(by_text.get(text) or Link(text, "") for _, text in options)
    return LinkChoices(label=label, links=chosen, value=value, error=error)


def _link(query: Mapping[str, str], name: str, option: str, text: str, address: str, default: str) -> Link:
    changed = {**query, name: "" if option == default else option, "page": ""}
    return Link(text, with_query(address, changed))
