"""Whether the client that a platform shows is the client that was sent to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clientimport.connectors.http.json_document import not_the_api
from clientimport.connectors.protocol import AnotherClient, AnswerLost
from clientimport.errors import PlatformUnreachable
from clientimport.model.client import STRONG_IDENTIFIERS
from clientimport.model.remote import RemoteClient

AUTHORITY_NUMBERS = STRONG_IDENTIFIERS[:4]
"""What is given by an authority, and so to one client only."""
MIN_SHARED_DIGITS = 8
"""The digits from which on a number that ends as another does is the same one: `BE0403019261` and `403019261`.
Chosen, not measured: an enterprise number has nine that count."""


def verify_created(
    client_id: str, sent: Mapping[str, str], read: Callable[[], RemoteClient], *, creating_mails: bool = False
) -> str:
    """Return the id of a client that was created. Raises AnotherClient when the answer shows one that was there.

    `creating_mails`: creating sends a mail. Raises AnswerLost when the answer cannot be read.
    """
    try:
        remote = read()
    except PlatformUnreachable as unread:
        raise AnswerLost(unread.code, unread.facts["host"]) from None
    if is_other_client(sent, remote.fields) or (not creating_mails and not is_newly_created(remote)):
        raise AnotherClient(client_id)
    return client_id


def require_same_client(client_id: str, remote: RemoteClient, host: str) -> RemoteClient:
    """Return the client that was asked for. Raises PlatformUnreachable when the answer is about another one."""
    if id_key(remote.client_id) != id_key(client_id):
        raise not_the_api(host)
    return remote


def is_other_client(sent: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Return whether the address of its mail differs, or what identifies it does and no number of it agrees.

    >>> is_other_client({"vat_number": "BE0403019261"}, {"vat_number": "BE 0403.019.261"})
    False
    >>> is_other_client({"iban": "1"}, {})
    False
    """
    common = [name for name in (*STRONG_IDENTIFIERS, "contact_email") if sent.get(name) and shown.get(name)]
    same = {name for name in common if same_value(sent[name], shown[name])}
    mailed_elsewhere = "contact_email" in common and "contact_email" not in same
    return mailed_elsewhere or (len(same) < len(common) and same.isdisjoint(AUTHORITY_NUMBERS))


def is_same_client(sent: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Return whether what identifies a client stands at both and is the same.

    >>> is_same_client({"company_number": "0403019261"}, {"vat_number": "BE0403019261"})
    False
    """
    kinds = [name for name in STRONG_IDENTIFIERS if sent.get(name)] or ["contact_email"]
    return not is_other_client(sent, shown) and any(shown.get(name) for name in kinds)


def is_newly_created(remote: RemoteClient) -> bool:
    """Return whether a client can have been created a moment ago: it is neither mailed nor activated."""
    return remote.status in ("draft", "unknown") and not remote.invitations


def same_value(ours: str, theirs: str) -> bool:
    """Return whether two values are the same but for spaces, punctuation, casing and what stands before a number.

    >>> same_value("0403019261", "BE 0403.019.261")
    True
    >>> same_value("K1", "K11")
    False
    >>> same_value("An@Bakkerij.be", "an@bakkerij.be")
    True
    """
    if "@" in ours:
        return ours.strip().casefold() == theirs.strip().casefold()
    short, long = sorted(("".join(filter(str.isalnum, text.casefold())) for text in (ours, theirs)), key=len)
    return short == long or (len(short) >= MIN_SHARED_DIGITS and short.isdigit() and long.endswith(short))


def id_key(client_id: str) -> str:
    """Return an id as it is compared: some platforms write one in several ways."""
    return client_id.strip().casefold()
