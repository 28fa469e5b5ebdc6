"""Bring an accountant's clients onto online platforms from any spreadsheet, and invite them.

    import clientimport as ci

    clients = ci.read("clients.xlsx", platform="banqup-partner")
    clients.validate().findings

docs/python.md has the rest. What is listed in `__all__` is public; it is loaded when it is first used.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from clientimport.api.clients import Clients
    from clientimport.api.connections import connect, sandbox
    from clientimport.api.dialog import ClientImportWarning
    from clientimport.api.fixed import Fixed
    from clientimport.api.merging import Merged, merge
    from clientimport.api.plan import Plan, load_plan
    from clientimport.api.platform_account import PlatformAccount
    from clientimport.api.preview import Preview
    from clientimport.api.read import read
    from clientimport.api.report import Findings, Report
    from clientimport.api.run import Run, RunFailed
    from clientimport.api.runs import Runs, runs
    from clientimport.errors import (
        ClientImportError,
        ColumnsMissing,
        CredentialsRefused,
        FileUnreadable,
        PlatformUnreachable,
        SchemaUnusable,
        SettingsUnusable,
        UsageError,
    )

__all__ = [
    "ClientImportError",
    "ClientImportWarning",
    "Clients",
    "ColumnsMissing",
    "CredentialsRefused",
    "FileUnreadable",
    "Findings",
    "Fixed",
    "Merged",
    "Plan",
    "PlatformAccount",
    "PlatformUnreachable",
    "Preview",
    "Report",
    "Run",
    "RunFailed",
    "Runs",
    "SchemaUnusable",
    "SettingsUnusable",
    "UsageError",
    "connect",
    "load_plan",
    "merge",
    "read",
    "runs",
    "sandbox",
]

_MODULES = {
    "api.clients": ("Clients",),
    "api.connections": ("connect", "sandbox"),
    "api.dialog": ("ClientImportWarning",),
    "api.fixed": ("Fixed",),
    "api.merging": ("Merged", "merge"),
    "api.plan": ("Plan", "load_plan"),
    "api.platform_account": ("PlatformAccount",),
    "api.preview": ("Preview",),
    "api.read": ("read",),
    "api.report": ("Findings", "Report"),
    "api.run": ("Run", "RunFailed"),
    "api.runs": ("Runs", "runs"),
    "errors": (
        *("ClientImportError", "ColumnsMissing", "CredentialsRefused", "FileUnreadable", "PlatformUnreachable"),
        *("SchemaUnusable", "SettingsUnusable", "UsageError"),
    ),
}
"""Where each public name is defined: the command line imports this package and needs none of them."""


def __getattr__(name: str) -> Any:
    """Return a public name, loaded now."""
    for module, names in _MODULES.items():
        if name in names:
            return _load(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _load(module: str, name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{module}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted((*__all__, "__version__"))


class _PublicModule(ModuleType):
    """This package, in which `sandbox` is the function, also once the room of that name is imported.

    https://docs.python.org/3/reference/datamodel.html#customizing-module-attribute-access
    """

    @property
    def sandbox(self) -> Any:
        """The function."""
        return _load("api.connections", "sandbox")

    @sandbox.setter
    def sandbox(self, _room: ModuleType) -> None:
        """Leave it: Python sets the name of a room when the room is imported."""


sys.modules[__name__].__class__ = _PublicModule
