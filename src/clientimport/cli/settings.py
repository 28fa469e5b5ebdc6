"""Settings: where things are kept, the saved connections with their secrets, and the language of the person.

The only module that reads the environment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientimport.errors import CredentialsRefused, SettingsUnusable
from clientimport.messages.catalog import LANGUAGES
from clientimport.model.did_you_mean import did_you_mean
from clientimport.storage import system_keyring
from clientimport.storage.atomic_write import make_private_folder, write_atomically
from clientimport.storage.protected_files import ProgramFiles

if TYPE_CHECKING:
    from clientimport.model.connection import Connection

SANDBOX = "sandbox"
"""The name of the built-in connection."""

_PROGRAM = "clientimport"
_TOP = ("language", "connections", "registers")
_REGISTERS = ("vies_url", "peppol_zone", "peppol_dns", "requester", "own_access_point")
_CONNECTION = ("platform", "base_url", "client_id", "api", "requests_per_minute", "in_flight")
_LIMITS = ("requests_per_minute", "in_flight")
_REQUIRED = ("platform", "base_url", "client_id")
_NAME = re.compile(r"\w(?:[\w .-]{0,62}[\w.-])?")


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
    def ledger(self) -> Path:
        """The database that remembers every push."""
        return self.state / "state.db"

    @property
    def ledger_key(self) -> Path:
        """The file of the ledger's key, where there is no keyring for it."""
        return self.state / "ledger.key"

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


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml says."""

    language: str | None = None
    connections: Mapping[str, Connection] = field(default_factory=dict)
    registers: Mapping[str, str] = field(default_factory=dict)
    """Where and as whom the public registers are asked, as far as it is not the usual."""

    def connection(self, name: str) -> Connection:
        """Return the saved connection of this name. Raises SettingsUnusable."""
        if name not in self.connections:
            known = (*self.connections, SANDBOX)
            raise SettingsUnusable(
                "connection.unknown", name=name, meant=did_you_mean(name, known), known=", ".join(known)
            )
        return self.connections[name]


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
    """Return what no command writes for anybody but us."""
    files = (places.config, places.ledger, places.sandbox, places.ledger_key, places.defect)
    return ProgramFiles(files, (places.profiles, places.locks, places.registers))


def ensure_folder(folder: Path) -> Path:
    """Return `folder` after making it, for this person only, when it was not there. Raises SettingsUnusable."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise SettingsUnusable("settings.folder", folder=folder, reason=error.strerror) from error
    return folder


def load_settings(config: Path) -> Settings:
    """Return what `config` says; nothing when there is no such file. Raises SettingsUnusable for anything unknown."""
    import tomli

    try:
        document = tomli.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsUnusable("settings.place", file=config, reason=error.strerror or error) from error
    except ValueError as error:
        raise SettingsUnusable("settings.damaged", file=config, reason=error) from error
    _require_known(document, _TOP, config, "")
    language = document.get("language")
    if language is not None and language not in LANGUAGES:
        raise SettingsUnusable("settings.language", file=config, value=language, known=", ".join(LANGUAGES))
    entries = document.get("connections", {})
    if not isinstance(entries, dict):
        raise SettingsUnusable("settings.not_text", file=config, key="connections")
    connections = {name: _connection(name, entry, config) for name, entry in entries.items()}
    _refuse_shared_variables(connections, config)
    return Settings(language, connections, _registers(document.get("registers", {}), config))


def _registers(entry: Any, config: Path) -> Mapping[str, str]:
    if not isinstance(entry, dict):
        raise SettingsUnusable("settings.not_text", file=config, key="registers")
    _require_known(entry, _REGISTERS, config, "registers.")
    return {key: _text(entry, key, config, "registers.") for key in entry}


def _connection(name: str, entry: Any, config: Path) -> Connection:
    from clientimport.model.connection import Connection  # 3 ms that help does not need

    where = f"connections.{name}."
    if name == SANDBOX:
        raise SettingsUnusable("connection.reserved", name=name)
    if not isinstance(entry, dict):
        raise SettingsUnusable("settings.not_text", file=config, key=where.rstrip("."))
    _require_known(entry, _CONNECTION, config, where)
    texts = {key: _text(entry, key, config, where) for key in _REQUIRED}
    paths = entry.get("api", {})
    if not isinstance(paths, dict) or not all(isinstance(path, str) for path in paths.values()):
        raise SettingsUnusable("settings.not_text", file=config, key=f"{where}api")
    per_minute, in_flight = (_limit(entry.get(key), config, f"{where}{key}") for key in _LIMITS)
    return Connection(
        name,
        texts["platform"],
        texts["base_url"],
        texts["client_id"],
        paths=paths,
        requests_per_minute=per_minute,
        in_flight=in_flight,
    )


