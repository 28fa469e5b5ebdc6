"""An import file: a spreadsheet read and matched for one platform, ready to be validated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clientimport.errors import ColumnsMissing, SettingsUnusable
from clientimport.files.read import ReadRequest, read_table
from clientimport.files.table_detection.header_row import IsKnownHeader
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.matching.column_overrides import IGNORE, resolve_overrides, set_option
from clientimport.matching.composed_columns import compose_columns, expressions_in
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.known_header import is_known_header
from clientimport.matching.mapping_findings import equal_columns, quoted_headers
from clientimport.matching.matcher import match_columns
from clientimport.matching.missing_columns import missing_required
from clientimport.matching.profile_match import closest_profiles, profile_for_platform
from clientimport.matching.profiles import ProfileCandidate, ProfileStore
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.model.finding import Issue
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.header_key import normalize_header
from clientimport.validation.suggested_defaults import SAME_FOR_ALL, default_for_all, unused_columns_holding
from clientimport.validation.validate import CellDecisions, MissingColumns, Validation, validate

if TYPE_CHECKING:
    from clientimport.registers.row_lookup import RowLookup


@dataclass(frozen=True, slots=True)
class UserDecisions:
    """What the user has decided about columns, values and repairs."""

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
    composed: Dict[str, str] = field(default_factory=dict)
    """Field -> what it is put together from."""


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
    """The user's overrides: column position -> field or `ignore`."""
    no_repair: frozenset[str] = frozenset()
    profile_errors: tuple[SettingsUnusable, ...] = ()
    """Why some saved profiles were left out."""
    registers: RowLookup | None = None
    """What the rows are held against beside the platform's own rules."""

    @property
    def missing(self) -> Dict[str, str]:
        """The required fields without a column (either-or as `a|b`), with the option that mends each."""
        with_country = {"country", *missing_required(self.mapping, self.schema, {*self._given_fields, "country"})}
        # what only waits for the country (the locale) follows row by row once it is there
        return {name: self._option(name.split("|")[0]) for name in self._missing_fields() if name in with_country}

    def with_overrides(self, decided: Dict[int, str]) -> ImportFile:
        """Return the import file matched again, with `decided` as the user's overrides."""
        composition = self.mapping.composition
        overrides = {**dict.fromkeys(composition.sources, IGNORE), **decided}
        mapping = match_columns(self.table, self.schema, overrides, self.mapping.profile_match, self.values)
        return replace(self, mapping=mapping.with_composition(composition), overrides=decided)

    def accept_proposals(self) -> ImportFile:
        """Return the import file with every proposal made certain."""
        return replace(self, mapping=self.mapping.accept_proposals())

    def require_certain(self) -> None:
        """Raise ColumnsMissing, naming the columns and options, when a used column is only a proposal."""
        proposals = self.mapping.proposals
        if proposals:
            columns = ", ".join(f"{match.column.letter} “{match.column.header}” = {match.field}" for match in proposals)
            flags = " ".join(self._set_option(match, match.field or "") for match in proposals)
            raise ColumnsMissing("mapping.needs_decision", file=self.table.file, columns=columns, flags=flags)

    def validate(self, *, strict: bool = False) -> Validation:
        """Return the validation. Raises ColumnsMissing, naming the options, when a required field has no column."""
        if self.missing:
            fields, flags = ", ".join(self.missing), " ".join(self.missing.values())
            facts = {"fields": fields, "flags": flags, "unmatched": self._unmatched_columns()}
            raise ColumnsMissing("mapping.required_missing", file=self.table.file, **facts)
        return self.validate_incomplete(strict=strict)

    def validate_incomplete(self, *, strict: bool = False) -> Validation:
        """Return the validation; a required field without a column is one error about the table."""
        facts = {"unmatched": self._unmatched_columns()} if self.missing else {}
        missing = [
            new_finding(Issue("required.no_column", {**facts, "flag": flag}), field=name)
            for name, flag in self.missing.items()
        ]
        decisions = CellDecisions(self.defaults, self.values, self.no_repair, self.registers)
        fields = frozenset(field for name in self._missing_fields() for field in name.split("|"))
        columns = MissingColumns(tuple(missing), fields)
        return validate(self.table, self.mapping, self.schema, strict=strict, decisions=decisions, missing=columns)

    def _missing_fields(self) -> tuple[str, ...]:
        """Return the required fields that no column gives, those too that follow from another that is missing."""
        return missing_required(self.mapping, self.schema, self._given_fields)

    @property
    def _given_fields(self) -> frozenset[str]:
        """The fields that need no column: every row has a default, or they are filled from a register."""
        return frozenset((*self.defaults, *(self.registers.fills if self.registers else ())))

    def _unmatched_columns(self) -> str:
        return quoted_headers(self.mapping.unmatched) or "–"

    def _option(self, field: str) -> str:
        """Return the option that would give `field` its column, or a value for all rows.

        Columns that are equally likely are all named (`a | b`), and where none is, the header is left to the person:
        an option to copy must not be a guess.
        """
        alike = [match for match in self.mapping.matches if field in equal_columns(match)]
        filled = [match for match in alike if is_filled(match.column)]
        if alike:
            return " | ".join(self._set_option(match, field) for match in filled or alike)
        if field in SAME_FOR_ALL and (holding := unused_columns_holding(self.mapping, field, self.schema.country)):
            return " | ".join(self._set_option(match, field) for match in holding)
        if field in SAME_FOR_ALL:
            return f"--default {field}={default_for_all(field, self.schema)}"
        titled = any(column.header for column in self.table.columns)
        return f'--set "HEADER={field}"' if titled else f"--set LETTER={field}"

    def _set_option(self, match: ColumnMatch, field: str) -> str:
        return set_option(match.column, self.table.columns, field)


