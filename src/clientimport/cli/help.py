"""Help and usage errors as rich shows them, without Markdown and tracebacks in colour, which no help here holds.

typer loads both beside its help, which is a third of the time that help takes (docs/decisions/0017).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_UNUSED = {"rich.markdown": "Markdown", "rich.traceback": "Traceback"}
"""Where typer imports a class from that it needs for `rich_markup_mode="markdown"` and for pretty exceptions alone."""


def rich_help() -> ModuleType:
    """Return the module of typer's that shows help, loaded with an empty class in the place of each of these."""
    with _without(_UNUSED):
        from typer import rich_utils
    return rich_utils


@contextmanager
def _without(unused: dict[str, str]) -> Iterator[None]:
    """Put an empty class in the place of each unused module while the context lasts."""
    empty = {name: ModuleType(name) for name in unused if name not in sys.modules}
    for name, module in empty.items():
        setattr(module, unused[name], type(unused[name], (), {}))
    sys.modules.update(empty)
    try:
        yield
    finally:
        for name in empty:
            del sys.modules[name]
