"""The names in an XML document, by their namespace and not by their prefix."""

from __future__ import annotations

from collections.abc import Iterable

SEPARATOR = " "
"""What stands between namespace and name in what the parser says; neither can hold it."""


class LocalNames(dict[str, str]):
    """Names without their namespace where that is one of those meant, each cut once; others as they are."""

    def __init__(self, namespaces: Iterable[str]) -> None:
        super().__init__()
        self._namespaces = frozenset(namespaces)

    def __missing__(self, name: str) -> str:
        """Return the name that is meant.

        >>> LocalNames(["urn:sheet"])["urn:sheet row"], LocalNames(["urn:sheet"])["urn:drawing row"]
        ('row', 'urn:drawing row')
        """
        namespace, _, local = name.rpartition(SEPARATOR)
        short_name = self[name] = local if namespace in self._namespaces else name
        return short_name


def namespace_of(name: str) -> str:
    """Return the namespace of a name, nothing for one without."""
    return name.rpartition(SEPARATOR)[0]
