"""Several files, or a folder, as one push: a client in two of them is one, and findings name the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport

ON = ("-c", "sandbox", "-p", "banqup-partner")
PUSH = (*ON, "--set", "mandate=mandate")
HEAD = "legal_name;country;contact_email;contact_first_name;contact_last_name;contact_locale;company_number;mandate"
PEETERS = "Bakkerij Peeters BV;BE;an@bakkerijpeeters.be;An;Peeters;nl-BE;0419618535;no"
DUBOIS = "Garage Dubois SRL;BE;marc@garagedubois.be;Marc;Dubois;fr-BE;0566988259;no"
NOVA = "Studio Nova BV;BE;eva@studionova.be;Eva;Nova;nl-BE;0471730202;no"
WRONG = "Typfout BV;BE;piet@typfout.be;Piet;Post;nl-BE;0419618353;no"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Write two files with one client in common, the columns of the second in another order."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    Path("ghent.csv").write_text(f"{HEAD}\n{PEETERS}\n{DUBOIS}", encoding="utf-8")
    turned = [";".join(reversed(line.split(";"))) for line in (HEAD, NOVA, PEETERS, WRONG)]
    Path("antwerp.csv").write_text("\n".join(turned), encoding="utf-8")
    return "ghent.csv", "antwerp.csv"


def test_a_client_of_two_files_is_created_once(files: tuple[str, str]) -> None:
    first = clientimport("push", *files, *PUSH, "--yes", "--json").json
    again = clientimport("push", *files, *PUSH, "--yes", "--json").json
    assert (first["counts"]["created"], again["counts"]["created"]) == (3, 0)
    assert [row["state"] for row in first["rows"]].count("created") == 4  # both rows of the one that is in both


def test_a_finding_names_the_file_with_its_own_row(files: tuple[str, str]) -> None:
    answer = clientimport("push", *files, *PUSH, "--dry-run")
    assert answer.exit_code == 1
    assert "antwerp.csv" in answer.out
    invalid = clientimport("plan", *files, *PUSH, "--json").json["groups"]["invalid"]
    assert [entry["name"] for entry in invalid] == ["Typfout BV"]


def test_a_plan_of_several_files_is_kept_and_pushed(files: tuple[str, str]) -> None:
    assert clientimport("plan", *files, *PUSH, "-o", "plan.json").exit_code == 1
    pushed = clientimport("push", "plan.json", *ON, "--yes", "--json").json
    assert pushed["counts"]["created"] == 3
    with Path(files[1]).open("a", encoding="utf-8") as file:
        file.write("\n")
    refused = clientimport("push", "plan.json", *ON, "--yes", "--json").json
    assert refused["error"]["code"] == "plan.source_changed"


def test_a_run_of_several_files_is_resumed_and_exported(files: tuple[str, str]) -> None:
    run = clientimport("push", *files, *PUSH, "--yes", "--json").json["run"]
    resumed = clientimport("runs", "resume", run, "--yes", "--json").json
    assert resumed["counts"]["unchanged"] == 4
    exported = clientimport("runs", "export", run, "-o", "results.xlsx", "--json")
    assert exported.exit_code == 0, exported.out
    Path(files[0]).unlink()
    assert clientimport("runs", "resume", run, "--yes", "--json").json["error"]["code"] == "run.file_gone"


def test_the_next_command_names_all_files(files: tuple[str, str]) -> None:
    shown = clientimport("push", *files, *PUSH, "--dry-run").out
    assert "clientimport push ghent.csv antwerp.csv" in shown


def test_a_folder_is_pushed_as_its_files_are(files: tuple[str, str]) -> None:
    Path("offices").mkdir()
    for file in files:
        Path(file).rename(Path("offices") / file)
    assert clientimport("push", "offices", *PUSH, "--yes", "--json").json["counts"]["created"] == 3


def test_files_with_other_headings_and_a_plan_among_files_are_refused(files: tuple[str, str]) -> None:
    Path("other.csv").write_text("Klantnaam;Postcode\nX;9000\n", encoding="utf-8")
    refused = clientimport("push", files[0], "other.csv", *ON, "--yes", "--json").json
    assert refused["error"]["code"] == "files.other_headers"
    assert "other.csv" in refused["error"]["message"]
    clientimport("plan", files[0], *ON, "-o", "plan.json")
    refused = clientimport("push", files[1], "plan.json", *ON, "--yes", "--json").json
    assert refused["error"]["code"] == "plan.with_others"
    gone = clientimport("push", files[0], "nowhere.csv", *ON, "--yes", "--json").json
    assert "nowhere.csv" in gone["error"]["message"]
    assert files[0] not in gone["error"]["message"]
