"""Matching: which column of a table is which field of a platform, the surest knowledge first."""

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
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch, MatchReason
from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.common_prefix import header_meanings
from clientimport.matching.context_words import NAMES
from clientimport.matching.duplicate_columns import duplicate_columns
from clientimport.matching.further_contacts import further_contacts
from clientimport.matching.known_software import recognise_software
from clientimport.matching.matching_steps import ALL_STEPS, MatchingSteps
from clientimport.matching.platform_template import recognise_template
from clientimport.matching.profile_match import ProfileMatch
from clientimport.matching.profiles import FURTHER_CONTACT
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.matching.value_sample import ValueVerdict, value_sample
from clientimport.matching.values_only import MIN_VALUES
from clientimport.messages.added_headers import added_headers
from clientimport.model.parallel import map_parallel
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Table
from clientimport.schema.derivations.dependencies import contributes_to
from clientimport.schema.fields import canonical_fields

_PERCENT = 100
_RENAMED = 0.8


def match_columns(
    table: Table,
    schema: PlatformSchema,
    decided: Dict[int, str],
    recall: ProfileMatch | None,
    words: ValueOverrides = NO_OVERRIDES,
    steps: MatchingSteps = ALL_STEPS,
) -> ColumnMapping:
    """Return what each column is taken for. `decided` is by the user: position -> field or `ignore`.

    `words` are the user's too: what words mean in fields that take only a few values. In this order: the decisions, the
    saved profile, the platform's own template, a known program, and for the columns that are left headers, values and
    neighbours together, in `steps`. The columns of our own rejects file are ignored.
    """
    samples = map_parallel(lambda one: value_sample(one, schema.country, words), table.columns, size=len(table.rows))
    said = zip(table.columns, header_meanings([one.header for one in table.columns]), samples, strict=True)
    observed = {one.index: ColumnEvidence(one, meaning, some) for one, meaning, some in said}
    template = recognise_template(table, schema)
    matches = MatchState(observed)
    matches.add(decided, MatchReason("set"), 1.0, _stands)
    ours = {one.index: IGNORE for one in table.columns if one.header in added_headers()}
    matches.add(ours, MatchReason("ours"), 1.0, _stands)
    if recall:
        matches.add(
            recall.kept, MatchReason("profile", {"name": recall.profile.name}), 1.0, partial(_recalled, observed)
        )
        for one in recall.renamed:
            reason = MatchReason("profile_renamed", {"name": recall.profile.name, "before": one.before})
            matches.add({one.column.index: one.field}, reason, _RENAMED, _proposed)
    if template:
        matches.add(template.fields, MatchReason("template"), 1.0, _kept)
    elif program := recognise_software(table):
        fields = {index: field for index, field in program.fields.items() if _fits(observed[index], field, schema)}
        matches.add(fields, MatchReason("program", {"program": program.name}), 0.97, _dropped)
    for index in duplicate_columns(table) - matches.known.keys():
        matches.known[index] = ColumnMatch(observed[index].column, reasons=(MatchReason("copy"),))
    _decide_rest(matches, schema, steps)
    for column in recall.added if recall else ():
        matches.known[column.index] = _new(matches.known[column.index])
    further = further_contacts(matches.undecided(), schema)
    ordered = (matches.known[column.index] for column in table.columns)
    used = (replace(one, used=bool(one.field) and contributes_to(one.field or "", schema.fields)) for one in ordered)
    known = {column.index: _of_further(contact.number) for contact in further for column in contact.columns.values()}
    told = tuple(replace(one, **known.get(one.column.index, {})) for one in used)
    return ColumnMapping(told, recall, template.language if template else None, further)


@dataclass(frozen=True, slots=True)
class MatchState:
    """The columns that are decided, by position; each field once."""

    observed: Dict[int, ColumnEvidence]
    known: dict[int, ColumnMatch] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[str]:
        """Return the fields that a column has already."""
        return frozenset(one.field for one in self.known.values() if one.field)

    def undecided(self) -> list[ColumnEvidence]:
        """Return the columns that have no field, and that nobody has decided to leave out."""
        return [
            self.observed[index] for index, match in self.known.items() if match.field is None and not match.is_decided
        ]

    def add(
        self,
        fields: Dict[int, str],
        reason: MatchReason,
        confidence: float,
        judged: Callable[[ColumnMatch, ValueVerdict], ColumnMatch | None],
    ) -> None:
        """Add the columns of one source, as far as neither column nor field is decided yet."""
        taken = self.taken
        for index, name in fields.items():
            if index not in self.known and name not in taken and name != FURTHER_CONTACT:
                observed = self.observed[index]
                found = ColumnMatch(observed.column, name, certain=True, confidence=confidence, reasons=(reason,))
                ignored = replace(found, field=None) if name == IGNORE else None
                if one := ignored or judged(found, _verdict(observed, name)):
                    self.known[index] = one


