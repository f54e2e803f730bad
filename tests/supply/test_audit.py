"""What the audit says where it was answered, where it was not, and where a vulnerability is reported."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.supply import audit
from tests.supply.audit import Answer, Reader, read_npm, read_pip_audit, sentences
from tests.supply.licences import browser_tests

SAFE = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "X-2026-1", "fix_versions": ["2.1", "3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found"}
REPORT = "VULNERABLE: b 2: X-2026-1, mended in 2.1, 3"


def _tool(tmp_path: Path, output: object, errors: str = "", code: int = 0) -> list[str]:
    """A command that ends as a tool does."""
    script = tmp_path / "tool.py"
    script.write_text(
        f"import sys\nprint({json.dumps(output)!r})\nprint({errors!r}, file=sys.stderr)\nsys.exit({code})"
    )
    return [sys.executable, str(script)]


def _packages(*packages: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": packages, "fixes": []}


@pytest.mark.parametrize(
    ("output", "errors", "read", "code", "says", "does_not_say"),
    [
        (_packages(SAFE), "", read_pip_audit, 0, "no vulnerability is reported for 1 of 1", "could not ask"),
        (_packages(FAULTY), "Found 1", read_pip_audit, 1, REPORT, "no vulnerability"),
        (_packages(SKIPPED), "No known vulnerabilities found", read_pip_audit, 0, "could not ask about 1", "no vuln"),
        ("", "requests.exceptions.ConnectionError: x", read_pip_audit, 0, "(ConnectionError)", "no vulnerability"),
        ("", "ERROR: Could not connect to it", read_pip_audit, 0, "(Could not connect)", "no vulnerability"),
        ("", "raise ServiceError from error", read_pip_audit, 0, "nothing is known about these 1", "no vulnerability"),
        ("", "ERROR: invalid requirements input: x", read_pip_audit, 2, "invalid requirements input", "could not ask"),
        ({"vulnerabilities": {"d": {"severity": "high"}}}, "", read_npm, 1, "VULNERABLE: d: high", "no vulnerability"),
        ({"message": "405", "statusCode": 405}, "", read_npm, 0, "(405)", "no vulnerability"),
        ({"message": "connect ECONNREFUSED"}, "", read_npm, 0, "(the service cannot be reached)", "no vulnerability"),
        ({"error": {"code": "ENOLOCK", "summary": "A lockfile"}}, "", read_npm, 2, "A lockfile", "could not ask"),
        ("", "", read_npm, 2, "it wrote nothing", "could not ask"),
    ],
)
def test_a_tool_s_end_is_told_apart(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    output: object,
    errors: str,
    read: Reader,
    code: int,
    says: str,
    does_not_say: str,
) -> None:
    assert audit.audit("Packages", 1, _tool(tmp_path, output, errors, code), read) == code
    text = capsys.readouterr().out
    assert says in text
    assert does_not_say not in text


def test_npm_answers_about_the_whole_lock() -> None:
    assert read_npm({"vulnerabilities": {}}, "") == Answer(len(browser_tests()))


def test_what_is_reported_is_said_beside_what_could_not_be_asked() -> None:
    answer = read_pip_audit(_packages(SAFE, FAULTY, SKIPPED), "")
    assert sentences("Packages", 4, answer) == [
        REPORT,
        "Packages: could not ask about 2 of 4 versions (the service does not have them).",
        "Packages: nothing is known about these 2; this is not to say that they are safe.",
    ]


def test_versions_that_a_tool_left_out_are_missed() -> None:
    assert (
        sentences("Packages", 3, Answer(2))[1] == "Packages: could not ask about 1 of 3 versions (they were left out)."
    )


def test_a_tool_that_hangs_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "PATIENCE_S", 0.2)
    assert audit.audit("Packages", 1, [sys.executable, "-c", "import time; time.sleep(20)"], read_npm) == 0
    assert "(no answer within 0.2 seconds)" in capsys.readouterr().out


def test_a_tool_that_is_missing_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.audit("Packages", 1, ["no-such-tool"], read_npm) == 2
    assert "no-such-tool is not here" in capsys.readouterr().out


def test_the_worst_audit_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(audit, "PYTHON", _tool(tmp_path, _packages(FAULTY), code=1))
    monkeypatch.setattr(audit, "NPM", [sys.executable, "-c", 'print(\'{"message": "away"}\')'])
    assert audit.main() == 1


class Service(BaseHTTPRequestHandler):
    """Reports a fault of every Python package, and of one of npm's."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        affected = {"package": {"name": "x", "ecosystem": "PyPI"}, "versions": []}
        python = {"vulns": [{"id": "X-2026-1", "summary": "", "affected": [affected]}]}
        npm = {"axe-core": [{"id": 1, "title": "", "url": "", "severity": "high", "vulnerable_versions": "<99"}]}
        body = json.dumps(python if self.path == "/python" else npm).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_real_tools_report_what_a_service_reports(
    service: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [*audit.PYTHON, "--vulnerability-service", "osv", "--osv-url", f"{service}/python"]
    monkeypatch.setattr(audit, "PYTHON", asked)
    monkeypatch.setenv("npm_config_registry", service)
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    assert audit.main() == 1
    text = capsys.readouterr().out
    assert "VULNERABLE: django 5." in text
    assert "VULNERABLE: axe-core: high" in text
    assert "could not ask" not in text


def test_the_real_tools_read_the_real_files_and_cannot_ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Every way out leads to a port of the loopback where nobody listens."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "npm_config_registry"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setattr(audit, "PYTHON", [*audit.PYTHON, "--cache-dir", str(tmp_path)])
    assert audit.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" about ")[0] for line in lines if "could not ask" in line] == [
        "Python packages: could not ask",
        "npm packages: could not ask",
    ]
    assert not any("no vulnerability" in line for line in lines)
