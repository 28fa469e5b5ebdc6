"""Matching: which column of a table is which field of a platform, the most certain source first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from clientimport.matching.address_blocks import ELSEWHERE
from clientimport.matching.ambiguous_headers import MatchContext
from clientimport.matching.assignment import Assignment, assign
from clientimport.matching.candidate import Candidate, ColumnEvidence, header_reason, values_reason
from clientimport.matching.candidates import find_candidates
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch, FurtherContact, MatchReason
from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.common_prefix import header_meanings
from clientimport.matching.context_words import NAMES
from clientimport.matching.duplicate_columns import duplicate_columns
from clientimport.matching.further_contacts import further_contacts
from clientimport.matching.known_software import SoftwareMatch, recognise_software
from clientimport.matching.matching_steps import ALL_STEPS, MatchingSteps
from clientimport.matching.platform_template import recognise_template
from clientimport.matching.profile_match import ProfileMatch
from clientimport.matching.profiles import FURTHER_CONTACT
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.matching.value_sample import ValueVerdict, value_sample
from clientimport.matching.values_only import MIN_VALUES
from clientimport.messages.added_headers import is_added_header
from clientimport.model.parallel import map_parallel
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema.derivations.dependencies import contributes_to
from clientimport.schema.fields import canonical_fields

_PERCENT = 100
_RENAMED = 0.8
_SOFTWARE = 0.97
"""Confidence in a column that a profile knows by a similar header, and in one that a program's export has; other known
sources are certain. Chosen, not measured."""


def match_columns(
    table: Table,
    schema: PlatformSchema,
    decided: Dict[int, str],
    recall: ProfileMatch | None,
    words: ValueOverrides = NO_OVERRIDES,
    steps: MatchingSteps = ALL_STEPS,
) -> ColumnMapping:
    """Return the field of each column. `decided` is by the user: position -> field or `ignore`.

    `words` are the user's too: what words mean in fields that take only a few values. In this order: the decisions, the
    saved profile, the platform's own template, a known program, and for the columns that are left headers, values and
    neighbours together, in `steps`. The columns that this program added to the file are ignored.
    """
    matches = MatchState(_observe(table, schema, words))
    matches.add(decided, MatchReason("set"), 1.0, _regardless_of_values)
    added = {column.index: IGNORE for column in table.columns if is_added_header(column.header)}
    matches.add(added, MatchReason("ours"), 1.0, _regardless_of_values)
    if recall:
        _add_profile(matches, recall)
    theirs = replace(table, columns=tuple(column for column in table.columns if column.index not in added))
    template = recognise_template(theirs, schema)
    if template:
        matches.add(template.fields, MatchReason("template"), 1.0, _note_refuted)
    elif software := recognise_software(theirs):
        _add_software(matches, software, schema)
    matches.add_copies(duplicate_columns(table) - matches.known.keys())
    _decide_rest(matches, schema, steps)
    for column in recall.added if recall else ():
        matches.known[column.index] = _ask_about_new(matches.known[column.index])
    further = further_contacts(matches.undecided(), schema)
    ordered = [matches.known[column.index] for column in table.columns]
    language = template.language if template else None
    return ColumnMapping(_mark_used(ordered, further, schema), recall, language, further)


def _observe(table: Table, schema: PlatformSchema, words: ValueOverrides) -> dict[int, ColumnEvidence]:
    """Return what headers and values show, by the position of the column."""
    columns = table.columns
    samples = map_parallel(lambda column: value_sample(column, schema.country, words), columns, size=len(table.rows))
    meanings = header_meanings([column.header for column in columns])
    return {
        column.index: ColumnEvidence(column, meaning, sample)
        for column, meaning, sample in zip(columns, meanings, samples, strict=True)
    }


@dataclass(frozen=True, slots=True)
class MatchState:
    """The columns that are decided, by position; each field once."""

    observed: Dict[int, ColumnEvidence]
    known: dict[int, ColumnMatch] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[str]:
        """Return the fields that have a column already."""
        return frozenset(match.field for match in self.known.values() if match.field)

    @property
    def positions(self) -> Dict[str, int]:
        """Return the positions of the columns that have a field, by the field."""
        return {match.field: index for index, match in self.known.items() if match.field}

    def undecided(self) -> list[ColumnEvidence]:
        """Return the columns that have no field, without those that are left out on purpose."""
        return [
            self.observed[index] for index, match in self.known.items() if match.field is None and not match.is_decided
        ]

    def add(
        self,
        fields: Dict[int, str],
        reason: MatchReason,
        confidence: float,
        judge: Callable[[ColumnMatch, ValueVerdict], ColumnMatch | None],
    ) -> None:
        """Add the columns of one source, where neither column nor field is decided yet.

        `judge` returns the match in the light of the verdict of the values, or None to drop it.
        """
        taken = self.taken
        for index, name in fields.items():
            if index not in self.known and name not in taken and name != FURTHER_CONTACT:
                observed = self.observed[index]
                match = ColumnMatch(observed.column, name, certain=True, confidence=confidence, reasons=(reason,))
                ignored = replace(match, field=None) if name == IGNORE else None
                if judged := ignored or judge(match, _verdict(observed, name)):
                    self.known[index] = judged

    def add_copies(self, positions: Iterable[int]) -> None:
        """Leave out the columns at these positions, as copies of others."""
        for index in positions:
            self.known[index] = ColumnMatch(self.observed[index].column, reasons=(MatchReason("copy"),))


def _add_profile(matches: MatchState, recall: ProfileMatch) -> None:
    """Add the columns that a saved profile knows, by the same or a similar header."""
    name = recall.profile.name
    judge = partial(_ask_if_refuted, matches.observed)
    matches.add(recall.kept, MatchReason("profile", {"name": name}), 1.0, judge)
    for renamed in recall.renamed:
        reason = MatchReason("profile_renamed", {"name": name, "before": renamed.before})
        matches.add({renamed.column.index: renamed.field}, reason, _RENAMED, _propose)


def _add_software(matches: MatchState, software: SoftwareMatch, schema: PlatformSchema) -> None:
    """Add the columns of a known program's export."""
    observed = matches.observed
    fields = {index: field for index, field in software.fields.items() if _fits(observed[index], field, schema)}
    matches.add(fields, MatchReason("program", {"program": software.name}), _SOFTWARE, _drop_if_refuted)


