"""The source: the file a command is given, read, matched and checked as its options say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientimport.cli.console import Console
from clientimport.cli.options import NO_REGISTERS, MatchingOptions, ReadingOptions, RegisterOptions
from clientimport.cli.register_access import row_lookup, warn_old_extract
from clientimport.cli.spinner import show_working
from clientimport.cli.stdin import stdin_bytes

if TYPE_CHECKING:
    from clientimport.connectors.protocol import Connector
    from clientimport.errors import SettingsUnusable
    from clientimport.files.read import ReadRequest
    from clientimport.matching.profile_match import ProfileMatch
    from clientimport.matching.profiles import ProfileStore
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.push.plan.plan import Plan, PlanSource
    from clientimport.push.plan.snapshot import RemoteSnapshot
    from clientimport.validation.import_file import ImportFile, UserDecisions
    from clientimport.validation.validate import Validation


def load_import_file(
    file: str,
    schema: PlatformSchema,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    stdin: bytes | None = None,
    *,
    registers: RegisterOptions = NO_REGISTERS,
) -> ImportFile:
    """Return the file with what its columns are taken for, and say which profile was used."""
    from clientimport.validation.import_file import open_import_file

    decisions, options = _decisions(matching, reading), read_request(reading)
    given = stdin_bytes(file) if stdin is None else stdin
    with show_working(screen, "source.working", file):
        found = open_import_file(file, schema, options, decisions, profile_store(), given)
    found = replace(found, registers=row_lookup(registers, screen))
    warn_profile_faults(found.profile_errors, screen)
    _say_profile(found, matching, screen)
    return found


def warn_profile_faults(faults: Iterable[SettingsUnusable], screen: Console) -> None:
    """Say which profiles were left out, and why."""
    for fault in faults:
        screen.warn("source.profile_left_out", reason=screen.messages.error_message(fault.code, fault.facts))


def _say_profile(found: ImportFile, matching: MatchingOptions, screen: Console) -> None:
    """Say which profile was found, and what is different from the header row it was made from."""
    recall, facts = found.mapping.profile_match, {"file": found.table.file}
    if found.tied_profiles:
        screen.warn("source.profiles_alike", names=", ".join(found.tied_profiles), **facts)
    if recall is None:
        return
    facts["name"] = recall.profile.name
    if not recall.is_exact:
        screen.warn("source.profile_differs", differences=header_differences(recall, screen.messages), **facts)
    elif not matching.profile:
        screen.info("source.profile", **facts)


def header_differences(recall: ProfileMatch, words: MessageCatalog) -> str:
    """Return in words what the header row has that the profile's has not, and the other way round."""
    parts = {
        "added": [one.header for one in recall.added],
        "gone": [one.header for one in recall.missing],
        "renamed": [f"{one.before} → {one.column.header}" for one in recall.renamed],
    }
    return "; ".join(words.phrase(f"source.{key}", headers=", ".join(found)) for key, found in parts.items() if found)


def validate_file(
    file: str,
    schema: PlatformSchema,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Console,
    stdin: bytes | None = None,
    *,
    registers: RegisterOptions = NO_REGISTERS,
) -> Validation:
    """Return everything noticed in the file; what is only a proposal is worked with, and said so."""
    found = load_import_file(file, schema, reading, matching, screen, stdin, registers=registers)
    for one in found.mapping.proposals:
        column, field = one.column, one.field or ""
        facts = {"column": column.letter, "header": column.header, "field": field}
        screen.info("source.proposed", label=screen.messages.label(field), **facts)
    return validate_import_file(found, screen)


def validate_import_file(portfolio: ImportFile, screen: Console) -> Validation:
    """Return everything noticed in a file that was read. Raises ColumnsMissing when a required field has no column."""
    with show_working(screen, "source.checking", portfolio.table.file):
        validation = portfolio.validate()
    warn_old_extract(validation.report.findings, screen)
    return validation


def examine_import_file(portfolio: ImportFile, screen: Console, *, strict: bool) -> Validation:
    """Return everything noticed in a file that was read, required columns that are missing among it."""
    with show_working(screen, "source.checking", portfolio.table.file):
        return portfolio.validate_incomplete(strict=strict)


def validate_confirmed(portfolio: ImportFile, screen: Console, *, accept: bool) -> Validation:
    """Return everything noticed, after a person's word on proposals. Raises ColumnsMissing when nobody can be asked."""
    if accept or not portfolio.mapping.proposals:
        return validate_import_file(portfolio.accept_proposals(), screen)
    if not screen.is_interactive:
        portfolio.require_certain()
    if screen.ask_yes_or_change(_question(portfolio, screen.messages)):
        return validate_import_file(portfolio.accept_proposals(), screen)
    from clientimport.cli.mapping_screen.application import edit_mapping

    doubtful = [one.column.index for one in portfolio.mapping.proposals]
    seen = edit_mapping(portfolio, screen, lambda looked, name: save_profile(looked, name, force=False), doubtful)
    return validate_confirmed(seen, screen, accept=False)


