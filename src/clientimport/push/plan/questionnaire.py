"""Questionnaires: which one a new client gets, by its language; linked before it is added, sent by the invitation."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Issue
from clientimport.model.remote import PushOptions, ReferenceLists
from clientimport.push.plan.plan import Plan, PlanEntry
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.finding_catalog import new_finding

EVERY_LANGUAGE = "*"


def parse_questionnaires(options: Iterable[str]) -> Mapping[str, str]:
    """Return what `--questionnaire [LANGUAGE=]NAME` asks for, by language or `*`. Raises UsageError.

    >>> parse_questionnaires(["PIT", "fr=IPP"])
    {'*': 'PIT', 'fr': 'IPP'}
    """
    asked: dict[str, str] = {}
    for option in options:
        language, equals, name = option.partition("=")
        has_language = bool(equals) and language in LANGUAGES
        language, name = (language, name) if has_language else (EVERY_LANGUAGE, option)
        if not name or language in asked:
            raise UsageError("push.questionnaire_twice", option=option)
        asked[language] = name
    return asked


def with_questionnaires(plan: Plan, lists: ReferenceLists, options: PushOptions) -> Plan:
    """Return the plan in which every new client has a questionnaire, and those that cannot have one are invalid.

    Raises UsageError when none was named, or one that the platform has in no language.
    """
    if lists.questionnaires is None or not plan.new:
        return plan
    _require_known(lists.questionnaires, options)
    entries = [_checked_entry(entry, lists.questionnaires, options) for entry in plan.new]
    invalid = sorted([*plan.invalid, *(entry for entry in entries if entry.has_errors)], key=_row)
    going = tuple(entry for entry in entries if not entry.has_errors)
    return dataclasses.replace(plan, new=going, invalid=tuple(invalid))


def _require_known(listed: Mapping[str, tuple[str, ...]], options: PushOptions) -> None:
    every = sorted({name for names in listed.values() for name in names})
    if not options.questionnaires:
        raise UsageError("push.questionnaire_missing", known=", ".join(every))
    for name in options.questionnaires.values():
        if name not in every:
            suggestion = did_you_mean(name, every)
            raise UsageError("push.questionnaire_unknown", name=name, known=", ".join(every), meant=suggestion)


def _checked_entry(entry: PlanEntry, listed: Mapping[str, tuple[str, ...]], options: PushOptions) -> PlanEntry:
    language = entry.fields.get("language", "")
    name = options.questionnaire(language)
    if name in listed.get(language, ()):
        return entry
    facts = {"questionnaire": name or "", "language": language, "known": ", ".join(listed.get(language, ()))}
    issue = Issue("questionnaire.not_in_language", facts)
    finding = new_finding(issue, row=_row(entry), field="language", value=language)
    return dataclasses.replace(entry, findings=(*entry.findings, finding))


def _row(entry: PlanEntry) -> int:
    return entry.client.row if entry.client else 0
