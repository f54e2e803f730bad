"""The field of a form reads JSON as data files are read, and shows again whatever was sent."""

from typing import Any

import pytest
from django import forms

from catalog.admin.json_field import MOST_TYPED, JsonTextField
from tests.catalog.test_json_text import HOSTILE


class Form(forms.Form):
    document = JsonTextField(required=False)


@pytest.mark.parametrize(
    ("text", "sentence"), [pair for pair in HOSTILE if pair[0].strip()], ids=lambda text: text[:20]
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_and_shown_as_it_was_sent(text: str, sentence: str) -> None:
    form = Form({"document": text}, initial={"document": {"a": 1}})
    assert form.errors == {"document": [sentence]}
    assert form["document"].value() == text
    assert form.has_changed()
    form.as_p()


@pytest.mark.parametrize(("text", "value"), [('{"a": [1, "東京"]}', {"a": [1, "東京"]}), ("", None), ("null", None)])
def test_a_document_is_read_and_shown_again(text: str, value: Any) -> None:
    form = Form({"document": text})
    assert form.is_valid()
    assert form.cleaned_data == {"document": value}
    assert Form(initial={"document": value})["document"].value() == (text if value else "null")


def test_a_document_sent_as_it_was_shown_is_no_change() -> None:
    shown = Form(initial={"document": {"b": [1.0], "a": "\x01"}})["document"].value()
    assert not Form({"document": shown}, initial={"document": {"b": [1.0], "a": "\x01"}}).has_changed()


def test_what_nobody_types_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.admin.json_field.read_json", pytest.fail)
    text = "[" + "1, " * MOST_TYPED + "1]"
    form = Form({"document": text})
    assert form.errors == {"document": ["This is longer than 200,000 characters."]}
    assert form["document"].value() == text
