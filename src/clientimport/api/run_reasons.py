"""Why a row of a run is what it is: the platform's own words, and our sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_message
from clientimport.messages.rejection_reasons import reason_text
from clientimport.model.finding import Finding
from clientimport.model.masking import mask_text
from clientimport.push.row_accounting import RowAccount
from clientimport.push.run_result import RunRow


def row_notes(
    row: RunRow, account: RowAccount, platform: str, messages: MessageCatalog, *, masks: bool
) -> tuple[str, ...]:
    """Return of which other row's client it is, and why it is what it is; nothing where there is nothing to say."""
    sentences = row_sentences(row, platform, messages, masks=masks)
    return tuple(filter(None, (_same_client(row, account, messages), sentences)))


def _same_client(row: RunRow, account: RowAccount, messages: MessageCatalog) -> str:
    if row.row is None or row.row not in account.first_rows:
        return ""
    first = account.first_rows[row.row]
    return messages.phrase("run.same_client" if first else "run.same_client_before", row=first)


def row_sentences(row: RunRow, platform: str, messages: MessageCatalog, *, masks: bool) -> str:
    """Return the platform's own words, with their age where they are not new, and our sentences.

    Of a run of an older version, the titles of what was noticed.
    """
    result = row.result
    ours = finding_sentences(result.findings, messages, masks=masks)
    reason = reason_text(messages, result.reason or "", platform)
    if all(code in messages.findings for code in (result.reason or "").split(", ")):
        return _shown(ours or reason, masks=masks)
    theirs = _shown(reason, masks=masks)
    if result.rejected_at:
        day = messages.format_date(date.fromisoformat(result.rejected_at[:10]))
        key = "run.answered_before.page" if messages.for_pages else "run.answered_before"
        theirs = messages.phrase(key, reason=theirs, day=day)
    return messages.series((theirs, ours))


def finding_sentences(findings: Iterable[Finding], messages: MessageCatalog, *, masks: bool) -> str:
    """Return what findings say, each with its cell."""
    return messages.series(_at_its_cell(finding, messages, masks=masks) for finding in findings)


def _at_its_cell(finding: Finding, messages: MessageCatalog, *, masks: bool) -> str:
    sentence = finding_message(messages, finding, show_personal_data=not masks).rstrip(".")
    cell = finding.cell or finding.column
    return messages.with_label(cell, sentence) if cell else sentence


def _shown(text: str, *, masks: bool) -> str:
    return mask_text(text) if masks else text
