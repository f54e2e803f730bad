"""llms.txt counts the catalog and leads to pages that stand."""

import re

from django.conf import settings

from catalog.snapshot import Snapshot
from fitpages import addresses, llms_text


def test_it_counts_the_catalog(small: Snapshot) -> None:
    text = llms_text.build(small)
    assert text.startswith(f"# {settings.SITE_NAME}\n")
    assert "4 models, 5 GPUs, 20 pairs." in text


def test_every_page_that_it_lists_stands(small: Snapshot) -> None:
    listed = re.findall(rf"\]\({re.escape(settings.SITE_URL)}(/[a-z0-9/-]*)\)", llms_text.build(small))
    assert len(listed) == len(set(listed)) > 5
    assert set(listed) <= set(addresses.STANDING_PAGES)
