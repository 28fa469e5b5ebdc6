"""What tests may need beyond Python: missing it skips a test with a line that says what to install.

With CLIENTIMPORT_NO_SKIPS (`make check`) a skipped test fails the run. No test talks to anything beyond loopback.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

import postgres_server

# A pipeline tries the same examples each time, so that a red run means a change; at a desk every run looks further.
settings.register_profile("pipeline", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("pipeline" if os.environ.get("CI") else "desk")

# Nothing of a test is kept in the keyring of whoever runs it, and what is made falls back to a file.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

NEEDS = {
    "libreoffice": (("soffice",), "LibreOffice (Debian: libreoffice-calc)"),
    "openssl": (("openssl",), "OpenSSL (Debian: openssl)"),
    "systemd": (("systemd-analyze",), "systemd (Debian: systemd)"),
    "chromium": (("chromium", "chromium-browser", "google-chrome"), "Chromium (Debian: chromium)"),
    "postgres": (("initdb",), "PostgreSQL (Debian: postgresql)"),
    "pgbouncer": (("pgbouncer",), "PgBouncer (Debian: pgbouncer)"),
    "man": (("man",), "man and groff (Debian: man-db, groff)"),
}
"""Marker -> the programs of which one must be there, and what to install."""


def _is_there(program: str) -> bool:
    """Return whether a program is installed; Debian has servers beside the path of a user."""
    return bool(shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") or postgres_server.program(program))


@pytest.fixture(scope="session", name="postgres_server")
def running_server() -> Iterator[postgres_server.PostgresServer]:
    """A PostgreSQL server for all tests of this process."""
    with postgres_server.running_postgres() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_setting_outlives_its_test() -> Iterator[None]:
    """A home or a ledger that a test leaves in the environment would be the next test's."""
    before = _settings()
    yield
    left = _settings()
    for name in left.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)
    assert left == before


def _settings() -> dict[str, str]:
    """Return what the environment says of the program."""
    return {name: value for name, value in os.environ.items() if name.startswith("CLIENTIMPORT_")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, (programs, install) in NEEDS.items():
        if not any(_is_there(program) for program in programs):
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=f"install {install}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ()))
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} skipped: {reason.removeprefix('Skipped: ')}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter is not None and bool(reporter.stats.get("skipped"))
    if os.environ.get("CLIENTIMPORT_NO_SKIPS") and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