def _question(portfolio: ImportFile, words: MessageCatalog) -> str:
    """Return the proposals, one on a line, and the question about them."""
    proposals = portfolio.mapping.proposals
    lines = [words.plural("source.ask_proposals", len(proposals))]
    for one in proposals:
        facts = {"column": one.column.letter, "header": one.column.header, "field": one.field}
        lines.append(f"  {words.phrase('source.proposal', label=words.label(one.field or ''), **facts)}")
    return "\n".join((*lines, words.phrase("source.ask")))


def file_options_document(
    reading: ReadingOptions, matching: MatchingOptions, *, accept: bool, registers: RegisterOptions = NO_REGISTERS
) -> dict[str, object]:
    """Return what was said about the file, for the ledger."""
    asked = registers.to_document()
    return {**reading.to_document(), **matching.to_document(), **asked, "accept_proposals": accept}


def file_options(said: Mapping[str, Any]) -> tuple[ReadingOptions, MatchingOptions]:
    """Return the options that `remembered` was given."""
    return ReadingOptions.from_document(said), MatchingOptions.from_document(said)


def save_profile(portfolio: ImportFile, name: str, *, force: bool) -> None:
    """Save the mapping as a profile. Raises SettingsUnusable."""
    from clientimport.matching.profiles import make_profile

    profile = make_profile(name, portfolio.schema.id, portfolio.mapping, portfolio.values)
    profile_store().save(profile, replace_existing=force)


def profile_store() -> ProfileStore:
    """Return this person's profiles."""
    from clientimport.cli import settings
    from clientimport.matching.profiles import ProfileStore

    return ProfileStore(settings.folders().profiles)


def parse_pairs(option: str, given: list[str], form: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. Raises UsageError for anything else.

    >>> parse_pairs("--field", ["city=Gent", "street=A=B"], "NAME=VALUE")
    {'city': 'Gent', 'street': 'A=B'}
    """
    from clientimport.errors import UsageError

    for text in given:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise UsageError("usage.pair", option=option, value=text, form=form)
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}


def require_known_fields(option: str, given: dict[str, str], known: tuple[str, ...]) -> dict[str, str]:
    """Return `given` when every name in it is one of `known`. Raises UsageError naming the closest."""
    from clientimport.errors import UsageError
    from clientimport.model.did_you_mean import did_you_mean

    for name, value in given.items():
        if name not in known:
            facts = {"option": option, "value": f"{name}={value}", "name": name, "known": ", ".join(known)}
            raise UsageError("usage.unknown_field", meant=did_you_mean(name, known), **facts)
    return given


def _decisions(matching: MatchingOptions, reading: ReadingOptions) -> UserDecisions:
    from clientimport.errors import UsageError
    from clientimport.matching.value_overrides import ValueOverrides, parse_override
    from clientimport.schema.fields import canonical_fields
    from clientimport.validation.import_file import UserDecisions
    from clientimport.validation.rejected_repairs import repair_codes

    if matching.profile and matching.no_profile:
        raise UsageError("usage.profile_or_not")
    columns = {}
    for text in matching.decisions or []:
        header, equals, field = text.rpartition("=")  # a header may hold an equals sign, a field does not
        if not equals or not header.strip():
            raise UsageError("usage.pair", option="--set", value=text, form='"HEADER=FIELD"')
        columns[header.strip()] = field.strip()
    defaults = parse_pairs("--default", matching.defaults or [], "FIELD=VALUE")
    if "mandate" in defaults:
        raise UsageError("usage.default_mandate")
    require_known_fields("--default", defaults, tuple(canonical_fields()))
    values = ValueOverrides(tuple(map(parse_override, matching.values or [])))
    kinds = repair_codes(reading.no_repair or [])
    return UserDecisions(columns, defaults, matching.profile, matching.no_profile, values, kinds)


def read_request(reading: ReadingOptions) -> ReadRequest:
    """Return what the user says about a file. Raises SettingsUnusable when its password is nowhere."""
    from clientimport.cli import settings
    from clientimport.files.read import ReadRequest

    password = settings.file_password(reading.password_env) if reading.password_env is not None else None
    where = tuple(reading.where or ())
    return ReadRequest(reading.sheet, reading.header_row, reading.encoding, reading.include_hidden, password, where)


async def make_plan_for(
    validation: Validation, source: PlanSource, connector: Connector
) -> tuple[Plan, RemoteSnapshot]:
    """Return what a push of these clients would do to what the platform has now."""
    from clientimport.push.plan.plan import make_plan
    from clientimport.push.plan.snapshot import take_snapshot

    there = await take_snapshot(connector)
    return make_plan(validation, there, source), there


def plan_source(file: str, stdin: bytes | None) -> PlanSource:
    """Return what a plan remembers of the file it was made from."""
    import hashlib
    from pathlib import Path

    from clientimport.push.plan.plan import PlanSource
    from clientimport.push.plan.plan_file import file_sha256

    return PlanSource(file, hashlib.sha256(stdin).hexdigest() if stdin is not None else file_sha256(Path(file)))
