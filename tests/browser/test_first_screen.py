"""What a reader sees first on a phone: the answer, then the uses and the first command."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit

PHONE = 390
# In px from the top: where the answer ends at the most, and where the uses and the first command do.
ANSWER_ENDS, COMMAND_ENDS = 420, 1600
PAIRS = {
    "on the card": "/run/llama-3-1-8b-on-rtx-4090/",
    "with RAM": "/run/gpt-oss-120b-on-rtx-4090/",
    "short": "/run/llama-3-3-70b-on-rtx-4090/",
    "in memory": "/run/mixtral-8x22b-on-m3-max-128/",
    "not counted": "/run/llama-3-1-nemotron-ultra-253b-v1-on-b200/",
    "not in practice": "/run/qwen2-5-72b-on-l4/",
    "no": "/run/deepseek-r1-on-m3-max-128/",
}
# Where the answer is no, or nothing can be counted, there is no command to come first.
WITH_A_COMMAND = ("on the card", "with RAM", "short", "in memory")


def end(page: Page, selector: str) -> float:
    """Where the first element ends, in px from the top."""
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("kind", PAIRS)
def test_the_answer_stands_on_the_first_screen_of_a_phone(visit: Visit, kind: str) -> None:
    page = visit(PAIRS[kind], width=PHONE)
    assert end(page, ".answer") <= ANSWER_ENDS
    for use in page.locator(".uses li").all():
        box = use.bounding_box()
        assert box
        assert box["y"] + box["height"] <= COMMAND_ENDS


@pytest.mark.parametrize("kind", WITH_A_COMMAND)
def test_the_first_command_is_two_thumbs_away(visit: Visit, kind: str) -> None:
    assert end(visit(PAIRS[kind], width=PHONE), ".programs pre") <= COMMAND_ENDS
