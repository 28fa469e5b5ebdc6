"""Where the schemas, samples and docs are: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def data_folder(name: str) -> Path:
    """Return the folder `name` (schemas, samples, docs) that travels with the program."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def platform_ids() -> tuple[str, ...]:
    """Return the ids of all platforms: the names of the schema files, but for those that begin with `_`."""
    return tuple(sorted(file.stem for file in data_folder("schemas").glob("*.toml") if not file.stem.startswith("_")))
