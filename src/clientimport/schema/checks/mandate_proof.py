"""The proof of a mandate, where the list has it beside the yes: when it was signed, by whom, under which reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.finding import Issue
from clientimport.model.records import Records
from clientimport.schema.fields import MANDATE_PROOF

_YES = "yes"


def mandate_proofs(records: Records) -> Iterator[Issue]:
    """Notice what stands beside each mandate that is a yes; without a yes it proves nothing."""
    known = {field: records.column(field) for field in MANDATE_PROOF if field in records.fields}
    if not known or "mandate" not in records.fields:
        return
    mandates: Any = pc.equal(records.column("mandate"), pa.scalar(_YES))
    positions = cast("list[int]", pc.indices_nonzero(pc.fill_null(mandates, pa.scalar(False))).to_pylist())
    for position in positions:
        facts = {field.removeprefix("mandate_"): column[position].as_py() for field, column in known.items()}
        proof = {name: value for name, value in facts.items() if value}
        if proof:
            yield Issue("mandate.proof", {**proof, "proof": " · ".join(proof.values())}, None, position, "mandate")
