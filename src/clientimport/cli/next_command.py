"""The next command to type: quoted so that it can be pasted, with the options that were given."""

from __future__ import annotations

import dataclasses
import json
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, get_args, get_type_hints

from clientimport.cli.file_options import NO_REGISTERS, FileOptions
from clientimport.cli.sending_options import InvitationLimits, SendingOptions
from clientimport.storage.named_files import named_files

if TYPE_CHECKING:
    from clientimport.push.ledger.records import RunRecord
    from clientimport.push.run_result import RunResult


def push_command(run: RunResult, rows: Sequence[int], **changes: object) -> str:
    """Return the push of the run's file with just these rows, also where the run was no push."""
    asked = json.loads(run.options)
    before = SendingOptions.from_document(asked if run.command == "push" else {})
    given = {"invite": True, "only": [_rows(rows)], "skip": None, "max_invitations": None, "invite_limit": None}
    sending = dataclasses.replace(before, **{**given, **changes})  # type: ignore[arg-type]
    update = list(dict.fromkeys((*(before.update or ()), *(sending.update or ()))))
    return _line(run, "push", run_files(run.file), dataclasses.replace(sending, update=update))


def invite_command(run: RunResult, rows: Sequence[int], **changes: object) -> str:
    """Return a round of invitations to just these rows of the run's file; else to the same people as the run's was."""
    asked = json.loads(run.options)
    before = InvitationLimits.from_document(asked if run.command == "invite" else {})
    given = {"only": [_rows(rows)] if rows else None, "max_invitations": None, "invite_limit": None}
    limits = dataclasses.replace(before, **{**given, **changes})  # type: ignore[arg-type]
    if run.command == "invite" and asked["whom"] == "drafts":
        return _line(run, "invite", ["--all-drafts"], limits)
    if run.command == "invite" and asked["whom"] == "run":
        return _line(run, "invite", [f"--run={run.file}"], limits)
    return _line(run, "invite", _whom(run), limits)


def edit_command(run: RunResult, client_id: str, email: str) -> str:
    """Return the command that gives one client of the platform this address."""
    return shlex.join(["clientimport", "clients", "edit", client_id, *_on(run), "--field", f"contact_email={email}"])


def rerun_command(record: RunRecord) -> str:
    """Return the command of a run without its options, for a file that was changed since."""
    return shlex.join(["clientimport", record.command, *run_files(record.file), *_on(record)])


def file_argument(name: str) -> str:
    """Return the name of a file as it is typed: one that begins like an option gets its folder.

    >>> file_argument("clients.csv"), file_argument("-"), file_argument("-old.csv")
    ('clients.csv', '-', './-old.csv')
    """
    return f"./{name}" if name.startswith("-") and name != "-" else name


def is_run_of_file(run: RunResult) -> bool:
    """Return whether a run was made of a file that can be given again."""
    asked = json.loads(run.options)
    return bool(asked.get("reading")) and asked.get("whom", "file") == "file"


def run_files(name: str) -> list[str]:
    """Return the files of a run as they are typed."""
    return [file_argument(file) for file in named_files(name) or (name,)]


def file_arguments(files: str | Sequence[str], on: Sequence[str], *groups: object) -> str:
    """Return files with the options that they were given, for the next command: quoted, so that it can be pasted."""
    named = [files] if isinstance(files, str) else files
    return shlex.join(
        [*map(file_argument, named), *on, *(text for group in groups for text in option_arguments(group))]
    )


def option_arguments(group: object) -> Iterator[str]:
    """Yield a group of options as they are typed, without those that were left as they are."""
    hints = get_type_hints(type(group), include_extras=True)
    for field in dataclasses.fields(group):  # type: ignore[arg-type]
        value = getattr(group, field.name)
        if dataclasses.is_dataclass(value):
            yield from option_arguments(value)
        elif value is not None and value is not False:
            name = _option_name(hints[field.name])
            for text in value if isinstance(value, list | tuple) else [value]:
                yield from [name] if text is True else [name, str(text)]


def _whom(run: RunResult) -> list[str]:
    """Return the file of a run, or the run itself: a round of invitations takes one file."""
    files = run_files(run.file) if is_run_of_file(run) else []
    return files if len(files) == 1 else [f"--run={run.id}"]


def _line(run: RunResult, name: str, whom: Sequence[str], group: object) -> str:
    document = json.loads(run.options).get("reading", {})
    accepted = ["--accept-proposals"] if document.get("accept_proposals") else []
    file_options = FileOptions.from_document(document)
    if name != "push":
        file_options = dataclasses.replace(file_options, registers=NO_REGISTERS)
    options = [*option_arguments(group), *option_arguments(file_options)]
    return shlex.join(["clientimport", name, *whom, *_on(run), *options, *accepted])


def _option_name(hint: object) -> str:
    """Return the name of an option; in an annotation typer takes the first one for the default."""
    info = next(mark for mark in get_args(hint) if hasattr(mark, "param_decls"))
    return str(next(name for name in (info.default, *info.param_decls) if str(name).startswith("--")))


def _on(run: RunResult | RunRecord) -> list[str]:
    return ["-c", run.connection, *(["-p", run.platform] if run.sandbox else [])]


def _rows(rows: Sequence[int]) -> str:
    return ",".join(map(str, rows))
