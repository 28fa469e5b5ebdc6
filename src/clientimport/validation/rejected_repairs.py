"""Declined repairs: a repair that the user does not want is an error of its cell, which shows what would be right."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Finding, Severity
from clientimport.schema.finding_catalog import finding_kinds

ALL = "all"


def repair_codes(asked: Iterable[str]) -> frozenset[str]:
    """Return the codes of the repairs that `asked` names: a code, what stands before its dot, or `all`.

    Raises UsageError for one that does not exist.

    >>> sorted(repair_codes(["client_type"]))
    ['client_type.word']
    """
    codes = tuple(code for code, kind in finding_kinds().items() if kind.severity is Severity.REPAIR)
    known = dict.fromkeys((ALL, *(code.partition(".")[0] for code in codes), *codes))
    found: set[str] = set()
    for name in asked:
        if name not in known:
            raise UsageError("repair.unknown", name=name, meant=did_you_mean(name, known))
        found.update(code for code in codes if name in (ALL, code, code.partition(".")[0]))
    return frozenset(found)


def reject_repairs(findings: Iterable[Finding], kinds: Collection[str]) -> list[Finding]:
    """Return the findings with the repairs of these kinds as errors."""
    return [
        replace(one, severity=Severity.ERROR) if one.severity is Severity.REPAIR and one.code in kinds else one
        for one in findings
    ]
