"""Whether the size of a published file replaces the one computed from the tensors."""

# Computed sizes are right to 0.003% for the quantizer's own mixes; small models' token lists are up to 1% of a file.
PERCENT = 100


def replaces_computed(file_bytes: int, rounding_bytes: int | None, computed_bytes: int) -> bool:
    """An exact size always does. A rounded one does where it differs by more than its step and by more than 1%.

    `rounding_bytes` is the step that the size was rounded to; None: it is exact.
    """
    if rounding_bytes is None:
        return True
    off_by = abs(file_bytes - computed_bytes)
    return off_by > rounding_bytes and PERCENT * off_by > computed_bytes