def _limit(value: Any, config: Path, key: str) -> int | None:
    if value is not None and (type(value) is not int or value < 1):  # TOML's true is an int to Python
        raise SettingsUnusable("settings.not_a_number", file=config, key=key)
    return value


def _text(entry: Mapping[str, Any], key: str, config: Path, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        code = "settings.missing_key" if value is None else "settings.not_text"
        raise SettingsUnusable(code, file=config, key=f"{where}{key}")
    return value


def _require_known(given: Mapping[str, Any], known: tuple[str, ...], config: Path, where: str) -> None:
    for key in given:
        if key not in known:
            raise SettingsUnusable(
                "settings.unknown_key", file=config, key=f"{where}{key}", meant=did_you_mean(key, known)
            )


def _refuse_shared_variables(connections: Mapping[str, Connection], config: Path) -> None:
    seen: dict[str, str] = {}
    for connection in connections.values():
        if secret_variable(connection.name) in seen:
            raise SettingsUnusable(
                "connection.same_variable",
                file=config,
                name=connection.name,
                other=seen[secret_variable(connection.name)],
                variable=secret_variable(connection.name),
            )
        seen[secret_variable(connection.name)] = connection.name


def secret_variable(name: str) -> str:
    """Return the environment variable for the secret of the connection `name`.

    >>> secret_variable("office"), secret_variable("büro-2")
    ('CLIENTIMPORT_OFFICE_SECRET', 'CLIENTIMPORT_B_RO_2_SECRET')
    """
    plain = "".join(c.upper() if c.isascii() and c.isalnum() else "_" for c in name)
    return f"CLIENTIMPORT_{plain}_SECRET"


def add_connection(config: Path, connection: Connection) -> None:
    """Write `connection` into `config`, leaving everything else as it stands. Raises SettingsUnusable."""
    import tomlkit

    if not _NAME.fullmatch(connection.name):
        raise SettingsUnusable("connection.bad_name", name=connection.name)
    known = load_settings(config).connections
    if connection.name in known:
        raise SettingsUnusable("connection.exists", name=connection.name)
    if connection.name == SANDBOX:
        raise SettingsUnusable("connection.reserved", name=connection.name)
    _refuse_shared_variables({**known, connection.name: connection}, config)
    document = tomlkit.parse(_read(config))
    if "connections" not in document:
        document.add("connections", tomlkit.table(is_super_table=True))
    entry = tomlkit.table()
    entry.add("platform", connection.platform)
    entry.add("base_url", connection.base_url)
    entry.add("client_id", connection.client_id)
    document["connections"].add(connection.name, entry)
    _write(config, tomlkit.dumps(document))


def remove_connection(config: Path, name: str) -> None:
    """Take the connection `name` out of `config`, and its secret out of the keyring. Raises SettingsUnusable."""
    import tomlkit

    load_settings(config).connection(name)
    document = tomlkit.parse(_read(config))
    document["connections"].remove(name)
    _write(config, tomlkit.dumps(document))
    system_keyring.delete(name)


def _read(config: Path) -> str:
    return config.read_text(encoding="utf-8") if config.exists() else ""


def _write(config: Path, text: str) -> None:
    ensure_folder(config.parent)
    try:
        write_atomically(text.encode(), config)
    except OSError as error:
        raise SettingsUnusable("settings.not_written", file=config, reason=error.strerror) from error


def secret(name: str, ask: Callable[[], str] | None) -> str:
    """Return the secret of connection `name`: environment, else keyring, else what `ask` returns.

    Raises CredentialsRefused when none of them has it.
    """
    found = os.environ.get(secret_variable(name)) or system_keyring.get(name)
    if not found and ask is not None:
        found = ask()
    if not found:
        raise CredentialsRefused("credentials.missing", name=name, variable=secret_variable(name))
    return str(found)


def file_password(name: str) -> str:
    """Return the file password that the environment variable `name` holds. Raises SettingsUnusable."""
    value = os.environ.get(name)
    if not value:
        raise SettingsUnusable("settings.no_variable", variable=name)
    return value


def use_home(home: Path) -> None:
    """Let the rest of this process keep everything in `home`."""
    os.environ["CLIENTIMPORT_HOME"] = str(home)


def is_completing() -> bool:
    """Return whether the shell asks how a command line may go on."""
    return "_CLIENTIMPORT_COMPLETE" in os.environ


def allows_questions() -> bool:
    """Return whether the environment lets a program ask questions."""
    return not (os.environ.get("CLIENTIMPORT_NO_INPUT") or os.environ.get("CI"))


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
