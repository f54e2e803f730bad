"""The indentation of templates costs one blank a line, and never a blank that a reader would see."""

import pytest
from jinja2 import DictLoader

from fitpages.serving.environment import environment


def rendered(source: str) -> str:
    return environment(loader=DictLoader({"page.html": source})).get_template("page.html").render(yes=True)


def test_a_line_begins_with_one_blank_however_deep_it_stands() -> None:
    assert rendered("<ul>\n        <li>a\n\t\tb</li>\n</ul>") == "<ul>\n <li>a\n b</li>\n</ul>"


@pytest.mark.parametrize("indentation", [" ", "    ", "\t"])
def test_words_stay_apart_where_only_the_indentation_stands_between_them(indentation: str) -> None:
    assert (
        rendered(f"holds it:{{% if yes %}}\n{indentation}<a>a card</a>\n{{% endif %}}") == "holds it: <a>a card</a>\n"
    )
