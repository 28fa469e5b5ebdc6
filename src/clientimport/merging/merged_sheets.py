"""The sheets of a merged workbook: the list itself, where lists differ, what to review, and what one list has alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from clientimport.files.writers.bulk_text_rows import TextRows
from clientimport.files.writers.sheet_style import HeaderCell, width_for
from clientimport.files.writers.sheets import SheetRows
from clientimport.files.writers.upload_file import column_heading
from clientimport.merging.cells import Given
from clientimport.merging.client_list import ListedClient
from clientimport.merging.evidence import NAME, Evidence, ReviewPair
from clientimport.merging.merge import Conflict, Merge, MergedRow
from clientimport.merging.official_numbers import ALWAYS
from clientimport.merging.review_sheet import PAIR, SAME
from clientimport.messages.catalog import MessageCatalog
from clientimport.model.masking import mask_value
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema
from clientimport.schema.fields import canonical_fields

_WIDE, _NARROW = 34, 14
_PLACE = ("street", "house_number", "box", "address", "postal_code", "city")


def merged_sheets(merge: Merge, schema: PlatformSchema, messages: MessageCatalog) -> tuple[SheetRows, ...]:
    """Return the sheets, the merged list first: it is the one that commands read."""
    writer = _Sheets(merge, schema, messages)
    only = (writer.only(listed.name) for listed in merge.lists)
    return (writer.merged_list(), writer.conflicts(), writer.review(), *only, writer.origins())


@dataclass(frozen=True, slots=True)
class _Sheets:
    merge: Merge
    schema: PlatformSchema
    messages: MessageCatalog

    def merged_list(self) -> SheetRows:
        """Return the merged list; cells in which lists differ are coloured."""
        rows = [row for client in self.merge.clients for row in client.rows]
        coloured = {
            at: pa.array([column.field in row.open_fields for row in rows], pa.bool_())
            for at, column in enumerate(self.schema.columns)
        }
        columns = [self._values(column, rows) for column in self.schema.columns]
        return SheetRows(self.messages.phrase("merge.sheet.merged"), self._headings(), TextRows(columns, coloured))

    def only(self, name: str) -> SheetRows:
        """Return the clients that one list alone has, with the row of each."""
        pairs = [(client, row) for client in self.merge.only_in(name) for row in client.rows]
        columns = [self._values(column, [row for _, row in pairs]) for column in self.schema.columns]
        columns.append(_texts(str(client.members[0].rows[0].number) for client, _ in pairs))
        headings = (*self._headings(), self._heading("rejects.row", _NARROW))
        return SheetRows(self.messages.phrase("merge.sheet.only", name=name), headings, TextRows(columns))

    def origins(self) -> SheetRows:
        """Return the list and row of each cell of the merged list, at the same place."""
        pairs = [(client, row) for client in self.merge.clients for row in client.rows]
        columns = [_texts(_origin(row.cells.get(column.field)) for _, row in pairs) for column in self.schema.columns]
        columns.append(_texts(", ".join(map(_where, client.members)) for client, _ in pairs))
        headings = (*self._headings(), self._heading("merge.lists", _WIDE))
        return SheetRows(self.messages.phrase("merge.sheet.origins"), headings, TextRows(columns))

    def conflicts(self) -> SheetRows:
        """Return a line for each field of a client in which lists differ, those to decide first."""
        conflicts = sorted(self.merge.conflicts, key=lambda conflict: not conflict.disagreement.is_open)
        named = [("merge.client", _WIDE), ("merge.field", _WIDE)]
        headings = [self._heading(key, width) for key, width in named]
        columns = [
            _texts(conflict.client for conflict in conflicts),
            _texts(self._field(conflict.disagreement.field) for conflict in conflicts),
        ]
        for source in self.merge.lists:
            given = [_values_of_list(conflict, source.name) for conflict in conflicts]
            headings.append(HeaderCell(f"{source.name} ({source.file})", _WIDE))
            headings.append(HeaderCell(self.messages.phrase("merge.row_of", name=source.name), _NARROW))
            columns += [_texts(value for value, _ in given), _texts(rows for _, rows in given)]
        headings += [self._heading("merge.taken", _WIDE), self._heading("done.reason", 2 * _WIDE)]
        columns += [_texts(map(_taken_value, conflicts)), _texts(map(self._why, conflicts))]
        return SheetRows(self.messages.phrase("merge.sheet.conflicts"), tuple(headings), TextRows(columns))

    def review(self) -> SheetRows:
        """Return a line for each pair that may be one client, with room for a person's answer."""
        pairs = self.merge.review
        answer = self.messages.phrase("ask.yes"), self.messages.phrase("ask.no")
        headings = [self._heading(SAME, _NARROW + 4)]
        columns = [_texts("" for _ in pairs)]
        for key, shown in self._compared_columns().items():
            for number, side in enumerate(("a", "b"), 1):
                headings.append(HeaderCell(f"{self.messages.phrase(key)} {number}", _WIDE))
                columns.append(_texts(shown(getattr(pair, side)) for pair in pairs))
        headings[3:3] = [self._heading("merge.evidence", 2 * _WIDE)]
        columns[3:3] = [_texts(map(self._evidence, pairs))]
        headings.append(self._heading(PAIR, _WIDE))
        columns.append(_texts(pair.key for pair in pairs))
        return SheetRows(self.messages.phrase("merge.sheet.review"), tuple(headings), TextRows(columns), answer)

    def _compared_columns(self) -> Mapping[str, Callable[[ListedClient], str]]:
        return {
            "merge.client": lambda client: client.name,
            "merge.where": _where,
            "merge.numbers": _numbers,
            "merge.email": lambda client: client.fields.get("contact_email", ""),
            "merge.place": lambda client: " ".join(client.fields[name] for name in _PLACE if name in client.fields),
        }

    def _evidence(self, pair: ReviewPair) -> str:
        return self.messages.series(evidence_text(evidence, self.messages) for evidence in pair.evidence)

    def _why(self, conflict: Conflict) -> str:
        return self.messages.phrase(f"merge.why.{conflict.disagreement.reason}", field=conflict.disagreement.field)

    def _field(self, name: str) -> str:
        return f"{self.messages.label(name)} ({name})"

    def _headings(self) -> tuple[HeaderCell, ...]:
        return tuple(column_heading(column, self.messages.language) for column in self.schema.columns)

    def _heading(self, key: str, width: int) -> HeaderCell:
        text = self.messages.phrase(key)
        return HeaderCell(text, max(width, width_for(len(text))))

    def _values(self, column: PlatformColumn, rows: Sequence[MergedRow]) -> pa.StringArray:
        """Return a column in the platform's own words; what could not be read stays as typed."""
        return _texts(self._value(column, row.cells.get(column.field)) for row in rows)

    def _value(self, column: PlatformColumn, cell: Given | None) -> str | None:
        if cell is None:
            return column.constant and column.word(column.constant, self.messages.language)
        return column.word(cell.value, self.messages.language) if cell.is_read else cell.value


