"""`lookup`: what the public registers know of the clients of a list, or of numbers that are typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force, Output, PlatformOptions, argument, option
from clientimport.cli.result import CommandFailure, CommandResult

if TYPE_CHECKING:
    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.registers.register_lookup import Register
    from clientimport.registers.subject import Subject

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class LookupOptions:
    """Which registers are asked, and where their answers go."""

    kbo: Annotated[bool, option("--kbo", None, "The KBO's index on this computer; alone the default.")] = False
    vies: Annotated[bool, option("--vies", None, "VIES: sends each VAT number to the EU's service.")] = False
    peppol: Annotated[bool, option("--peppol", None, "Peppol: asks DNS and each participant's publisher.")] = False
    output: Output = None
    force: Force = False

    def registers(self) -> frozenset[Register]:
        """Return the registers that are named, else the KBO."""
        from clientimport.registers.register_lookup import Register

        wanted = {Register.KBO: self.kbo, Register.VIES: self.vies, Register.PEPPOL: self.peppol}
        return frozenset(name for name, is_named in wanted.items() if is_named) or frozenset({Register.KBO})


@command(
    app,
    "lookup",
    "clientimport lookup clients.xlsx --kbo --vies --peppol -o checked.xlsx",
    "clientimport lookup 0403.019.261 BE0419618535 --kbo",
    "clientimport lookup clients.csv --peppol -p banqup-console-be --json",
)
def lookup(
    *,
    asked: Annotated[
        list[str],
        argument("FILE|NUMBER…", "One spreadsheet (or -), or company, VAT or Peppol numbers."),
        FileRole.READS,
    ],
    options: LookupOptions,
    against: PlatformOptions,
    file_options: FileOptions,
    console: Console,
) -> CommandResult | CommandFailure:
    """Show what the registers know: is the number alive, whose is it, is it valid, is it on Peppol and with whom.

    The output's ending says what it is: .xlsx, .html, .csv or .json. Nothing is asked of the network but what is named.
    """
    from clientimport.cli.lookup_view import exit_code, failure_of, lookup_text, require_format, write_lookup
    from clientimport.cli.register_access import console_register_access
    from clientimport.reports.lookup_json import lookup_data

    require_format(options.output)
    registers, output = options.registers(), options.output
    access = console_register_access(console)
    subjects = [subject.with_presumed_vat_number() for subject in _subjects(asked, against, file_options, console)]
    result = access.look_up(subjects, registers)
    content = write_lookup(result, registers, output, console, force=options.force) if output else None
    data = {**lookup_data(result, console.messages.language), "file": str(output) if output else None}
    text = lookup_text(result, registers, output, console)
    if result.unanswered:
        return failure_of(result, data, text, console)
    return CommandResult(data, text, exit_code(result), content)


def _subjects(
    asked: list[str], against: PlatformOptions, file_options: FileOptions, console: Console
) -> tuple[Subject, ...]:
    """Return whom to look up: the rows of the one file that was given, or the numbers. Raises UsageError."""
    from clientimport.cli.load_file import examine_clients, load_clients
    from clientimport.cli.rows_read import tell_rows_read
    from clientimport.errors import UsageError
    from clientimport.registers.row_lookup import subjects

    schema = _schema(against)
    if not _is_file(asked[0]):
        return tuple(_typed(asked, schema))
    if len(asked) > 1:
        raise UsageError("lookup.one_file", file=asked[0])
    clients = load_clients(asked[0], schema, file_options, console)
    tell_rows_read(clients.import_file.table, console)
    validation = examine_clients(clients, console).validation
    return subjects(validation.records, schema)


def _schema(against: PlatformOptions) -> PlatformSchema:
    """Return the columns by which a list is read: the platform's, none of which a look-up needs."""
    from dataclasses import replace

    from clientimport.cli.open_account import schema_for
    from clientimport.schema.loader import load_schema

    named = against.platform or against.connection
    schema = schema_for(against) if named else load_schema("banqup-partner")
    columns = tuple(replace(column, required=False) for column in schema.columns)
    return replace(schema, columns=columns, rules=(), alternatives=())


def _is_file(text: str) -> bool:
    return text == "-" or Path(text).exists() or bool(Path(text).suffix[1:].isalpha() and ":" not in text)


def _typed(asked: list[str], schema: PlatformSchema) -> Iterator[Subject]:
    """Yield whom each number is about. Raises UsageError for what is no number."""
    from clientimport.errors import UsageError
    from clientimport.registers.subject import subject_of, subject_of_participant
    from clientimport.validation.single_client import parse_fields

    for text in asked:
        subject = subject_of_participant(text)
        for field in ("company_number", "vat_number"):
            values, _ = parse_fields({field: text}, "BE", schema)
            if subject is None and values.get(field):
                subject = subject_of(values)
        if subject is None or subject.number is None:
            raise UsageError("lookup.no_number", value=text)
        yield subject