def open_import_file(
    file: str | Sequence[str],
    schema: PlatformSchema,
    options: ReadRequest,
    decisions: UserDecisions,
    profiles: ProfileStore,
    stdin: bytes | None = None,
) -> ImportFile:
    """Read and match `file` (`-`: the bytes `stdin`), or several as one list.

    Raises FileUnreadable, SettingsUnusable for a profile and UsageError for a decision on something unknown.
    """
    return import_table(lambda known: read_table(file, options, known, stdin), schema, decisions, profiles)


def import_table(
    read: Callable[[IsKnownHeader], Table], schema: PlatformSchema, decisions: UserDecisions, profiles: ProfileStore
) -> ImportFile:
    """Match the columns of the table that `read` returns when it is told which headers are known."""
    loaded = _usable_profiles(decisions, profiles)
    headers = frozenset(normalize_header(column.header) for profile in loaded.profiles for column in profile.columns)
    table = read(lambda text: is_known_header(text) or normalize_header(text) in headers)
    return _match_table(table, schema, decisions, loaded)


def match_table(table: Table, schema: PlatformSchema, decisions: UserDecisions, profiles: ProfileStore) -> ImportFile:
    """Match the columns of a table that was read before. Raises SettingsUnusable and UsageError."""
    return _match_table(table, schema, decisions, _usable_profiles(decisions, profiles))


def _match_table(
    table: Table, schema: PlatformSchema, decisions: UserDecisions, loaded: ProfileCandidate
) -> ImportFile:
    saved = loaded.profiles
    recalls = closest_profiles(saved, table.columns, schema.id)
    if decisions.profile is not None:
        recalls = tuple(profile_for_platform(profile, table.columns, schema.id) for profile in saved)
    recalled = recalls[0] if len(recalls) == 1 else None
    values = decisions.values.merge(recalled.profile.values) if recalled else decisions.values
    decided = resolve_overrides(table, decisions.columns)
    kept = expressions_in(recalled.profile.composed, table) if recalled else {}
    composition = compose_columns(table, {**kept, **decisions.composed})
    overrides = {**dict.fromkeys(composition.sources, IGNORE), **decided}
    mapping = match_columns(table, schema, overrides, recalled, values).with_composition(composition)
    defaults = {**decisions.defaults, **composition.fixed}
    alike = () if recalled else tuple(candidate.profile.name for candidate in recalls)
    return ImportFile(table, mapping, schema, defaults, values, alike, decided, decisions.no_repair, loaded.errors)


def _usable_profiles(decisions: UserDecisions, profiles: ProfileStore) -> ProfileCandidate:
    """Return the profiles that may be used: the one that was named, or all, those of other platforms too."""
    if decisions.no_profile:
        return ProfileCandidate()
    if decisions.profile is not None:
        return ProfileCandidate((profiles.load(decisions.profile),))
    return profiles.all()
