"""Printed commands are counted again as they say, and whatever is wrong with one is reported."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.snapshot import Snapshot
from fit.architecture_document import read
from fit.offer import offer
from fit.units import MIB
from fit.workload import Projector
from fitpages.matching.pairs import Pair
from fitpages.pages.pair.assessed import assessed_pair
from tests.processes import environment, manage
from tests.published import narrow_heads, published_file, published_gpu, published_model
from tests.small_catalog import four_models, snapshot_of
from tests.truth import checked_commands
from tests.truth import every_command as program
from tests.truth.checked_commands import (
    Checked,
    above_their_box,
    checked,
    common_machines,
    every_command,
    popular_models,
    report,
)
from tests.truth.commands import Commands, Printed, printed

# Every so many models, on every common machine.
STEP = 7
WINDOWED = {"type": "gqa", "heads": 32, "kv_heads": 8, "head_dim": 128, "window": 4096}


def again(of: Snapshot, model: str, gpu: str, old: str = "", new: str = "") -> Checked:
    """The pair with the command of its page counted again; with other words in it where they are given."""
    pair = Pair(of.models[model], of.gpus[gpu])
    command = printed(of, pair)
    assert command is not None
    assert old in command.text
    return checked(Commands(of, pair.model), pair, command._replace(text=command.text.replace(old, new)))


def all_of(of: Snapshot) -> list[Checked]:
    return list(every_command(of, of.models.values(), list(of.gpus.values())))


def test_every_command_counted_again_takes_no_more_than_the_machine_leaves(snapshot: Snapshot) -> None:
    models, machines = list(snapshot.models.values())[::STEP], snapshot.common_gpus
    commands = [pair for pair in every_command(snapshot, models, machines) if pair.command]
    assert len(commands) > 3000
    assert [(pair.pair, pair.fault, pair.command) for pair in commands if pair.fault] == []
    assert {pair.uses_ram for pair in commands} == {True, False}
    assert 0.95 < max(pair.use for pair in commands) <= 1


def test_no_machine_of_the_catalog_leaves_more_than_is_on_its_box(snapshot: Snapshot) -> None:
    assert above_their_box(snapshot.gpus.values()) == []


def test_a_command_takes_what_its_page_counted(small: Snapshot) -> None:
    verdict = assessed_pair(small, Pair(small.models["small-8b"], small.gpus["rtx-24"])).verdict
    pair = again(small, "small-8b", "rtx-24")
    assert verdict.context == 32768
    assert pair.taken_bytes == verdict.takes_bytes
    assert pair.left_bytes == offer(small.gpus["rtx-24"].spec).total_bytes
    assert (pair.uses_ram, pair.fault) == (False, "")


def test_a_published_file_is_counted_by_its_own_bytes(small: Snapshot) -> None:
    default_only = snapshot_of(quants=[small.default_quant])
    larger = published_file(size_bytes=published_file().size_bytes + 1000 * MIB)
    more = snapshot_of(quants=[small.default_quant], files_of={"small-8b": (larger,)})
    usual, pair = again(default_only, "small-8b", "rtx-24"), again(more, "small-8b", "rtx-24")
    assert "-hf testers/Small-8B-GGUF:Q4_K_M" in usual.command
    assert 900 * MIB < pair.taken_bytes - usual.taken_bytes <= 1000 * MIB


def test_a_rounded_size_counts_only_where_it_differs_by_more_than_its_step(small: Snapshot) -> None:
    plain = again(snapshot_of(quants=[small.default_quant], files_of={}), "small-8b", "rtx-24").taken_bytes
    rounded = published_file(rounding_bytes=10**8)
    near = snapshot_of(quants=[small.default_quant], files_of={"small-8b": (rounded,)})
    assert "-hf" in again(near, "small-8b", "rtx-24").command
    assert again(near, "small-8b", "rtx-24").taken_bytes == plain


def test_what_is_left_in_ram_is_seen(small: Snapshot) -> None:
    assert again(small, "mixture-30b", "rtx-8").uses_ram
    assert again(small, "large-70b", "rtx-24").uses_ram


def test_the_report_counts_pairs_commands_and_where_they_run(small: Snapshot) -> None:
    pairs = all_of(small)
    of_a_page = [pair for pair in pairs if pair.command]
    assert len(pairs) == 4 * 5
    assert [pair.pair for pair in pairs if not pair.command][:1] == ["closed-100b on rtx-24"]
    in_ram = sum(pair.uses_ram for pair in of_a_page)
    assert 0 < in_ram < len(of_a_page) < len(pairs)
    first, fullest, last = report(pairs, []).split("\n")
    assert first == (
        f"20 pairs, {len(of_a_page)} commands: {len(of_a_page) - in_ram} on the card alone, {in_ram} with a part in "
        f"RAM; {20 - len(of_a_page)} pairs without one"
    )
    most = max(of_a_page, key=lambda pair: pair.taken_bytes / pair.left_bytes)
    assert fullest.startswith(f"most of what a machine leaves: {100 * most.use:.2f}%, {most.pair}, ")
    assert last == "no fault"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("-np 1", "-np 4 -kvu", "it makes 4 slots, and one was counted"),
        ("-np 1 ", "", "it makes 4 slots, and one was counted"),
        ("Q6_K.gguf -c 32768", "F16.gguf -c 131072", " are left"),
        ("-c 32768", "-c 16384", "its words name another context than 16,384 tokens"),
        ("-c 32768", "-c 140000 -ctk q4_0 -ctv q4_0", "the model takes 131,072 tokens without rope scaling"),
        ("-fa on", "-fa off -ctv q8_0", "need flash attention"),
        ("-fa on", "--no-such-flag", "unrecognized arguments: --no-such-flag"),
        ("Q6_K", "NO_MIX", "the catalog knows nothing of your-file-NO_MIX.gguf"),
        ("-m your-file-Q6_K.gguf", "-hf nobody/Small-8B-GGUF:Q6_K", "knows nothing of nobody/Small-8B-GGUF:Q6_K"),
        ("-fa on", "-fa on --mmproj p.gguf", "small-8b has no projector that the catalog knows"),
    ],
)
def test_a_fault_is_named(small: Snapshot, old: str, new: str, fault: str) -> None:
    pair = again(small, "small-8b", "rtx-24", old, new)
    assert fault in pair.fault
    assert report([pair], []).endswith(f"faults: 1\nsmall-8b on rtx-24: {pair.fault}: {pair.command}")


def test_four_slots_are_a_fault_by_their_bytes_where_one_just_fits() -> None:
    block = {"n": 32, "mixers": [WINDOWED], "ffn": {"type": "glu", "size": 14336}, "norm_params": 8192}
    whole = {"vocab_size": 128256, "hidden_size": 4096, "tie_embeddings": False, "final_norm_params": 4096}
    of = snapshot_of(models=[published_model("Windowed 8B", 8_030_261_248, read({**whole, "blocks": [block]}))])
    pair = Pair(of.models["windowed-8b"], of.gpus["rtx-24"])
    command, commands = printed(of, pair), Commands(of, pair.model)
    assert command
    alone = commands.counted(command.text)
    four = commands.counted(command.text.replace("-np 1", "-np 4 -kvu"))
    assert alone.fault(command.effect, alone.card_bytes) == ""
    assert four.card_bytes > alone.card_bytes
    fault = f"it takes {four.card_bytes:,} bytes, and {alone.card_bytes:,} are left"
    assert four.fault(command.effect, alone.card_bytes) == fault


def test_a_quantized_cache_that_llama_cpp_refuses_is_a_fault() -> None:
    of = snapshot_of(models=[published_model("Narrow 3B", 2_800_000_000, narrow_heads())])
    assert "A head of 80 elements" in again(of, "narrow-3b", "rtx-24", "-fa on", "-fa on -ctk q8_0 -ctv q8_0").fault


def test_a_projector_is_counted_where_it_is_named_and_where_the_server_takes_it_unasked(small: Snapshot) -> None:
    small_8b = next(model for model in four_models() if model.slug == "small-8b")
    seeing = replace(small_8b, tower_parameters=400_000_000, modalities="text, image")
    of = snapshot_of(models=[seeing], quants=[small.default_quant])
    projector = Projector.of_parameters(400_000_000)
    more_bytes = projector.file_bytes + projector.compute_bytes
    without, unasked, named = (
        again(of, "small-8b", "rtx-24", " --no-mmproj", instead).taken_bytes
        for instead in (" --no-mmproj", "", " --mmproj p.gguf")
    )
    assert without + more_bytes == unasked == named


def test_a_machine_that_leaves_more_than_is_on_its_box_is_a_fault(small: Snapshot) -> None:
    wrong = published_gpu("Wrong", memory_gb=8, bandwidth_gb_s=300, reported_mib=9000, reported_by="cuda")
    (fault,) = above_their_box([*small.gpus.values(), wrong])
    assert fault.startswith("wrong, its driver's defaults: it leaves ")
    assert fault.endswith(" of 8 GiB")
    assert report([], [fault]).endswith(f"faults: 1\n{fault}")


def test_popular_is_what_most_repositories_have(small: Snapshot) -> None:
    of = replace(small, repositories_of={"small-8b": ("a",), "mixture-30b": ("a", "b")})
    assert [model.slug for model in popular_models(of)] == ["mixture-30b", "small-8b", "closed-100b", "large-70b"]


def test_thirty_common_machines_are_from_the_smallest_on() -> None:
    assert len(common_machines(snapshot_of())) == 4
    many = [published_gpu(f"Card {number:02}", memory_gb=2 + number, bandwidth_gb_s=300) for number in range(91)]
    chosen = [gpu.slug for gpu in common_machines(snapshot_of(gpus=many))]
    assert (len(set(chosen)), chosen[:3]) == (30, ["card-00", "card-03", "card-06"])
    assert chosen[-1] == "card-87"


@pytest.mark.parametrize(("text", "ends"), [("-np 1", 0), ("-np 4", 1)])
def test_a_fault_ends_the_program_with_1(
    small: Snapshot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, ends: int
) -> None:
    def altered(of: Snapshot, pair: Pair) -> Printed | None:
        command = printed(of, pair)
        return command and command._replace(text=command.text.replace("-np 1", text))

    monkeypatch.setattr(checked_commands, "current", lambda: small)
    monkeypatch.setattr(checked_commands, "printed", altered)
    with pytest.raises(SystemExit) as end:
        checked_commands.check_catalog(everything=True)
    assert int(end.value.code or 0) == ends
    assert ("it makes 4 slots" in capsys.readouterr().out) == bool(ends)


def test_the_program_checks_a_catalog_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def empty() -> Iterator[dict[str, str]]:
        environ = environment(tmp_path / "empty.sqlite3")
        manage(environ, "migrate")
        yield environ

    monkeypatch.setattr(program, "fresh_catalog", empty)
    with pytest.raises(SystemExit) as end:
        program.main(["--all"])
    assert end.value.code == 0
    assert capfd.readouterr().out.startswith("0 pairs, 0 commands: ")
