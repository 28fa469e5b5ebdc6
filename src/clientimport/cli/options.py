"""The options that several commands share, each group a dataclass that a command takes as one parameter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from clientimport.cli.completion_values import CONNECTIONS, PLATFORMS
from clientimport.cli.file_roles import FileRole
from clientimport.settings.default_values import DefaultName

MAILS_PANEL = "Mails"
OUTPUT_PANEL = "Output"
SET_BY_COMMAND = "set by the command"
"""The mark of a group within a group whose options only some commands take: these name it as a parameter."""


def option(names: str, panel: str | None, text: str, metavar: str | None = None, **limits: Any) -> Any:
    """Return an option for typer: `names` as they are typed, divided by blanks, and the help's panel and text.

    `limits` are typer's own keywords, such as `min`.
    """
    return typer.Option(*names.split(), help=text, metavar=metavar, rich_help_panel=panel, **limits)


def argument(metavar: str, text: str, **limits: Any) -> Any:
    """Return a value without an option's name, for typer; `limits` as of `option`."""
    return typer.Argument(metavar=metavar, help=text, **limits)


class MessageLanguage(StrEnum):
    """A language that messages are in."""

    NL = "nl"
    FR = "fr"
    EN = "en"
    DE = "de"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How to answer; every command has these."""

    language: Annotated[
        MessageLanguage | None,
        option("--language", OUTPUT_PANEL, "Language of messages and of files we write."),
        DefaultName.LANGUAGE,
    ] = None
    as_json: Annotated[bool, option("--json", OUTPUT_PANEL, "One JSON object on stdout.")] = False
    quiet: Annotated[bool, option("--quiet -q", OUTPUT_PANEL, "Nothing beside the result.")] = False
    no_input: Annotated[bool, option("--no-input", OUTPUT_PANEL, "Never ask.")] = False
    show_personal_data: Annotated[
        bool, option("--show-personal-data", OUTPUT_PANEL, "Show national register numbers in full.")
    ] = False
    debug: Annotated[
        bool, option("--debug", OUTPUT_PANEL, "Tell on stderr what was asked of the platform: no contents.")
    ] = False


File = Annotated[str, argument("FILE", "The spreadsheet (.xlsx, .xls, .ods, .csv …), or - for stdin."), FileRole.READS]
Files = Annotated[
    list[str],
    argument("FILE…", "Spreadsheets with the same headings (.xlsx, .xls, .ods, .csv …), a folder, or -."),
    FileRole.READS,
]
Platform = Annotated[
    str | None,
    option(
        "--platform -p",
        None,
        "Platform id; see clientimport platforms.",
        "PLATFORM",
        autocompletion=PLATFORMS,
    ),
    DefaultName.PLATFORM,
]
Output = Annotated[Path | None, option("--output -o", None, "Where to write.", "FILE"), FileRole.WRITES]
Force = Annotated[bool, option("--force", None, "Write over an existing file.")]
Yes = Annotated[bool, option("--yes -y", None, "Do not ask for confirmation.")]
AcceptProposals = Annotated[
    bool, option("--accept-proposals", None, "Take columns that were only proposed, without asking.")
]
AdoptLedger = Annotated[
    bool | None,
    option(
        "--adopt-ledger/--no-adopt-ledger",
        None,
        "Whether runs of an older version went where this connection leads.",
        show_default=False,
    ),
]
MailAsOnPlatform = Annotated[
    bool,
    option("--mail-as-on-platform", MAILS_PANEL, "Where file and platform differ, mail the platform's address."),
]
MailAnyway = Annotated[
    bool, option("--mail-anyway", MAILS_PANEL, "Mail also addresses that nobody seems to be behind.")
]


@dataclass(frozen=True, slots=True)
class AccountOptions:
    """The account on a platform that a command works with."""

    connection: Annotated[
        str,
        option(
            "--connection -c",
            None,
            "A saved connection, or sandbox.",
            "NAME",
            autocompletion=CONNECTIONS,
        ),
        DefaultName.CONNECTION,
    ]
    platform: Platform = None


@dataclass(frozen=True, slots=True)
class PlatformOptions:
    """What a file is checked against: a platform, or the platform of a connection."""

    platform: Platform = None
    connection: Annotated[
        str | None,
        option(
            "--connection -c",
            None,
            "Take the platform of this connection.",
            "NAME",
            autocompletion=CONNECTIONS,
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class ConsentOptions:
    """What the user agrees to beforehand."""

    accept_proposals: AcceptProposals = False
    adopt_ledger: AdoptLedger = None
    yes: Yes = False
