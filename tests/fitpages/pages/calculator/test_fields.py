"""A field keeps what was typed, and carries its error."""

from catalog.snapshot import Snapshot
from fitpages.pages.calculator.fields import choice_groups, quant_groups, select_field, text_field
from fitpages.pages.calculator.form import CalculatorForm


def test_what_was_typed_stays_with_its_error(small: Snapshot) -> None:
    field = text_field(CalculatorForm({"memory": "<b>"}, small), "memory", "Memory", "in GB")
    assert (field.name, field.label, field.value, field.hint) == ("memory", "Memory", "<b>", "in GB")
    assert field.error == "This must be a number above 0 and at most 100,000."
    assert not field.is_select


def test_what_was_typed_is_cut_at_a_hundred_characters(small: Snapshot) -> None:
    assert text_field(CalculatorForm({"memory": "9" * 400}, small), "memory", "Memory", "").value == "9" * 100


def test_an_empty_form_has_neither_values_nor_errors(small: Snapshot) -> None:
    form = CalculatorForm(None, small)
    field, select = text_field(form, "memory", "Memory", ""), select_field(form, "gpu", "None of these", ())
    assert (field.value, field.error, select.error) == ("", "", "")


def test_a_field_to_choose_from_has_the_label_of_the_form(small: Snapshot) -> None:
    field = select_field(CalculatorForm({"gpu": "nope"}, small), "gpu", "None of these", quant_groups(small, ""))
    assert (field.label, field.empty, field.is_select) == ("GPU", "None of these", True)
    assert field.error.startswith("There is no GPU “nope” in the catalog.")


def test_what_was_chosen_is_marked(small: Snapshot) -> None:
    (quants,) = quant_groups(small, "q6-k")
    assert [choice.text for choice in quants.choices] == [quant.name for quant in small.quants]
    assert [choice.value for choice in quants.choices if choice.chosen] == ["q6-k"]
    (group,) = choice_groups("Types", [("a", "A"), ("b", "B")], "b")
    assert [(choice.text, choice.chosen) for choice in group.choices] == [("A", False), ("B", True)]
