"""Row findings: what was noticed about a row, as JSON for the ledger, so that a run is told later as it was then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import masked, masked_value
from clientimport.schema.fields import vocabulary


def kept(findings: Iterable[Finding]) -> str | None:
    """Return findings as JSON, every national register number masked; None where there are none.

    >>> kept([Finding("email.no_at", Severity.ERROR, row=4, column="B", value="an")])
    '[{"code": "email.no_at", "severity": "error", "row": 4, "column": "B", "value": "an"}]'
    """
    documents = [{key: value for key, value in asdict(_masked(one)).items() if value} for one in findings]
    return json.dumps(documents, ensure_ascii=False) if documents else None


def recalled(document: str | None) -> tuple[Finding, ...]:
    """Return the findings that `kept` was given."""
    found = json.loads(document) if document else ()
    return tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in found)


def _masked(finding: Finding) -> Finding:
    known = vocabulary().get(finding.field or "")
    hidden = known is not None and known.masked
    value, suggestion = (text and masked_value(hidden, text) for text in (finding.value, finding.suggestion))
    facts = {name: masked(fact) for name, fact in finding.facts.items()}
    return replace(finding, value=value, suggestion=suggestion, facts=facts)
