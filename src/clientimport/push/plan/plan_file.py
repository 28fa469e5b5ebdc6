"""A plan file: everything needed to push a plan exactly as it was shown, or to see that it is no longer the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from clientimport.errors import FileUnreadable
from clientimport.messages.printable import escape_for_json
from clientimport.model.remote import DocumentSharing
from clientimport.push.plan.entry_texts import FOR_DIGEST, FOR_FILE, entry_texts, indented
from clientimport.push.plan.plan import Plan, PlanEntry, shares_documents
from clientimport.push.plan.plan_document import VERSION, entries_by_group, from_document, head_document
from clientimport.schema.data_files import data_folder
from clientimport.storage.input_file import file_bytes
from clientimport.storage.input_folder import folder_sha256
from clientimport.storage.output_file import write_output
from clientimport.storage.protected_files import protect

SENT_GROUPS = ("new", "existing")

ShowValue = Callable[[str, str], str]
"""Returns what is shown of a field's value; on screen a national register number is masked."""


def groups(
    plan: Plan, show: ShowValue = lambda _field, value: value, sharing: DocumentSharing | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Return the four groups as the JSON of `plan` has them; the documents of those that go are shared as `sharing`."""
    return {
        name: [entry_data(entry, name, plan, show, sharing) for entry in entries]
        for name, entries in entries_by_group(plan).items()
    }


def entry_data(
    entry: PlanEntry, group: str, plan: Plan, show: ShowValue, sharing: DocumentSharing | None
) -> dict[str, Any]:
    """Return one client as the JSON of `plan` has it."""
    return {**_entry_data(entry, show), **_sending_data(entry, group, plan, show, sharing)}


def plan_digest(plan: Plan) -> str:
    """Return the SHA-256 of everything in the plan, the file, the account and the rules it was made with."""
    digest = hashlib.sha256()
    for piece in _canonical_pieces(plan):
        digest.update(piece.encode())
    return digest.hexdigest()


def save_plan(plan: Plan, path: Path) -> None:
    """Write `plan` for its owner's eyes only (mode 600), whole or not at all. Raises FileUnreadable."""
    pieces = _file_pieces(plan, plan_digest(plan))
    write_output((escape_for_json(piece).encode() for piece in pieces), path)  # a file's name may hold what is no text


def load_plan(path: Path) -> Plan:
    """Return the plan in `path`. Raises FileUnreadable like `parsed`, and when there is no such file."""
    return parse_plan(file_bytes(path), path)


def parse_plan(content: bytes, path: Path) -> Plan:
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
        return from_document(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileUnreadable("plan.damaged", file=path) from error


def rules_sha256(platform: str) -> str:
    """Return the SHA-256 of the data files that describe a client of `platform`."""
    names = (f"{platform}.toml", "_fields.toml", "_findings.toml")
    return hashlib.sha256(b"\0".join((data_folder("schemas") / name).read_bytes() for name in names)).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the user's file, or of the spreadsheets in the user's folder."""
    if path.is_dir():
        return folder_sha256(path)
    protect(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(document).encode()).hexdigest()


def _canonical(document: object) -> str:
    return json.dumps(document, sort_keys=True, ensure_ascii=True)


def _canonical_pieces(plan: Plan) -> Iterator[str]:
    """Yield what `_canonical` makes of the whole document, some clients at a time: all at once take a gigabyte."""
    head, groups = head_document(plan, rules_sha256(plan.platform)), entries_by_group(plan)
    for number, name in enumerate(sorted((*head, "groups"))):
        yield f'{", " if number else "{"}"{name}": '
        yield from _canonical_groups(groups) if name == "groups" else (_canonical(head[name]),)
    yield "}"


def _canonical_groups(groups: Mapping[str, Sequence[PlanEntry]]) -> Iterator[str]:
    for number, name in enumerate(sorted(groups)):
        yield f'{", " if number else "{"}"{name}": ['
        for place, texts in enumerate(entry_texts(groups[name], FOR_DIGEST)):
            yield f"{', ' if place else ''}{', '.join(texts)}"
        yield "]"
    yield "}"


def _file_pieces(plan: Plan, digest: str) -> Iterator[str]:
    """Yield the text of the file: what `json.dumps` with an indent of one makes of the document and its digest."""
    head = indented(head_document(plan, rules_sha256(plan.platform)))
    yield head.removesuffix("\n}") + ',\n "groups": {'
    for number, (name, entries) in enumerate(entries_by_group(plan).items()):
        yield f'{"," if number else ""}\n  "{name}": ['
        for place, texts in enumerate(entry_texts(entries, FOR_FILE)):
            yield f"{',' if place else ''}\n   {f',{chr(10)}   '.join(texts)}"
        yield "\n  ]" if len(entries) else "]"
    yield f'\n }},\n "digest": "{digest}"\n}}'


def _entry_data(entry: PlanEntry, show: ShowValue) -> dict[str, Any]:
    return {
        "row": entry.client.row if entry.client else None,
        "client_id": entry.remote.client_id if entry.remote else None,
        "name": entry.name,
        "fields": {field: show(field, value) for field, value in entry.fields.items()},
        "differences": [
            {
                "field": difference.field,
                "ours": show(difference.field, difference.ours),
                "theirs": show(difference.field, difference.theirs),
            }
            for difference in entry.differences
        ],
        "weak": entry.weak,
    }


def _sending_data(
    entry: PlanEntry, group: str, plan: Plan, show: ShowValue, sharing: DocumentSharing | None
) -> dict[str, Any]:
    """Return what is sent of an entry beside its fields: further contacts, the template, the sharing of documents."""
    going, default = group in SENT_GROUPS, "configuration_template" not in entry.fields
    template = plan.configuration(entry) if group == "new" else None
    return {
        "contacts": [
            {name: show(name, value) for name, value in contact.items()} for contact in entry.contacts if going
        ],
        "configuration": {"name": template, "default": default} if template else None,
        "share_documents": sharing.fields
        if going and sharing is not None and shares_documents(entry, sharing)
        else None,
    }
