"""The options that several commands share, each group a dataclass that a command takes as one parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from clientimport.cli.file_roles import FileRole

READING_PANEL = "Reading the file"
MATCHING_PANEL = "Matching columns"
REGISTERS_PANEL = "Registers"
MAILS_PANEL = "Mails"
OUTPUT_PANEL = "Output"


class MessageLanguage(StrEnum):
    """A language we speak."""

    NL = "nl"
    FR = "fr"
    EN = "en"
    DE = "de"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How to answer; every command has these."""

    language: Annotated[
        MessageLanguage | None,
        typer.Option("--language", help="Language of messages and of files we write.", rich_help_panel=OUTPUT_PANEL),
    ] = None
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on stdout.", rich_help_panel=OUTPUT_PANEL)
    ] = False
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Nothing beside the result.", rich_help_panel=OUTPUT_PANEL)
    ] = False
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.", rich_help_panel=OUTPUT_PANEL)] = False
    show_personal_data: Annotated[
        bool,
        typer.Option(
            "--show-personal-data", help="Show national register numbers in full.", rich_help_panel=OUTPUT_PANEL
        ),
    ] = False
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help="Tell on stderr what was asked of the platform: no contents.", rich_help_panel=OUTPUT_PANEL
        ),
    ] = False


File = Annotated[
    str,
    typer.Argument(metavar="FILE", help="The spreadsheet (.xlsx, .xls, .ods, .csv …), or - for stdin."),
    FileRole.READS,
]

Platform = Annotated[
    str | None, typer.Option("--platform", "-p", metavar="PLATFORM", help="Platform id; see clientimport platforms.")
]


@dataclass(frozen=True, slots=True)
class AccountOptions:
    """The account on a platform that a command works with."""

    connection: Annotated[
        str, typer.Option("--connection", "-c", metavar="NAME", help="A saved connection, or sandbox.")
    ]
    platform: Platform = None


@dataclass(frozen=True, slots=True)
class PlatformOptions:
    """What a file is checked against: a platform, or the platform of a connection."""

    platform: Platform = None
    connection: Annotated[
        str | None,
        typer.Option("--connection", "-c", metavar="NAME", help="Take the platform of this connection."),
    ] = None


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read the user's file when it does not speak for itself."""

    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet to read.", rich_help_panel=READING_PANEL)
    ] = None
    header_row: Annotated[
        int | None,
        typer.Option(
            "--header-row", metavar="N", min=1, help="The row with the headers.", rich_help_panel=READING_PANEL
        ),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="Character encoding of a CSV file.", rich_help_panel=READING_PANEL
        ),
    ] = None
    password_env: Annotated[
        str | None,
        typer.Option(
            "--password-env",
            metavar="VAR",
            help="Environment variable that holds the password of the file.",
            rich_help_panel=READING_PANEL,
        ),
    ] = None
    no_repair: Annotated[
        list[str] | None,
        typer.Option(
            "--no-repair",
            metavar="KIND",
            help="Let these repairs be errors: a code, its first word, or all. Repeatable.",
            rich_help_panel=READING_PANEL,
        ),
    ] = None
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="HEADER=VALUE,…",
            help='Only the rows with these cells: "Status=active,new"; "Status!=stopped": all but those. Repeatable.',
            rich_help_panel=READING_PANEL,
        ),
    ] = None
    include_hidden: Annotated[
        bool, typer.Option("--include-hidden", help="Read hidden rows and columns too.", rich_help_panel=READING_PANEL)
    ] = False

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger, which stay whatever the fields are called."""
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "encoding": self.encoding,
            "password_env": self.password_env,
            "no_repair": self.no_repair,
            "where": self.where,
            "include_hidden": self.include_hidden,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> ReadingOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(
            sheet=document.get("sheet"),
            header_row=document.get("header_row"),
            encoding=document.get("encoding"),
            password_env=document.get("password_env"),
            no_repair=document.get("no_repair"),
            where=document.get("where"),
            include_hidden=document.get("include_hidden", False),
        )


@dataclass(frozen=True, slots=True)
class MatchingOptions:
    """What the user decides about columns."""

    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Use this saved mapping.", rich_help_panel=MATCHING_PANEL),
    ] = None
    no_profile: Annotated[
        bool,
        typer.Option("--no-profile", help="Do not look for a saved mapping.", rich_help_panel=MATCHING_PANEL),
    ] = False
    decisions: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="HEADER=FIELD",
            help='What a column is: "BTW nr=vat_number", C=vat_number, Note=ignore. Repeatable.',
            rich_help_panel=MATCHING_PANEL,
        ),
    ] = None
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--value",
            metavar="FIELD:TYPED=VALUE",
            help='What a word means: "country:Holland=NL", "language:Vl=nl". Repeatable.',
            rich_help_panel=MATCHING_PANEL,
        ),
    ] = None
    defaults: Annotated[
        list[str] | None,
        typer.Option(
            "--default",
            metavar="FIELD=VALUE",
            help="The value of a field that has no column, in every row: country=BE. Repeatable.",
            rich_help_panel=MATCHING_PANEL,
        ),
    ] = None

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger, which stay whatever the fields are called."""
        return {
            "profile": self.profile,
            "no_profile": self.no_profile,
            "decisions": self.decisions,
            "values": self.values,
            "defaults": self.defaults,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> MatchingOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(
            profile=document.get("profile"),
            no_profile=document.get("no_profile", False),
            decisions=document.get("decisions"),
            values=document.get("values"),
            defaults=document.get("defaults"),
        )


@dataclass(frozen=True, slots=True)
class RegisterOptions:
    """Which public registers the rows are held against; only what is named here is asked."""

    check: Annotated[
        list[str] | None,
        typer.Option(
            "--check",
            metavar="kbo,vies,peppol",
            help="Hold the rows against the KBO (local index), VIES, Peppol (network). Repeatable.",
            rich_help_panel=REGISTERS_PANEL,
        ),
    ] = None
    fill_from: Annotated[
        str | None,
        typer.Option(
            "--fill-from",
            metavar="kbo",
            help="Fill empty names and addresses from the KBO's local index.",
            rich_help_panel=REGISTERS_PANEL,
        ),
    ] = None

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger: nothing where no register was named."""
        return {key: value for key, value in (("check", self.check), ("fill_from", self.fill_from)) if value}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> RegisterOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(check=document.get("check"), fill_from=document.get("fill_from"))


NO_REGISTERS = RegisterOptions()

MailAsOnPlatform = Annotated[
    bool,
    typer.Option(
        "--mail-as-on-platform",
        help="Where file and platform differ, mail the platform's address.",
        rich_help_panel=MAILS_PANEL,
    ),
]

MailAnyway = Annotated[
    bool,
    typer.Option(
        "--mail-anyway", help="Mail also addresses that nobody seems to be behind.", rich_help_panel=MAILS_PANEL
    ),
]

Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write."), FileRole.WRITES]

Force = Annotated[bool, typer.Option("--force", help="Write over an existing file.")]

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]

AdoptLedger = Annotated[
    bool | None,
    typer.Option(
        "--adopt-ledger/--no-adopt-ledger",
        help="Whether runs of an older version went where this connection leads.",
        show_default=False,
    ),
]
