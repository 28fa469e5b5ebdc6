"""Who gives a command: the person's name on this computer, and the computer's."""

from __future__ import annotations

import re
import socket
from functools import cache


@cache
def who() -> str:
    """Return the person and the computer as name@host: from the system's accounts, and not from what anybody may set.

    >>> who() == f"{person(who())}@{socket.gethostname()}"
    True
    """
    return f"{_login()}@{socket.gethostname()}"


def person(name_at_host: str) -> str:
    """Return whose name it is, on whatever computer.

    >>> person("An@desk-3"), person("an@desk-4")
    ('an', 'an')
    """
    return name_at_host.rpartition("@")[0].casefold()


def _login() -> str:
    try:
        import os
        import pwd
    except ImportError:  # Windows has no such list
        import getpass

        return getpass.getuser()
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # an account that the system does not list, in a container for example
        name = f"user-{os.getuid()}"
    return re.sub(r"\s+", "_", name)
