"""No slip of one digit gets by unasked: `python -m tests.slips` prints each with what the desk says."""

import pytest

from catalog.doubts import Others
from catalog.models import RECORD_MODELS
from tests.slip_answers import SLIPPED, Slip, as_if_new, every_slip, printed, slips

pytestmark = pytest.mark.django_db

# Of a row that somebody types anew, with nothing to compare it with but the catalog: figures that every card has
# another of may be off by one in the first digit, and counts of people, which lie six digits apart, by more.
MOST_PASS_NEW = 40


def answered(*, new: bool) -> list[Slip]:
    others = Others()
    chosen = [(model.objects.get(slug=slug), fields) for (model, slug), fields in SLIPPED.items()]
    rows = [(as_if_new(row) if new else row, fields) for row, fields in chosen]
    return [slip for row, fields in rows for slip in every_slip(row, fields, others)]


def test_every_slip_is_asked_about_or_refused() -> None:
    loaded, new = answered(new=False), answered(new=True)
    print(f"\n{printed(loaded, new)}")
    assert [slip for slip in loaded if not slip.answer] == []
    assert len([slip for slip in new if not slip.answer]) <= MOST_PASS_NEW


def test_slips_are_in_ten_fields_of_each_table_or_in_all_that_hold_digits() -> None:
    fields = {
        kind: {name for (of, _), names in SLIPPED.items() if of is kind for name in names.split()}
        for kind in RECORD_MODELS
    }
    assert {kind.kind(): len(names) for kind, names in fields.items()} == {
        **{"quant": 7, "gpu": 12, "languagemodel": 12, "artifact": 7, "repository": 4, "benchmark": 14},
        **{"popularity": 9, "boardscore": 6, "price": 5, "pick": 3},
    }


@pytest.mark.parametrize(
    ("value", "slipped"),
    [(24, [240, 2, 14, 34]), (1008, [10080, 100, 8, 2008]), ("Q4_0", ["Q3_0", "Q5_0", "Q4_9", "Q4_1"])],
)
def test_a_slip_is_one_digit(value: object, slipped: list[object]) -> None:
    assert list(slips(value)) == slipped
