"""The next command to type: quoted so that it can be pasted, with the options that were given."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from clientimport.cli.command import OPTIONS
from clientimport.cli.command_table import load_command
from clientimport.cli.console import Console
from clientimport.cli.file_options import NO_REGISTERS, FileOptions, MatchingOptions, ReadingOptions, RegisterOptions
from clientimport.cli.given_options import option_arguments, option_names, option_words
from clientimport.cli.options import OutputOptions
from clientimport.cli.sending_options import InvitationLimits, SendingOptions
from clientimport.model.shell_command import shell_command
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import DefaultSource
from clientimport.storage.named_files import named_files

if TYPE_CHECKING:
    from clientimport.push.ledger.records import RunRecord
    from clientimport.push.run_result import RunResult

OF_READING = option_names(ReadingOptions)
"""Where the rows stand in a file: not the same in one that we write."""
OF_FILE = OF_READING | option_names(MatchingOptions) | option_names(RegisterOptions) | {"--accept-proposals"}
OF_SENDING = option_names(SendingOptions) - {"--dry-run"}
_OF_MERGING = frozenset({"--name", "--key", "--prefer"})
_EVERYWHERE = frozenset({"--platform", "--connection", "--language"})


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
    return shell_command(["clientimport", "clients", "edit", client_id, *_on(run), "--field", f"contact_email={email}"])


def rerun_command(record: RunRecord) -> str:
    """Return the command of a run, for a file that was changed since: its rows may be others by now."""
    asked = json.loads(record.options)
    group: InvitationLimits | SendingOptions
    if record.command == "invite":
        group = dataclasses.replace(InvitationLimits.from_document(asked), only=None)
    else:
        group = dataclasses.replace(SendingOptions.from_document(asked), only=None, skip=None)
    return _line(record, record.command, run_files(record.file), group)


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


def next_command(
    console: Console, name: str, words: Sequence[str] = (), *, of_file: bool = True, without: Collection[str] = ()
) -> str:
    """Return the command `name` with these words and the options of this one that it takes as well.

    Of a command about another file only the account and the language are the same. What the settings say is left out
    where the next command takes it from there, too.
    """
    wanted = _EVERYWHERE | (OF_FILE | OF_SENDING | _OF_MERGING if of_file else frozenset())
    names = (wanted & _options_of(name)) - frozenset(without)
    typed = [word for key, texts in console.given.options.items() if key in names for word in option_words(key, texts)]
    taken = _from_project(console, name, of_file=of_file)
    return shell_command(["clientimport", *name.split(), *_in_order(words, [*taken, *typed])])


def repeated_command(console: Console, name: str, words: Sequence[str], *, without: Collection[str]) -> str:
    """Return this command with all its options but those about its output, and those that are left out."""
    dropped = option_names(OutputOptions) - {"--language"} | frozenset(without)
    options = console.given.options.items()
    typed = [word for key, texts in options if key not in dropped for word in option_words(key, texts)]
    return shell_command(["clientimport", name, *words, *typed])


def _in_order(words: Sequence[str], options: Sequence[str]) -> list[str]:
    """Return the arguments first, then the options of before, then those that come with the command."""
    first = next((at for at, word in enumerate(words) if word.startswith("-") and word != "-"), len(words))
    return [*words[:first], *options, *words[first:]]


def _from_project(console: Console, name: str, *, of_file: bool) -> Iterator[str]:
    """Yield what a project's file says, for a command that is not about a file beside it."""
    for option in (DefaultName.PLATFORM, DefaultName.CONNECTION):
        default = console.given.taken.get(option)
        if default and default.source is DefaultSource.PROJECT and not of_file and f"--{option}" in _options_of(name):
            yield from option_words(f"--{option}", [default.value])


def _options_of(name: str) -> frozenset[str]:
    """Return the options that a command takes."""
    load_command(name.split(maxsplit=1)[0])
    return OPTIONS[name]


def language_words(console: Console) -> str:
    """Return the language as it was typed, with a blank before it; nothing where it was not."""
    return (
        "".join(f" {word}" for word in option_words("--language", console.given.options["--language"]))
        if ("--language" in console.given.options)
        else ""
    )


def _whom(run: RunResult) -> list[str]:
    """Return the file of a run, or the run itself: a round of invitations takes one file."""
    files = run_files(run.file) if is_run_of_file(run) else []
    return files if len(files) == 1 else [f"--run={run.id}"]


def _line(run: RunResult | RunRecord, name: str, whom: Sequence[str], group: object) -> str:
    document = json.loads(run.options).get("reading", {})
    accepted = ["--accept-proposals"] if document.get("accept_proposals") else []
    file_options = FileOptions.from_document(document)
    if name != "push":
        file_options = dataclasses.replace(file_options, registers=NO_REGISTERS)
    options = [*option_arguments(group), *option_arguments(file_options)]
    return shell_command(["clientimport", name, *whom, *_on(run), *options, *accepted])


def _on(run: RunResult | RunRecord) -> list[str]:
    return ["-c", run.connection, *(["-p", run.platform] if run.sandbox else [])]


def _rows(rows: Sequence[int]) -> str:
    return ",".join(map(str, rows))
