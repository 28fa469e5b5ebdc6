"""A real PostgreSQL for tests: made, started, killed and started again as its own user, on a port of loopback."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

DEBIAN = "/usr/lib/postgresql/*/bin"
"""Where Debian's package has the programs; they are on no path."""


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is, of the latest version; None without it."""
    versions = sorted(Path("/").glob(f"{DEBIAN[1:]}/{name}"), key=lambda path: int(re.sub(r"\D", "", str(path)) or 0))
    return shutil.which(name) or (str(versions[-1]) if versions else None)


def as_own_user() -> list[str]:
    """Return what a command begins with so that it does not run as root, which PostgreSQL refuses."""
    if os.getuid() != 0:
        return []
    user = _user()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def own_folder(name: str) -> Path:
    """Return a new folder that the server's user may use; pytest's own are for root alone."""
    folder = Path(tempfile.mkdtemp(prefix=f"clientimport-{name}-"))
    if os.getuid() == 0:
        os.chown(folder, _user().pw_uid, _user().pw_gid)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class PostgresServer:
    """One server with its data."""

    folder: Path
    port: int = field(default_factory=free_port)

    def run(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs."""
        command = program(name)
        assert command is not None
        subprocess.run(
            [*as_own_user(), command, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def create(self) -> None:
        form = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.run("initdb", "-D", str(self.folder / "data"), *form)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", options, "start")

    def kill(self) -> None:
        """Kill the server in the middle of whatever it does; what it had not written to its disk is lost."""
        with suppress(FileNotFoundError, ValueError, ProcessLookupError):
            process = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(process, signal.SIGQUIT)  # as `immediate`: no checkpoint, and no child stays behind
            while Path(f"/proc/{process}").exists():
                time.sleep(0.01)

    def url(self, database: str = "postgres", settings: Mapping[str, str] = {}, port: int | None = None) -> str:
        asked = "&".join(f"{name}={value}" for name, value in settings.items())
        return f"postgresql://postgres@127.0.0.1:{port or self.port}/{database}{f'?{asked}' if asked else ''}"

    def execute(
        self, statement: str, *, writable: bool = False, database: str = "postgres"
    ) -> list[tuple[object, ...]]:
        """Run a statement as the server's owner; `writable` also where it only reads by default."""
        import psycopg

        settings = {"options": "-cdefault_transaction_read_only%3Doff"} if writable else {}
        with psycopg.connect(self.url(database, settings), autocommit=True) as session:
            cursor = session.execute(statement)
            return cursor.fetchall() if cursor.description is not None else []


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Run a server with nothing in it."""
    server = PostgresServer(own_folder("postgres"))
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def running_pgbouncer(server: PostgresServer, mode: str) -> Iterator[int]:
    """Run Debian's pooler before a server, and return its port."""
    folder, port = own_folder("pgbouncer"), free_port()
    (folder / "users.txt").write_text('"postgres" ""\n')
    settings = {
        "listen_port": port,
        "listen_addr": "127.0.0.1",
        "auth_type": "trust",
        "auth_file": folder / "users.txt",
        "pool_mode": mode,
        "unix_socket_dir": "",
        "logfile": folder / "log",
        "ignore_startup_parameters": "extra_float_digits,options",
    }
    lines = [f"{name} = {value}" for name, value in settings.items()]
    databases = f"[databases]\n* = host=127.0.0.1 port={server.port}\n[pgbouncer]\n"
    (folder / "pgbouncer.ini").write_text(databases + "\n".join(lines) + "\n")
    pooler = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    with subprocess.Popen([*as_own_user(), str(pooler), "-q", str(folder / "pgbouncer.ini")]) as process:
        try:
            _wait_for(port)
            yield port
        finally:
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    for _ in range(500):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.01)
    raise TimeoutError(port)
