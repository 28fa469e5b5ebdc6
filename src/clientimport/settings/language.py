"""The language to speak."""

from __future__ import annotations

import os
import sys

from clientimport.messages.catalog import LANGUAGES


def choose_language(asked: str | None, configured: str | None = None) -> str:
    """Return the language to speak: the one asked for, else the configured one, else the computer's, else English."""
    spoken = asked or configured or _system_locale()[:2].lower()
    return spoken if spoken in LANGUAGES else "en"


def _system_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name]
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
