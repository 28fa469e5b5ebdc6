"""The file that a command is given: read, matched and validated as its options say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clientimport.api.clients import Clients, open_clients
from clientimport.api.keywords import FileKeywords
from clientimport.api.profiles import profile_store
from clientimport.api.push_steps import ValidatedClients
from clientimport.api.report import Report
from clientimport.api.source import FileSource
from clientimport.api.user_decisions import column_decisions
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions, ReadingOptions
from clientimport.cli.progress import show_working
from clientimport.cli.register_access import console_register_access, warn_old_extract
from clientimport.cli.rows_read import tell_rows_read
from clientimport.cli.stdin import stdin_bytes
from clientimport.errors import SettingsUnusable, UsageError
from clientimport.matching.column_overrides import set_option
from clientimport.matching.profile_match import ProfileMatch
from clientimport.matching.value_overrides import parse_override
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.platform_schema import PlatformSchema
from clientimport.settings.secrets import file_password
from clientimport.validation.import_file import ImportFile


def load_clients(
    files: str | Sequence[str],
    schema: PlatformSchema,
    options: FileOptions,
    console: Console,
    stdin: bytes | None = None,
) -> Clients:
    """Return the clients of one or more files with their columns matched, and name the profile that was used."""
    named = [files] if isinstance(files, str) else files
    content = stdin_bytes(named) if stdin is None else stdin
    source, keywords = FileSource(tuple(named), content), file_keywords(options)
    with show_working(console, "source.working", ", ".join(named)):
        clients = open_clients(source, schema, keywords, lambda: console_register_access(console))
    warn_profile_errors(clients.import_file.profile_errors, console)
    _name_profile(clients.import_file, console, is_asked_for=bool(options.matching.profile))
    return clients


def load_checked_clients(
    files: str | Sequence[str], schema: PlatformSchema, options: FileOptions, console: Console
) -> Clients:
    """Return the clients of files, looked at; a column that is only proposed is used, and named."""
    clients = load_clients(files, schema, options, console)
    print_proposals(clients.import_file, console)
    return checked(clients, console)


def load_import_file(file: str, schema: PlatformSchema, options: FileOptions, console: Console) -> ImportFile:
    """Return the file with its columns matched, and name the profile that was used."""
    import_file = load_clients(file, schema, options, console).import_file
    tell_rows_read(import_file.table, console)
    return import_file


def warn_profile_errors(errors: Iterable[SettingsUnusable], console: Console) -> None:
    """Warn of the profiles that were left out, with the reason of each."""
    for error in errors:
        console.warn("source.profile_left_out", reason=console.messages.error_message(error.code, error.facts))


def _name_profile(import_file: ImportFile, console: Console, *, is_asked_for: bool) -> None:
    """Name the profile that matches the header row, and what is different from the one it was made from."""
    match, facts = import_file.mapping.profile_match, {"file": import_file.table.file}
    if import_file.tied_profiles:
        console.warn("source.profiles_alike", names=", ".join(import_file.tied_profiles), **facts)
    if match is None:
        return
    facts["name"] = match.profile.name
    if not match.is_exact:
        console.warn("source.profile_differs", differences=header_differences(match, console.messages), **facts)
    elif not is_asked_for:
        console.info("source.profile", **facts)


def header_differences(match: ProfileMatch, messages: MessageCatalog) -> str:
    """Return in words what the header row has that the profile's has not, and the other way round."""
    parts = {
        "added": [column.header for column in match.added],
        "gone": [column.header for column in match.missing],
        "renamed": [f"{column.before} → {column.column.header}" for column in match.renamed],
    }
    headers = {key: ", ".join(names) for key, names in parts.items() if names}
    return messages.series(messages.phrase(f"source.{key}", headers=names) for key, names in headers.items())


def print_proposals(import_file: ImportFile, console: Console) -> None:
    """Print which columns are only proposed to be a field."""
    for proposal in import_file.mapping.proposals:
        column, field = proposal.column, proposal.field or ""
        option = set_option(column, import_file.table.columns, field)
        facts = {"column": column.letter, "header": column.header, "field": field, "option": option}
        console.info("source.proposed", label=console.messages.label(field), **facts)


