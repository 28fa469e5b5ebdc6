"""How a command reaches the registers: what config.toml says of them, where their data are kept, how far it got."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.file_options import RegisterOptions
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import ensure_folder, folders

if TYPE_CHECKING:
    from clientimport.model.finding import Finding
    from clientimport.registers.register_lookup import Register, RegisterAccess
    from clientimport.registers.row_lookup import RowLookup

KBO_INDEX, VIES_CACHE = "kbo.db", "vies.db"
_FEW, _MANY = 10, 50
"""From how many look-ups on progress is shown: on a terminal, and in a log."""


def registers_folder() -> Path:
    """Return the folder of the registers' data, made for this person only. Raises SettingsUnusable."""
    program_folders = folders()
    ensure_folder(program_folders.state)
    return ensure_folder(program_folders.registers)


def kbo_index() -> Path:
    """Return where the index of the KBO is, or would be."""
    return folders().registers / KBO_INDEX


def register_access(console: Console) -> RegisterAccess:
    """Return the registers as this person has set them up. Raises SettingsUnusable."""
    from clientimport.errors import SettingsUnusable
    from clientimport.registers.register_lookup import RegisterAccess
    from clientimport.registers.register_settings import RegisterSettings

    config = folders().config
    given = RegisterSettings(**load_settings(config).registers)
    for key in given.unusable():
        raise SettingsUnusable("registers.unusable", file=config, key=key, value=getattr(given, key))
    folder = registers_folder()
    progress = _Progress(console)
    return RegisterAccess(
        given, folder / KBO_INDEX, folder / VIES_CACHE, console.messages.language, progress=progress.show
    )


def row_lookup(options: RegisterOptions, console: Console) -> RowLookup | None:
    """Return what a file's rows are held against; None when no register was named. Raises UsageError."""
    if not options.check and options.fill_from is None:
        return None
    from clientimport.errors import UsageError
    from clientimport.registers.row_lookup import RowLookup

    if options.fill_from not in (None, "kbo"):
        raise UsageError("registers.unknown", option="--fill-from", value=options.fill_from, known="kbo")
    check = named_registers(options.check or [])
    return RowLookup(register_access(console), check, fill=options.fill_from is not None)


def named_registers(given: list[str]) -> frozenset[Register]:
    """Return the registers that `--check` names, separated by commas. Raises UsageError."""
    from clientimport.errors import UsageError
    from clientimport.registers.register_lookup import Register

    names = [name.strip().casefold() for text in given for name in text.split(",") if name.strip()]
    known = ", ".join(Register)
    for name in names:
        if name not in set(Register):
            raise UsageError("registers.unknown", option="--check", value=name, known=known)
    return frozenset(map(Register, names))


def warn_old_extract(findings: Iterable[Finding], console: Console) -> None:
    """Say that the KBO's extract is older than one should rely on, where a command shows only what is about rows."""
    from clientimport.model.finding import Severity

    for finding in findings:
        if finding.code == "kbo.extract" and finding.severity is Severity.WARNING:
            from clientimport.messages.finding_messages import finding_advice, finding_message

            words = console.messages
            console.print_always(f"{finding_message(words, finding)} {finding_advice(words, finding)}")


class _Progress:
    """How far a look-up got, on stderr: one line that counts on a terminal, a line for every tenth elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tenth = -1

    def show(self, register: str, done: int, total: int) -> None:
        """Show how many were looked up."""
        moving = sys.stderr.isatty()
        if self._console.quiet or total < (_FEW if moving else _MANY):
            return
        line = self._console.messages.phrase("lookup.progress", register=register.upper(), done=done, total=total)
        if moving:
            end = "\n" if done == total else ""
            print(f"\r{line}\x1b[K", end=end, file=sys.stderr, flush=True)
        elif (tenth := 10 * done // total) != self._tenth:
            self._tenth = tenth
            print(line, file=sys.stderr, flush=True)
