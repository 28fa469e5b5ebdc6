"""The debug log on stderr: what was asked of a platform and how it answered, for support at a distance.

Methods, paths, statuses and seconds; never a header, a query, a body or a cell. Other libraries' logs stay silent.
"""

from __future__ import annotations

import logging
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from clientimport import __version__
from clientimport.messages.printable import printable
from clientimport.model.masking import mask_page


class _Line(logging.Formatter):
    """One line in UTC, without a national register number or a control character that a path might carry."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return printable(mask_page(super().format(record)))


@contextmanager
def debug_log() -> Iterator[None]:
    """Write the log while the context lasts."""
    log, handler = logging.getLogger("clientimport"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line("%(asctime)s %(message)s"))
    before, log.propagate = log.level, False
    log.setLevel(logging.DEBUG)
    log.addHandler(handler)
    try:
        log.debug("clientimport %s, Python %s, %s", __version__, platform.python_version(), platform.system())
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
