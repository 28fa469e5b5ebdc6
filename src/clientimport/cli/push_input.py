"""The material of a push: the clients of a file with proposals settled, or a plan that was kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.options import NO_REGISTERS, MatchingOptions, ReadingOptions, RegisterOptions
from clientimport.cli.stdin import stdin_bytes

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.push.plan.plan import Plan, PlanSource
    from clientimport.validation.validate import Validation


@dataclass(frozen=True, slots=True)
class ValidatedFile:
    """A file with everything noticed in it, and what to remember it by."""

    validation: Validation
    source: PlanSource


def load_push_input(
    file: str,
    opened: AccountSession,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    *,
    accept: bool,
    registers: RegisterOptions = NO_REGISTERS,
) -> Plan | ValidatedFile:
    """Return the plan that `file` is, else its clients. Raises UsageError and FileUnreadable."""
    stdin = stdin_bytes(file)
    if file.casefold().endswith(".json") or (stdin is not None and _is_json(stdin)):
        _require_no_registers(registers)
        return _kept(file, stdin, opened)
    return _checked(file, stdin, opened, reading, matching, screen, accept=accept, registers=registers)


def load_validated_file(
    file: str,
    opened: AccountSession,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    *,
    accept: bool,
) -> ValidatedFile:
    """Return what is known of the file, proposals settled."""
    return _checked(file, stdin_bytes(file), opened, reading, matching, screen, accept=accept)


def _is_json(content: bytes) -> bool:
    r"""Tell whether what came in is an object: no table begins with a brace.

    >>> _is_json(b'\xef\xbb\xbf {"version": 1}'), _is_json(b"Naam;Land")
    (True, False)
    """
    return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _require_no_registers(registers: RegisterOptions) -> None:
    """Raise UsageError when a kept plan is to be held against a register: what it sends has been shown already."""
    from clientimport.errors import UsageError

    if registers != NO_REGISTERS:
        raise UsageError("registers.of_plan", option="--check" if registers.check else "--fill-from")


def _kept(file: str, stdin: bytes | None, opened: AccountSession) -> Plan:
    """Return a kept plan. Raises UsageError for another platform's, or when its file is not what it was."""
    from clientimport.errors import UsageError
    from clientimport.push.plan.plan_file import file_sha256, load_plan, parse_plan

    plan = load_plan(Path(file)) if stdin is None else parse_plan(stdin, Path(file))
    if plan.platform != opened.schema.id:
        raise UsageError("plan.other_platform", planned=plan.platform, platform=opened.schema.id)
    source = Path(plan.source.file)
    if source.is_file() and file_sha256(source) != plan.source.sha256:
        raise UsageError("plan.source_changed", file=source)
    return plan


def _checked(
    file: str,
    stdin: bytes | None,
    opened: AccountSession,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    *,
    accept: bool,
    registers: RegisterOptions = NO_REGISTERS,
) -> ValidatedFile:
    from clientimport.cli.load_file import load_import_file, plan_source, validate_confirmed

    portfolio = load_import_file(file, opened.schema, reading, matching, screen, stdin, registers=registers)
    return ValidatedFile(validate_confirmed(portfolio, screen, accept=accept), plan_source(file, stdin))
