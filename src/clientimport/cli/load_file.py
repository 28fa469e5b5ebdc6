"""The file that a command is given: read, matched and validated as its options say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions, ReadingOptions
from clientimport.cli.progress import show_working
from clientimport.cli.register_access import row_lookup, warn_old_extract
from clientimport.cli.stdin import stdin_bytes
from clientimport.errors import SettingsUnusable, UsageError
from clientimport.files.read import ReadRequest
from clientimport.matching.column_overrides import IGNORE, set_option
from clientimport.matching.profile_match import ProfileMatch
from clientimport.matching.profiles import ProfileStore
from clientimport.matching.value_overrides import ValueOverrides, parse_override
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.fields import canonical_fields
from clientimport.settings.folders import folders
from clientimport.settings.secrets import file_password
from clientimport.validation.import_file import ImportFile, UserDecisions, open_import_file
from clientimport.validation.severity_overrides import repair_codes
from clientimport.validation.validate import Validation


def load_import_file(
    file: str, schema: PlatformSchema, options: FileOptions, console: Console, stdin: bytes | None = None
) -> ImportFile:
    """Return the file with its columns matched, and name the profile that was used."""
    decisions, request = _user_decisions(options), read_request(options.reading)
    content = stdin_bytes(file) if stdin is None else stdin
    with show_working(console, "source.working", file):
        import_file = open_import_file(file, schema, request, decisions, profile_store(), content)
    import_file = replace(import_file, registers=row_lookup(options.registers, console))
    warn_profile_errors(import_file.profile_errors, console)
    _name_profile(import_file, console, is_asked_for=bool(options.matching.profile))
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
    return "; ".join(messages.phrase(f"source.{key}", headers=names) for key, names in headers.items())


def validate_file(
    file: str, schema: PlatformSchema, options: FileOptions, console: Console, stdin: bytes | None = None
) -> Validation:
    """Return everything noticed in the file; a column that is only proposed is used, and named."""
    import_file = load_import_file(file, schema, options, console, stdin)
    print_proposals(import_file, console)
    return validate_import_file(import_file, console)


def print_proposals(import_file: ImportFile, console: Console) -> None:
    """Print which columns are only proposed to be a field."""
    for proposal in import_file.mapping.proposals:
        column, field = proposal.column, proposal.field or ""
        option = set_option(column, import_file.table.columns, field)
        facts = {"column": column.letter, "header": column.header, "field": field, "option": option}
        console.info("source.proposed", label=console.messages.label(field), **facts)


def validate_import_file(import_file: ImportFile, console: Console) -> Validation:
    """Return everything noticed in a file that was read. Raises ColumnsMissing when a required field has no column."""
    with show_working(console, "source.checking", import_file.table.file):
        validation = import_file.validate()
    warn_old_extract(validation.report.findings, console)
    return validation


def examine_import_file(import_file: ImportFile, console: Console, *, strict: bool) -> Validation:
    """Return everything noticed in a file that was read, required columns that are missing among it."""
    with show_working(console, "source.checking", import_file.table.file):
        return import_file.validate_incomplete(strict=strict)


def validate_confirmed(import_file: ImportFile, console: Console, *, accept: bool) -> Validation:
    """Return everything noticed, the proposals accepted or changed. Raises ColumnsMissing when no one can be asked."""
    if accept or not import_file.mapping.proposals:
        return validate_import_file(import_file.accept_proposals(), console)
    if not console.is_interactive:
        import_file.require_certain()
    if console.ask_yes_or_change(_question(import_file, console.messages)):
        return validate_import_file(import_file.accept_proposals(), console)
    from clientimport.cli.mapping_screen.application import edit_mapping

    proposed = [proposal.column.index for proposal in import_file.mapping.proposals]
    edited = edit_mapping(import_file, console, lambda file, name: save_profile(file, name, force=False), proposed)
    return validate_confirmed(edited, console, accept=False)


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


def profile_store() -> ProfileStore:
    """Return the profiles of this user."""
    return ProfileStore(folders().profiles)


def parse_pairs(option: str, given: list[str], form: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. Raises UsageError for anything else.

    >>> parse_pairs("--field", ["city=Gent", "street=A=B"], "NAME=VALUE")
    {'city': 'Gent', 'street': 'A=B'}
    """
    for text in given:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise UsageError("usage.pair", option=option, value=text, form=form)
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}


def require_known_fields(option: str, given: dict[str, str], known: tuple[str, ...]) -> dict[str, str]:
    """Return `given` when every name in it is one of `known`. Raises UsageError naming the closest."""
    for name, value in given.items():
        if name not in known:
            facts = {"option": option, "value": f"{name}={value}", "name": name, "known": ", ".join(known)}
            raise UsageError("usage.unknown_field", meant=did_you_mean(name, known), **facts)
    return given


def _user_decisions(options: FileOptions) -> UserDecisions:
    reading, matching = options.reading, options.matching
    if matching.profile and matching.no_profile:
        raise UsageError("usage.profile_or_not")
    columns, composed = _column_decisions(matching.decisions or [])
    defaults = parse_pairs("--default", matching.defaults or [], "FIELD=VALUE")
    if "mandate" in defaults:
        raise UsageError("usage.default_mandate")
    require_known_fields("--default", defaults, tuple(canonical_fields()))
    values = ValueOverrides(tuple(map(parse_override, matching.values or [])))
    kinds = repair_codes(reading.no_repair or [])
    return UserDecisions(columns, defaults, matching.profile, matching.no_profile, values, kinds, composed)


def _column_decisions(texts: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what `--set` says: header -> field, and field -> what it is put together from."""
    known, columns, composed = (*canonical_fields(), IGNORE), {}, {}
    for text in texts:
        header, equals, field = (part.strip() for part in text.rpartition("="))  # a field holds no equals sign
        if not equals or not header:
            raise UsageError("usage.pair", option="--set", value=text, form='"HEADER=FIELD"')
        first, _, expression = (part.strip() for part in text.partition("="))
        if field not in known and first in canonical_fields() and expression:
            composed[first] = expression
        else:
            columns[header] = field
    return columns, composed


def read_request(reading: ReadingOptions) -> ReadRequest:
    """Return how a file is to be read. Raises SettingsUnusable when its password is not in the environment."""
    password = file_password(reading.password_env) if reading.password_env is not None else None
    where = tuple(reading.where or ())
    return ReadRequest(reading.sheet, reading.header_row, reading.encoding, reading.include_hidden, password, where)
