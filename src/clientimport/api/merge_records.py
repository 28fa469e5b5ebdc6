"""Conflicts and pairs of a merge as records, as the JSON has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clientimport.merging.evidence import ReviewPair
from clientimport.merging.merge import Conflict

ShowField = Callable[[str, str], str]
"""Returns what is shown of a field's value: of a national register number the last two digits."""


def conflict_record(conflict: Conflict, show: ShowField) -> dict[str, Any]:
    """Return a field in which lists differ, with what each says and what was taken."""
    disagreement = conflict.disagreement
    name, taken = disagreement.field, disagreement.taken
    return {
        "client": conflict.client,
        "field": name,
        "values": [
            {"source": given.source, "row": given.row, "value": show(name, given.value)}
            for given in disagreement.values
        ],
        "taken": None if taken is None else show(name, taken),
        "reason": disagreement.reason,
        "open": disagreement.is_open,
    }


def pair_record(pair: ReviewPair, show: ShowField) -> dict[str, Any]:
    """Return two clients that may be one, with what they have in common."""
    evidence = [
        {
            "kind": shared.kind,
            "value_a": show(shared.kind, shared.value_a),
            "value_b": show(shared.kind, shared.value_b),
            "score": shared.score,
        }
        for shared in pair.evidence
    ]
    a, b = ({"source": client.source, "row": client.rows[0].number} for client in (pair.a, pair.b))
    return {"a": a, "b": b, "evidence": evidence}
