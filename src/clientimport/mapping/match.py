"""Matching: which column of a table is which field of a platform, the surest knowledge first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from clientimport.derivations.derivable import feeds
from clientimport.mapping.assignment import Assigned, assign
from clientimport.mapping.candidate import Candidate, Observed, header_reason, values_reason
from clientimport.mapping.decisions import IGNORE
from clientimport.mapping.evidence import evidence
from clientimport.mapping.further_contacts import FURTHER, further_contacts
from clientimport.mapping.kinds import FEWEST
from clientimport.mapping.known_program import exported
from clientimport.mapping.mapping import Mapping, Match, Reason
from clientimport.mapping.neighbours import Surroundings
from clientimport.mapping.official_template import recognised
from clientimport.mapping.qualifiers import NAMES
from clientimport.mapping.recall import Recall
from clientimport.mapping.rivals import copies
from clientimport.mapping.shared_word import meanings
from clientimport.mapping.steps import ALL, Steps
from clientimport.mapping.value_evidence import Verdict, sample
from clientimport.schema import Schema
from clientimport.side_by_side import side_by_side
from clientimport.table import Table
from clientimport.texts.own_headers import own_headers
from clientimport.value_decisions import NONE_DECIDED, ValueDecisions
from clientimport.vocabulary import vocabulary

_PERCENT = 100
_RENAMED = 0.8


def match(
    table: Table,
    schema: Schema,
    decided: Dict[int, str],
    recall: Recall | None,
    words: ValueDecisions = NONE_DECIDED,
    steps: Steps = ALL,
) -> Mapping:
    """Return what each column is taken for. `decided` is by the user: position -> field or `ignore`.

    `words` are the user's too: what words mean in fields that take only a few values. In this order: the decisions, the
    saved profile, the platform's own template, a known program, and for the columns that are left headers, values and
    neighbours together, in `steps`. The columns of our own rejects file are ignored.
    """
    samples = side_by_side(lambda one: sample(one, schema.country, words), table.columns, size=len(table.rows))
    said = zip(table.columns, meanings([one.header for one in table.columns]), samples, strict=True)
    observed = {one.index: Observed(one, meaning, some) for one, meaning, some in said}
    template = recognised(table, schema)
    matches = _Settled(observed)
    matches.add(decided, Reason("set"), 1.0, _stands)
    ours = {one.index: IGNORE for one in table.columns if one.header in own_headers()}
    matches.add(ours, Reason("ours"), 1.0, _stands)
    if recall:
        matches.add(recall.kept, Reason("profile", {"name": recall.profile.name}), 1.0, partial(_recalled, observed))
        for one in recall.renamed:
            reason = Reason("profile_renamed", {"name": recall.profile.name, "before": one.before})
            matches.add({one.column.index: one.field}, reason, _RENAMED, _proposed)
    if template:
        matches.add(template.fields, Reason("template"), 1.0, _kept)
    elif program := exported(table):
        fields = {index: field for index, field in program.fields.items() if _fits(observed[index], field, schema)}
        matches.add(fields, Reason("program", {"program": program.program}), 0.97, _dropped)
    for index in copies(table) - matches.known.keys():
        matches.known[index] = Match(observed[index].column, reasons=(Reason("copy"),))
    _decide_rest(matches, schema, steps)
    for column in recall.added if recall else ():
        matches.known[column.index] = _new(matches.known[column.index])
    further = further_contacts(matches.undecided(), schema)
    ordered = (matches.known[column.index] for column in table.columns)
    used = (replace(one, used=bool(one.field) and feeds(one.field or "", schema.fields)) for one in ordered)
    known = {column.index: _of_further(contact.number) for contact in further for column in contact.columns.values()}
    told = tuple(replace(one, **known.get(one.column.index, {})) for one in used)
    return Mapping(told, recall, template.language if template else None, further)


@dataclass(frozen=True, slots=True)
class _Settled:
    """The columns that are decided, by position; each field once."""

    observed: Dict[int, Observed]
    known: dict[int, Match] = field(default_factory=dict)

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(one.field for one in self.known.values() if one.field)

    def undecided(self) -> list[Observed]:
        """Return the columns that have no field, and that nobody has decided to leave out."""
        return [self.observed[index] for index, match in self.known.items() if match.field is None and not match.idle]

    def add(
        self,
        fields: Dict[int, str],
        reason: Reason,
        confidence: float,
        judged: Callable[[Match, Verdict], Match | None],
    ) -> None:
        """Add the columns of one source, as far as neither column nor field is decided yet."""
        taken = self.taken
        for index, name in fields.items():
            if index not in self.known and name not in taken and name != FURTHER:
                observed = self.observed[index]
                found = Match(observed.column, name, certain=True, confidence=confidence, reasons=(reason,))
                ignored = replace(found, field=None) if name == IGNORE else None
                if one := ignored or judged(found, _verdict(observed, name)):
                    self.known[index] = one


def _of_further(number: int) -> dict[str, Any]:
    return {"used": True, "certain": True, "reasons": (Reason("further_contact", {"number": str(number)}),)}


def _verdict(observed: Observed, field: str) -> Verdict:
    """Return what the values say; nothing about fields that exist only in one platform's form."""
    return observed.sample.verdict(field) if vocabulary()[field].headers else Verdict.SILENT


