"""Writes what a version of the program leaves behind, for the tests beside this file. Run by hand, once a version.

    PYTHONPATH=tests python tests/compatibility/write_fixtures.py v0_1_0

A folder that is there already is never written again. Everybody in it is invented, and the only secret is `demo`.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from clientimport.model.connection import Connection
from clientimport.sandbox import SandboxOptions, running
from clientimport.settings.config_file import SANDBOX
from clientimport.settings.folders import folders, use_home
from command_line import clientimport
from compatibility.read_fixtures import EXPORTED, KEPT_KEYS, SAME, answered
from connectors.faulty_proxy import Exchange, Faults, faulty
from older_ledger import OlderWorld
from push_world import PARTNER as OLDER_CLIENTS

ENVIRONMENT = {
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "LC_ALL": "C",
    "COLUMNS": "100",
    "CLIENTIMPORT_OFFICE_SECRET": "demo",
    "CLIENTIMPORT_NO_INPUT": "1",
}
PARTNER = ("-c", "sandbox", "-p", "banqup-partner")
CONSOLE = ("-c", "sandbox", "-p", "banqup-console-be")
ACCOUNTON = ("-c", "sandbox", "-p", "accounton")
SURE = ("--accept-proposals", "--yes", "--json")
HEADER = "Naam;Land;E-mail;Voornaam;Achternaam;Taal;Ondernemingsnummer"
CONSOLE_HEADER = (
    "Naam;Adres;Postcode;Gemeente;Land;Ondernemingsnummer;IBAN;Taal;Contactpersoon;E-mail contact;Taal contact"
)
FILES = {
    "klanten.csv": (
        HEADER,
        "Aarts BV;BE;an@aarts.be;An;Peeters;nl;0600000164",
        "Aarts BV;BE;bea@aarts.be;Bea;Peeters;nl;0600000164",
        "Bols BV;BE;bo@bols.be;Bo;Maes;fr;0600.000.263",
        "Cools BV;BE;cis@cools.be;Cis;Claes;nl;0600000362",
        "Daems BV;BE;geen@geen.be;Dirk;Daems;nl;0600000461",
        "Evers BV;BE;els@evers;Els;Evers;nl;0600000561",
    ),
    "vernieuwd.csv": (
        HEADER,
        "Aarts NV;BE;an@aarts.be;An;Peeters;fr;0600000164",
        "Bols BV;BE;bo@bols.be;Bo;Maes;fr;0600000263",
    ),
    "twijfel.csv": (HEADER, "Frans BV;BE;fien@frans.be;Fien;Frans;nl;0600000626"),
    "gestopt.csv": (
        HEADER,
        "Goos BV;BE;gert@goos.be;Gert;Goos;nl;0600000758",
        "Hens BV;BE;hans@hens.be;Hans;Hens;nl;0600000857",
        "Ickx BV;BE;ine@ickx.be;Ine;Ickx;nl;0600000956",
    ),
    "terug.csv": (HEADER, "Jans BV;BE;jo@jans.be;Jo;Jans;nl;0600001055"),
    "elders.csv": (HEADER, "Kets BV;BE;kim@kets.be;Kim;Kets;nl;0600001154"),
    "console.csv": (
        CONSOLE_HEADER,
        "Lens BV;Kerkstraat 1;9000;Gent;BE;0600001253;BE68539007547034;nl;Lea Lens;lea@lens.be;nl",
    ),
    "personen.csv": (
        "Type;Voornaam;Achternaam;E-mail;Rijksregisternummer;Taal;Labels",
        "persoon;Mia;Moons;mia@moons.be;85.07.30-033.28;Vl;Gent",
    ),
    "voorstel.csv": (
        HEADER,
        "Aarts & Zonen NV;BE;an@aarts.be;An;Peeters;nl;0600000164",
        "Aarts & Zonen NV;BE;cas@aarts.be;Cas;Peeters;nl;0600000164",
        "Nijs BV;BE;nel@nijs.be;Nel;Nijs;Nederlands;0600.001.352",
        "Nijs BV;BE;noor@nijs.be;Noor;Nijs;nl;0600001352",
        "Ooms BV;BE;olga@ooms;Olga;Ooms;nl;0600001451",
    ),
    "week.csv": (
        "Klant;L;Postbus;Roepnaam;Familie;Spreekt;Nr",
        "Pauw BV;BE;piet@pauw.be;Piet;Pauw;Vl;0600001550",
    ),
}
"""The clients of an office, by file; `week.csv` has headers that only a profile knows."""
ABOUT_THE_FILE = (
    *("--header-row", "1", "--encoding", "utf-8", "--where", "Type=persoon", "--no-repair", "emails"),
    *("--include-hidden", "--no-profile", "--set", "Labels=labels", "--default", "language=nl"),
    *("--value", "language:Vl=nl"),
)
"""What can be said about a file, all that fits one of them."""
ABOUT_SENDING = (
    *("--update", "legal_name", "--update", "contact_locale", "--only", "existing", "--skip", "new"),
    *("--retry-refused", "--all-or-nothing", "--mail-as-on-platform"),
)
ABOUT_A_ROUND = ("--only", "2-4", "--max-invitations", "9", "--invite-limit", "8", "--resend", "--mail-as-on-platform")
"""What can be said about sending, for a push and for a round of invitations."""
TWIN = {
    "legal_name": "Frans BV",
    "country": "BE",
    "contact_email": "fien@frans.be",
    "contact_first_name": "Fien",
    "contact_last_name": "Frans",
    "contact_locale": "nl-BE",
    "company_number": "0600000626",
}
WEEK = (
    *("Klant=legal_name", "L=country", "Postbus=contact_email", "Roepnaam=contact_first_name"),
    *("Familie=contact_last_name", "Spreekt=contact_locale", "Nr=company_number"),
)


def with_check_digits(text: str) -> str:
    """Return the lines with company numbers that are possible: the last two digits are 97 less the rest modulo 97."""
    parts = text.split(";")
    for at, part in enumerate(parts):
        digits = part.replace(".", "")
        if digits.startswith("06000") and len(digits) == 10:
            number = f"{digits[:8]}{97 - int(digits[:8]) % 97:02}"
            parts[at] = f"{number[:4]}.{number[4:7]}.{number[7:]}" if "." in part else number
    return ";".join(parts)


def did(*command: object, exit_code: int = 0) -> dict[str, object]:
    """Run a command that must end so, and return its JSON."""
    answer = clientimport(*command)
    assert answer.exit_code == exit_code, (command, answer.exit_code, answer.out, answer.err)
    return dict(answer.json) if answer.out.startswith("{") else {}


@contextmanager
def breaking(faults: Faults, **options: bool) -> Iterator[None]:
    """Let the built-in platform be reached through a connection that breaks."""
    room: Any = sys.modules[SandboxOptions.__module__]

    @contextmanager
    def broken(given: SandboxOptions) -> Iterator[str]:
        with running(replace(given, **options)) as url, faulty(url, faults) as address:  # type: ignore[arg-type]
            if options:
                faults.act = twin(url)
            yield address

    room.running = broken
    try:
        yield
    finally:
        room.running = running


def refuse_cools(exchange: Exchange) -> tuple[int, object] | None:
    """Say no to one client."""
    return (400, {"detail": "odd"}) if exchange.method == "POST" and "Cools" in json.dumps(exchange.body) else None


def twin(url: str) -> Callable[[], None]:
    """Return what adds the client of `twijfel.csv` once more, as a colleague in another home does at the same time."""
    colleague = OlderWorld(url, Path("colleague"), rows=(TWIN,))
    plan = colleague.planned()

    def add() -> None:
        colleague.home.mkdir()
        colleague.push(plan=plan)
        shutil.rmtree(colleague.home)

    return add


def write_office() -> None:
    """Write what an office did in a few weeks: nine runs of every kind, in four accounts."""
    push = ("push", "klanten.csv", *PARTNER, *SURE, "--invite", "--max-invitations", "9")
    with breaking(Faults(lie=refuse_cools)):
        first = did(*push, exit_code=1)
    did("push", "vernieuwd.csv", *PARTNER, *SURE, *ABOUT_SENDING)
    did("invite", "--run", first["run"], *PARTNER, "--yes", "--json", exit_code=1)
    did("invite", "--run", first["run"], *PARTNER, "--yes", "--json", *ABOUT_A_ROUND)
    with breaking(Faults(1, "after", writes_only=True), idempotency=False, allow_duplicates=True):
        did("push", "twijfel.csv", *PARTNER, *SURE, exit_code=5)
    with breaking(Faults(at=2, kind="revoked", then="revoked", from_then_on=True, writes_only=True)):
        did("push", "gestopt.csv", *PARTNER, *SURE, "--invite", "--invite-limit", "5", exit_code=4)
    taken_back = did("push", "terug.csv", *PARTNER, *SURE)
    did("runs", "undo", taken_back["run"], "--yes", "--json")
    did("push", "console.csv", *CONSOLE, *SURE)
    share = ("--share-documents", "me@office.example", "--share-channel", "Banqup Files")
    did("push", "console.csv", *CONSOLE, *SURE, *share)
    did("push", "personen.csv", *ACCOUNTON, *SURE, "--invite", "--questionnaire", "nl=PIT", *ABOUT_THE_FILE)
    did("plan", "voorstel.csv", *PARTNER, "-o", "plan.json", "--json", exit_code=1)
    did("plan", "console.csv", *CONSOLE, "-o", "console_plan.json", "--json")


def write_elsewhere() -> None:
    """Write a connection to an address of this machine, and a run of its account."""
    with running() as url:
        added = ("office", "-p", "banqup-partner", "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        did("connections", "add", *added)
        did("push", "elders.csv", "-c", "office", *SURE, "--invite")
    config = folders().config
    config.write_text(f'language = "nl"\n\n{config.read_text()}requests_per_minute = 600\nin_flight = 2\n')


def write_profile() -> None:
    """Write a profile with a column that is ignored and a word that was decided about."""
    sets = tuple(part for one in WEEK for part in ("--set", one))
    did("map", "week.csv", "-p", "banqup-partner", *sets, "--value", "contact_locale:Vl=nl-BE", "--save", "week")


class OlderSandbox(OlderWorld):
    """An office that used the built-in platform."""

    def connection(self) -> Connection:
        return replace(super().connection(), name=SANDBOX, sandbox=True)


def write_older_layout(folder: Path) -> None:
    """Write the ledger of a version of before the ledger had a key and knew addresses (its third layout)."""
    home = folder / "home"
    home.mkdir(parents=True)
    with running(SandboxOptions(database=home / "sandbox.db")) as url:
        OlderSandbox(url, home, rows=OLDER_CLIENTS[:2]).pushed(invite=True)
    rows = [
        [str(value) for value in row.values()]
        for row in ({name: name for name in OLDER_CLIENTS[0]}, *OLDER_CLIENTS[:2])
    ]
    (folder / "office").mkdir()
    (folder / "office" / "clients.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    _tidy(home)


def write_answers(folder: Path) -> None:
    """Write what this version says of all that."""
    (folder / "answers").mkdir()
    for name in (*SAME, *EXPORTED, *KEPT_KEYS):
        text = json.dumps(answered(folder, name), ensure_ascii=False, indent=1)
        (folder / "answers" / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def _tidy(home: Path) -> None:
    """Leave one small file of each database, and no locks."""
    shutil.rmtree(home / "locks", ignore_errors=True)
    for lock in home.glob("*.lock"):
        lock.unlink()
    for database in home.glob("*.db"):
        with closing(sqlite3.connect(database)) as sql:
            sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            sql.execute("PRAGMA journal_mode=DELETE")
            sql.execute("VACUUM")
        for beside in home.glob(f"{database.name}-*"):
            beside.unlink()


def write(folder: Path) -> None:
    """Write everything into a new folder."""
    (folder / "office").mkdir(parents=True)
    os.environ |= ENVIRONMENT
    os.chdir(folder / "office")
    for name, lines in FILES.items():
        Path(name).write_text("\n".join(map(with_check_digits, lines)) + "\n", encoding="utf-8")
    use_home(folder / "home")
    write_office()
    write_elsewhere()
    write_profile()
    _tidy(folder / "home")
    write_older_layout(folder / "older_layout")
    write_answers(folder)


if __name__ == "__main__":
    write(Path(__file__).parent / sys.argv[1])
