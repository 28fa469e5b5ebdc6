"""A portfolio: a user's file seen through the eyes of one platform, from the bytes to the clients that may be sent."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace

from clientimport.errors import ColumnsMissing, SettingsUnusable
from clientimport.files.read import ReadingOptions, read_table
from clientimport.finding import Problem
from clientimport.locating import table_finding
from clientimport.mapping.decisions import set_option, settled
from clientimport.mapping.header_key import key
from clientimport.mapping.known_header import known
from clientimport.mapping.mapping import Mapping, Match
from clientimport.mapping.match import match
from clientimport.mapping.recall import nearest, recalled
from clientimport.mapping.required import missing_required
from clientimport.mapping.rivals import is_filled
from clientimport.mapping.unsure import equals, named
from clientimport.mapping.value_evidence import Verdict, sample
from clientimport.profiles import Found, Profiles
from clientimport.schema import Schema
from clientimport.table import Table
from clientimport.validation import Validation, validate
from clientimport.value_decisions import NONE_DECIDED, ValueDecisions

SAME_FOR_ALL = {"country": "BE", "language": "nl", "contact_language": "nl"}
"""Fields that a whole file may share, with a value to suggest for `--default`."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user says about columns."""

    columns: Dict[str, str]
    """Header or letter -> field or `ignore`."""
    defaults: Dict[str, str]
    """Field -> its value in every row that has none."""
    profile: str | None = None
    """The saved mapping to use; None looks for one that fits the headers."""
    no_profile: bool = False
    values: ValueDecisions = NONE_DECIDED
    """What words mean in fields that take only a few values."""
    no_repair: frozenset[str] = frozenset()
    """The kinds of repair that are not wanted."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A table and what its columns are taken for."""

    table: Table
    mapping: Mapping
    schema: Schema
    defaults: Dict[str, str]
    values: ValueDecisions = NONE_DECIDED
    """The user's, and those of the profile."""
    alike: tuple[str, ...] = ()
    """The names of several profiles that the header row is equally like, so that none was used."""
    decided: Dict[int, str] = field(default_factory=dict)
    """What a person has said: column position -> field or `ignore`."""
    no_repair: frozenset[str] = frozenset()
    faults: tuple[SettingsUnusable, ...] = ()
    """Why some saved profiles were left out."""

    @property
    def missing(self) -> Dict[str, str]:
        """The required fields without a column (either-or as `a|b`), with the option that mends each."""
        with_country = {"country", *missing_required(self.mapping, self.schema, {*self.defaults, "country"})}
        # what only waits for the country (the locale) follows row by row once it is there
        return {name: self._flag(name.split("|")[0]) for name in self._absent() if name in with_country}

    def saying(self, decided: Dict[int, str]) -> Portfolio:
        """Return the portfolio matched anew, with `decided` as what a person has said."""
        mapping = match(self.table, self.schema, decided, self.mapping.recall, self.values)
        return replace(self, mapping=mapping, decided=decided)

    def accepted(self) -> Portfolio:
        """Return the portfolio with every proposal made certain."""
        return replace(self, mapping=self.mapping.accepted())

    def require_certain(self) -> None:
        """Raise ColumnsMissing, naming the columns and options, when a used column is only a proposal."""
        proposals = self.mapping.proposals
        if proposals:
            columns = ", ".join(f"{one.column.letter} “{one.column.header}” = {one.field}" for one in proposals)
            flags = " ".join(self._set(one, one.field or "") for one in proposals)
            raise ColumnsMissing("mapping.needs_decision", file=self.table.file, columns=columns, flags=flags)

    def validated(self, *, strict: bool = False) -> Validation:
        """Return everything noticed. Raises ColumnsMissing, naming the options, when a required field has no column."""
        if self.missing:
            fields, flags = ", ".join(self.missing), " ".join(self.missing.values())
            facts = {"fields": fields, "flags": flags, "unmatched": self._unmatched()}
            raise ColumnsMissing("mapping.required_missing", file=self.table.file, **facts)
        return self.examined(strict=strict)

    def examined(self, *, strict: bool = False) -> Validation:
        """Return everything noticed; a required field without a column is one error about the table."""
        facts = {"unmatched": self._unmatched()} if self.missing else {}
        missing = [
            table_finding(Problem("required.no_column", {**facts, "flag": flag}), field=name)
            for name, flag in self.missing.items()
        ]
        return validate(
            self.table,
            self.mapping,
            self.schema,
            strict=strict,
            defaults=self.defaults,
            values=self.values,
            no_repair=self.no_repair,
            missing=missing,
            absent=frozenset(field for name in self._absent() for field in name.split("|")),
        )

    def _absent(self) -> tuple[str, ...]:
        """Return the required fields that no column gives, those too that follow from another that is missing."""
        return missing_required(self.mapping, self.schema, self.defaults.keys())

    def _unmatched(self) -> str:
        return named(self.mapping.unmatched) or "–"

    def _flag(self, field: str) -> str:
        """Return the option that would give `field` its column, or a value for all rows.

        Columns that are equally likely are all named (`a | b`), and where none is, the header is left to the person:
        an option to copy must not be a guess.
        """
        alike = [one for one in self.mapping.matches if field in equals(one)]
        filled = [one for one in alike if is_filled(one.column)]
        if alike:
            return " | ".join(self._set(one, field) for one in filled or alike)
        if field in SAME_FOR_ALL and (holding := self._holding(field)):
            return " | ".join(self._set(one, field) for one in holding)
        if field in SAME_FOR_ALL:
            value = self.schema.country if field == "country" else SAME_FOR_ALL[field]
            return f"--default {field}={value}"
        return f'--set "HEADER={field}"'

    def _holding(self, field: str) -> list[Match]:
        """Return the columns without a field whose values are that one: one value for all rows would overrule them."""
        left = [one for one in self.mapping.matches if one.field is None and not one.idle and is_filled(one.column)]
        return [one for one in left if sample(one.column, self.schema.country).verdict(field) is Verdict.AGREES]

    def _set(self, one: Match, field: str) -> str:
        return set_option(one.column, self.table.columns, field)


def portfolio(
    file: str,
    schema: Schema,
    options: ReadingOptions,
    decisions: Decisions,
    profiles: Profiles,
    stdin: bytes | None = None,
) -> Portfolio:
    """Read and match `file` (`-`: the bytes `stdin`).

    Raises FileUnreadable, SettingsUnusable for a profile and UsageError for a decision on something unknown.
    """
    there = _saved(decisions, profiles)
    saved = there.profiles
    headers = frozenset(key(one.header) for profile in saved for one in profile.columns)
    table = read_table(file, options, lambda text: known(text) or key(text) in headers, stdin)
    recalls = nearest(saved, table.columns, schema.id)
    if decisions.profile is not None:
        recalls = tuple(recalled(profile, table.columns, schema.id) for profile in saved)
    found = recalls[0] if len(recalls) == 1 else None
    values = decisions.values.over(found.profile.values) if found else decisions.values
    decided = settled(table, decisions.columns)
    mapping = match(table, schema, decided, found, values)
    alike = () if found else tuple(one.profile.name for one in recalls)
    return Portfolio(
        table, mapping, schema, decisions.defaults, values, alike, decided, decisions.no_repair, there.faults
    )


def _saved(decisions: Decisions, profiles: Profiles) -> Found:
    """Return the profiles that may be used: the one that was named, or all, those of other platforms too."""
    if decisions.no_profile:
        return Found()
    if decisions.profile is not None:
        return Found((profiles.load(decisions.profile),))
    return profiles.all()
