"""How many pages change, in whole sentences; "" where there is nothing to say."""

# Above lists of pages.
NO_LONGER = "Search engines would not be told of any more"
NEWLY = "Search engines would newly be told of"


def of_answers(stay: int, changed: int, flipped: int) -> str:
    """Of the pages that are there before and after, by the answer that each begins with."""
    if not stay:
        return ""
    if not changed:
        return "No answer on a page of a pair would change."
    if not flipped:
        return f"{changed:,} of {pages(stay)} of pairs would give another answer. No verdict flips."
    if flipped == changed == 1:
        return f"1 of {pages(stay)} of pairs would give another answer, and its verdict flips."
    return f"{changed:,} of {pages(stay)} of pairs would give another answer; on {flipped:,} of them the verdict flips."


def of_vanishing(count: int) -> str:
    """Of pages that there are and would not be."""
    return f"{pages(count)} would leave the site." if count else ""


def of_appearing(count: int) -> str:
    """Of pages that would be new."""
    return f"{pages(count)} would be new." if count else ""


def no_longer_indexed(count: int) -> str:
    """Of pages that search engines would lose."""
    return f"Search engines would not be told of {pages(count)} any more." if count else ""


def newly_indexed(count: int) -> str:
    """Of pages that search engines would get."""
    return f"Search engines would newly be told of {pages(count)}." if count else ""


def pages(count: int) -> str:
    """ "1 page", "1,204 pages"."""
    return f"{count:,} page{'' if count == 1 else 's'}"
