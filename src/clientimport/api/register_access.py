"""How the registers are reached: what config.toml says of them, and where their data are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.api.keywords import ClientKeywords, texts
from clientimport.errors import SettingsUnusable, UsageError
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import ensure_folder, folders

if TYPE_CHECKING:
    from clientimport.registers.register_lookup import Progress, Register, RegisterAccess  # 0.2 s that few files need
    from clientimport.registers.row_lookup import RowLookup

Registers = Callable[[], "RegisterAccess"]
"""Returns how the registers are reached, when they are needed."""
KBO_INDEX, VIES_CACHE = "kbo.db", "vies.db"


def registers_folder() -> Path:
    """Return the folder of the registers' data, made for this person only. Raises SettingsUnusable."""
    program_folders = folders()
    ensure_folder(program_folders.state)
    return ensure_folder(program_folders.registers)


def kbo_index() -> Path:
    """Return where the index of the KBO is, or would be."""
    return folders().registers / KBO_INDEX


def register_access(language: str, progress: Progress = lambda *_: None) -> RegisterAccess:
    """Return the registers as this person has set them up. Raises SettingsUnusable."""
    from clientimport.registers.register_lookup import RegisterAccess
    from clientimport.registers.register_settings import RegisterSettings

    config = folders().config
    given = RegisterSettings(**load_settings(config).registers)
    for key in given.unusable():
        raise SettingsUnusable("registers.unusable", file=config, key=key, value=getattr(given, key))
    folder = registers_folder()
    return RegisterAccess(given, folder / KBO_INDEX, folder / VIES_CACHE, language, progress=progress)


def named_registers(given: Iterable[str]) -> frozenset[Register]:
    """Return the registers that `--check` names, separated by commas. Raises UsageError."""
    from clientimport.registers.register_lookup import Register

    names = [name.strip().casefold() for text in given for name in text.split(",") if name.strip()]
    known = ", ".join(Register)
    for name in names:
        if name not in set(Register):
            raise UsageError("registers.unknown", option="--check", value=name, known=known)
    return frozenset(map(Register, names))


def row_lookup(keywords: ClientKeywords, access: Registers) -> RowLookup | None:
    """Return what rows are held against; None when no register was named. Raises UsageError."""
    check, fill_from = texts(keywords.get("check")), keywords.get("fill_from")
    if not check and fill_from is None:
        return None
    from clientimport.registers.row_lookup import RowLookup

    if fill_from not in (None, "kbo"):
        raise UsageError("registers.unknown", option="--fill-from", value=fill_from, known="kbo")
    named = named_registers(check)
    return RowLookup(access(), named, fill=fill_from is not None)
