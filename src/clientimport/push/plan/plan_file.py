"""A plan file: everything needed to push a plan exactly as it was shown, or to see that it is no longer the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clientimport.connectors.protocol import Account, DocumentSharing, RemoteClient
from clientimport.errors import FileUnreadable
from clientimport.messages.printable import escaped_in_json
from clientimport.model.client import Client
from clientimport.model.finding import Finding, Severity
from clientimport.push.plan.diff import Difference
from clientimport.push.plan.plan import Plan, PlanEntry, PlanSource, shares
from clientimport.schema.data_files import bundled
from clientimport.schema.registry import require_known
from clientimport.storage.input_file import file_bytes
from clientimport.storage.output_file import write_new
from clientimport.storage.protected_files import guard

VERSION = 1
GOING = ("new", "existing")
GROUPS = ("new", "existing", "only_on_platform", "invalid")

Show = Callable[[str, str], str]
"""Returns what is shown of a field's value; on screen a national register number is masked."""


def groups(
    plan: Plan, show: Show = lambda _field, value: value, sharing: DocumentSharing | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the four groups as the JSON of `plan` has them; the documents of those that go are shared as `sharing`."""
    return {
        name: [{**_shown(entry, show), **_sent(entry, name, plan, show, sharing)} for entry in getattr(plan, name)]
        for name in GROUPS
    }


def digest(plan: Plan) -> str:
    """Return the SHA-256 of everything in the plan, the file, the account and the rules it was made with."""
    return _sha256(_document(plan))


def save(plan: Plan, path: Path) -> None:
    """Write `plan` for its owner's eyes only (mode 600), whole or not at all. Raises FileUnreadable."""
    document = _document(plan)
    text = json.dumps({**document, "digest": _sha256(document)}, ensure_ascii=False, indent=1)
    write_new(escaped_in_json(text).encode(), path)  # a file's name may hold what is no text


def load(path: Path) -> Plan:
    """Return the plan in `path`. Raises FileUnreadable like `parsed`, and when there is no such file."""
    return parsed(file_bytes(path), path)


def parsed(content: bytes, path: Path) -> Plan:
    """Return the plan that is the content of `path`.

    Raises FileUnreadable when it is no plan of ours, was changed by hand, or was made with other rules.
    """
    try:
        document = json.loads(content)
        stated = document.pop("digest")
        if document["version"] != VERSION or document["kind"] != "plan":
            raise FileUnreadable("plan.damaged", file=path)
        if stated != _sha256(document):
            raise FileUnreadable("plan.changed", file=path)
        if document["rules"] != rules_sha256(document["platform"]):
            raise FileUnreadable("plan.other_rules", file=path)
        return _plan(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileUnreadable("plan.damaged", file=path) from error


def rules_sha256(platform: str) -> str:
    """Return the SHA-256 of the data files that say what a client of `platform` looks like."""
    names = (f"{platform}.toml", "_fields.toml", "_findings.toml")
    return hashlib.sha256(b"\0".join((bundled("schemas") / name).read_bytes() for name in names)).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the user's file."""
    guard(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _shown(entry: PlanEntry, show: Show) -> dict[str, Any]:
    return {
        "row": entry.client.row if entry.client else None,
        "client_id": entry.remote.client_id if entry.remote else None,
        "name": entry.name,
        "fields": {field: show(field, value) for field, value in entry.fields.items()},
        "differences": [
            {"field": one.field, "ours": show(one.field, one.ours), "theirs": show(one.field, one.theirs)}
            for one in entry.differences
        ],
        "weak": entry.weak,
    }


def _sent(entry: PlanEntry, group: str, plan: Plan, show: Show, sharing: DocumentSharing | None) -> dict[str, Any]:
    """Return what is sent of an entry beside its fields: further contacts, the template, the sharing of documents."""
    going, default = group in GOING, "configuration_template" not in entry.fields
    template = plan.configuration(entry) if group == "new" else None
    return {
        "contacts": [{name: show(name, value) for name, value in one.items()} for one in entry.contacts if going],
        "configuration": {"name": template, "default": default} if template else None,
        "share_documents": sharing.fields if going and sharing is not None and shares(entry, sharing) else None,
    }


def _document(plan: Plan) -> dict[str, Any]:
    return {
        "version": VERSION,
        "kind": "plan",
        "platform": plan.platform,
        "rules": rules_sha256(plan.platform),
        "account": asdict(plan.account),
        "source": asdict(plan.source),
        "default_configuration": plan.default_configuration,
        "groups": {name: [_entry_document(entry) for entry in getattr(plan, name)] for name in GROUPS},
    }


def _entry_document(entry: PlanEntry) -> dict[str, Any]:
    # asdict copies a Mapping as it is, and JSON takes no other than a dict.
    return json.loads(json.dumps(asdict(entry), default=dict))  # type: ignore[no-any-return]


def _plan(document: Mapping[str, Any]) -> Plan:
    require_known(document, dict.fromkeys((*Plan.__dataclass_fields__, "version", "kind", "rules", "groups")), "plan")
    groups = {name: tuple(map(_entry, document["groups"][name])) for name in GROUPS}
    return Plan(
        document["platform"],
        Account(**document["account"]),
        PlanSource(**document["source"]),
        **groups,
        default_configuration=document.get("default_configuration"),
    )


def _entry(document: Mapping[str, Any]) -> PlanEntry:
    client, remote = document["client"], document["remote"]
    findings = ({**one, "severity": Severity(one["severity"])} for one in document["findings"])
    return PlanEntry(
        client=_client(client) if client else None,
        remote=_remote(remote) if remote else None,
        differences=tuple(Difference(**one) for one in document["differences"]),
        weak=document["weak"],
        findings=tuple(Finding(**one) for one in findings),
    )


def _remote(document: Mapping[str, Any]) -> RemoteClient:
    contacts, sharing = document["contacts"], document["sharing"]
    known = {"contacts": None if contacts is None else tuple(contacts), "users": tuple(document["users"])}
    return RemoteClient(**{**document, **known, "sharing": DocumentSharing(**sharing) if sharing else None})


def _client(document: Mapping[str, Any]) -> Client:
    known = {**document, "rows": tuple(document["rows"]), "contacts": tuple(document["contacts"])}
    return Client(**known)
