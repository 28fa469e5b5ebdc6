"""What a push begins with: the clients of a file with their columns confirmed, or a plan that was kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clientimport.api.kept_plan import load_kept_plan
from clientimport.api.push_steps import ValidatedClients
from clientimport.cli.file_options import NO_REGISTERS, FileOptions, RegisterOptions
from clientimport.cli.load_file import confirm_columns, load_clients
from clientimport.cli.open_account import AccountSession
from clientimport.cli.stdin import stdin_bytes
from clientimport.errors import UsageError
from clientimport.push.plan.plan import Plan


def load_push_input(
    files: Sequence[str], session: AccountSession, options: FileOptions, *, accept: bool
) -> Plan | ValidatedClients:
    """Return the plan that the one file is, else the clients of the files. Raises UsageError and FileUnreadable."""
    stdin = stdin_bytes(files)
    is_plan = [file.casefold().endswith(".json") for file in files]
    if any(is_plan) or (stdin is not None and _is_json(stdin)):
        if len(files) > 1:
            raise UsageError("plan.with_others", file=files[is_plan.index(True)] if any(is_plan) else "-")
        _require_no_registers(options.registers)
        return load_kept_plan(Path(files[0]), stdin, session.schema)
    return _load_clients(files, session, options, stdin, accept=accept)


def load_validated_file(file: str, session: AccountSession, options: FileOptions, *, accept: bool) -> ValidatedClients:
    """Return the file with everything noticed in it, its columns confirmed."""
    return _load_clients([file], session, options, stdin_bytes([file]), accept=accept)


def _is_json(content: bytes) -> bool:
    r"""Return whether `content` is a JSON object; no table begins with a brace.

    >>> _is_json(b'\xef\xbb\xbf {"version": 1}'), _is_json(b"Naam;Land")
    (True, False)
    """
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _require_no_registers(registers: RegisterOptions) -> None:
    """Raise UsageError when a kept plan is to be held against a register: what it sends has been shown already."""
    if registers != NO_REGISTERS:
        raise UsageError("registers.of_plan", option="--check" if registers.check else "--fill-from")


def _load_clients(
    files: Sequence[str], session: AccountSession, options: FileOptions, stdin: bytes | None, *, accept: bool
) -> ValidatedClients:
    clients = load_clients(files, session.schema, options, session.console, stdin)
    return confirm_columns(clients, session.console, accept=accept)
