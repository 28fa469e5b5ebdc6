"""The options about a file: how it is read, and which column of it is which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from clientimport.cli.completion_values import ASSIGNED, CODES, DECISIONS, PROFILES, WORDS
from clientimport.cli.options import SET_BY_COMMAND, option
from clientimport.settings.default_values import DefaultName

READING_PANEL = "Reading the file"
MATCHING_PANEL = "Matching columns"
REGISTERS_PANEL = "Registers"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read the user's file when it does not speak for itself."""

    sheet: Annotated[
        str | None,
        option("--sheet", READING_PANEL, "The sheet to read; all: those with the same headings.", "NAME"),
    ] = None
    header_row: Annotated[
        int | None, option("--header-row", READING_PANEL, "The row with the headers; 0: there is none.", "N", min=0)
    ] = None
    encoding: Annotated[
        str | None, option("--encoding", READING_PANEL, "Character encoding of a CSV file.", "NAME")
    ] = None
    password_env: Annotated[
        str | None,
        option("--password-env", READING_PANEL, "Environment variable that holds the password of the file.", "VAR"),
    ] = None
    no_repair: Annotated[
        list[str] | None,
        option(
            "--no-repair",
            READING_PANEL,
            "Let these repairs be errors: a code, its first word, or all. Repeatable.",
            "KIND",
            autocompletion=CODES,
        ),
    ] = None
    where: Annotated[
        list[str] | None,
        option(
            "--where",
            READING_PANEL,
            'Only the rows with these cells: "Status=active,new"; "Status!=stopped": all but those. Repeatable.',
            "HEADER=VALUE,…",
        ),
    ] = None
    include_hidden: Annotated[bool, option("--include-hidden", READING_PANEL, "Read hidden rows and columns too.")] = (
        False
    )

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger, which do not follow the names of the fields."""
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
        option(
            "--profile",
            MATCHING_PANEL,
            "Use this saved mapping.",
            "NAME",
            autocompletion=PROFILES,
        ),
        DefaultName.PROFILE,
    ] = None
    no_profile: Annotated[bool, option("--no-profile", MATCHING_PANEL, "Do not look for a saved mapping.")] = False
    decisions: Annotated[
        list[str] | None,
        option(
            "--set",
            MATCHING_PANEL,
            'What a column is: "BTW nr=vat_number", C=vat_number, Note=ignore. Repeatable.',
            "HEADER=FIELD",
            autocompletion=DECISIONS,
        ),
    ] = None
    values: Annotated[
        list[str] | None,
        option(
            "--value",
            MATCHING_PANEL,
            'What a word means: "country:Holland=NL", "language:Vl=nl". Repeatable.',
            "FIELD:TYPED=VALUE",
            autocompletion=WORDS,
        ),
    ] = None
    defaults: Annotated[
        list[str] | None,
        option(
            "--default",
            MATCHING_PANEL,
            "The value of a field that has no column, in every row: country=BE. Repeatable.",
            "FIELD=VALUE",
            autocompletion=ASSIGNED,
        ),
        DefaultName.COUNTRY,
    ] = None

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger, which do not follow the names of the fields."""
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
        option(
            "--check",
            REGISTERS_PANEL,
            "Hold the rows against the KBO (local index), VIES, Peppol (network). Repeatable.",
            "kbo,vies,peppol",
        ),
    ] = None
    fill_from: Annotated[
        str | None,
        option("--fill-from", REGISTERS_PANEL, "Fill empty names and addresses from the KBO's local index.", "kbo"),
    ] = None

    def to_document(self) -> dict[str, Any]:
        """Return them under the keys of the ledger; nothing where no register was named."""
        return {key: value for key, value in (("check", self.check), ("fill_from", self.fill_from)) if value}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> RegisterOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(check=document.get("check"), fill_from=document.get("fill_from"))


NO_REGISTERS = RegisterOptions()


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How to read a file, and which column of it is which field."""

    reading: ReadingOptions = ReadingOptions()
    matching: MatchingOptions = MatchingOptions()
    registers: Annotated[RegisterOptions, SET_BY_COMMAND] = NO_REGISTERS
    """What the rows are held against, where a command takes these options, too."""

    def to_document(self, *, accept_proposals: bool) -> dict[str, object]:
        """Return them under the keys of the ledger, with whether proposed columns were accepted."""
        return {
            **self.reading.to_document(),
            **self.matching.to_document(),
            **self.registers.to_document(),
            "accept_proposals": accept_proposals,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> FileOptions:
        """Return what the ledger has."""
        return cls(
            ReadingOptions.from_document(document),
            MatchingOptions.from_document(document),
            RegisterOptions.from_document(document),
        )


@dataclass(frozen=True, slots=True)
class CheckedFileOptions:
    """How to read a file, and which registers its rows are held against."""

    file: FileOptions = FileOptions()
    registers: RegisterOptions = NO_REGISTERS

    def merged(self) -> FileOptions:
        """Return the options about the file, with the registers among them."""
        return replace(self.file, registers=self.registers)
