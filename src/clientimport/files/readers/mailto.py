"""A mail link: the e-mail address behind a cell that shows something else. Links are read, never followed."""

from __future__ import annotations

import re
from urllib.parse import unquote

_MAIL = re.compile(r"mailto:(?P<address>[^?]+@[^?]+)(\?.*)?", re.IGNORECASE | re.DOTALL)
_FORMULA = re.compile(r'HYPERLINK\(\s*"(?P<target>mailto:[^"]+)"', re.IGNORECASE)


def mail_address(target: str) -> str | None:
    """Return the address that a link's target leads to, None when it leads to no mail.

    >>> mail_address("mailto:an@x.be?subject=Peppol"), mail_address("https://x.be")
    ('an@x.be', None)
    """
    mail = _MAIL.fullmatch(target.strip())
    return unquote(mail["address"]).strip() if mail else None


def mail_address_in_formula(formula: str) -> str | None:
    """Return the address in a formula that writes a link.

    >>> mail_address_in_formula('HYPERLINK("mailto:an@x.be","An")')
    'an@x.be'
    """
    link = _FORMULA.match(formula)
    return mail_address(link["target"]) if link else None
