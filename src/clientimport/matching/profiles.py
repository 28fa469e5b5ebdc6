"""Profiles: saved mappings, one small readable file each, recognised by their header row (profile_match.py)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import tomli

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverride, ValueOverrides, make_override
from clientimport.model.did_you_mean import did_you_mean
from clientimport.schema.fields import canonical_fields
from clientimport.storage.atomic_write import SHARED_MODE, make_private_folder, write_atomically
from clientimport.storage.output_file import require_new, write_output
from clientimport.storage.protected_files import protect

VERSION = 1
FURTHER_CONTACT = "further_contact"
"""What a profile keeps in the place of a field for a column of a further contact; its header says which field."""
_NAME = re.compile(r"(?=.{1,64}$)[A-Za-z0-9](?:[A-Za-z0-9._ -]*[A-Za-z0-9._-])?")
_KEYS = ("version", "platform", "columns", "values", "composed")
_COLUMN_KEYS = ("header", "field", "letter")
_VALUE_KEYS = ("field", "typed", "value")


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """The field of one column; values of the column are not saved."""

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
    values: ValueOverrides = NO_OVERRIDES
    """The user's words in fields that take only a few values."""
    composed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Field -> the columns and words that it is put together from."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row it was made from."""
        return tuple(column.header for column in self.columns)


@dataclass(frozen=True, slots=True)
class ProfileCandidate:
    """The content of a folder of profiles."""

    profiles: tuple[Profile, ...] = ()
    errors: tuple[SettingsUnusable, ...] = ()
    """Why others cannot be used; a command that does not name them reports it and goes on."""


@dataclass(frozen=True, slots=True)
class ProfileStore:
    """The profiles in one folder, which need not exist yet. All methods raise SettingsUnusable."""

    folder: Path

    def names(self) -> tuple[str, ...]:
        """Return the names of all profiles, sorted."""
        try:
            return tuple(sorted(file.stem for file in self.folder.iterdir() if file.suffix == ".toml"))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise SettingsUnusable("profile.folder", folder=self.folder, reason=error) from error

    def load(self, name: str) -> Profile:
        """Return the profile of this name."""
        if name not in self.names():
            known = ", ".join(self.names())
            raise SettingsUnusable("profile.unknown", name=name, meant=did_you_mean(name, self.names()), known=known)
        return read_profile(self._file(name))

    def save(self, profile: Profile, *, replace_existing: bool = False) -> None:
        """Write the profile; an existing one only with `replace_existing`."""
        self._refuse_taken(profile.name, allowed=replace_existing)
        file = self._file(profile.name)
        with _refusals_told(file):
            self._close_folder()
            write_atomically(_written(profile).encode(), file)

    def _close_folder(self) -> None:
        """Close the folder to all but its owner: an older version, or a person, may have left it open to others."""
        mode = make_private_folder(self.folder).stat().st_mode
        if mode & 0o077:
            self.folder.chmod(mode & 0o700)

    def rename(self, name: str, new: str) -> None:
        """Give a profile another name."""
        self.load(name)
        self._refuse_taken(new)
        with _refusals_told(self._file(new)):
            self._file(name).rename(self._file(new))

    def delete(self, name: str) -> None:
        """Remove a profile."""
        self.load(name)
        with _refusals_told(self._file(name)):
            self._file(name).unlink()

    def export_to(self, name: str, path: Path, *, force: bool = False) -> None:
        """Write a profile to a file to share. Raises FileUnreadable when it cannot be written there."""
        content = _written(self.load(name)).encode()
        require_new(path, force=force)
        write_output(content, path, mode=SHARED_MODE)

    def import_from(self, path: Path, name: str | None = None) -> Profile:
        """Read a shared profile, check it, save it under `name` (default: the file's) and return it."""
        profile = replace(read_profile(path), name=name or path.stem)
        self.save(profile)
        return profile

    def all(self) -> ProfileCandidate:
        """Return all profiles, sorted by name, and why others cannot be used; raises no error."""
        profiles: list[Profile] = []
        faults: list[SettingsUnusable] = []
        try:
            names = self.names()
        except SettingsUnusable as fault:
            return ProfileCandidate((), (fault,))
        for name in names:
            try:
                profiles.append(read_profile(self._file(name)))
            except SettingsUnusable as fault:
                faults.append(fault)
        return ProfileCandidate(tuple(profiles), tuple(faults))

    def _file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise SettingsUnusable("profile.bad_name", name=name)
        return self.folder / f"{name}.toml"

    def _refuse_taken(self, name: str, *, allowed: bool = False) -> None:
        file = self._file(name)
        with _refusals_told(file):
            taken = file.exists()
        if taken and not allowed:
            raise SettingsUnusable("profile.exists", name=name)