def examine_clients(clients: Clients, console: Console, *, strict: bool = False) -> Report:
    """Return everything noticed in a file that was read, required columns that are missing among it."""
    with show_working(console, "source.checking", clients.import_file.table.file):
        return clients.validate(strict=strict)


def checked(clients: Clients, console: Console) -> Clients:
    """Return the clients, looked at while the person sees it. Raises ColumnsMissing for a required field."""
    with show_working(console, "source.checking", clients.import_file.table.file):
        validation = clients.validation
    warn_old_extract(validation.report.findings, console)
    tell_rows_read(clients.import_file.table, console)
    return clients


def confirm_columns(clients: Clients, console: Console, *, accept: bool) -> ValidatedClients:
    """Return everything noticed, the proposals accepted or changed. Raises ColumnsMissing when no one can be asked."""
    import_file = clients.import_file
    if accept or not import_file.mapping.proposals:
        return checked(clients.with_import_file(import_file.accept_proposals()), console).validated()
    if not console.is_interactive:
        import_file.require_certain()
    if console.ask_yes_or_change(_question(import_file, console.messages)):
        return checked(clients.with_import_file(import_file.accept_proposals()), console).validated()
    from clientimport.cli.mapping_screen.application import edit_mapping

    proposed = [proposal.column.index for proposal in import_file.mapping.proposals]
    edited = edit_mapping(import_file, console, lambda file, name: save_profile(file, name, force=False), proposed)
    return confirm_columns(clients.with_import_file(edited), console, accept=False)


def _question(import_file: ImportFile, messages: MessageCatalog) -> str:
    """Return the proposals, one on a line, and the question about them."""
    proposals = import_file.mapping.proposals
    lines = [messages.plural("source.ask_proposals", len(proposals))]
    for proposal in proposals:
        column, field = proposal.column, proposal.field
        facts = {"column": column.letter, "header": column.header, "field": field}
        lines.append(f"  {messages.phrase('source.proposal', label=messages.label(field or ''), **facts)}")
    return "\n".join((*lines, messages.phrase("source.ask")))


def save_profile(import_file: ImportFile, name: str, *, force: bool) -> None:
    """Save the mapping as a profile. Raises SettingsUnusable."""
    profile = import_file.mapping.make_profile(name, import_file.schema.id, import_file.values)
    profile_store().save(profile, replace_existing=force)


def parse_pairs(option: str, given: list[str], form: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. Raises UsageError for anything else.

    >>> parse_pairs("--field", ["city=Gent", "street=A=B"], "NAME=VALUE")
    {'city': 'Gent', 'street': 'A=B'}
    """
    for text in given:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise UsageError("usage.pair", option=option, value=text, form=form)
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}


def file_keywords(options: FileOptions) -> FileKeywords:
    """Return the options about a file as the Python API takes them. Raises UsageError for what cannot be read.

    Raises SettingsUnusable when the password of the file is not in the environment.
    """
    reading, matching, registers = options.reading, options.matching, options.registers
    columns, composed = column_decisions(matching.decisions or [])
    values: dict[str, dict[str, str]] = {}
    for override in map(parse_override, matching.values or []):
        values.setdefault(override.field, {})[override.typed] = override.value
    return {
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "encoding": reading.encoding,
        "password": file_password_of(reading),
        "include_hidden": reading.include_hidden,
        "where": reading.where or [],
        "no_repair": reading.no_repair or [],
        "profile": matching.profile,
        "no_profile": matching.no_profile,
        "columns": columns,
        "composed": composed,
        "values": values,
        "defaults": parse_pairs("--default", matching.defaults or [], "FIELD=VALUE"),
        "check": registers.check or [],
        "fill_from": registers.fill_from,
    }


def file_password_of(reading: ReadingOptions) -> str | None:
    """Return the password of a file. Raises SettingsUnusable when it is not in the environment."""
    return file_password(reading.password_env) if reading.password_env is not None else None
