"""The receivers of a run's mails, shown before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.plan_view import finding_sentences

if TYPE_CHECKING:
    from clientimport.push.mail import Mail


def recipients_data(mails: Iterable[Mail], screen: Console) -> list[dict[str, object]]:
    """Return what JSON says about mails: to whom each goes, and in which language."""
    return [
        {
            "row": mail.row,
            "client_id": mail.client_id,
            "name": screen.display_value("", mail.name),
            "email": screen.display_value("", mail.email),
            "language": mail.language or None,
        }
        for mail in mails
    ]


def held_data(due: Iterable[Mail], screen: Console) -> list[dict[str, object]]:
    """Return what JSON says about mails that do not go out: the same, and why."""
    held = [mail for mail in due if mail.hold_finding is not None]
    return [
        {**data, "reason": finding_sentences([mail.hold_finding], screen)}
        for data, mail in zip(recipients_data(held, screen), held, strict=True)
        if mail.hold_finding is not None
    ]


def recipients_text(mails: Sequence[Mail], screen: Console) -> str:
    """Return the receivers as a table, every one of them."""
    words = screen.messages
    headings = [words.phrase(f"mails.{key}") for key in ("client", "contact", "address", "language")]
    rows = [(mail.name, mail.contact, mail.email, mail.language) for mail in mails]
    return f"{words.plural('mails.go', len(mails))}\n{screen.table(headings, rows)}"


def held_text(due: Iterable[Mail], screen: Console) -> str:
    """Return the mails that do not go out as a table with the reason of each."""
    words, held = screen.messages, [mail for mail in due if mail.hold_finding is not None]
    headings = [words.phrase(f"mails.{key}") for key in ("row", "client", "why")]
    rows = [
        ("" if mail.row is None else str(mail.row), mail.name, finding_sentences([mail.hold_finding], screen))
        for mail in held
        if mail.hold_finding is not None
    ]
    return f"{words.plural('mails.held', len(held))}\n{screen.table(headings, rows)}" if held else ""


def dry_run_data(due: Sequence[Mail], limit: int | None, screen: Console) -> dict[str, list[dict[str, object]]]:
    """Return what JSON says of the mails of a dry run: those that would go out, and those that are held."""
    from clientimport.push.mail import mails_to_send

    return {"mails": recipients_data(mails_to_send(due, limit), screen), "held": held_data(due, screen)}


def dry_run_text(due: Sequence[Mail], limit: int | None, screen: Console) -> tuple[str, ...]:
    """Return the same as text, nothing where no mail is due."""
    from clientimport.push.mail import mails_to_send

    mails = mails_to_send(due, limit)
    shown = f"\n{recipients_text(mails, screen)}" if mails else ""
    held = held_text(due, screen)
    return tuple(filter(None, (shown, f"\n{held}" if held else "")))
