"""A portfolio: a user's file seen through the eyes of one platform, from the bytes to the clients that may be sent."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clientimport.errors import ColumnsMissing, SettingsUnusable
from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.column_overrides import resolve_overrides
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.known_header import is_known_header
from clientimport.matching.mapping_findings import equal_columns, quoted_headers
from clientimport.matching.matcher import match_columns
from clientimport.matching.missing_columns import missing_required
from clientimport.matching.profile_match import closest_profiles, match_profile
from clientimport.matching.profiles import ProfileCandidate, ProfileStore
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.model.finding import Problem
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema.header_key import normalize_header
from clientimport.schema.locate import table_finding
from clientimport.validation.validate import Validation, validate

if TYPE_CHECKING:
    from clientimport.registers.row_lookup import RowLookup

SAME_FOR_ALL = {"country": "BE", "language": "nl", "contact_language": "nl"}
"""Fields that a whole file may share, with a value to suggest for `--default`."""


@dataclass(frozen=True, slots=True)
class UserDecisions:
    """What the user says about columns."""

    columns: Dict[str, str]
    """Header or letter -> field or `ignore`."""
    defaults: Dict[str, str]
    """Field -> its value in every row that has none."""
    profile: str | None = None
    """The saved mapping to use; None looks for one that fits the headers."""
    no_profile: bool = False
    values: ValueOverrides = NO_OVERRIDES
    """What words mean in fields that take only a few values."""
    no_repair: frozenset[str] = frozenset()
    """The kinds of repair that are not wanted."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A table and what its columns are taken for."""

    table: Table
    mapping: ColumnMapping
    schema: PlatformSchema
    defaults: Dict[str, str]
    values: ValueOverrides = NO_OVERRIDES
    """The user's, and those of the profile."""
    tied_profiles: tuple[str, ...] = ()
    """The names of several profiles that the header row is equally like, so that none was used."""
    overrides: Dict[int, str] = field(default_factory=dict)
    """What a person has said: column position -> field or `ignore`."""
    no_repair: frozenset[str] = frozenset()
    profile_errors: tuple[SettingsUnusable, ...] = ()
    """Why some saved profiles were left out."""
    registers: RowLookup | None = None
    """What the rows are held against beside the platform's own rules."""

    @property
    def missing(self) -> Dict[str, str]:
        """The required fields without a column (either-or as `a|b`), with the option that mends each."""
        with_country = {"country", *missing_required(self.mapping, self.schema, {*self._given, "country"})}
        # what only waits for the country (the locale) follows row by row once it is there
        return {name: self._flag(name.split("|")[0]) for name in self._absent() if name in with_country}

    def with_overrides(self, decided: Dict[int, str]) -> ImportFile:
        """Return the portfolio matched anew, with `decided` as what a person has said."""
        mapping = match_columns(self.table, self.schema, decided, self.mapping.profile_match, self.values)
        return replace(self, mapping=mapping, overrides=decided)

    def accept_proposals(self) -> ImportFile:
        """Return the portfolio with every proposal made certain."""
        return replace(self, mapping=self.mapping.accept_proposals())

    def require_certain(self) -> None:
        """Raise ColumnsMissing, naming the columns and options, when a used column is only a proposal."""
        proposals = self.mapping.proposals
        if proposals:
            columns = ", ".join(f"{one.column.letter} “{one.column.header}” = {one.field}" for one in proposals)
            flags = " ".join(_set(one, one.field or "") for one in proposals)
            raise ColumnsMissing("mapping.needs_decision", file=self.table.file, columns=columns, flags=flags)

    def validate(self, *, strict: bool = False) -> Validation:
        """Return everything noticed. Raises ColumnsMissing, naming the options, when a required field has no column."""
        if self.missing:
            fields, flags = ", ".join(self.missing), " ".join(self.missing.values())
            facts = {"fields": fields, "flags": flags, "unmatched": self._unmatched()}
            raise ColumnsMissing("mapping.required_missing", file=self.table.file, **facts)
        return self.validate_incomplete(strict=strict)

    def validate_incomplete(self, *, strict: bool = False) -> Validation:
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
            registers=self.registers,
        )

    def _absent(self) -> tuple[str, ...]:
        """Return the required fields that no column gives, those too that follow from another that is missing."""
        return missing_required(self.mapping, self.schema, self._given)

    @property
    def _given(self) -> frozenset[str]:
        """The fields that need no column: every row has a default, or they are filled from a register."""
        return frozenset((*self.defaults, *(self.registers.fills if self.registers else ())))

    def _unmatched(self) -> str:
        return quoted_headers(self.mapping.unmatched) or "–"

    def _flag(self, field: str) -> str:
        """Return the option that would give `field` its column, or a value for all rows.

        Columns that are equally likely are all named (`a | b`), and where none is, the header is left to the person:
        an option to copy must not be a guess.
        """
        alike = [one for one in self.mapping.matches if field in equal_columns(one)]
        filled = [one for one in alike if is_filled(one.column)]
        if alike:
            return " | ".join(_set(one, field) for one in filled or alike)
        if field in SAME_FOR_ALL:
            value = self.schema.country if field == "country" else SAME_FOR_ALL[field]
            return f"--default {field}={value}"
        return f'--set "HEADER={field}"'


def _set(one: ColumnMatch, field: str) -> str:
    """Return the option for one column: by its header, where that is a word a shell leaves alone."""
    header = one.column.header
    plain = header and not set(header) & set("\"'`$\\!=\n")
    return f'--set "{header}={field}"' if plain else f"--set {one.column.letter}={field}"


def open_import_file(
    file: str,
    schema: PlatformSchema,
    options: ReadRequest,
    decisions: UserDecisions,
    profiles: ProfileStore,
    stdin: bytes | None = None,
) -> ImportFile:
    """Read and match `file` (`-`: the bytes `stdin`).

    Raises FileUnreadable, SettingsUnusable for a profile and UsageError for a decision on something unknown.
    """
    there = _saved(schema, decisions, profiles)
    saved = there.profiles
    headers = frozenset(normalize_header(one.header) for profile in saved for one in profile.columns)
    table = read_table(file, options, lambda text: is_known_header(text) or normalize_header(text) in headers, stdin)
    recalls = closest_profiles(saved, table.columns, schema.id)
    if decisions.profile is not None:
        recalls = tuple(match_profile(profile, table.columns) for profile in saved)
    found = recalls[0] if len(recalls) == 1 else None
    values = decisions.values.merge(found.profile.values) if found else decisions.values
    decided = resolve_overrides(table, decisions.columns)
    mapping = match_columns(table, schema, decided, found, values)
    alike = () if found else tuple(one.profile.name for one in recalls)
    return ImportFile(
        table, mapping, schema, decisions.defaults, values, alike, decided, decisions.no_repair, there.errors
    )


def _saved(schema: PlatformSchema, decisions: UserDecisions, profiles: ProfileStore) -> ProfileCandidate:
    """Return the profiles that may be used: the one that was named, or all of this platform."""
    if decisions.no_profile:
        return ProfileCandidate()
    if decisions.profile is not None:
        return ProfileCandidate((profiles.load(decisions.profile),))
    found = profiles.all()
    return replace(found, profiles=tuple(one for one in found.profiles if one.platform == schema.id))
