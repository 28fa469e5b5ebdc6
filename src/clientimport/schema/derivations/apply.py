"""Applying derivations: empty fields that the platform takes are filled from others, never over something typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import Positions, distinct_values
from clientimport.model.finding import Finding, Issue
from clientimport.model.findings import FindingSequence, Noticed
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.records import Records
from clientimport.schema.derivations import DERIVATIONS
from clientimport.schema.derivations.conflicting_parts import first_conflict
from clientimport.schema.derivations.dependencies import is_useful_for
from clientimport.schema.derivations.derivation import Derivation, Derived, format_parts
from clientimport.schema.finding_catalog import new_finding, to_finding, to_finding_column

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


def apply_derivations(records: Records, schema: PlatformSchema) -> tuple[Records, FindingSequence]:
    """Return the records with every derivation applied, and what a person should see of it."""
    findings: list[Noticed] = []
    records = _fill_constants(records, schema)
    for derivation in DERIVATIONS:
        # Splitting takes longest; a copy may help to recognise a client.
        costly = derivation.splits and not is_useful_for(derivation, schema)
        if not costly and set(derivation.sources) <= records.fields.keys():
            filled = {target: _fillable(records, target) for target in derivation.targets}
            followed = _derive(derivation, records, np.flatnonzero(filled[derivation.targets[0]]))
            records = _fill_targets(records, derivation, followed, filled)
            if set(derivation.targets) & set(schema.fields):
                findings += [*_doubts(records, derivation, followed), *_reports(records, derivation, followed)]
                findings += _conflicts(records, derivation, followed)
    return records, FindingSequence(findings)


def _fill_constants(records: Records, schema: PlatformSchema) -> Records:
    """Fill what every row of the platform's file holds (Accounton's `person`); it says nothing about the client."""
    for column in schema.columns:
        if column.constant:
            values = [value or column.constant for value in records.values(column.field)]
            records = records.with_field(column.field, pa.array(values, pa.string()))
    return records


@dataclass(frozen=True, slots=True)
class _AppliedDerivation:
    """The results of one derivation."""

    columns: tuple[pa.StringArray, ...]
    """The values of each target, null where nothing follows."""
    codes: Positions
    """The index into `derived` of each row; the last one, None, for rows that are not derived."""
    derived: tuple[Derived | None, ...]
    """What follows from each combination of values; nothing where whole columns were computed."""

    @property
    def used(self) -> Mask:
        """For which rows something follows."""
        return ~_empty(self.columns[0])

    def where(self, sign: Callable[[Derived], object]) -> Mask:
        """Return for which rows something follows that has this sign."""
        signed = [derived is not None and bool(sign(derived)) for derived in self.derived]
        return np.array(signed, np.bool_)[self.codes]

    def texts(self, text: Callable[[Derived], str | None]) -> pa.StringArray:
        """Return a text about what follows for each row."""
        texts = [text(result) if result else None for result in self.derived]
        return _laid_out(texts, self.codes)

    def each(self, mask: Mask) -> Iterator[tuple[int, Derived]]:
        """Yield position and what follows there."""
        for position in np.flatnonzero(mask).tolist():
            if derived := self.derived[self.codes[position]]:
                yield position, derived


def _laid_out(texts: Sequence[str | None], codes: Positions) -> pa.StringArray:
    """Return the text of each code."""
    return pa.array(texts, pa.string()).take(codes % len(texts))


def _derive(derivation: Derivation, records: Records, positions: Positions) -> _AppliedDerivation:
    """Return what follows at these positions."""
    codes, derived = np.full(len(records.rows), -1), tuple[Derived | None, ...]((None,))
    if derivation.compute_column:
        empty = np.zeros(len(records.rows), np.bool_)
        empty[positions] = True
        column = derivation.compute_column(*derivation.source_columns(records))
        return _AppliedDerivation((pc.if_else(pa.array(empty), column, None),), codes, derived)
    if len(positions):
        follows = derivation.compute_for(records)
        distinct = distinct_values([column.take(positions) for column in derivation.source_columns(records)])
        codes[positions], derived = distinct.codes, (*(follows(*row) for row in distinct.rows), None)
    parts = zip(*(result.values if result else (None,) * len(derivation.targets) for result in derived), strict=True)
    return _AppliedDerivation(tuple(_laid_out(texts, codes) for texts in parts), codes, derived)


def _fillable(records: Records, target: str) -> Mask:
    """Return where `target` is empty and nothing was typed."""
    empty, origin = _empty(records.column(target)), records.origins.get(target)
    return empty & _empty(origin.values) if origin else empty


def _empty(values: pa.StringArray) -> Mask:
    return np.array(values.is_null().to_numpy(zero_copy_only=False), dtype=bool)


def _fill_targets(
    records: Records, derivation: Derivation, followed: _AppliedDerivation, fillable: Mapping[str, Mask]
) -> Records:
    used = followed.used
    if not used.any() and all(target in records.fields for target in derivation.targets):
        return records
    origin = records.origins.get(derivation.sources[0])
    for part, target in enumerate(derivation.targets):
        values = pc.if_else(pa.array(used & fillable[target]), followed.columns[part], records.column(target))
        # a column that is there keeps its place; one that is wholly derived is found where its source stands
        records = records.with_field(target, values, records.origins.get(target, origin))
    return records


def _doubts(records: Records, derivation: Derivation, followed: _AppliedDerivation) -> list[Finding]:
    source, doubtful = derivation.sources[0], followed.each(followed.where(lambda derived: derived.doubt))
    return [to_finding(records, derived.doubt.at(position, source)) for position, derived in doubtful if derived.doubt]


def _conflicts(records: Records, derivation: Derivation, followed: _AppliedDerivation) -> list[Finding]:
    """Return where one of several parts that a text was taken apart into has a value of its own that differs."""
    if not derivation.splits:
        return []
    columns = [records.column(target) for target in derivation.targets]
    other = np.zeros(len(records.rows), np.bool_)
    for part, column in enumerate(columns):
        other |= pc.not_equal(column, followed.columns[part]).fill_null(False).to_numpy(zero_copy_only=False)
    noticed = (
        problem.at(position, derivation.sources[0])
        for position, derived in followed.each(other & followed.used)
        if (problem := first_conflict(derivation.targets, [c[position].as_py() for c in columns], derived.values))
    )
    return [to_finding(records, issue) for issue in noticed]


def _reports(records: Records, derivation: Derivation, followed: _AppliedDerivation) -> list[Noticed]:
    """Return one finding a row for texts that were split, and one for the table for everything else."""
    source, used = derivation.sources[0], followed.used
    if derivation.splits:
        facts = {"apart": followed.texts(format_parts).filter(pa.array(used))}
        return [to_finding_column(records, derivation.code, source, np.flatnonzero(used), facts=facts)]
    fields = (*derivation.sources, *derivation.joined)
    headers = dict.fromkeys(column.header for field in fields if (column := records.origins.get(field)))
    counted = {"count": str(used.sum()), "sources": " + ".join(headers)}
    return [new_finding(Issue(derivation.code, counted), field=derivation.targets[0])] if used.any() else []
