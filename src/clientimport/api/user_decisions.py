"""Decisions: what the keywords of a program, or the options of a command, say about a list of clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientimport.api.keywords import FileKeywords, texts
from clientimport.errors import UsageError
from clientimport.files.read import ReadRequest
from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.value_overrides import ValueOverrides, make_override
from clientimport.model.did_you_mean import did_you_mean
from clientimport.schema.fields import canonical_fields
from clientimport.validation.import_file import UserDecisions
from clientimport.validation.severity_overrides import repair_codes

OF_FILES = ("sheet", "header_row", "encoding", "password", "include_hidden")
"""The keywords that say how a file is read."""


def read_request(keywords: FileKeywords) -> ReadRequest:
    """Return how a file is to be read."""
    return ReadRequest(
        keywords.get("sheet"),
        keywords.get("header_row"),
        keywords.get("encoding"),
        keywords.get("include_hidden", False),
        keywords.get("password"),
        texts(keywords.get("where")),
    )


def user_decisions(keywords: FileKeywords) -> UserDecisions:
    """Return what is decided about columns, values and repairs. Raises UsageError for what does not go together."""
    if keywords.get("profile") and keywords.get("no_profile"):
        raise UsageError("usage.profile_or_not")
    defaults, composed = dict(keywords.get("defaults", {})), dict(keywords.get("composed", {}))
    if "mandate" in defaults:
        raise UsageError("usage.default_mandate")
    require_known_fields("--default", defaults, tuple(canonical_fields()))
    for name in composed.keys() - canonical_fields().keys():
        raise UsageError("set.unknown_field", field=name, meant=did_you_mean(name, tuple(canonical_fields())))
    return UserDecisions(
        {str(header): field for header, field in keywords.get("columns", {}).items()},
        defaults,
        keywords.get("profile"),
        keywords.get("no_profile", False),
        _value_overrides(keywords.get("values", {})),
        repair_codes(list(texts(keywords.get("no_repair")))),
        composed,
    )


def _value_overrides(values: Mapping[str, Mapping[str, str]]) -> ValueOverrides:
    return ValueOverrides(
        tuple(make_override(name, typed, value) for name, words in values.items() for typed, value in words.items())
    )


def require_known_fields(option: str, given: Mapping[str, str], known: tuple[str, ...]) -> Mapping[str, str]:
    """Return `given` when every name in it is one of `known`. Raises UsageError naming the closest."""
    for name, value in given.items():
        if name not in known:
            facts = {"option": option, "value": f"{name}={value}", "name": name, "known": ", ".join(known)}
            raise UsageError("usage.unknown_field", meant=did_you_mean(name, known), **facts)
    return given


def column_decisions(given: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what HEADER=FIELD texts say: header -> field, and field -> what it is put together from."""
    known, columns, composed = (*canonical_fields(), IGNORE), {}, {}
    for text in given:
        header, equals, field = (part.strip() for part in text.rpartition("="))  # a field holds no equals sign
        if not equals or not header:
            raise UsageError("usage.pair", option="--set", value=text, form='"HEADER=FIELD"')
        first, _, expression = (part.strip() for part in text.partition("="))
        if field not in known and first in canonical_fields() and expression:
            composed[first] = expression
        else:
            columns[header] = field
    return columns, composed


def reading_document(keywords: FileKeywords) -> dict[str, object]:
    """Return the keywords under the keys of the ledger, so that `runs resume` reads the file the same."""
    columns = [f"{header}={field}" for header, field in keywords.get("columns", {}).items()]
    composed = [f"{field}={expression}" for field, expression in keywords.get("composed", {}).items()]
    values = [
        f"{name}:{typed}={value}"
        for name, words in keywords.get("values", {}).items()
        for typed, value in words.items()
    ]
    check, fill_from = list(texts(keywords.get("check"))), keywords.get("fill_from")
    registers = {"check": check, "fill_from": fill_from}
    return {
        "sheet": keywords.get("sheet"),
        "header_row": keywords.get("header_row"),
        "encoding": keywords.get("encoding"),
        "password_env": None,  # a password is never written down
        "no_repair": list(texts(keywords.get("no_repair"))),
        "where": list(texts(keywords.get("where"))),
        "include_hidden": keywords.get("include_hidden", False),
        "profile": keywords.get("profile"),
        "no_profile": keywords.get("no_profile", False),
        "decisions": [*columns, *composed],
        "values": values,
        "defaults": [f"{name}={value}" for name, value in keywords.get("defaults", {}).items()],
        "accept_proposals": True,
        **{key: value for key, value in registers.items() if value},
    }
