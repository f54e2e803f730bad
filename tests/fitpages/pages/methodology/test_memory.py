"""The methodology shows the types and constants of the exact accounting as the code has them."""

import pytest

from fit import kv_cache, offer, quant_mixes
from fitpages.pages.methodology.memory import accounting_text


def test_every_type_that_tensors_are_stored_in_is_there_with_its_bits() -> None:
    types = {stored.name: stored for stored in accounting_text().types}
    assert list(types) == list(quant_mixes.BLOCKS)
    for name, (weights, size_bytes) in quant_mixes.BLOCKS.items():
        assert (types[name].block, types[name].block_bytes) == (str(weights), str(size_bytes))
        assert types[name].bits == f"{8 * size_bytes / weights:.2f}"


def test_constants_are_those_of_the_code() -> None:
    text = accounting_text()
    assert text.cell_step == str(kv_cache.CELL_STEP)
    assert text.batch == str(kv_cache.BATCH_TOKENS)
    assert text.alignment == str(quant_mixes.ALIGNMENT_BYTES)


@pytest.mark.parametrize(
    ("vendor", "figure"),
    [
        *(("NVIDIA", f"{mib} MiB") for _, mib in offer.CUDA_CONTEXT_MIB),
        ("AMD, Intel", f"{offer.OTHER_CONTEXT_MIB} MiB"),
        ("Apple", f"{offer.METAL_OVERHEAD_MIB} MiB"),
        ("Other unified memory", f"{offer.SYSTEM_MIB // 1024} GiB"),
        ("Cards with a display", f"{offer.DESKTOP_MIB} MiB"),
    ],
)
def test_what_a_card_keeps_for_itself_is_said_by_vendor(vendor: str, figure: str) -> None:
    assert figure in dict(accounting_text().offers)[vendor]
