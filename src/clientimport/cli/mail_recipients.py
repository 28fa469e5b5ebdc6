"""The recipients of a run's mails, shown before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clientimport.api.run_reasons import finding_sentences
from clientimport.cli.console import Console
from clientimport.push.mail import mails_to_send

if TYPE_CHECKING:
    from clientimport.push.mail import Mail


def recipients_data(mails: Iterable[Mail], console: Console) -> list[dict[str, object]]:
    """Return what JSON says about mails: to whom each goes, and in which language."""
    return [
        {
            "row": mail.row,
            "client_id": mail.client_id,
            "name": console.display_value("", mail.name),
            "email": console.display_value("", mail.email),
            "language": mail.language or None,
        }
        for mail in mails
    ]


def held_data(due: Iterable[Mail], console: Console) -> list[dict[str, object]]:
    """Return what JSON says about mails that do not go out: the same, and why."""
    held_mails = [mail for mail in due if mail.hold_finding is not None]
    return [
        {**data, "reason": _reason(mail, console)}
        for data, mail in zip(recipients_data(held_mails, console), held_mails, strict=True)
    ]


def recipients_text(mails: Sequence[Mail], console: Console) -> str:
    """Return the receivers as a table, every one of them."""
    messages = console.messages
    headings = [messages.phrase(f"mails.{key}") for key in ("client", "contact", "address", "language")]
    rows = [(mail.name, mail.contact, mail.email, mail.language) for mail in mails]
    return f"{messages.plural('mails.go', len(mails))}\n{console.table(headings, rows)}"


def held_text(due: Iterable[Mail], console: Console) -> str:
    """Return the mails that do not go out as a table with the reason of each."""
    messages, held_mails = console.messages, [mail for mail in due if mail.hold_finding is not None]
    headings = [messages.phrase(f"mails.{key}") for key in ("row", "client", "why")]
    rows = [("" if mail.row is None else str(mail.row), mail.name, _reason(mail, console)) for mail in held_mails]
    return f"{messages.plural('mails.held', len(held_mails))}\n{console.table(headings, rows)}" if held_mails else ""


def dry_run_data(due: Sequence[Mail], limit: int | None, console: Console) -> dict[str, list[dict[str, object]]]:
    """Return what JSON says of the mails of a dry run: those that would go out, and those that are held."""
    return {"mails": recipients_data(mails_to_send(due, limit), console), "held": held_data(due, console)}


def dry_run_text(due: Sequence[Mail], limit: int | None, console: Console) -> tuple[str, ...]:
    """Return the same as text, nothing where no mail is due."""
    mails = mails_to_send(due, limit)
    shown = f"\n{recipients_text(mails, console)}" if mails else ""
    held_table = held_text(due, console)
    return tuple(filter(None, (shown, f"\n{held_table}" if held_table else "")))


def _reason(mail: Mail, console: Console) -> str:
    return finding_sentences(filter(None, [mail.hold_finding]), console.messages, masks=console.masks)
