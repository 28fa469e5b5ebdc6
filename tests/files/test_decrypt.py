"""Workbooks with a password: opened with the right one, refused in a sentence with a wrong one or none."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from clientimport.errors import FileUnreadable
from clientimport.files.read import ReadRequest
from command_line import clientimport
from spreadsheets import CLIENT, HEADER, column, read, xlsx

SECRET = "Zomer2026!"


def locked(password: str = SECRET) -> bytes:
    stream = BytesIO()
    OOXMLFile(BytesIO(xlsx([HEADER, CLIENT]))).encrypt(password, stream)
    return stream.getvalue()


def test_the_password_opens_it() -> None:
    assert column(read(locked(), ReadRequest(password=SECRET)), "Naam") == [CLIENT[0]]


@pytest.mark.parametrize(("password", "code"), [(None, "file.password"), ("winter", "file.password_wrong")])
def test_without_the_right_one_it_is_refused(password: str | None, code: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(locked(), ReadRequest(password=password))
    assert refused.value.code == code


def test_a_locked_open_document_is_named_as_one() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x8f\x00")
    with pytest.raises(FileUnreadable, match=r"file\.password_elsewhere"):
        read(stream.getvalue())


def test_a_password_is_not_in_what_the_options_show_of_themselves() -> None:
    assert SECRET not in repr(ReadRequest(password=SECRET))


def test_the_command_line_takes_it_from_a_variable_and_shows_it_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clients.xlsx"
    file.write_bytes(locked())
    told = clientimport("map", str(file), "-p", "banqup-partner", "--json")
    assert (told.exit_code, told.json["error"]["code"]) == (2, "file.password")
    assert "--password-env" in told.json["error"]["message"]
    unset = clientimport("map", str(file), "-p", "banqup-partner", "--password-env", "CLIENTS_WORD", "--json")
    assert (unset.exit_code, unset.json["error"]["code"]) == (2, "settings.no_variable")
    monkeypatch.setenv("CLIENTS_WORD", SECRET)
    opened = clientimport("map", str(file), "-p", "banqup-partner", "--password-env", "CLIENTS_WORD", "--json")
    assert opened.json["columns"][0]["header"] == HEADER[0]
    monkeypatch.setenv("CLIENTS_WORD", f"not {SECRET}")
    wrong = clientimport("map", str(file), "-p", "banqup-partner", "--password-env", "CLIENTS_WORD", "--json")
    assert (wrong.exit_code, wrong.json["error"]["code"]) == (2, "file.password_wrong")
    assert all(SECRET not in one.out + one.err for one in (told, opened, wrong))
