"""The help is read from its document: headings get anchors, pictures their addresses, and what is bold are names."""

from pathlib import Path

import pytest

from catalog.help import names, pictures, read

TEXT = """# Title

Choose **Save and
continue** at **Name**, not *this*.

![A list](../here/list.png)

## First part & more

1. **A <b>**
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "editors.md"
    path.write_text(TEXT)
    return path


def test_the_page_has_its_title_and_parts_with_anchors(document: Path) -> None:
    page = read(lambda name: f"/static/{name}", document)
    assert (page.title, page.parts) == ("Title", (("first-part-more", "First part & more"),))
    assert '<h2 id="first-part-more">First part &amp; more</h2>' in page.text
    assert "Title" not in page.text


def test_pictures_are_where_static_files_are(document: Path) -> None:
    assert '<img src="/static/list.png" alt="A list"' in read(lambda name: f"/static/{name}", document).text
    assert pictures(document) == ["list.png"]


def test_names_are_what_is_bold_over_ends_of_lines_too(document: Path) -> None:
    assert names(document) == ["Save and continue", "Name", "A <b>"]


def test_html_in_the_document_is_text(document: Path) -> None:
    assert "A &lt;b&gt;" in read(str, document).text
