"""The source: the file a command is given, read, matched and checked as its options say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from clientimport.cli.console import Screen
from clientimport.cli.options import NO_REGISTERS, MatchingOptions, ReadingOptions, RegisterOptions
from clientimport.cli.register_access import row_lookup
from clientimport.cli.spinner import working
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


def looked_at(
    file: str,
    schema: PlatformSchema,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
    stdin: bytes | None = None,
    registers: RegisterOptions = NO_REGISTERS,
) -> ImportFile:
    """Return the file with what its columns are taken for, and say which profile was used."""
    from clientimport.validation.import_file import portfolio

    decisions, options = _decisions(matching, reading), reading_options(reading)
    given = stdin_bytes(file) if stdin is None else stdin
    with working(screen, "source.working", file):
        found = portfolio(file, schema, options, decisions, saved_profiles(), given)
    found = replace(found, registers=row_lookup(registers, screen))
    say_faults(found.faults, screen)
    _say_profile(found, matching, screen)
    return found


def say_faults(faults: Iterable[SettingsUnusable], screen: Screen) -> None:
    """Say which profiles were left out, and why."""
    for fault in faults:
        screen.warn("source.profile_left_out", reason=screen.words.error(fault.code, fault.facts))


def _say_profile(found: ImportFile, matching: MatchingOptions, screen: Screen) -> None:
    """Say which profile was found, and what is different from the header row it was made from."""
    recall, facts = found.mapping.recall, {"file": found.table.file}
    if found.alike:
        screen.warn("source.profiles_alike", names=", ".join(found.alike), **facts)
    if recall is None:
        return
    facts["name"] = recall.profile.name
    if not recall.is_exact:
        screen.warn("source.profile_differs", differences=differences(recall, screen.words), **facts)
    elif not matching.profile:
        screen.note("source.profile", **facts)


def differences(recall: ProfileMatch, words: MessageCatalog) -> str:
    """Return in words what the header row has that the profile's has not, and the other way round."""
    parts = {
        "added": [one.header for one in recall.added],
        "gone": [one.header for one in recall.gone],
        "renamed": [f"{one.before} → {one.column.header}" for one in recall.renamed],
    }
    return "; ".join(words.say(f"source.{key}", headers=", ".join(found)) for key, found in parts.items() if found)


def validated(
    file: str,
    schema: PlatformSchema,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
    stdin: bytes | None = None,
    registers: RegisterOptions = NO_REGISTERS,
) -> Validation:
    """Return everything noticed in the file; what is only a proposal is worked with, and said so."""
    found = looked_at(file, schema, reading, matching, screen, stdin, registers)
    for one in found.mapping.proposals:
        column, field = one.column, one.field or ""
        facts = {"column": column.letter, "header": column.header, "field": field}
        screen.note("source.proposed", label=screen.words.label(field), **facts)
    return checked(found, screen)


def checked(portfolio: ImportFile, screen: Screen) -> Validation:
    """Return everything noticed in a file that was read. Raises ColumnsMissing when a required field has no column."""
    with working(screen, "source.checking", portfolio.table.file):
        return portfolio.validated()


def examined(portfolio: ImportFile, screen: Screen, *, strict: bool) -> Validation:
    """Return everything noticed in a file that was read, required columns that are missing among it."""
    with working(screen, "source.checking", portfolio.table.file):
        return portfolio.examined(strict=strict)


def certain(portfolio: ImportFile, screen: Screen, *, accept: bool) -> Validation:
    """Return everything noticed, after a person's word on proposals. Raises ColumnsMissing when nobody can be asked."""
    if accept or not portfolio.mapping.proposals:
        return checked(portfolio.accepted(), screen)
    if not screen.asks:
        portfolio.require_certain()
    if screen.agrees(_question(portfolio, screen.words)):
        return checked(portfolio.accepted(), screen)
    from clientimport.cli.mapping_screen.application import looked_over

    doubtful = [one.column.index for one in portfolio.mapping.proposals]
    seen = looked_over(portfolio, screen, lambda looked, name: keep(looked, name, force=False), doubtful)
    return certain(seen, screen, accept=False)


