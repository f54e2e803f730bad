"""What counts as the same page, and that a difference is told."""

from pathlib import Path

import pytest

from tests.same_pages import plain, read, report, with_new_words


@pytest.mark.parametrize(
    ("page", "as_seen"),
    [
        ("<p>two  words\n here</p>", "<p>two words here</p>"),
        ("<ul>\n  <li>one</li>\n  <li> two </li>\n</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ('<p\n  class="a">x</p>', '<p class="a">x</p>'),
        ("<p>a <em>b</em> c</p>", "<p>a <em>b</em> c</p>"),
        ("<p>a\n<em>b</em>\nc</p>", "<p>a <em>b</em> c</p>"),
        ("<p>a<em>b</em>c</p>", "<p>a<em>b</em>c</p>"),
        ("<pre>  a\n  b</pre>\n\n<p>c</p>", "<pre>  a\n  b</pre><p>c</p>"),
    ],
)
def test_white_space_counts_where_a_reader_sees_it(page: str, as_seen: str) -> None:
    assert plain(page) == as_seen


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>"),
        ("<p>ab</p>", "<p>a b</p>"),
        ("<pre>a b</pre>", "<pre>a  b</pre>"),
        ("<p>a</p>", "<div>a</div>"),
        ('<p class="a">x</p>', '<p class="b">x</p>'),
    ],
)
def test_what_a_reader_would_notice_makes_another_page(page: str, other: str) -> None:
    assert plain(page) != plain(other)


def test_an_apostrophe_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "pages"
    file.write_text('["/a/", "card\'s"]\n["/b/", "card&#39;s"]\n')
    assert read(file) == {"/a/": "card's", "/b/": "card's"}


def test_words_changed_on_purpose_are_no_difference() -> None:
    before = {"/": "the humblest card, the Humblest"}
    assert with_new_words(before, "humblest=smallest;Humblest=Smallest") == {"/": "the smallest card, the Smallest"}
    assert with_new_words(before, "") == before


def test_equal_pages_are_counted_by_kind_and_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    pages = {"/": "first", "/run/a-on-b/": "x", "/run/?page=2": "y"}
    with pytest.raises(SystemExit) as end:
        report(pages, dict(pages))
    assert not end.value.code
    assert capsys.readouterr().out == "home 1, run 2\n3 pages compared, 0 differ.\n"


@pytest.mark.parametrize(
    ("after", "count"),
    [
        ({"/": "need 8 GB", "/run/": "same"}, 1),
        ({"/": "need 8 GB", "/run/": "Same"}, 2),
        ({"/run/": "same"}, 1),
        ({"/": "need 9 GB", "/run/": "same", "/new/": "more"}, 1),
    ],
)
def test_a_difference_is_told_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], after: dict[str, str], count: int
) -> None:
    with pytest.raises(SystemExit) as end:
        report({"/": "need 9 GB", "/run/": "same"}, after)
    assert end.value.code == 1
    assert f"2 pages compared, {count} differ." in capsys.readouterr().out


def test_the_first_difference_of_a_page_is_shown_in_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        report(
            {"/a/": "need 9 GB of 24", "/b/": "need 9 GB of 24"}, {"/a/": "need 8 GB of 24", "/b/": "need 8 GB of 24"}
        )
    text = capsys.readouterr().out
    assert text.count("- 'need 9 GB of 24'\n  + 'need 8 GB of 24'") == 1, "a change on many pages is shown once"
