"""`scripts/ensure.sh` on machines that lack something, played by a PATH of pretended commands."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.processes import ROOT

SCRIPT = ROOT / "scripts" / "ensure.sh"
TEST_NEEDS = ("chromium", "java", "npm")
# What is on the PATH once a package is installed.
COMMANDS = {"chromium": "chromium", "default-jre-headless": "java", "npm": "npm", "wrk": "wrk"}
APT_GET = """
echo "apt-get $*" >> "{log}"
for package in "$@"; do
  case $package in
{cases}
    python3-venv) echo 'exit 0' > "{folder}/python3" ;;
  esac
done
"""


class Machine:
    """A PATH with nothing but what a test puts there, and what was called on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "bin", folder / "log"
        self.environ = {"PATH": str(self.folder), "SBIN": str(self.folder)}
        self.folder.mkdir()
        self.log.touch()
        self.user(0)
        self.has("python3")
        self.command("env", 'shift; exec "$@"')

    def command(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def has(self, *names: str) -> None:
        for name in names:
            self.command(name, "exit 0")

    def user(self, number: int) -> None:
        self.command("id", f"echo {number}")

    def has_apt_get(self) -> None:
        """Writes down what it is asked for, and makes the commands of the packages that it installs."""
        self.has("installed")
        link = f"/bin/ln -sf {self.folder}/installed {self.folder}"
        cases = "\n".join(f"    {package}) {link}/{command} ;;" for package, command in COMMANDS.items())
        self.command("apt-get", APT_GET.format(log=self.log, folder=self.folder, cases=cases))

    def has_sudo(self) -> None:
        self.command("sudo", f'echo "sudo $1" >> {self.log}\nexec "$@"')

    def ensure(self, *needs: str) -> subprocess.CompletedProcess[str]:
        command = ["/bin/sh", str(SCRIPT), *needs]
        return subprocess.run(command, env=self.environ, capture_output=True, text=True, timeout=20)

    def make(self, target: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
        make = shutil.which("make") or "make"
        command = [make, target]
        return subprocess.run(command, cwd=folder, env=self.environ, capture_output=True, text=True, timeout=20)

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _installation(packages: str) -> list[str]:
    return ["apt-get update -qq", f"apt-get install -y -qq --no-install-recommends {packages}"]


def test_nothing_is_said_or_done_where_all_is_there(machine: Machine) -> None:
    machine.has_apt_get()
    machine.has(*TEST_NEEDS)
    answer = machine.ensure(*TEST_NEEDS)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert machine.calls() == []


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_chromium_goes_by_three_names(machine: Machine, name: str) -> None:
    machine.has(name)
    assert machine.ensure("chromium").returncode == 0


def test_nginx_is_enough_for_what_stands_in_front(machine: Machine) -> None:
    machine.has("nginx")
    answer = machine.ensure("nginx")
    assert (answer.returncode, answer.stdout, machine.calls()) == (0, "", [])


def test_a_server_of_postgresql_is_enough_for_the_tests_on_it(machine: Machine) -> None:
    machine.has("postgres")
    answer = machine.ensure("postgresql")
    assert (answer.returncode, answer.stdout, machine.calls()) == (0, "", [])


@pytest.mark.parametrize(
    ("there", "said_to_be_missing", "packages"),
    [
        ((), "chromium, java, npm", "chromium fonts-dejavu-core default-jre-headless npm"),
        (("java",), "chromium, npm", "chromium fonts-dejavu-core npm"),
        (("chromium", "npm"), "java", "default-jre-headless"),
    ],
)
def test_exactly_what_is_missing_is_said_and_installed(
    machine: Machine, there: tuple[str, ...], said_to_be_missing: str, packages: str
) -> None:
    machine.has_apt_get()
    machine.has(*there)
    answer = machine.ensure(*TEST_NEEDS)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        f"Missing here: {said_to_be_missing}.",
        f"Installing with apt-get: {packages}.",
    ]
    assert machine.calls() == _installation(packages)
    assert machine.ensure(*TEST_NEEDS).stdout == "", "the second time all is there"


def test_root_does_not_go_through_sudo(machine: Machine) -> None:
    machine.has_apt_get()
    machine.has_sudo()
    assert machine.ensure("npm").returncode == 0
    assert machine.calls() == _installation("npm")


def test_another_user_goes_through_sudo(machine: Machine) -> None:
    machine.user(1000)
    machine.has_apt_get()
    machine.has_sudo()
    answer = machine.ensure("npm")
    assert answer.returncode == 0, answer.stderr
    assert "Installing with sudo apt-get: npm." in answer.stdout
    update, install = _installation("npm")
    assert machine.calls() == ["sudo apt-get", update, "sudo env", install]


def test_without_root_and_sudo_the_one_command_is_said(machine: Machine) -> None:
    machine.user(1000)
    machine.has_apt_get()
    answer = machine.ensure("java", "npm")
    assert answer.returncode == 1
    assert answer.stdout == "Missing here: java, npm.\n"
    assert (
        answer.stderr
        == "Installing needs root or sudo. On Debian the command is: apt-get install default-jre-headless npm\n"
    )
    assert machine.calls() == []


def test_without_apt_get_the_one_command_is_said(machine: Machine) -> None:
    answer = machine.ensure("chromium")
    assert answer.returncode == 1
    assert (
        answer.stderr
        == "There is no apt-get here. On Debian the command is: apt-get install chromium fonts-dejavu-core\n"
    )


@pytest.mark.parametrize("fails_at", ["update", "install"])
def test_an_installation_that_fails_stops_with_the_command(machine: Machine, fails_at: str) -> None:
    machine.command("apt-get", f'[ "$1" != {fails_at} ]')
    answer = machine.ensure("npm")
    assert answer.returncode == 1
    assert answer.stderr == "apt-get failed. On Debian the command is: apt-get install npm\n"


def test_an_installation_that_brings_nothing_is_noticed(machine: Machine) -> None:
    machine.has("apt-get")
    answer = machine.ensure("npm")
    assert answer.returncode == 1
    assert (
        answer.stderr == "After the installation npm is still not here. On Debian the command is: apt-get install npm\n"
    )


def test_a_python_without_venv_gets_it(machine: Machine) -> None:
    machine.has_apt_get()
    machine.command("python3", "exit 1")
    answer = machine.ensure("python3-venv")
    assert answer.returncode == 0, answer.stderr
    assert machine.calls() == _installation("python3 python3-venv")


def test_a_python_without_venv_is_said_where_nothing_may_be_installed(machine: Machine) -> None:
    machine.command("python3", "exit 1")
    answer = machine.ensure("python3-venv")
    assert answer.returncode == 1
    assert answer.stdout == "Missing here: python3-venv.\n"
    assert answer.stderr == "There is no apt-get here. On Debian the command is: apt-get install python3 python3-venv\n"


def test_an_unknown_need_is_a_mistake(machine: Machine) -> None:
    answer = machine.ensure("emacs")
    assert answer.returncode == 2
    assert answer.stderr == "ensure.sh: nobody knows how to install emacs.\n"


def test_make_test_stops_before_anything_else_where_it_may_not_install(machine: Machine) -> None:
    answer = machine.make("test")
    assert answer.returncode == 2
    assert answer.stdout == "Missing here: chromium, java, nginx, npm.\n"
    assert "There is no apt-get here. On Debian the command is: apt-get install chromium" in answer.stderr


@pytest.fixture
def bare_folder(tmp_path: Path) -> Path:
    """The Makefile with what it needs to make a virtual environment."""
    folder = tmp_path / "site"
    (folder / "scripts").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "scripts/ensure.sh"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def test_make_run_stops_where_python_has_no_venv_and_may_not_get_it(machine: Machine, bare_folder: Path) -> None:
    machine.command("python3", "exit 1")
    answer = machine.make("run", bare_folder)
    assert answer.returncode == 2
    assert answer.stdout == "Missing here: python3-venv.\n"
    assert "On Debian the command is: apt-get install python3 python3-venv" in answer.stderr


def test_make_run_says_that_python_is_too_old(machine: Machine, bare_folder: Path) -> None:
    machine.command("python3", 'case "$*" in *version_info*) exit 1 ;; --version) echo Python 3.9.2 ;; esac')
    answer = machine.make("run", bare_folder)
    assert answer.returncode == 2
    assert answer.stdout == "The site needs Python 3.11 or later; here is Python 3.9.2.\n"
