"""A printed command read back as llama.cpp's server reads it: context, placement, types of the cache, workload."""

import argparse
import shlex
from typing import NamedTuple, NoReturn

from fit.flags import ALL_LAYERS, Flags
from fit.kv_cache import CacheType, CacheTypes
from fit.workload import BATCH_TOKENS, MICRO_BATCH_TOKENS, SERVER_DEFAULT, Workload


class CommandError(Exception):
    """A command that the server does not take; the message says why."""


class Told(NamedTuple):
    """What a command tells the server. `file` is what it loads, `scaled` the context that rope scaling reaches.

    `projector` is the file that it names for pictures. `takes_projector`: it names none, and takes the one that it may
    find beside a file of a repository.
    """

    file: str
    projector: str
    takes_projector: bool
    context: int
    flags: Flags
    cache: CacheTypes
    workload: Workload
    scaled: int


def read(command: str) -> Told:
    """Read a command; raises CommandError where an argument is none that the server knows."""
    program, *words = shlex.split(command)
    if program != "llama-server":
        raise CommandError(f"{program} is not llama.cpp's server")
    try:
        options = _parser().parse_args(words)
    except argparse.ArgumentError as error:
        raise CommandError(str(error)) from error
    return Told(
        file=options.m or options.hf,
        projector=options.mmproj,
        takes_projector=bool(options.hf and not options.mmproj and not options.no_mmproj),
        context=options.c,
        flags=Flags(
            None if options.ngl >= ALL_LAYERS else options.ngl,
            options.n_cpu_moe,
            tuple(float(share) for share in options.ts.split(",")),
        ),
        cache=CacheTypes(CacheType(options.ctk), CacheType(options.ctv)),
        workload=_workload(options),
        scaled=options.rope_scale * options.yarn_orig_ctx,
    )


def _workload(options: argparse.Namespace) -> Workload:
    """Without -np the server makes four slots of one cache; with it each has its own, unless -kvu says otherwise."""
    said = options.np is not None
    return Workload(
        slots=options.np if said else SERVER_DEFAULT.slots,
        unified=not said or options.kvu or options.np == 1,
        batch_tokens=options.b,
        micro_batch_tokens=options.ub,
        flash_attention=options.fa == "on",
        whole_window=options.swa_full,
        cache_in_ram=options.no_kv_offload,
        op_offload=not options.no_op_offload,
        drafted_tokens=options.spec_draft_n_max if options.spec_type == "draft-mtp" else 0,
    )


class _Parser(argparse.ArgumentParser):
    """One that raises instead of ending the program, whatever is wrong."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(exit_on_error=False, allow_abbrev=False)
    files = parser.add_mutually_exclusive_group(required=True)
    files.add_argument("-m")
    files.add_argument("-hf")
    for name in ("-c", "-ngl", "-np", "--spec-draft-n-max"):
        parser.add_argument(name, type=int)
    for name, usual in (("-b", BATCH_TOKENS), ("-ub", MICRO_BATCH_TOKENS), ("--n-cpu-moe", 0)):
        parser.add_argument(name, type=int, default=usual)
    for name in ("--rope-scale", "--yarn-orig-ctx"):
        parser.add_argument(name, type=int, default=0)
    for name, text in (("-ts", "1"), ("-ctk", "f16"), ("-ctv", "f16"), ("-fa", "auto")):
        parser.add_argument(name, default=text)
    parser.add_argument("--rope-scaling", choices=["yarn"])
    parser.add_argument("--spec-type", choices=["draft-mtp"])
    parser.add_argument("--mmproj", default="")
    for name in ("-kvu", "--swa-full", "--no-kv-offload", "--no-op-offload", "--no-mmproj"):
        parser.add_argument(name, action="store_true")
    return parser
