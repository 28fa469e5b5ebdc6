from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.errors import SettingsUnusable
from clientimport.sandbox.seed_data import read_seed_data
from sandbox.api_caller import CONSOLE_LU, PARTNER, accounton, banqup, sandbox


def written(folder: Path, text: str) -> Path:
    path = folder / "setup.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_setup_file_replaces_the_lists_it_names(tmp_path: Path) -> None:
    setup = written(
        tmp_path,
        """
        configurations = ["Peppol"]
        users = ["carl@office.example"]
        unknown_rcs = ["B82454"]

        [questionnaires]
        dutch = ["Kort", "Lang"]
        """,
    )
    with sandbox(setup=setup) as anyone:
        office = banqup(anyone)
        assert [entry["name"] for entry in office.get("/configuration-templates").json["configurationTemplates"]] == [
            "Peppol"
        ]
        assert office.get("/users").json == {"users": [{"email": "carl@office.example"}]}
        assert office.post("/clients", {**PARTNER, "configurationTemplate": "Standard"}).status == 422
        names = [entry["name"] for entry in accounton(anyone).get("/checklists").json["data"]]
        assert names == ["Kort", "Lang"]
        luxembourg = banqup(anyone, "banqup-console-lu")
        assert luxembourg.post("/clients", CONSOLE_LU).json["detail"] == "trn - est invalide"
        assert luxembourg.post("/clients", {**CONSOLE_LU, "rcsNumber": "B999990"}).status == 201


def test_a_register_can_be_given_whole(tmp_path: Path) -> None:
    setup = read_seed_data(written(tmp_path, 'known_rcs = ["B1"]'))
    assert (setup.rcs_exists("B1"), setup.rcs_exists("B82454")) == (True, False)


def test_without_a_file_the_lists_are_the_usual_ones() -> None:
    setup = read_seed_data(None)
    assert setup.configurations == ("Standard", "Premium")
    assert {(entry.name, entry.language) for entry in setup.questionnaires} == {
        ("PIT", "dutch"),
        ("PIT", "french"),
        ("PIT", "english"),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('user = ["ann@office.example"]', "sandbox.setup_unknown_key"),
        ('users = "ann@office.example"', "sandbox.setup_not_texts"),
        ("users = [1]", "sandbox.setup_not_texts"),
        ('configurations = [""]', "sandbox.setup_not_texts"),
        ('questionnaires = ["PIT"]', "sandbox.setup_not_texts"),
        ('[questionnaires]\ndutch = "PIT"', "sandbox.setup_not_texts"),
        ('[questionnaires]\nnl = ["PIT"]', "sandbox.setup_unknown_language"),
        ('languages = ["german"]', "sandbox.setup_unknown_language"),
        ("users = [", "sandbox.setup_damaged"),
    ],
)
def test_a_setup_that_is_not_right_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(SettingsUnusable) as refused:
        read_seed_data(written(tmp_path, text))
    assert refused.value.code == code


def test_a_setup_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsUnusable) as refused, sandbox(setup=tmp_path / "none.toml"):
        pass
    assert refused.value.code == "sandbox.setup_not_found"
