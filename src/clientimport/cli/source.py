"""The source: the file a command is given, read, matched and checked as its options say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from clientimport.cli.options import Matching, Reading
from clientimport.cli.screen import Screen
from clientimport.cli.standard_input import stdin_bytes
from clientimport.cli.working import working

if TYPE_CHECKING:
    from clientimport.errors import SettingsUnusable
    from clientimport.files.read import ReadingOptions
    from clientimport.mapping.recall import Recall
    from clientimport.planning.plan import Plan, Source
    from clientimport.planning.snapshot import Snapshot
    from clientimport.platforms.interface import Connector
    from clientimport.portfolio import Decisions, Portfolio
    from clientimport.profiles import Profiles
    from clientimport.schema import Schema
    from clientimport.texts.words import Words
    from clientimport.validation import Validation


def looked_at(
    file: str, schema: Schema, reading: Reading, matching: Matching, screen: Screen, stdin: bytes | None = None
) -> Portfolio:
    """Return the file with what its columns are taken for, and say which profile was used."""
    from clientimport.portfolio import portfolio

    decisions, options = _decisions(matching, reading), reading_options(reading)
    given = stdin_bytes(file) if stdin is None else stdin
    with working(screen, "source.working", file):
        found = portfolio(file, schema, options, decisions, saved_profiles(), given)
    say_faults(found.faults, screen)
    _say_profile(found, matching, screen)
    return found


def say_faults(faults: Iterable[SettingsUnusable], screen: Screen) -> None:
    """Say which profiles were left out, and why."""
    for fault in faults:
        screen.warn("source.profile_left_out", reason=screen.words.error(fault.code, fault.facts))


def _say_profile(found: Portfolio, matching: Matching, screen: Screen) -> None:
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


def differences(recall: Recall, words: Words) -> str:
    """Return in words what the header row has that the profile's has not, and the other way round."""
    parts = {
        "added": [one.header for one in recall.added],
        "gone": [one.header for one in recall.gone],
        "renamed": [f"{one.before} → {one.column.header}" for one in recall.renamed],
    }
    return "; ".join(words.say(f"source.{key}", headers=", ".join(found)) for key, found in parts.items() if found)


def validated(
    file: str, schema: Schema, reading: Reading, matching: Matching, screen: Screen, stdin: bytes | None = None
) -> Validation:
    """Return everything noticed in the file; what is only a proposal is worked with, and said so."""
    from clientimport.mapping.decisions import set_option

    found = looked_at(file, schema, reading, matching, screen, stdin)
    for one in found.mapping.proposals:
        column, field = one.column, one.field or ""
        option = set_option(column, found.table.columns, field)
        facts = {"column": column.letter, "header": column.header, "field": field, "option": option}
        screen.note("source.proposed", label=screen.words.label(field), **facts)
    return checked(found, screen)


def checked(portfolio: Portfolio, screen: Screen) -> Validation:
    """Return everything noticed in a file that was read. Raises ColumnsMissing when a required field has no column."""
    with working(screen, "source.checking", portfolio.table.file):
        return portfolio.validated()


def examined(portfolio: Portfolio, screen: Screen, *, strict: bool) -> Validation:
    """Return everything noticed in a file that was read, required columns that are missing among it."""
    with working(screen, "source.checking", portfolio.table.file):
        return portfolio.examined(strict=strict)


def certain(portfolio: Portfolio, screen: Screen, *, accept: bool) -> Validation:
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


def _question(portfolio: Portfolio, words: Words) -> str:
    """Return the proposals, one on a line, and the question about them."""
    proposals = portfolio.mapping.proposals
    lines = [words.count("source.ask_proposals", len(proposals))]
    for one in proposals:
        facts = {"column": one.column.letter, "header": one.column.header, "field": one.field}
        lines.append(f"  {words.say('source.proposal', label=words.label(one.field or ''), **facts)}")
    return "\n".join((*lines, words.say("source.ask")))


def remembered(reading: Reading, matching: Matching, *, accept: bool) -> dict[str, object]:
    """Return what was said about the file, for the ledger."""
    return {**asdict(reading), **asdict(matching), "accept_proposals": accept}


def recalled(said: Mapping[str, Any]) -> tuple[Reading, Matching]:
    """Return the options that `remembered` was given."""
    reading = {one.name: said[one.name] for one in fields(Reading) if one.name in said}
    return Reading(**reading), Matching(**{one.name: said[one.name] for one in fields(Matching) if one.name in said})


def keep(portfolio: Portfolio, name: str, *, force: bool) -> None:
    """Save the mapping as a profile. Raises SettingsUnusable."""
    from clientimport.profiles import profile_of

    profile = profile_of(name, portfolio.schema.id, portfolio.mapping, portfolio.values)
    saved_profiles().save(profile, replace_existing=force)


def saved_profiles() -> Profiles:
    """Return this person's profiles."""
    from clientimport import settings
    from clientimport.profiles import Profiles

    return Profiles(settings.places().profiles)


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
    from clientimport.suggestion import did_you_mean

    for name, value in given.items():
        if name not in known:
            facts = {"option": option, "value": f"{name}={value}", "name": name, "known": ", ".join(known)}
            raise UsageError("usage.unknown_field", meant=did_you_mean(name, known), **facts)
    return given


def _decisions(matching: Matching, reading: Reading) -> Decisions:
    from clientimport.declined_repairs import repair_kinds
    from clientimport.errors import UsageError
    from clientimport.portfolio import Decisions
    from clientimport.value_decisions import ValueDecisions, decided
    from clientimport.vocabulary import vocabulary

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
    values = ValueDecisions(tuple(map(decided, matching.values or [])))
    kinds = repair_kinds(reading.no_repair or [])
    return Decisions(columns, defaults, matching.profile, matching.no_profile, values, kinds)


def reading_options(reading: Reading) -> ReadingOptions:
    """Return what the user says about a file. Raises SettingsUnusable when its password is nowhere."""
    from clientimport import settings
    from clientimport.files.read import ReadingOptions

    password = settings.password(reading.password_env) if reading.password_env is not None else None
    where = tuple(reading.where or ())
    return ReadingOptions(reading.sheet, reading.header_row, reading.encoding, reading.include_hidden, password, where)


async def planned(validation: Validation, source: Source, connector: Connector) -> tuple[Plan, Snapshot]:
    """Return what a push of these clients would do to what the platform has now."""
    from clientimport.planning.plan import make_plan
    from clientimport.planning.snapshot import snapshot

    there = await snapshot(connector)
    return make_plan(validation, there, source), there


def source_of(file: str, stdin: bytes | None) -> Source:
    """Return what a plan remembers of the file it was made from."""
    import hashlib
    from pathlib import Path

    from clientimport.planning.plan import Source
    from clientimport.planning.plan_file import file_sha256

    return Source(file, hashlib.sha256(stdin).hexdigest() if stdin is not None else file_sha256(Path(file)))