@contextmanager
def _refusals_told(file: Path) -> Iterator[None]:
    """Raise SettingsUnusable for an error of the operating system."""
    try:
        yield
    except OSError as error:
        raise SettingsUnusable("profile.unwritable", file=file, reason=error) from error


def read_profile(path: Path) -> Profile:
    """Return the profile in a file, named after it. Raises SettingsUnusable, naming what is wrong."""
    protect(path)
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
    profile_columns = tuple(_column(entry, path) for entry in columns)
    fields = [column.field for column in profile_columns if column.field not in (IGNORE, FURTHER_CONTACT)]
    for field in fields:
        if fields.count(field) > 1:
            raise SettingsUnusable("profile.field_twice", file=path.name, field=field)
    values = content.get("values", [])
    if not isinstance(values, list):
        raise SettingsUnusable("profile.incomplete", file=path.name)
    overrides = ValueOverrides(tuple(_value(entry, path) for entry in values))
    return Profile(
        path.stem, content["platform"], profile_columns, overrides, _composed(content.get("composed", {}), path)
    )


def _texts(entry: object, known: tuple[str, ...], path: Path) -> dict[str, str]:
    """Return the entry, whose values are texts under known names."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise SettingsUnusable("profile.incomplete", file=path.name)
    _require_keys(entry, known, path)
    return entry


def _value(entry: object, path: Path) -> ValueOverride:
    texts = _texts(entry, _VALUE_KEYS, path)
    if len(texts) < len(_VALUE_KEYS) or not texts["typed"].strip():
        raise SettingsUnusable("profile.incomplete", file=path.name)
    try:
        return make_override(texts["field"], texts["typed"], texts["value"])
    except UsageError as error:
        raise SettingsUnusable(
            "profile.bad_value", file=path.name, field=texts["field"], value=texts["value"]
        ) from error


def _composed(entry: object, path: Path) -> Mapping[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(text, str) and text.strip() for text in entry.values()):
        raise SettingsUnusable("profile.incomplete", file=path.name)
    for field in entry:
        _require_field(field, tuple(canonical_fields()), path)
    return entry


def _column(entry: object, path: Path) -> ProfileColumn:
    entry = _texts(entry, _COLUMN_KEYS, path)
    if "header" not in entry or "field" not in entry:
        raise SettingsUnusable("profile.incomplete", file=path.name)
    _require_field(entry["field"], (*canonical_fields(), IGNORE, FURTHER_CONTACT), path)
    return ProfileColumn(entry["header"], entry["field"], entry.get("letter"))


def _require_field(field: str, known: tuple[str, ...], path: Path) -> None:
    if field not in known:
        suggestion = did_you_mean(field, known)
        raise SettingsUnusable("profile.unknown_field", file=path.name, field=field, meant=suggestion)


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
    if profile.values.overrides:
        values = tomlkit.aot()
        for override in profile.values.overrides:
            entry = {"field": override.field, "typed": override.typed, "value": override.value}
            values.append(tomlkit.item(entry))
        document.add("values", values)
    if profile.composed:
        document.add("composed", tomlkit.item(dict(profile.composed)))
    return tomlkit.dumps(document)
