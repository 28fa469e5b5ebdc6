"""Schema files: how schemas/<platform>.toml becomes a Schema, and every unknown name is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from clientimport.errors import SchemaUnusable, UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.field_type import FieldType
from clientimport.model.finding import Severity
from clientimport.model.platform_schema import ApiDescription, PlatformColumn, PlatformSchema, Rule
from clientimport.schema.checks import CHECKS
from clientimport.schema.data_files import data_folder, platform_ids
from clientimport.schema.fields import LANGUAGES, canonical_fields
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.registry import build, require_known_keys
from clientimport.schema.types import TYPES

SCHEMA_VERSION = 1
REFERENCE_LISTS = ("configurations", "languages", "users")
"""The lists on a platform in which a value may have to exist; fields of model.remote.ReferenceLists."""
PUSH_OPTIONS = ("questionnaire", "share_documents", "share_channel")
STATUSES = ("draft", "invited", "active", "archived", "lost", "failed")
ACTIONS = (
    *(
        "token",
        "spaces",
        "clients",
        "client",
        "contacts",
        "contact",
        "integrations",
        "invite",
        "configurations",
        "configuration",
        "companies",
    ),
    *("users", "financial_year", "checklists", "settings", "peppol"),
)
"""What a connector may need a path for."""

FIELDS_IN_CHECKS = {"field": str, "beside": str, "fields": list}
"""The parameters of checks that name canonical fields; `code` names a finding."""

_FILE = {"schema_version": int, "name": str, "country": str, "reviewed": date, "sources": dict, "columns": list}
_FILE_MAY = {"checks": list, "matches_headers": bool, "push_options": list, "api": dict}
_COLUMN = {"field": str, "headers": dict, "example": str, "source": str}
_COLUMN_MAY = {
    "type": dict,
    "required": bool,
    "also": list,
    "words": dict,
    "takes": list,
    "reads": list,
    "listed_in": str,
    "unlisted": str,
    "constant": str,
}
_CHECK = {"name": str, "source": str}
_CHECK_MAY = {**FIELDS_IN_CHECKS, "code": str, "severity": str}
_API = {"connector": str, "verified": bool, "source": str, "paths": dict, "body": dict, "statuses": dict}
_API_MAY = {"requests_per_minute": int, "in_flight": int, "creating_mails": bool, "domains": list, "untold": list}


@cache
@cache
def load_schema(platform_id: str) -> PlatformSchema:
    """Return the schema of a platform. Raises UsageError for an unknown id, SchemaUnusable for a bad file."""
    platforms = platform_ids()
    if platform_id not in platforms:
        closest = did_you_mean(platform_id, platforms)
        raise UsageError("platform.unknown", name=platform_id, meant=closest, known=", ".join(platforms))
    return read_schema(data_folder("schemas") / f"{platform_id}.toml")


def read_schema(path: Path) -> PlatformSchema:
    """Return the schema in a file; its id is the file's name. Raises SchemaUnusable, naming the entry that is wrong."""
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SchemaUnusable("schema.unreadable", where=path.name, reason=error) from error
    return SchemaLoader(path.name, content).schema(path.stem)


