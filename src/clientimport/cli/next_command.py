"""Again: the command of a run to be given once more, in another way; quoted, with the options that were given."""

from __future__ import annotations

import dataclasses
import json
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    from clientimport.cli.commands.invite import InvitationLimits
    from clientimport.cli.commands.push import SendingOptions
    from clientimport.push.ledger.records import RunRecord
    from clientimport.push.run_result import RunResult


def sending_options(asked: dict[str, Any]) -> SendingOptions:
    """Return what a push was asked to do, as the ledger remembers it."""
    from clientimport.cli.commands.push import SendingOptions

    names = [
        name if language == "*" else f"{language}={name}" for language, name in asked.get("questionnaires", {}).items()
    ]
    return SendingOptions.from_document(asked, names)


def invitation_limits(asked: dict[str, Any]) -> InvitationLimits:
    """Return what a round of invitations was asked to do, as the ledger remembers it."""
    from clientimport.cli.commands.invite import InvitationLimits

    return InvitationLimits.from_document(asked)


def push_command(run: RunResult, rows: Sequence[int], **changes: object) -> str:
    """Return the push of the run's file with just these rows, whatever the run was."""
    asked = json.loads(run.options)
    before = sending_options(asked if run.command == "push" else {})
    given = {"invite": True, "only": [_rows(rows)], "skip": None, "max_invitations": None, "invite_limit": None}
    sending = dataclasses.replace(before, **{**given, **changes})  # type: ignore[arg-type]
    update = list(dict.fromkeys((*(before.update or ()), *(sending.update or ()))))
    return _line(run, "push", file_argument(run.file), dataclasses.replace(sending, update=update))


def invite_command(run: RunResult, rows: Sequence[int], **changes: object) -> str:
    """Return a round of invitations to just these rows of the run's file; else to the same people as the run's was."""
    asked = json.loads(run.options)
    before = invitation_limits(asked if run.command == "invite" else {})
    given = {"only": [_rows(rows)] if rows else None, "max_invitations": None, "invite_limit": None}
    limits = dataclasses.replace(before, **{**given, **changes})  # type: ignore[arg-type]
    if run.command == "invite" and asked["whom"] == "drafts":
        return _line(run, "invite", "--all-drafts", limits)
    if run.command == "invite" and asked["whom"] == "run":
        return _line(run, "invite", f"--run={run.file}", limits)
    return _line(run, "invite", file_argument(run.file) if is_run_of_file(run) else f"--run={run.id}", limits)


def edit_command(run: RunResult, client_id: str, email: str) -> str:
    """Return the command that gives one client of the platform this address."""
    return shlex.join(["clientimport", "clients", "edit", client_id, *_on(run), "--field", f"contact_email={email}"])


def rerun_command(head: RunRecord) -> str:
    """Return the command of a run without its options, for a file that is another one by now."""
    return shlex.join(["clientimport", head.command, file_argument(head.file), *_on(head)])


def file_argument(name: str) -> str:
    """Return the name of a file as it is typed: one that begins like an option is told apart by its folder.

    >>> file_argument("clients.csv"), file_argument("-"), file_argument("-old.csv")
    ('clients.csv', '-', './-old.csv')
    """
    return f"./{name}" if name.startswith("-") and name != "-" else name


def is_run_of_file(run: RunResult) -> bool:
    """Return whether a run was made of a file that can be given again."""
    asked = json.loads(run.options)
    return bool(asked.get("reading")) and asked.get("whom", "file") == "file"


def file_arguments(file: str, on: Sequence[str], *groups: object) -> str:
    """Return a file with the options that it was given, for the next command: quoted, so that it can be pasted."""
    return shlex.join([file_argument(file), *on, *(typed for group in groups for typed in option_arguments(group))])


def option_arguments(group: object) -> Iterator[str]:
    """Yield a group of options as they are typed, without those that were left as they are."""
    hints = get_type_hints(type(group), include_extras=True)
    for field in dataclasses.fields(group):  # type: ignore[arg-type]
        value = getattr(group, field.name)
        name = _option(hints[field.name])
        if value not in (None, False, (), []):
            for one in value if isinstance(value, list | tuple) else [value]:
                yield from [name] if one is True else [name, str(one)]


def _line(run: RunResult, name: str, whom: str, group: object) -> str:
    from clientimport.cli.load_file import file_options
    from clientimport.cli.options import RegisterOptions

    said = json.loads(run.options).get("reading", {})
    reading, matching = file_options(said)
    accepted = ["--accept-proposals"] if said.get("accept_proposals") else []
    typed = [*option_arguments(group), *option_arguments(reading), *option_arguments(matching)]
    if name == "push":
        typed += option_arguments(RegisterOptions.from_document(said))
    return shlex.join(["clientimport", name, whom, *_on(run), *typed, *accepted])


def _option(hint: object) -> str:
    """Return the name of an option; in an annotation typer takes the first one for the default."""
    described = next(one for one in get_args(hint) if hasattr(one, "param_decls"))
    return str(next(name for name in (described.default, *described.param_decls) if str(name).startswith("--")))


def _on(run: RunResult | RunRecord) -> list[str]:
    return ["-c", run.connection, *(["-p", run.platform] if run.sandbox else [])]


def _rows(rows: Sequence[int]) -> str:
    return ",".join(map(str, rows))
