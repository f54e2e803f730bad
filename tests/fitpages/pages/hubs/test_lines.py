"""A hub groups its lines by verdict, the best first."""

from catalog.snapshot import Snapshot
from fitpages.pages.common.pair_line import PairLine, pair_line
from fitpages.pages.hubs.lines import HubLine, gpu_line, grouped, model_line


def lines(small: Snapshot, gpu: str) -> list[PairLine]:
    return [pair_line(small, model, small.gpus[gpu]) for model in small.models.values()]


def test_lines_stand_under_their_verdict_in_the_order_they_came(small: Snapshot) -> None:
    groups = grouped(lines(small, "rx-16-laptop"), small.default_quant, "Q3_K_M or above", model_line)
    assert [(group.anchor, group.heading, group.count) for group in groups] == [
        ("fits", "Fits at Q4_K_M or better", "1"),
        ("low", "Fits only below Q4_K_M", "1"),
        ("no", "Does not fit at Q3_K_M or above", "2"),
    ]
    assert [line.name for line in groups[2].lines] == ["Large 70B", "Closed 100B"]


def test_empty_groups_are_left_out(small: Snapshot) -> None:
    assert [
        group.anchor for group in grouped(lines(small, "h80"), small.default_quant, "Q3_K_M or above", model_line)
    ] == ["fits"]
    assert grouped([], small.default_quant, "Q3_K_M or above", model_line) == ()


def test_the_default_itself_is_no_low_quantization(small: Snapshot) -> None:
    (line,) = [line for line in lines(small, "h80") if line.model.slug == "closed-100b"]
    assert line.quant is small.default_quant
    assert grouped([line], small.default_quant, "Q3_K_M or above", model_line)[0].anchor == "fits"


def test_a_line_names_the_other_of_the_two_and_its_size(small: Snapshot) -> None:
    line = pair_line(small, small.models["small-8b"], small.gpus["rtx-24"])
    common = {"address": line.address, "best": "Q6_K", "by_rule": "", "takes": line.takes, "ceiling": "~130"}
    assert gpu_line(line) == HubLine(name="RTX 24", size="24 GiB", expected=line.expected, **common)
    assert model_line(line) == HubLine(name="Small 8B", size="8.0B", expected=line.expected, **common)
