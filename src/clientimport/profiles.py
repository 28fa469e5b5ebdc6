"""Profiles: saved mappings, one small readable file each, found again by their header row (recall.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import tomli

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.mapping.decisions import IGNORE
from clientimport.mapping.further_contacts import FURTHER
from clientimport.mapping.header_key import key
from clientimport.mapping.mapping import Mapping as ColumnMapping
from clientimport.suggestion import did_you_mean
from clientimport.value_decisions import NONE_DECIDED, ValueDecision, ValueDecisions, decision
from clientimport.vocabulary import vocabulary

VERSION = 1
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_KEYS = ("version", "platform", "columns", "values")
_COLUMN_KEYS = ("header", "field", "letter")
_VALUE_KEYS = ("field", "typed", "value")


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """What one column is; no value of it is kept."""

    header: str
    field: str
    """A canonical field, `ignore`, or `further_contact`."""
    letter: str | None = None
    """Only where the header occurs twice."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A saved mapping of one header row for one platform."""

    name: str
    platform: str
    columns: tuple[ProfileColumn, ...]
    values: ValueDecisions = NONE_DECIDED
    """What words mean in fields that take only a few values."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row it was made from."""
        return tuple(column.header for column in self.columns)


def profile_of(name: str, platform: str, mapping: ColumnMapping, values: ValueDecisions = NONE_DECIDED) -> Profile:
    """Return the mapping as a profile; columns without a field are ignored by it, but for those of further contacts."""
    further = {column.index for contact in mapping.further for column in contact.columns.values()}
    headers = [key(match.column.header) for match in mapping.matches]
    columns = tuple(
        ProfileColumn(
            match.column.header,
            match.field or (FURTHER if match.column.index in further else IGNORE),
            match.column.letter if headers.count(header) > 1 else None,
        )
        for match, header in zip(mapping.matches, headers, strict=True)
    )
    return Profile(name, platform, columns, values)


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles in one folder, which need not exist yet. All methods raise SettingsUnusable."""

    folder: Path

    def names(self) -> tuple[str, ...]:
        """Return the names of all profiles, sorted."""
        return tuple(sorted(file.stem for file in self.folder.glob("*.toml")))

    def load(self, name: str) -> Profile:
        """Return the profile of this name."""
        if name not in self.names():
            known = ", ".join(self.names())
            raise SettingsUnusable("profile.unknown", name=name, meant=did_you_mean(name, self.names()), known=known)
        return read_profile(self._file(name))

    def save(self, profile: Profile, *, replace_existing: bool = False) -> None:
        """Write the profile; an existing one only with `replace_existing`."""
        self._refuse_taken(profile.name, allowed=replace_existing)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file(profile.name).write_text(_written(profile), encoding="utf-8")

    def rename(self, name: str, new: str) -> None:
        """Give a profile another name."""
        self.load(name)
        self._refuse_taken(new)
        self._file(name).rename(self._file(new))

    def delete(self, name: str) -> None:
        """Remove a profile."""
        self.load(name)
        self._file(name).unlink()

    def export_to(self, name: str, path: Path) -> None:
        """Write a profile where it can be handed to somebody."""
        try:
            path.write_text(_written(self.load(name)), encoding="utf-8")
        except OSError as error:
            raise SettingsUnusable("profile.unwritable", file=path, reason=error) from error

    def import_from(self, path: Path, name: str | None = None) -> Profile:
        """Read a profile somebody handed over, check it, keep it under `name` (default: the file's) and return it."""
        profile = replace(read_profile(path), name=name or path.stem)
        self.save(profile)
        return profile

    def all(self) -> tuple[Profile, ...]:
        """Return all profiles, sorted by name."""
        return tuple(map(self.load, self.names()))

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise SettingsUnusable("profile.bad_name", name=name)
        return self.folder / f"{name}.toml"

    def _refuse_taken(self, name: str, *, allowed: bool = False) -> None:
        if self._file(name).exists() and not allowed:
            raise SettingsUnusable("profile.exists", name=name)


def read_profile(path: Path) -> Profile:
    """Return the profile in a file, named after it. Raises SettingsUnusable, naming what is wrong."""
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsUnusable("profile.unreadable", file=path.name, reason=error) from error
    _require_keys(content, _KEYS, path)
    if content.get("version") != VERSION:
        raise SettingsUnusable("profile.version", file=path.name, version=content.get("version", "?"))
    columns = content.get("columns")
    if not isinstance(content.get("platform"), str) or not isinstance(columns, list) or not columns:
        raise SettingsUnusable("profile.incomplete", file=path.name)
    read = tuple(_column(entry, path) for entry in columns)
    fields = [one.field for one in read if one.field not in (IGNORE, FURTHER)]
    for field in fields:
        if fields.count(field) > 1:
            raise SettingsUnusable("profile.field_twice", file=path.name, field=field)
    values = content.get("values", [])
    if not isinstance(values, list):
        raise SettingsUnusable("profile.incomplete", file=path.name)
    return Profile(path.stem, content["platform"], read, ValueDecisions(tuple(_value(one, path) for one in values)))


def _texts(entry: object, known: tuple[str, ...], path: Path) -> dict[str, str]:
    """Return the entry, whose values are texts under known names."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SettingsUnusable("profile.incomplete", file=path.name)
    _require_keys(entry, known, path)
    return entry


def _value(entry: object, path: Path) -> ValueDecision:
    texts = _texts(entry, _VALUE_KEYS, path)
    if len(texts) < len(_VALUE_KEYS) or not texts["typed"].strip():
        raise SettingsUnusable("profile.incomplete", file=path.name)
    try:
        return decision(texts["field"], texts["typed"], texts["value"])
    except UsageError as error:
        raise SettingsUnusable(
            "profile.bad_value", file=path.name, field=texts["field"], value=texts["value"]
        ) from error


def _column(entry: object, path: Path) -> ProfileColumn:
    entry = _texts(entry, _COLUMN_KEYS, path)
    if "header" not in entry or "field" not in entry:
        raise SettingsUnusable("profile.incomplete", file=path.name)
    known = (*vocabulary(), IGNORE, FURTHER)
    if entry["field"] not in known:
        meant = did_you_mean(entry["field"], known)
        raise SettingsUnusable("profile.unknown_field", file=path.name, field=entry["field"], meant=meant)
    return ProfileColumn(**entry)


def _require_keys(entry: Mapping[str, object], known: Iterable[str], path: Path) -> None:
    for name in entry:
        if name not in known:
            raise SettingsUnusable("profile.unknown_key", file=path.name, key=name, meant=did_you_mean(name, known))


def _written(profile: Profile) -> str:
    import tomlkit

    document = tomlkit.document()
    document.add("version", tomlkit.item(VERSION))
    document.add("platform", tomlkit.item(profile.platform))
    columns = tomlkit.aot()
    for column in profile.columns:
        letter = {"letter": column.letter} if column.letter else {}
        columns.append(tomlkit.item({"header": column.header, "field": column.field, **letter}))
    document.add("columns", columns)
    if profile.values.decided:
        values = tomlkit.aot()
        for one in profile.values.decided:
            values.append(tomlkit.item({"field": one.field, "typed": one.typed, "value": one.value}))
        document.add("values", values)
    return tomlkit.dumps(document)
