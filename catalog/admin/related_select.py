"""The field of a form in which another record is looked for by its name."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect

# As many digits as every database can compare with a key.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


class RelatedSelect(AutocompleteSelect):
    """Shows a form again whatever was sent in its place: what can be no key is the key of no record."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [key if KEY.fullmatch(str(key)) else "" for key in value], attr)
