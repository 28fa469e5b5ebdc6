"""The file config.toml: connections and defaults, read strictly and written with its comments kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientimport.errors import SettingsUnusable
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.shell_command import shell_command
from clientimport.settings.default_values import DefaultName, parse_default, parse_defaults
from clientimport.settings.folders import ensure_folder
from clientimport.settings.ledger_settings import LedgerSettings, parse_ledger_settings
from clientimport.settings.secrets import secret_variable
from clientimport.storage import system_keyring
from clientimport.storage.atomic_write import write_atomically

if TYPE_CHECKING:
    from clientimport.model.connection import Connection

SANDBOX = "sandbox"
"""The name of the built-in connection."""
_TOP = ("defaults", "language", "connections", "registers", "ledger")
_REGISTERS = ("vies_url", "peppol_zone", "peppol_dns", "requester", "own_access_point")
_CONNECTION = ("platform", "base_url", "client_id", "api", "requests_per_minute", "in_flight")
_LIMITS = ("requests_per_minute", "in_flight")
_REQUIRED = ("platform", "base_url", "client_id")
_NAME = re.compile(r"\w(?:[\w .-]{0,62}[\w.-])?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What config.toml says."""

    defaults: Mapping[DefaultName, str] = field(default_factory=dict)
    """What is taken for options that are not given."""
    connections: Mapping[str, Connection] = field(default_factory=dict)
    registers: Mapping[str, str] = field(default_factory=dict)
    """Where and as whom the public registers are asked, as far as it is not the usual."""
    ledger: LedgerSettings = field(default_factory=LedgerSettings)

    def connection(self, name: str) -> Connection:
        """Return the saved connection of this name. Raises SettingsUnusable."""
        if name not in self.connections:
            known = (*self.connections, SANDBOX)
            words = (
                "clientimport",
                "connections",
                "add",
                name,
                "-p",
                "PLATFORM",
                "--base-url",
                "URL",
                "--client-id",
                "ID",
            )
            facts = {"name": name, "meant": did_you_mean(name, known), "known": ", ".join(known)}
            raise SettingsUnusable("connection.unknown", command=shell_command(words), **facts)
        return self.connections[name]


def load_settings(config: Path) -> Settings:
    """Return what `config` says; nothing when there is no such file. Raises SettingsUnusable for anything unknown."""
    import tomli

    try:
        document = tomli.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsUnusable("settings.place", file=config, reason=error) from error
    except ValueError as error:
        raise SettingsUnusable("settings.damaged", file=config, reason=error) from error
    _require_known(document, _TOP, config, "")
    defaults = parse_defaults(document.get("defaults", {}), config)
    entries = document.get("connections", {})
    if not isinstance(entries, dict):
        raise SettingsUnusable("settings.not_text", file=config, key="connections")
    connections = {name: _connection(name, entry, config) for name, entry in entries.items()}
    _refuse_shared_variables(connections, config)
    return Settings(
        {**_language(document, config), **defaults},
        connections,
        _registers(document.get("registers", {}), config),
        parse_ledger_settings(document.get("ledger", {}), config),
    )


def _language(document: Mapping[str, Any], config: Path) -> Mapping[DefaultName, str]:
    """Return the language as it stood at the top of the file before there were `[defaults]`."""
    return (
        {DefaultName.LANGUAGE: parse_default(DefaultName.LANGUAGE, str(document["language"]), config)}
        if ("language" in document)
        else {}
    )


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


def save_defaults(config: Path, defaults: Mapping[DefaultName, str]) -> None:
    """Write these defaults into `config`, leaving everything else as it stands; an empty one is taken out.

    Raises SettingsUnusable.
    """
    import tomlkit

    load_settings(config)
    document = tomlkit.parse(_read(config))
    if "defaults" not in document:
        document.add("defaults", tomlkit.table())
    table: Any = document["defaults"]
    for name, value in defaults.items():
        if value:
            table[name.value] = parse_default(name, value, config)
        else:
            table.pop(name.value, None)
        if name is DefaultName.LANGUAGE:
            document.pop("language", None)  # where it stood before there were defaults
    _write(config, tomlkit.dumps(document))


def add_connection(config: Path, connection: Connection) -> None:
    """Write `connection` into `config`, leaving everything else as it stands. Raises SettingsUnusable."""
    import tomlkit

    if not _NAME.fullmatch(connection.name):
        raise SettingsUnusable("connection.bad_name", name=connection.name)
    known = load_settings(config).connections
    if connection.name in known:
        removing = shell_command(["clientimport", "connections", "remove", connection.name])
        raise SettingsUnusable("connection.exists", name=connection.name, command=removing)
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


def write_ledger_url(config: Path, url: str) -> None:
    """Write the address of the shared ledger into `config`, leaving everything else as it stands."""
    import tomlkit

    load_settings(config)
    document = tomlkit.parse(_read(config))
    if "ledger" not in document:
        document.add("ledger", tomlkit.table())
    document["ledger"]["url"] = url
    _write(config, tomlkit.dumps(document))


def remove_connection(config: Path, name: str) -> None:
    """Remove the connection `name` from `config`, and its secret from the keyring. Raises SettingsUnusable."""
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
        raise SettingsUnusable("settings.not_written", file=config, reason=error) from error
