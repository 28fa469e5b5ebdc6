"""What a push begins with: the clients of a file with their columns confirmed, or a plan that was kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from clientimport.cli.file_options import NO_REGISTERS, FileOptions, RegisterOptions
from clientimport.cli.load_file import load_import_file, validate_confirmed
from clientimport.cli.open_account import AccountSession
from clientimport.cli.stdin import stdin_bytes
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.push.plan.plan import Plan, PlanSource, make_plan
from clientimport.push.plan.plan_file import file_sha256, load_plan, parse_plan
from clientimport.push.plan.snapshot import RemoteSnapshot, take_snapshot
from clientimport.validation.validate import Validation


@dataclass(frozen=True, slots=True)
class ValidatedFile:
    """A file with everything noticed in it, and how it is known again."""

    validation: Validation
    source: PlanSource


def load_push_input(file: str, session: AccountSession, options: FileOptions, *, accept: bool) -> Plan | ValidatedFile:
    """Return the plan that `file` is, else its clients. Raises UsageError and FileUnreadable."""
    stdin = stdin_bytes(file)
    if file.casefold().endswith(".json") or (stdin is not None and _is_json(stdin)):
        _require_no_registers(options.registers)
        return _load_kept_plan(file, stdin, session)
    return _load_file(file, stdin, session, options, accept=accept)


def load_validated_file(file: str, session: AccountSession, options: FileOptions, *, accept: bool) -> ValidatedFile:
    """Return the file with everything noticed in it, its columns confirmed."""
    return _load_file(file, stdin_bytes(file), session, options, accept=accept)


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


def _load_kept_plan(file: str, stdin: bytes | None, session: AccountSession) -> Plan:
    """Return a kept plan. Raises UsageError for another platform's, or when its file was changed since."""
    plan = load_plan(Path(file)) if stdin is None else parse_plan(stdin, Path(file))
    if plan.platform != session.schema.id:
        raise UsageError("plan.other_platform", planned=plan.platform, platform=session.schema.id)
    source = Path(plan.source.file)
    if source.exists() and file_sha256(source) != plan.source.sha256:
        raise UsageError("plan.source_changed", file=source)
    return plan


def _load_file(
    file: str, stdin: bytes | None, session: AccountSession, options: FileOptions, *, accept: bool
) -> ValidatedFile:
    import_file = load_import_file(file, session.schema, options, session.console, stdin)
    return ValidatedFile(validate_confirmed(import_file, session.console, accept=accept), plan_source(file, stdin))


async def make_plan_for(
    validation: Validation, source: PlanSource, connector: Connector
) -> tuple[Plan, RemoteSnapshot]:
    """Return what a push of these clients would do, and what the platform has now."""
    remote = await take_snapshot(connector)
    return make_plan(validation, remote, source), remote


def plan_source(file: str, stdin: bytes | None) -> PlanSource:
    """Return what a plan remembers of the file it was made from."""
    return PlanSource(file, hashlib.sha256(stdin).hexdigest() if stdin is not None else file_sha256(Path(file)))