def _question(portfolio: ImportFile, words: MessageCatalog) -> str:
    """Return the proposals, one on a line, and the question about them."""
    proposals = portfolio.mapping.proposals
    lines = [words.count("source.ask_proposals", len(proposals))]
    for one in proposals:
        facts = {"column": one.column.letter, "header": one.column.header, "field": one.field}
        lines.append(f"  {words.say('source.proposal', label=words.label(one.field or ''), **facts)}")
    return "\n".join((*lines, words.say("source.ask")))


def remembered(
    reading: ReadingOptions, matching: MatchingOptions, *, accept: bool, registers: RegisterOptions = NO_REGISTERS
) -> dict[str, object]:
    """Return what was said about the file, for the ledger."""
    return {**asdict(reading), **asdict(matching), "accept_proposals": accept}


def recalled(said: Mapping[str, Any]) -> tuple[ReadingOptions, MatchingOptions]:
    """Return the options that `remembered` was given."""
    reading = {one.name: said[one.name] for one in fields(ReadingOptions) if one.name in said}
    return ReadingOptions(**reading), MatchingOptions(
        **{one.name: said[one.name] for one in fields(MatchingOptions) if one.name in said}
    )


def keep(portfolio: ImportFile, name: str, *, force: bool) -> None:
    """Save the mapping as a profile. Raises SettingsUnusable."""
    from clientimport.matching.profiles import profile_of

    profile = profile_of(name, portfolio.schema.id, portfolio.mapping, portfolio.values)
    saved_profiles().save(profile, replace_existing=force)


def saved_profiles() -> ProfileStore:
    """Return this person's profiles."""
    from clientimport.cli import settings
    from clientimport.matching.profiles import ProfileStore

    return ProfileStore(settings.places().profiles)


def pairs(option: str, given: list[str], form: str) -> dict[str, str]:
    """Return NAME=VALUE options as a mapping. Raises UsageError for anything else.

    >>> pairs("--field", ["city=Gent", "street=A=B"], "NAME=VALUE")
    {'city': 'Gent', 'street': 'A=B'}
    """
    from clientimport.errors import UsageError

    for text in given:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise UsageError("usage.pair", option=option, value=text, form=form)
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}


def known_fields(option: str, given: dict[str, str], known: tuple[str, ...]) -> dict[str, str]:
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
    from clientimport.matching.value_overrides import ValueOverrides, decided
    from clientimport.schema.fields import vocabulary
    from clientimport.validation.import_file import UserDecisions
    from clientimport.validation.rejected_repairs import repair_kinds

    if matching.profile and matching.no_profile:
        raise UsageError("usage.profile_or_not")
    columns = {}
    for text in matching.decisions or []:
        header, equals, field = text.rpartition("=")  # a header may hold an equals sign, a field does not
        if not equals or not header.strip():
            raise UsageError("usage.pair", option="--set", value=text, form='"HEADER=FIELD"')
        columns[header.strip()] = field.strip()
    defaults = pairs("--default", matching.defaults or [], "FIELD=VALUE")
    if "mandate" in defaults:
        raise UsageError("usage.default_mandate")
    known_fields("--default", defaults, tuple(vocabulary()))
    values = ValueOverrides(tuple(map(decided, matching.values or [])))
    kinds = repair_kinds(reading.no_repair or [])
    return UserDecisions(columns, defaults, matching.profile, matching.no_profile, values, kinds)


def reading_options(reading: ReadingOptions) -> ReadRequest:
    """Return what the user says about a file. Raises SettingsUnusable when its password is nowhere."""
    from clientimport.cli import settings
    from clientimport.files.read import ReadRequest

    password = settings.password(reading.password_env) if reading.password_env is not None else None
    where = tuple(reading.where or ())
    return ReadRequest(reading.sheet, reading.header_row, reading.encoding, reading.include_hidden, password, where)


async def planned(validation: Validation, source: PlanSource, connector: Connector) -> tuple[Plan, RemoteSnapshot]:
    """Return what a push of these clients would do to what the platform has now."""
    from clientimport.push.plan.plan import make_plan
    from clientimport.push.plan.snapshot import snapshot

    there = await snapshot(connector)
    return make_plan(validation, there, source), there


def source_of(file: str, stdin: bytes | None) -> PlanSource:
    """Return what a plan remembers of the file it was made from."""
    import hashlib
    from pathlib import Path

    from clientimport.push.plan.plan import PlanSource
    from clientimport.push.plan.plan_file import file_sha256

    return PlanSource(file, hashlib.sha256(stdin).hexdigest() if stdin is not None else file_sha256(Path(file)))
