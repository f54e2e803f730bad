"""Units, named for both ends of each conversion.

GB is 10^9 bytes. GiB is 2^30 bytes, MiB 2^20. No name in this project says one and means the other.
"""

from decimal import Decimal

GB = 10**9
MIB = 2**20
GIB = 2**30


def bytes_from_gb(gigabytes: Decimal) -> Decimal:
    """Bytes in a figure given in GB (10^9 bytes)."""
    return gigabytes * GB


def gb_from_bytes(size_bytes: Decimal | int) -> Decimal:
    """GB (10^9 bytes) in a figure given in bytes."""
    return Decimal(size_bytes) / GB
