"""Row findings: what was noticed about a row, as JSON for the ledger, so that a run is shown later as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from clientimport.model.finding import Finding
from clientimport.model.masking import mask_text, mask_value
from clientimport.schema.fields import canonical_fields


def findings_to_json(findings: Iterable[Finding]) -> str | None:
    """Return findings as JSON, every national register number masked; None where there are none.

    >>> from clientimport.model.finding import Severity
    >>> findings_to_json([Finding("email.no_at", Severity.ERROR, row=4, column="B", value="an")])
    '[{"code": "email.no_at", "severity": "error", "row": 4, "column": "B", "value": "an"}]'
    """
    documents = [{key: value for key, value in _masked(finding).to_document().items() if value} for finding in findings]
    return json.dumps(documents, ensure_ascii=False) if documents else None


def findings_from_json(document: str | None) -> tuple[Finding, ...]:
    """Return the findings that `kept` was given."""
    documents = json.loads(document) if document else ()
    return tuple(map(Finding.from_document, documents))


def _masked(finding: Finding) -> Finding:
    field = canonical_fields().get(finding.field or "")
    hidden = field is not None and field.masked
    value, suggestion = (text and mask_value(hidden, text) for text in (finding.value, finding.suggestion))
    facts = {name: mask_text(fact) for name, fact in finding.facts.items()}
    return replace(finding, value=value, suggestion=suggestion, facts=facts)
