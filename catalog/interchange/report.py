"""What a load did: counts, and a remark for each record of which somebody here should know."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.utils import timezone

# Remarks of one file that are read one by one; of more, the number is said.
SOME = 10


@dataclass
class LoadReport:
    """What a load did, or would do. A record counts once; `kept_fields` are fields of all of them, as edited here."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    remarks: list[str] = field(default_factory=list)
    kept_fields: int = 0
    # What is asked about the rows that were written: catalog/interchange/questions.py.
    questions: list[str] = field(default_factory=list, compare=False)
    began_at: datetime = field(default_factory=timezone.now, compare=False)

    def __str__(self) -> str:
        return "\n".join([*self.remarks, self.counts, *self.questions])

    @property
    def counts(self) -> str:
        """The last line."""
        counts = f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, kept {self.kept}"
        fields = "1 field" if self.kept_fields == 1 else f"{self.kept_fields} fields"
        return f"{counts}; {fields} as edited here" if self.kept_fields else counts

    def in_brief(self) -> str:
        """As whole, with some remarks of each file alone."""
        lines = []
        for name, remarks in groupby(self.remarks, key=_file):
            listed = list(remarks)
            more = len(listed) - SOME
            lines += listed[:SOME] + ([f"{name}: and {more} more; -v 2 says all."] if more > 0 else [])
        return "\n".join([*lines, self.counts, *self.questions])


def _file(remark: str) -> str:
    """The file that a remark is about: it begins with its place."""
    return remark.partition(",")[0].partition(":")[0]
