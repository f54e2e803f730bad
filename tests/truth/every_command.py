"""`python -m tests.truth.every_command`: every command that pages print, counted again and held against the machine.

Without --all, the pages of 30 popular models on 30 common machines (`popular_models` and `common_machines` in
tests/truth/checked_commands.py say which); with it, those of every pair of the catalog. Ends with 1 where a command
takes more than its machine leaves, is none that llama.cpp takes, or says otherwise than its page, and where a machine
leaves more than is on its box.
"""

import argparse
import subprocess
import sys

from tests.processes import ROOT
from tests.truth.fresh_catalog import fresh_catalog


def main(arguments: list[str] | None = None) -> None:
    """Check a fresh copy of the catalog in a process of its own, and end as that ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every pair of the catalog")
    everything = parser.parse_args(arguments).all
    code = f"from tests.truth.checked_commands import check_catalog; check_catalog(everything={everything})"
    with fresh_catalog() as environ:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode)


if __name__ == "__main__":
    main()
