"""Filling what the platform wants from what the source has, row by row and never over something typed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from clientimport.derivations import DERIVATIONS
from clientimport.derivations.derivable import of_use
from clientimport.derivations.interface import Derivation, Derived, shown_apart
from clientimport.distinct import Positions, looked_up
from clientimport.finding import Finding, Problem
from clientimport.locating import located, table_finding
from clientimport.record import Records
from clientimport.schema import Noticed, Schema

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


def derive(records: Records, schema: Schema) -> tuple[Records, list[Finding]]:
    """Return the records with every derivation applied, and what a person should see of it."""
    findings: list[Finding] = []
    records = _with_constants(records, schema)
    for derivation in DERIVATIONS:
        # Taking apart takes longest; what merely follows may help to recognise a client.
        costly = derivation.taken_apart and not of_use(derivation, schema)
        if not costly and set(derivation.sources) <= records.fields.keys():
            filled = {target: _fillable(records, target) for target in derivation.targets}
            open_ = _found(derivation, records, np.flatnonzero(filled[derivation.targets[0]]))
            used = {at: one for at, one in open_.items() if one.values[0] is not None}
            records = _with_targets(records, derivation, used, filled)
            if set(derivation.targets) & set(schema.fields):
                findings += [*_doubts(records, derivation, open_), *_shown(records, derivation, used)]
    return records, findings


def _with_constants(records: Records, schema: Schema) -> Records:
    """Fill what every row of the platform's file holds (Accounton's `person`); it says nothing about the client."""
    for column in schema.columns:
        if column.constant:
            values = [value or column.constant for value in records.values(column.field)]
            records = records.with_field(column.field, pa.array(values, pa.string()))
    return records


def _found(derivation: Derivation, records: Records, positions: Positions) -> dict[int, Derived]:
    """Return what follows at these positions."""
    if not len(positions):
        return {}
    sources = [records.column(field).take(positions) for field in (*derivation.sources, *derivation.optional)]
    followed = looked_up(sources, derivation.computing(records))
    return {int(positions[at]): derived for at, derived in followed.items()}


def _fillable(records: Records, target: str) -> Mask:
    """Return where `target` is empty and nothing was typed."""
    empty, origin = _empty(records.column(target)), records.origins.get(target)
    return empty & _empty(origin.values) if origin else empty


def _empty(values: pa.StringArray) -> Mask:
    return np.array(values.is_null().to_numpy(zero_copy_only=False), dtype=bool)


def _with_targets(
    records: Records, derivation: Derivation, used: Mapping[int, Derived], fillable: Mapping[str, Mask]
) -> Records:
    if not used and all(target in records.fields for target in derivation.targets):
        return records
    origin = records.origins.get(derivation.sources[0])
    for part, target in enumerate(derivation.targets):
        values = records.values(target)
        for at, derived in used.items():
            if fillable[target][at]:
                values[at] = derived.values[part]
        # a column that is there keeps its place; one that is wholly derived is found where its source stands
        keep = records.origins.get(target, origin)
        records = records.with_field(target, pa.array(values, pa.string()), keep)
    return records


def _doubts(records: Records, derivation: Derivation, found: Mapping[int, Derived]) -> list[Finding]:
    source = derivation.sources[0]
    return [located(records, Noticed(at, source, one.doubt)) for at, one in found.items() if one.doubt]


def _shown(records: Records, derivation: Derivation, used: Mapping[int, Derived]) -> list[Finding]:
    """Return what was taken apart row by row, and of what merely follows one line for the table."""
    source = derivation.sources[0]
    if derivation.taken_apart:
        return [
            located(records, Noticed(at, source, Problem(derivation.code, {"apart": shown_apart(one)})))
            for at, one in used.items()
        ]
    headers = [column.header for field in derivation.sources if (column := records.origins.get(field))]
    facts = {"count": str(len(used)), "sources": " + ".join(headers)}
    return [table_finding(Problem(derivation.code, facts), field=derivation.targets[0])] if used else []
