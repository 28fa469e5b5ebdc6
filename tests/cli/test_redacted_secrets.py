"""A platform that says our secrets back in its refusals: they are shown nowhere and kept nowhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder
from command_line import clientimport
from connectors.faulty_proxy import Faults, faulty

SECRET = "Sentinel-0815-Secret"
SPELLED = (SECRET, SECRET.replace("-", "%2d"), base64.b64encode(f"demo:{SECRET}".encode()).decode())
PUSH = ("push", "--yes", "--accept-proposals", "-c", "office", "--debug", "--no-input")


def said_back(headers: Mapping[str, str]) -> str:
    signed = headers.get("Authorization", "") or headers.get("X-CLIENT-SECRET", "")
    return " ".join(("who is", *SPELLED, signed, "85/07/30 - 033.28"))


@pytest.mark.parametrize("platform", ["banqup-partner", "accounton"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_secret_said_back_is_shown_and_kept_nowhere(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, at: int
) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OFFICE_SECRET", SECRET)
    faults = Faults(at, "echo", from_then_on=True, then="echo", writes_only=True, secret=SECRET, echo=said_back)
    options = ("--questionnaire", "PIT") if platform == "accounton" else ()
    clean = data_folder("samples") / platform / "clean.xlsx"
    with running() as url, faulty(url, faults) as address:
        where = ("--base-url", f"{address}/{platform}", "--client-id", "demo")
        clientimport("connections", "add", "office", "-p", platform, *where)
        run = clientimport(*PUSH, clean, *options, "--invite", "--json")
        again = clientimport(*PUSH, clean, *options, "--invite")
        shown = [clientimport("runs", "show", run.json["run"], *how) for how in ((), ("--json",))]
        clientimport("runs", "export", run.json["run"], "-o", "done.xlsx")
        undone = clientimport("runs", "undo", run.json["run"], "--yes", "--debug")
    assert any(str(row["reason"]).startswith("who is *** ***") for row in run.json["rows"])
    said = "".join(answer.out + answer.err for answer in (run, again, *shown, undone)).encode()
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    made = b"".join(path.read_bytes() for path in tmp_path.glob("*.*"))
    tokens = [token for token in faults.tokens if token != "none"]
    for secret in (*SPELLED, *tokens):
        assert secret.encode() not in said + kept + made
    assert b"85/07" not in said + kept + made
