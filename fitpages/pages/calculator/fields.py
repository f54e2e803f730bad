"""The fields of the calculator, with what was typed and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.snapshot import Snapshot
from fitpages.pages.calculator.form import CalculatorForm
from fitpages.pages.common.picker import Choice, ChoiceGroup


@dataclass(frozen=True, kw_only=True)
class TextField:
    """A field to type in, with what was typed and what is wrong with it."""

    name: str
    label: str
    value: str
    error: str
    hint: str = ""
    is_select: bool = False


@dataclass(frozen=True, kw_only=True)
class SelectField:
    """A field to choose from."""

    name: str
    label: str
    empty: str
    groups: tuple[ChoiceGroup, ...]
    error: str
    is_select: bool = True


def typed_text(form: CalculatorForm, name: str) -> str:
    return str(form.data.get(name, ""))[:100] if form.is_bound else ""


def _error(form: CalculatorForm, name: str) -> str:
    return " ".join(map(str, form.errors.get(name, []))) if form.is_bound else ""


def text_field(form: CalculatorForm, name: str, label: str, hint: str) -> TextField:
    return TextField(name=name, label=label, value=typed_text(form, name), error=_error(form, name), hint=hint)


def select_field(form: CalculatorForm, name: str, empty: str, groups: tuple[ChoiceGroup, ...]) -> SelectField:
    label = str(form.fields[name].label)
    return SelectField(name=name, label=label, empty=empty, groups=groups, error=_error(form, name))


def quant_groups(snapshot: Snapshot, chosen: str) -> tuple[ChoiceGroup, ...]:
    """The usual ones, then all others."""
    others = tuple(quant for quant in snapshot.all_quants if quant not in snapshot.quants)
    groups = (("Quantizations", snapshot.quants), ("Other quantizations", others))
    return tuple(
        ChoiceGroup(label, tuple(Choice(quant.slug, quant.name, quant.slug == chosen) for quant in quants))
        for label, quants in groups
        if quants
    )


def choice_groups(label: str, choices: Sequence[tuple[str, str]], chosen: str) -> tuple[ChoiceGroup, ...]:
    return (ChoiceGroup(label, tuple(Choice(value, text, value == chosen) for value, text in choices)),)
