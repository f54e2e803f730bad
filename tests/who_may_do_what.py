"""`python -m tests.who_may_do_what` prints what each kind of account is answered at every address of the desk."""

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "tests/test_who_may_do_what.py"]))
