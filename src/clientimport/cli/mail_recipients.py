"""The receivers of a run's mails, shown before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from clientimport.cli.console import Screen
from clientimport.cli.plan_view import sentences

if TYPE_CHECKING:
    from clientimport.push.mail import Mail


def receivers_data(mails: Iterable[Mail], screen: Screen) -> list[dict[str, object]]:
    """Return what JSON says about mails: to whom each goes, and in which language."""
    return [
        {
            "row": mail.row,
            "client_id": mail.client_id,
            "name": screen.shown("", mail.name),
            "email": screen.shown("", mail.email),
            "language": mail.language or None,
        }
        for mail in mails
    ]


def held_data(due: Iterable[Mail], screen: Screen) -> list[dict[str, object]]:
    """Return what JSON says about mails that do not go out: the same, and why."""
    held = [mail for mail in due if mail.held is not None]
    return [
        {**data, "reason": sentences([mail.held], screen)}
        for data, mail in zip(receivers_data(held, screen), held, strict=True)
        if mail.held is not None
    ]


def receivers_text(mails: Sequence[Mail], screen: Screen) -> str:
    """Return the receivers as a table, every one of them."""
    words = screen.words
    headings = [words.say(f"mails.{key}") for key in ("client", "contact", "address", "language")]
    rows = [(mail.name, mail.contact, mail.email, mail.language) for mail in mails]
    return f"{words.count('mails.go', len(mails))}\n{screen.table(headings, rows)}"


def held_text(due: Iterable[Mail], screen: Screen) -> str:
    """Return the mails that do not go out as a table with the reason of each."""
    words, held = screen.words, [mail for mail in due if mail.held is not None]
    headings = [words.say(f"mails.{key}") for key in ("row", "client", "why")]
    rows = [
        ("" if mail.row is None else str(mail.row), mail.name, sentences([mail.held], screen))
        for mail in held
        if mail.held is not None
    ]
    return f"{words.count('mails.held', len(held))}\n{screen.table(headings, rows)}" if held else ""


def foreseen_data(due: Sequence[Mail], limit: int | None, screen: Screen) -> dict[str, list[dict[str, object]]]:
    """Return what JSON says of the mails of a dry run: those that would go out, and those that are held."""
    from clientimport.push.mail import going

    return {"mails": receivers_data(going(due, limit), screen), "held": held_data(due, screen)}


def foreseen_text(due: Sequence[Mail], limit: int | None, screen: Screen) -> tuple[str, ...]:
    """Return the same as text, nothing where no mail is due."""
    from clientimport.push.mail import going

    mails = going(due, limit)
    shown = f"\n{receivers_text(mails, screen)}" if mails else ""
    held = held_text(due, screen)
    return tuple(filter(None, (shown, f"\n{held}" if held else "")))
