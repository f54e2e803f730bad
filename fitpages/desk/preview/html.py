"""The HTML of a public page, changed into that of its preview: links, forms, head, and a banner."""

import re
from html import escape, unescape

from catalog.drafts import Drafts
from fitpages.desk.preview.places import WITH, inside, names

# Our own templates write every attribute in double quotes, and every quotation mark of a text as an entity.
LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
FORM = re.compile(r'(<form\b[^>]*?\saction=")([^"]*)("[^>]*>)')
# What tells others of a public address: of this page there is none.
PUBLIC_ADDRESS = re.compile(
    r'<link rel="canonical"[^>]*>|<meta property="og:[^>]*>|<script type="application/ld\+json">.*?</script>', re.DOTALL
)
TITLE, HEAD_END, HEADER = "<title>", "</head>", '<header class="site">'


def previewed(page: str, banner: str, stylesheet: str, drafts: Drafts) -> str:
    """The page as the staff sees it, with `banner` above its header."""
    page = PUBLIC_ADDRESS.sub("", page)
    page = LINK.sub(lambda link: f"{link[1]}{_inside(link[2], drafts)}{link[3]}", page)
    page = FORM.sub(lambda form: f"{form[1]}{_inside(form[2], Drafts())}{form[3]}{_field(drafts)}", page)
    page = page.replace(TITLE, f"{TITLE}Preview: ", 1)
    page = page.replace(HEAD_END, f'<link rel="stylesheet" href="{escape(stylesheet)}">\n{HEAD_END}', 1)
    return page.replace(HEADER, f"{banner}\n{HEADER}", 1)


def _inside(attribute: str, drafts: Drafts) -> str:
    return escape(inside(unescape(attribute), drafts))


def _field(drafts: Drafts) -> str:
    """What keeps the drafts in a form: the query of where it leads is dropped when it is sent."""
    return f'<input type="hidden" name="{WITH}" value="{escape(names(drafts))}">' if drafts else ""
