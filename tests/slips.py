"""`python -m tests.slips` prints slips of one digit in every table of the catalog, and what the desk says to each."""

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "tests/test_slips.py"]))
