"""The material of a push: the clients of a file with proposals settled, or a plan that was kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.cli.console import Screen
from clientimport.cli.options import MatchingOptions, ReadingOptions
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


def material(
    file: str,
    opened: AccountSession,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
    *,
    accept: bool,
) -> Plan | ValidatedFile:
    """Return the plan that `file` is, else its clients. Raises UsageError and FileUnreadable."""
    stdin = stdin_bytes(file)
    if file.casefold().endswith(".json") or (stdin is not None and _is_json(stdin)):
        return _kept(file, stdin, opened)
    return _checked(file, stdin, opened, reading, matching, screen, accept=accept)


def checked(
    file: str,
    opened: AccountSession,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
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


def _kept(file: str, stdin: bytes | None, opened: AccountSession) -> Plan:
    """Return a kept plan. Raises UsageError for another platform's, or when its file is not what it was."""
    from clientimport.errors import UsageError
    from clientimport.push.plan.plan_file import file_sha256, load, parsed

    plan = load(Path(file)) if stdin is None else parsed(stdin, Path(file))
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
    screen: Screen,
    *,
    accept: bool,
) -> ValidatedFile:
    from clientimport.cli.load_file import certain, looked_at, source_of

    portfolio = looked_at(file, opened.schema, reading, matching, screen, stdin)
    return ValidatedFile(certain(portfolio, screen, accept=accept), source_of(file, stdin))