def _of_further(number: int) -> dict[str, Any]:
    return {"used": True, "certain": True, "reasons": (MatchReason("further_contact", {"number": str(number)}),)}


def _verdict(observed: ColumnEvidence, field: str) -> ValueVerdict:
    """Return what the values say; nothing about fields that exist only in one platform's form."""
    return observed.sample.verdict(field) if canonical_fields()[field].headers else ValueVerdict.SILENT


def _stands(found: ColumnMatch, _: ValueVerdict) -> ColumnMatch:
    return found


def _kept(found: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch:
    """Keep what the platform or a person says: cells that do not fit are errors of their own rows, and named there."""
    if verdict is not ValueVerdict.REFUTES:
        return found
    return replace(found, reasons=(*found.reasons, values_reason(verdict, found.field or "")))


def _recalled(observed: Dict[int, ColumnEvidence], found: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch:
    """Keep what a profile says, and ask about a column whose values contradict it, all of them and not just a few."""
    kept = _kept(found, verdict)
    several = observed[found.column.index].sample.distinct >= MIN_VALUES
    return replace(kept, certain=False) if verdict is ValueVerdict.REFUTES and several else kept


def _proposed(found: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch | None:
    """Leave it to a person's word, and drop what the values deny; a column to leave out is no question."""
    return None if verdict is ValueVerdict.REFUTES else replace(found, certain=False)


def _new(found: ColumnMatch) -> ColumnMatch:
    """Ask about a column that the profile does not know, however plain it is."""
    asked = found.field is not None and found.certain and found.reasons[0].code != "set"
    return replace(found, certain=False, reasons=(*found.reasons, MatchReason("profile_new"))) if asked else found


def _dropped(found: ColumnMatch, verdict: ValueVerdict) -> ColumnMatch | None:
    """Leave a column whose values deny what the program calls it to the other evidence."""
    return None if verdict is ValueVerdict.REFUTES else found


def _fits(observed: ColumnEvidence, field: str, schema: PlatformSchema) -> bool:
    """Tell whether a program's word is also the platform's: its "Naam" is a last name where clients are persons."""
    homonym = field == "legal_name" and len(set(observed.meaning.fields).intersection(NAMES)) > 1
    return not (homonym and schema.column("legal_name") is None)


def _decide_rest(matches: MatchState, schema: PlatformSchema, steps: MatchingSteps) -> None:
    """Decide the columns that are left, jointly, and say of the others what spoke against them."""
    rest: Sequence[ColumnEvidence] = [one for index, one in matches.observed.items() if index not in matches.known]
    for read in steps.readings:
        rest = read(rest, matches.taken, schema)
    rest, repeated = steps.twins(rest, schema.country)
    for index in repeated:
        matches.known[index] = ColumnMatch(matches.observed[index].column, reasons=(MatchReason("copy"),))
    around = MatchContext(tuple(rest), matches.taken, schema)
    assigned = assign(find_candidates(rest, around))
    for settle in steps.ties:
        assigned = settle(assigned, rest)
    for chosen in assigned.chosen:
        matches.known[chosen.column.index] = _chosen(chosen)
    left = [one for one in rest if one.index not in matches.known]
    for chosen in steps.demand(left, matches.taken, schema):
        matches.known[chosen.column.index] = _chosen(chosen)
    for one in rest:
        if one.index not in matches.known:
            matches.known[one.index] = ColumnMatch(one.column, reasons=tuple(_against(one, assigned, schema)))


def _chosen(one: Candidate) -> ColumnMatch:
    return ColumnMatch(one.column, one.field, one.certain, one.score / _PERCENT, one.reasons)


def _against(observed: ColumnEvidence, assigned: Assignment, schema: PlatformSchema) -> Iterable[MatchReason]:
    """Yield why a column stays without a field; candidates only for fields that the platform can use."""
    for code, candidates in (("tied", assigned.tied), ("lost", assigned.outscored)):
        for one in candidates:
            if one.column.index == observed.index and contributes_to(one.field, schema.fields):
                yield MatchReason(code, {"field": one.field})
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