def _mark_used(
    matches: Iterable[ColumnMatch], further: Iterable[FurtherContact], schema: PlatformSchema
) -> tuple[ColumnMatch, ...]:
    """Return the matches, marked where the platform gets the column, as a field or as a further contact."""
    changes = {
        column.index: _further_contact_changes(contact.number)
        for contact in further
        for column in contact.columns.values()
    }
    used = (
        replace(match, used=bool(match.field) and contributes_to(match.field or "", schema.fields)) for match in matches
    )
    return tuple(replace(match, **changes.get(match.column.index, {})) for match in used)


def _further_contact_changes(number: int) -> dict[str, Any]:
    return {"used": True, "certain": True, "reasons": (MatchReason("further_contact", {"number": str(number)}),)}


def _verdict(observed: ColumnEvidence, field: str) -> ValueVerdict:
    """Return the verdict of the values; SILENT for fields that exist only in one platform's form."""
    return observed.sample.verdict(field) if canonical_fields()[field].headers else ValueVerdict.SILENT


def _regardless_of_values(match: ColumnMatch, _: ValueVerdict) -> ColumnMatch:
    return match


def _note_refuted(match: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch:
    """Return the match, with a reason where values refute it: cells that do not fit are errors of their own rows."""
    if verdict is not ValueVerdict.REFUTES:
        return match
    return replace(match, reasons=(*match.reasons, values_reason(verdict, match.field or "")))


def _ask_if_refuted(observed: Dict[int, ColumnEvidence], match: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch:
    """Return the match of a profile, uncertain where more than a few values refute it."""
    noted = _note_refuted(match, verdict)
    several = observed[match.column.index].sample.distinct >= MIN_VALUES
    return replace(noted, certain=False) if verdict is ValueVerdict.REFUTES and several else noted


def _propose(match: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch | None:
    """Return the match as a proposal; None where values refute it."""
    return None if verdict is ValueVerdict.REFUTES else replace(match, certain=False)


def _ask_about_new(match: ColumnMatch) -> ColumnMatch:
    """Return the match of a column that the profile does not know as a proposal, however certain it is."""
    asked = match.field is not None and match.certain and match.reasons[0].code != "set"
    return replace(match, certain=False, reasons=(*match.reasons, MatchReason("profile_new"))) if asked else match


def _drop_if_refuted(match: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch | None:
    """Return the match; None where values refute it, and other evidence decides."""
    return None if verdict is ValueVerdict.REFUTES else match


def _fits(observed: ColumnEvidence, field: str, schema: PlatformSchema) -> bool:
    """Return whether a program's field is also the platform's: "Naam" is a last name where clients are persons."""
    homonym = field == "legal_name" and len(set(observed.meaning.fields).intersection(NAMES)) > 1
    return not (homonym and schema.column("legal_name") is None)


def _decide_rest(matches: MatchState, schema: PlatformSchema, steps: MatchingSteps) -> None:
    """Decide the columns that are left, together, and give the others the reasons against them."""
    rest: Sequence[ColumnEvidence] = [
        evidence for index, evidence in matches.observed.items() if index not in matches.known
    ]
    for step in steps.readings:
        rest = step(rest, matches.taken, schema)
    rest, repeated = steps.twins(rest, schema.country)
    matches.add_copies(repeated)
    context = MatchContext(tuple(rest), matches.taken, schema)
    assigned = assign(find_candidates(rest, context))
    for choose in steps.ties:
        assigned = choose(assigned, rest)
    for candidate in assigned.chosen:
        matches.known[candidate.column.index] = _match_of(candidate)
    for demand in steps.demand:
        left = [evidence for evidence in rest if evidence.index not in matches.known]
        for candidate in tuple(demand(left, matches.positions, schema)):
            matches.known[candidate.column.index] = _match_of(candidate)
    for evidence in rest:
        if evidence.index not in matches.known:
            reasons = tuple(_reasons_against(evidence, assigned, schema))
            matches.known[evidence.index] = ColumnMatch(evidence.column, reasons=reasons)


def _match_of(candidate: Candidate) -> ColumnMatch:
    return ColumnMatch(
        candidate.column, candidate.field, candidate.certain, candidate.score / _PERCENT, candidate.reasons
    )


def _reasons_against(observed: ColumnEvidence, assigned: Assignment, schema: PlatformSchema) -> Iterable[MatchReason]:
    """Yield why a column has no field; lost candidates only for fields that the platform can use."""
    for code, candidates in (("tied", assigned.tied), ("lost", assigned.outscored)):
        for candidate in candidates:
            if candidate.column.index == observed.index and contributes_to(candidate.field, schema.fields):
                yield MatchReason(code, {"field": candidate.field})
    if observed.meaning.block == ELSEWHERE:
        yield MatchReason("other_address")
    elif observed.meaning.foreign:
        yield MatchReason("foreign")
    elif (observed.meaning.ordinal or 1) > 1:
        yield MatchReason("second")
    elif not observed.meaning.fields:
        yield MatchReason("header_unknown")
    else:
        reason = header_reason(observed.meaning)
        refuted = [f for f in observed.meaning.fields if observed.sample.verdict(f) is ValueVerdict.REFUTES]
        yield from [reason] if reason else []
        yield from (
            values_reason(ValueVerdict.REFUTES, field) for field in refuted if contributes_to(field, schema.fields)
        )