def evidence_text(evidence: Evidence, messages: MessageCatalog) -> str:
    """Return in words what two clients have in common."""
    if evidence.kind == NAME:
        return messages.phrase("merge.names_alike", score=evidence.score)
    label = messages.phrase("merge.email_domain") if evidence.kind == "email_domain" else messages.label(evidence.kind)
    return f"{label} {_mask(evidence.kind, evidence.value_a)}"


def _texts(values: Iterable[str | None]) -> pa.StringArray:
    return pa.array(list(values), pa.string())


def _origin(cell: Given | None) -> str | None:
    return cell.place if cell else None


def _where(client: ListedClient) -> str:
    return f"{client.source} {', '.join(str(row.number) for row in client.rows)}"


def _numbers(client: ListedClient) -> str:
    return " ".join(_mask(kind, client.fields[kind]) for kind in ALWAYS if kind in client.fields)


def _values_of_list(conflict: Conflict, source: str) -> tuple[str, str]:
    """Return what one list says in a field, and in which rows."""
    disagreement = conflict.disagreement
    given = [value for value in disagreement.values if value.source == source]
    texts = dict.fromkeys(_mask(disagreement.field, value.value) for value in given)
    return " / ".join(texts), ", ".join(str(row) for row in dict.fromkeys(value.row for value in given))


def _taken_value(conflict: Conflict) -> str:
    return _mask(conflict.disagreement.field, conflict.disagreement.taken or "")


def _mask(field: str, value: str) -> str:
    """Return a value with the national register numbers in it masked: these sheets are there to be looked at."""
    return mask_value(canonical_fields()[field].masked if field in canonical_fields() else False, value)
