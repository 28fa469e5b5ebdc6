"""The file clientimport.toml beside the clients or above them: defaults for one folder of work, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clientimport.errors import SettingsUnusable
from clientimport.settings.default_values import NAMES, DefaultName, parse_defaults

NAME = "clientimport.toml"
_REFUSED = frozenset(
    {
        *("base_url", "url", "address", "client_id", "connections", "api", "registers", "ledger"),
        *("secret", "client_secret", "password", "token", "key", "api_key"),
        *("yes", "invite", "accept_proposals", "adopt_ledger", "mail_anyway", "mail_as_on_platform", "update"),
    }
)
"""What must not come from a folder that somebody else may have filled: where to send, with what, and consent."""


def find_project_file(folder: Path) -> Path | None:
    """Return the nearest clientimport.toml: in this folder, else in those above it."""
    start = folder.absolute()
    return next((file for place in (start, *start.parents) if (file := place / NAME).is_file()), None)


def load_project_file(file: Path) -> Mapping[DefaultName, str]:
    """Return the defaults of a project, which may stand under `[defaults]` as well. Raises SettingsUnusable."""
    import tomli

    try:
        document = tomli.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsUnusable("settings.place", file=file, reason=error) from error
    except ValueError as error:
        raise SettingsUnusable("settings.damaged", file=file, reason=error) from error
    table = document.pop("defaults", {})
    _refuse_consent(document, file, "")
    if isinstance(table, dict):
        _refuse_consent(table, file, "defaults.")
    above, below = parse_defaults(document, file, ""), parse_defaults(table, file)
    if twice := next((name for name in above if name in below), None):
        raise SettingsUnusable("settings.default_twice", file=file, key=twice)
    return {**above, **below}


def _refuse_consent(table: Mapping[str, Any], file: Path, prefix: str) -> None:
    for key in table:
        if key.casefold().replace("-", "_") in _REFUSED:
            raise SettingsUnusable("settings.only_defaults", file=file, key=f"{prefix}{key}", names=", ".join(NAMES))