def _stands(found: Match, _: Verdict) -> Match:
    return found


def _kept(found: Match, verdict: Verdict) -> Match:
    """Keep what the platform or a person says: cells that do not fit are errors of their own rows, and named there."""
    if verdict is not Verdict.REFUTES:
        return found
    return replace(found, reasons=(*found.reasons, values_reason(verdict, found.field or "")))


def _recalled(observed: Dict[int, Observed], found: Match, verdict: Verdict) -> Match:
    """Keep what a profile says, and ask about a column whose values contradict it, all of them and not just a few."""
    kept = _kept(found, verdict)
    several = observed[found.column.index].sample.distinct >= FEWEST
    return replace(kept, certain=False) if verdict is Verdict.REFUTES and several else kept


def _proposed(found: Match, verdict: Verdict) -> Match | None:
    """Leave it to a person's word, and drop what the values deny; a column to leave out is no question."""
    return None if verdict is Verdict.REFUTES else replace(found, certain=False)


def _new(found: Match) -> Match:
    """Ask about a column that the profile does not know, however plain it is."""
    asked = found.field is not None and found.certain and found.reasons[0].code != "set"
    return replace(found, certain=False, reasons=(*found.reasons, Reason("profile_new"))) if asked else found


def _dropped(found: Match, verdict: Verdict) -> Match | None:
    """Leave a column whose values deny what the program calls it to the other evidence."""
    return None if verdict is Verdict.REFUTES else found


def _fits(observed: Observed, field: str, schema: Schema) -> bool:
    """Tell whether a program's word is also the platform's: its "Naam" is a last name where clients are persons."""
    homonym = field == "legal_name" and len(set(observed.meaning.fields).intersection(NAMES)) > 1
    return not (homonym and schema.column("legal_name") is None)


def _decide_rest(matches: _Settled, schema: Schema, steps: Steps) -> None:
    """Decide the columns that are left, jointly, and say of the others what spoke against them."""
    rest: Sequence[Observed] = [one for index, one in matches.observed.items() if index not in matches.known]
    for read in steps.readings:
        rest = read(rest, matches.taken, schema)
    rest, repeated = steps.twins(rest, schema.country)
    for index in repeated:
        matches.known[index] = Match(matches.observed[index].column, reasons=(Reason("copy"),))
    around = Surroundings(tuple(rest), matches.taken, schema)
    assigned = assign(evidence(rest, around))
    for settle in steps.ties:
        assigned = settle(assigned, rest)
    for chosen in assigned.chosen:
        matches.known[chosen.column.index] = _chosen(chosen)
    left = [one for one in rest if one.index not in matches.known]
    for chosen in steps.demand(left, matches.taken, schema):
        matches.known[chosen.column.index] = _chosen(chosen)
    for one in rest:
        if one.index not in matches.known:
            matches.known[one.index] = Match(one.column, reasons=tuple(_against(one, assigned, schema)))


def _chosen(one: Candidate) -> Match:
    return Match(one.column, one.field, one.sure, one.score / _PERCENT, one.reasons)


def _against(observed: Observed, assigned: Assigned, schema: Schema) -> Iterable[Reason]:
    """Yield why a column stays without a field; candidates only for fields that the platform can use."""
    for code, candidates in (("tied", assigned.tied), ("lost", assigned.lost)):
        for one in candidates:
            if one.column.index == observed.index and feeds(one.field, schema.fields):
                yield Reason(code, {"field": one.field})
    if observed.meaning.foreign:
        yield Reason("foreign")
    elif (observed.meaning.ordinal or 1) > 1:
        yield Reason("second")
    elif not observed.meaning.fields:
        yield Reason("header_unknown")
    else:
        reason = header_reason(observed.meaning)
        refuted = [f for f in observed.meaning.fields if observed.sample.verdict(f) is Verdict.REFUTES]
        yield from [reason] if reason else []
        yield from (values_reason(Verdict.REFUTES, field) for field in refuted if feeds(field, schema.fields))