@dataclass(frozen=True, slots=True)
class SchemaLoader:
    """One schema file while it is read."""

    name: str
    content: dict[str, Any]

    def schema(self, platform_id: str) -> PlatformSchema:
        """Return the schema that this file describes. Raises SchemaUnusable."""
        content = self.content
        if content.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise SchemaUnusable("schema.version", where=self.name, version=content["schema_version"])
        _require_shape(content, _FILE, _FILE_MAY, self.name)
        _require_names(content.get("push_options", ()), PUSH_OPTIONS, f"{self.name}, push_options")
        checks = content.get("checks", [])
        return PlatformSchema(
            platform_id,
            content["name"],
            content["country"],
            content["reviewed"],
            content["sources"],
            self._columns(),
            tuple(self._rule(entry) for entry in checks),
            alternatives=tuple(tuple(entry["fields"]) for entry in checks if entry["name"] == "one_of"),
            matches_headers=content.get("matches_headers", False),
            push_options=tuple(content.get("push_options", ())),
            api=self._api(content["api"]) if "api" in content else None,
        )

    def _columns(self) -> tuple[PlatformColumn, ...]:
        columns = tuple(self._column(entry) for entry in self.content["columns"])
        fields = [column.field for column in columns]
        for column in columns:
            if fields.count(column.field) > 1:
                raise SchemaUnusable("schema.twice", where=self.name, field=column.field)
            if column.headers.keys() != columns[0].headers.keys():
                raise SchemaUnusable("schema.header_missing", where=f"{self.name}, {column.field}")
        return columns

    def _column(self, entry: dict[str, Any]) -> PlatformColumn:
        where = f"{self.name}, {entry.get('field', 'columns')}"
        _require_shape(entry, _COLUMN, _COLUMN_MAY, where)
        field = entry["field"]
        _require_names([field], canonical_fields(), where)
        for by_language in (entry["headers"], *entry.get("words", {}).values()):
            _require_names(by_language, LANGUAGES, where)
        if "listed_in" in entry:
            _require_shape(entry, {"unlisted": str}, entry, where)
            _require_names([entry["listed_in"]], REFERENCE_LISTS, where)
            _require_names([entry["unlisted"]], finding_kinds(), where)
        _require_names(entry.get("reads", ()), finding_kinds(), where)
        plain: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
        return PlatformColumn(**{**plain, "type": self._type(entry, where), "source": self._source(entry, where)})

    def _type(self, entry: dict[str, Any], where: str) -> FieldType:
        return build(TYPES, entry["type"], where) if "type" in entry else canonical_fields()[entry["field"]].type

    def _rule(self, entry: dict[str, Any]) -> Rule:
        where = f"{self.name}, checks"
        parameters = {key: value for key, value in entry.items() if key not in ("source", "severity")}
        _require_shape(entry, _CHECK, {**parameters, **_CHECK_MAY}, where)
        _require_names([entry.get("severity", Severity.ERROR)], list(Severity), where)
        for key in FIELDS_IN_CHECKS:
            named = parameters.get(key, [])
            _require_names([named] if isinstance(named, str) else named, canonical_fields(), where)
        _require_names([parameters["code"]] if "code" in parameters else [], finding_kinds(), where)
        severity = Severity(entry["severity"]) if "severity" in entry else None
        return Rule(entry["name"], build(CHECKS, parameters, where), self._source(entry, where), severity)

    def _source(self, entry: Mapping[str, Any], where: str) -> str:
        _require_names([entry["source"]], self.content["sources"], where)
        return str(self.content["sources"][entry["source"]])

    def _api(self, entry: dict[str, Any]) -> ApiDescription:
        where = f"{self.name}, api"
        _require_shape(entry, _API, _API_MAY, where)
        require_known_keys(entry["paths"], dict.fromkeys(ACTIONS), f"{where}.paths")
        _require_names(entry["body"], canonical_fields(), f"{where}.body")
        _require_names(entry["statuses"].values(), STATUSES, f"{where}.statuses")
        _require_names(entry.get("untold", ()), entry["body"], f"{where}.untold")
        fields = {key: value for key, value in entry.items() if key not in ("domains", "untold")}
        lists = {"domains": tuple(entry.get("domains", ())), "write_only": tuple(entry.get("untold", ()))}
        return ApiDescription(**{**fields, **lists, "source": self._source(entry, where)})


def _require_shape(entry: Mapping[str, Any], needed: Mapping[str, Any], may: Mapping[str, Any], where: str) -> None:
    """Raise SchemaUnusable for an unknown key, a missing one, or a value of another kind than its key's."""
    kinds = {**may, **needed}
    require_known_keys(entry, kinds, where)
    for key in needed:
        if key not in entry:
            raise SchemaUnusable("schema.missing_key", where=where, key=key)
    for key, value in entry.items():
        if isinstance(kinds[key], type) and not isinstance(value, kinds[key]):
            raise SchemaUnusable("schema.wrong_kind", where=where, key=key, kind=kinds[key].__name__)


def _require_names(names: Iterable[str], allowed: Iterable[str], where: str) -> None:
    """Raise SchemaUnusable for the first of `names` that is not in `known`."""
    choices = tuple(allowed)
    for name in names:
        if name not in choices:
            closest = did_you_mean(str(name), choices) or "–"
            raise SchemaUnusable("schema.unknown_name", where=where, name=name, meant=closest)
