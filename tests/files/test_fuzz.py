"""Files that something happened to: each is read or refused in words, soon, and no row is lost without a word.

CLIENTIMPORT_FUZZ=100000 (or `make fuzz`) tries as many mutations of every file, from another seed each time.
"""

from __future__ import annotations

import os
import time
from random import Random

import pytest

from clientimport.errors import ClientImportError, FileUnreadable
from clientimport.files.read import ReadRequest
from clientimport.matching.profiles import ProfileStore
from clientimport.messages.catalog import message_catalog
from clientimport.model.table import Table
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.loader import load_schema
from clientimport.validation.import_file import UserDecisions, open_import_file
from files.mutations import MUTATIONS
from files.written import FORMATS, examples
from spreadsheets import HEADER, read

ASKED = int(os.environ.get("CLIENTIMPORT_FUZZ", "0"))
TIMES = ASKED or 150
"""Mutations per file."""
SEED = time.time_ns() if ASKED else 20261126
SOON = 10
"""Seconds; a small file that takes longer hangs for all that anybody can tell."""
CLIENTS = [
    (f"Klant {number} BV", f"BE{number:010}", f"k{number}@klant.example", f"Straat {number}", "9000", "Gent")
    for number in range(1, 31)
]
FILES = {name: data for files in examples([HEADER, *CLIENTS]).values() for name, data in files.items()}


def _read(data: bytes, where: object) -> Table | None:
    """Return the table, or None where the file was refused in words."""
    before, said, found = time.monotonic(), ["read"], None
    try:
        found = read(data)
    except FileUnreadable as error:
        said = [message_catalog(language).error_message(error.code, error.facts) for language in LANGUAGES]
    except Exception as error:
        raise AssertionError(where) from error
    assert all(said), where
    assert time.monotonic() - before < SOON, where
    return found


@pytest.mark.timeout(0 if ASKED else 120)
@pytest.mark.parametrize("name", FILES)
def test_whatever_happened_to_a_file_it_is_read_or_refused_in_words_and_soon(name: str) -> None:
    for number in range(TIMES):
        random = Random(f"{SEED} {name} {number}")
        data = FILES[name]
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            data = random.choice(MUTATIONS)(data, random) or b"x"
        found = _read(data, (SEED, name, number))
        assert found is None or len(set(found.rows.tolist())) == len(found.rows), (SEED, number)


@pytest.mark.timeout(0 if ASKED else 120)
@pytest.mark.parametrize("name", FILES)
def test_what_was_read_can_be_matched_and_checked(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    profiles, schema = ProfileStore(folder / "profiles"), load_schema("banqup-partner")
    for number in range(max(10, TIMES // 20)):
        random = Random(f"{SEED} {name} checked {number}")
        file = folder / "list"
        file.write_bytes(random.choice(MUTATIONS)(FILES[name], random) or b"x")
        try:
            seen = open_import_file(str(file), schema, ReadRequest(), UserDecisions({}, {"country": "BE"}), profiles)
            seen.accept_proposals().validate()
        except ClientImportError:
            continue
        except Exception as error:
            raise AssertionError((SEED, name, number)) from error


def _told_rows(table: Table) -> set[int]:
    """Return the rows that a finding speaks of, by number or in a list such as "3, 7-9"."""
    told = {finding.row for finding in table.findings if finding.row is not None}
    for finding in table.findings:
        for part in str(finding.facts.get("rows", "")).replace(" ", "").split(","):
            first, _, last = part.partition("-")
            if first.isdigit():
                told.update(range(int(first), int(last or first) + 1))
    return told


def _noise(random: Random) -> tuple[list[tuple[str, ...]], dict[str, int]]:
    """Return a list of clients as people keep it, and in which row each client stands."""
    titles: list[tuple[str, ...]] = [("Klantenlijst 2026",), ("",), ("Kantoor Peeters", "", "Gent")]
    rows = [*random.choices(titles, k=random.randint(0, 3)), HEADER]
    where = {}
    for client in random.sample(CLIENTS, random.randint(8, 25)):
        kind = random.random()
        if kind < 0.08:
            rows.append(("",))
        elif kind < 0.12:
            rows.append(HEADER)
        sparse = kind > 0.9
        kept = (text if at in (0, 1) or not sparse or random.random() < 0.4 else "" for at, text in enumerate(client))
        rows.append(tuple(kept))
        where[client[1]] = len(rows)
    if random.random() < 0.5:
        rows += [("",), random.choice([("Totaal", str(len(where))), ("Afgedrukt op 26/11/2026",)])]
    return rows, where


@pytest.mark.parametrize("name", FORMATS)
def test_no_client_is_lost_without_a_word(name: str) -> None:
    for number in range(TIMES // 4):
        random = Random(f"{SEED} {name} rows {number}")
        rows, where = _noise(random)
        table = read(FORMATS[name](rows))
        column = next((one for one in table.columns if one.header == HEADER[1]), None)
        assert column is not None, (SEED, number)
        seen = dict(zip(column.values.to_pylist(), table.rows.tolist(), strict=True))
        told = _told_rows(table)
        for vat, row in where.items():
            assert seen.get(vat) == row or row in told, (SEED, name, number, row)


STRAY = ('"', ";", "\n", "\r", "\t", "\x00", "\x1a", " ", "'", "\\", '";"', '"\n"', "\ufeff", "|", ",")


@pytest.mark.timeout(0 if ASKED else 120)
@pytest.mark.parametrize("typed", STRAY)
def test_a_stray_character_in_a_text_file_loses_no_row_without_a_word(typed: str) -> None:
    whole = FORMATS["csv"]([HEADER, *CLIENTS]).decode()
    ids = {client[1] for client in CLIENTS}
    for number in range(TIMES):
        random = Random(f"{SEED} {typed} {number}")
        at = random.randrange(whole.index("\n") + 1, len(whole))
        data = whole[:at] + typed + whole[at:]
        try:
            table = read(data.encode())
        except FileUnreadable:
            continue
        found = {value for column in table.columns for value in column.values.to_pylist() if value}
        lost = {one for one in ids if one in data} - found
        hurt = data.count("\n", 0, at) + 1
        near = {client[1] for at_row, client in enumerate(CLIENTS, 2) if abs(at_row - hurt) <= 1}
        assert lost <= near, (SEED, typed, number, lost)
        assert len(table.rows) >= len(CLIENTS) or _told_rows(table), (SEED, typed, number)
