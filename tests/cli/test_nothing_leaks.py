"""A secret, its tokens and national register numbers go through every command, and are found nowhere afterwards."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder
from command_line import clientimport
from connectors.faulty_proxy import Faults, faulty
from push_world import clients

SECRET = "Sentinel0815Secret"
WRONG = "Sentinel4711Wrong"
PUSH = ("push", "clients.xlsx", "--accept-proposals", "--yes", "-c", "office")
REPORTS = ("text", "json", "jsonl", "csv", "junit", "sarif", "github", "html", "xlsx")


def commands(push: tuple[str, ...], client_id: str, run: str) -> Iterator[tuple[str, ...]]:
    """Yield command lines that meet an account, each command and each way out."""
    yield ("connections", "list")
    yield ("map", "clients.xlsx", "-c", "office", "--save", "office")
    yield ("profiles", "show", "office")
    yield ("validate", "clients.xlsx", "-c", "office", *(f"--report={kind}=r.{kind}" for kind in REPORTS))
    yield ("fix", "clients.xlsx", "-c", "office", "-o", "fixed.xlsx", "--force")
    yield ("plan", "clients.xlsx", "-c", "office", "-o", "plan.json", "--force")
    yield (*push, "--dry-run")
    yield ("clients", "list", "-c", "office")
    yield ("clients", "show", client_id, "-c", "office")
    yield ("configurations", "list", "-c", "office")
    yield ("invite", "--run", run, "-c", "office", "--yes")
    yield ("runs", "list")
    yield ("runs", "show", run)
    yield ("runs", "export", run, "clients.xlsx", "-o", "done.xlsx", "--force")
    yield ("runs", "undo", run, "--yes")
    yield ("runs", "forget", "--before", "2020-01-01", "--yes")
    yield ("connections", "remove", "nobody", "--yes")
    yield ("push", "no-such-file.xlsx", "-c", "office", "--yes")


class Office:
    """One office on a platform that knows its secret by another word."""

    def __init__(self, folder: Path, platform: str, faults: Faults, address: str) -> None:
        self.folder, self.platform, self.faults, self.address = folder, platform, faults, address
        self.said = b""
        self.push = (*PUSH, "--questionnaire", "PIT") if platform == "accounton" else PUSH

    def does(self, *command: str, secret: str = SECRET) -> str:
        """Run a command, remember all it says, and return what it says on stdout."""
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CLIENTIMPORT_OFFICE_SECRET", secret)
            answer = clientimport(*command, "--debug", "--no-input")
        self.said += (answer.out + answer.err).encode()
        return answer.out

    def adds_itself(self) -> None:
        address = ("--base-url", f"{self.address}/{self.platform}", "--client-id", "demo")
        self.does("connections", "add", "office", "-p", self.platform, *address)


@pytest.fixture(params=["banqup-partner", "accounton"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    shutil.copy(data_folder("samples") / request.param / "clean.xlsx", tmp_path / "clients.xlsx")
    faults = Faults(secret=SECRET)
    with running() as url, faulty(url, faults) as address:
        made = Office(tmp_path, request.param, faults, address)
        made.adds_itself()
        yield made


def national_numbers(url: str) -> set[str]:
    found = {str(client["fields"].get("national_register_number") or "") for client in clients(url)}
    return found - {""}


def test_what_is_secret_goes_through_everything_and_is_found_nowhere(office: Office, home: Path) -> None:
    pushed = json.loads(office.does(*office.push, "--invite", "--json"))
    assert pushed["counts"]["created"] > 0
    client_id = next(row["client_id"] for row in pushed["rows"] if row["client_id"])
    numbers = national_numbers(office.address)
    assert numbers or office.platform != "accounton"
    for command in commands(office.push, client_id, pushed["run"]):
        for how in ((), ("--json",)):
            office.does(*command, *how)
    office.does(*office.push, secret=WRONG)
    office.does("clients", "list", "-c", "office", "--json", secret=WRONG)
    assert office.said.count(b" in 0.") > 20  # the debug log was there
    kept = b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
    made = b"".join(path.read_bytes() for path in sorted(office.folder.glob("*.*")) if path.name != "clients.xlsx")
    assert len(kept) > 10_000
    secrets = (SECRET, WRONG, *(token for token in office.faults.tokens if token != "none"))
    assert len(secrets) > 2 or office.platform == "accounton"
    for secret in secrets:
        assert secret.encode() not in office.said + kept + made
    for number in numbers:
        spelled = re.compile(rb"[ .-]?".join(rb"%d" % int(digit) for digit in number))
        assert not spelled.search(office.said)
        assert not spelled.search(kept)


def test_nothing_is_told_of_an_account_when_its_platform_fails_in_every_way(office: Office) -> None:
    config = office.folder / "home" / "config.toml"
    for kind in ("html", "refusal", "revoked"):
        with faulty(office.address, Faults(1, kind, from_then_on=True, then=kind, secret=SECRET)) as broken:
            config.write_text(config.read_text().replace(office.address, broken))
            for how in ((), ("--json",)):
                office.does(*office.push, *how)
            config.write_text(config.read_text().replace(broken, office.address))
    assert office.said.count(b" in 0.") >= 6
    for secret in (SECRET, *(token for token in office.faults.tokens if token != "none")):
        assert secret.encode() not in office.said
