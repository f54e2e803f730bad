"""The methodology shows the types and constants of the exact accounting as the code has them."""

from fit import displays, drivers, kv_cache, systems, tensor_types, workload
from fitpages.pages.common.memory_check import FIRST, memory_checks
from fitpages.pages.methodology.memory import accounting_figures


def test_every_type_that_tensors_are_stored_in_is_there_with_its_bits() -> None:
    types = {stored.name: stored for stored in accounting_figures().types}
    assert list(types) == list(tensor_types.BLOCKS)
    for name, (weights, size_bytes) in tensor_types.BLOCKS.items():
        assert (types[name].block, types[name].block_bytes) == (str(weights), str(size_bytes))
        assert types[name].bits == f"{8 * size_bytes / weights:.2f}"


def test_constants_are_those_of_the_code() -> None:
    figures = accounting_figures()
    assert figures.cell_step == str(kv_cache.CELL_STEP)
    assert figures.batch == str(workload.MICRO_BATCH_TOKENS)
    assert figures.alignment == str(tensor_types.ALIGNMENT_BYTES)


def test_what_a_card_keeps_for_itself_is_in_its_unit() -> None:
    figures = accounting_figures()
    assert figures.cuda_contexts == tuple(f"{mib:,} MiB" for _, mib in drivers.CUDA_CONTEXT_MIB)
    assert figures.other_context == f"{drivers.OTHER_CONTEXT_MIB:,} MiB"
    assert figures.metal_overhead == f"{drivers.METAL_OVERHEAD_MIB:,} MiB"
    assert figures.desktop == f"{displays.DESKTOP_MIB:,} MiB"
    assert figures.system == f"{systems.SYSTEM_MIB // 1024} GiB"


def test_errors_are_those_of_one_card_and_one_slot() -> None:
    checks = {memory_checks()[name].name: memory_checks()[name] for name in FIRST}
    errors = accounting_figures().errors
    assert [error.name for error in errors] == list(checks)
    for error in errors:
        check = checks[error.name]
        assert (error.rows, error.median) == (f"{check.rows:,}", f"{check.median:.4%}")
        assert error.worst == f"{check.worst:.4%}"
