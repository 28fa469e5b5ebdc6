"""A mail: to whom it would go, and why it is held until a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientimport.model.client import display_name
from clientimport.model.finding import Finding, Issue
from clientimport.model.remote import RemoteClient
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.reference.undeliverable_addresses import undeliverable

EMAIL_FIELD = "contact_email"
LANGUAGE_FIELDS = ("contact_locale", "contact_language", "language")
RESENDABLE = ("draft", "invited")
"""Of a client in these states a mail may still be wanted."""


@dataclass(frozen=True, slots=True)
class MailRules:
    """A person's decisions about mails that would be held."""

    as_on_platform: bool = False
    """Where file and platform have unlike addresses, the platform's is right."""
    anyway: bool = False
    """Mail addresses that look undeliverable, too."""
    delivers_nothing: bool = False
    """The built-in sandbox delivers no mail, so addresses of reserved domains are allowed."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail of one client."""

    row: int | None
    client_id: str | None
    name: str
    """The client's."""
    contact: str
    """The person's."""
    email: str
    """Where it goes; of one that is held because file and platform differ, the file's."""
    language: str
    hold_finding: Finding | None = None
    """Why it does not go out by itself."""


def client_mail(
    row: int | None, ours: Mapping[str, str], remote: RemoteClient | None, rules: MailRules, *, updated: bool = False
) -> Mail:
    """Return the mail of a client; `ours` are the fields of the file; `updated`: the platform has them now.

    The platform mails the address that it has. Where it shows none, there is no difference.
    """
    theirs = remote.fields if remote is not None else {}
    our_email, their_email = ours.get(EMAIL_FIELD, ""), theirs.get(EMAIL_FIELD, "")
    contrary = not updated and different_addresses(our_email, their_email)
    email = our_email if updated or not their_email or (contrary and not rules.as_on_platform) else their_email
    hold_finding = _undeliverable(row, email, rules)
    if contrary and not rules.as_on_platform:
        hold_finding = _finding("mail.other_address", row, our_email, {"ours": our_email, "theirs": their_email})
    person = ours if updated or not theirs else {**ours, **theirs}
    language = next((person[name] for name in LANGUAGE_FIELDS if person.get(name)), "")
    client_id = remote.client_id if remote is not None else None
    return Mail(
        row, client_id, display_name(ours) or display_name(theirs), _contact_name(person), email, language, hold_finding
    )


def mails_to_send(mails: Iterable[Mail], limit: int | None) -> tuple[Mail, ...]:
    """Return the mails that go out now, of all that are due: those that are not held, the first `limit` of them."""
    return tuple(mail for mail in mails if mail.hold_finding is None)[:limit]


def corrected_address_finding(
    row: int | None, ours: Mapping[str, str], remote: RemoteClient, mailed: str | None, *, updated: bool = False
) -> Finding | None:
    """Return that a client's address was corrected after its mail went out; None where that is not so.

    It had its mail, and is not active yet. `mailed` is where our own mail went, None when that is not known: then it
    went to the platform's address, unless that was `updated` just now.
    """
    our_email, their_email = ours.get(EMAIL_FIELD, ""), remote.fields.get(EMAIL_FIELD, "")
    current = our_email if updated or different_addresses(our_email, their_email) else their_email
    mailed_to = mailed or their_email
    return (
        _finding("mail.corrected", row, current, {"mailed": mailed_to, "now": current})
        if different_addresses(mailed_to, current)
        else None
    )


def different_addresses(address: str, other: str) -> bool:
    """Return whether two addresses are different mailboxes: not by case alone, and not where one is empty.

    >>> different_addresses("An@Peeters.be", "an@peeters.BE")
    False
    >>> different_addresses("an@peeters.be", "")
    False
    >>> different_addresses("an@peeters.be", "bo@peeters.be")
    True
    """
    return bool(address and other) and address.casefold() != other.casefold()


def _undeliverable(row: int | None, email: str, rules: MailRules) -> Finding | None:
    problem = undeliverable(email) if email and not rules.anyway else None
    if problem is None or (rules.delivers_nothing and problem.code == "email.reserved_domain"):
        return None
    return new_finding(problem, row=row, field=EMAIL_FIELD, value=email)


def _finding(code: str, row: int | None, value: str, facts: Mapping[str, str]) -> Finding:
    return new_finding(Issue(code, facts), row=row, field=EMAIL_FIELD, value=value)


def _contact_name(fields: Mapping[str, str]) -> str:
    names = (fields.get("contact_first_name", ""), fields.get("contact_last_name", ""))
    return fields.get("contact_name") or " ".join(filter(None, names))
