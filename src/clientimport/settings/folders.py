"""Where things are kept: the folders of this person, and the files in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from clientimport.errors import SettingsUnusable
from clientimport.storage.atomic_write import make_private_folder
from clientimport.storage.protected_files import ProgramFiles

_PROGRAM = "clientimport"
_OF_AN_OFFICE = (
    *("CLIENTIMPORT_PLATFORM", "CLIENTIMPORT_CONNECTION", "CLIENTIMPORT_PROFILE", "CLIENTIMPORT_LANGUAGE"),
    "CLIENTIMPORT_LEDGER",
)
"""What belongs to the settings of an office, and not to another home."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders in which this person's settings and state are kept."""

    settings: Path
    state: Path

    @property
    def config(self) -> Path:
        """The file with the connections and the language."""
        return self.settings / "config.toml"

    @property
    def profiles(self) -> Path:
        """The folder of saved mappings."""
        return self.settings / "profiles"

    @property
    def merge_answers(self) -> Path:
        """The file of answers about pairs of clients that may be one."""
        return self.profiles / "merge-answers.json"

    @property
    def ledger(self) -> Path:
        """The database that remembers every push."""
        return self.state / "state.db"

    @property
    def ledger_key(self) -> Path:
        """The file of the ledger's key, where there is no keyring for it."""
        return self.state / "ledger.key"

    @property
    def desk_key(self) -> Path:
        """The file of this home's key to a ledger that several desks share, where there is no keyring for it."""
        return self.state / "desk.key"

    @property
    def sandbox(self) -> Path:
        """The database of the built-in connection `sandbox`."""
        return self.state / "sandbox.db"

    @property
    def registers(self) -> Path:
        """The folder of what is known of public registers: the KBO's index, and the answers of VIES."""
        return self.state / "registers"

    @property
    def locks(self) -> Path:
        """The folder of the locks, one for each account."""
        return self.state / "locks"

    @property
    def defect(self) -> Path:
        """Where in the program it went wrong, the last time that it did."""
        return self.state / "defect.txt"


def folders() -> Folders:
    """Return where the folders are; they may not be there yet."""
    home = os.environ.get("CLIENTIMPORT_HOME")
    if home:
        return Folders(Path(home), Path(home))
    import platformdirs

    return Folders(
        platformdirs.user_config_path(_PROGRAM, appauthor=False),
        platformdirs.user_data_path(_PROGRAM, appauthor=False),
    )


def own_files(places: Folders) -> ProgramFiles:
    """Return the program's own files, which no output may replace."""
    files = (places.config, places.ledger, places.sandbox, places.ledger_key, places.desk_key, places.defect)
    return ProgramFiles(files, (places.profiles, places.locks, places.registers))


def ensure_folder(folder: Path) -> Path:
    """Return `folder` after making it, for this person only, when it was not there. Raises SettingsUnusable."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise SettingsUnusable("settings.folder", folder=folder, reason=error) from error
    return folder


def use_home(home: Path) -> None:
    """Keep everything of this process in `home` from now on; defaults and ledger of the environment do not hold."""
    for name in _OF_AN_OFFICE:
        os.environ.pop(name, None)
    os.environ["CLIENTIMPORT_HOME"] = str(home)
