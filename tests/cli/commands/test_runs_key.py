"""`runs key`: where the key of the record is, and a new one only where the old one is lost."""

from __future__ import annotations

from pathlib import Path

from clientimport.schema.data_files import data_folder
from command_line import clientimport

PUSH = ("push", str(data_folder("samples") / "banqup-partner" / "clean.xlsx"), "-c", "sandbox", "-p", "banqup-partner")
SURE = ("--yes", "--accept-proposals", "--json")


def test_it_is_said_where_the_key_is_and_never_what_it_is(home: Path) -> None:
    assert clientimport("runs", "key", "--json").json["place"] is None
    clientimport(*PUSH, *SURE)
    told = clientimport("runs", "key", "--json")
    assert (told.json["place"], told.json["file"]) == ("file", str(home / "ledger.key"))
    secret = (home / "ledger.key").read_text().split()[1]
    assert secret not in told.out + clientimport("runs", "key").out


def test_without_its_key_nothing_is_sent_until_somebody_begins_with_a_new_one(home: Path) -> None:
    run = clientimport(*PUSH, *SURE).json
    (home / "ledger.key").unlink()
    refused = clientimport(*PUSH, *SURE, "--invite")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "ledger.key_missing")
    assert "clientimport runs key --new" in refused.json["error"]["message"]
    assert not (home / "ledger.key").exists()
    assert clientimport("runs", "show", run["run"], "--json").exit_code == 0
    assert clientimport("runs", "key", "--json").json["error"]["code"] == "ledger.key_missing"
    assert clientimport("runs", "key", "--new", "--json").json["error"]["code"] == "usage.nobody_to_ask"
    assert clientimport("runs", "key", "--new", "--yes").exit_code == 0
    invited = clientimport(*PUSH, *SURE, "--invite").json
    assert (invited["counts"]["created"], invited["counts"]["invited"]) == (0, 3)
    assert clientimport(*PUSH, *SURE, "--invite").json["counts"]["invited"] == 0
    assert clientimport("runs", "verify").exit_code == 0


def test_a_key_that_is_there_is_not_replaced_and_stays_where_no_keyring_takes_it(home: Path) -> None:
    clientimport(*PUSH, *SURE)
    before = (home / "ledger.key").read_bytes()
    assert clientimport("runs", "key", "--new", "--yes", "--json").json["error"]["code"] == "ledger.key_there"
    assert clientimport("runs", "key", "--to", "keyring", "--json").json["error"]["code"] == "ledger.no_keyring"
    assert clientimport("runs", "key", "--to", "file").exit_code == 0
    assert (home / "ledger.key").read_bytes() == before
