from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clientimport.errors import SettingsUnusable
from clientimport.matching.profiles import Profile, ProfileColumn, ProfileStore
from clientimport.matching.value_overrides import ValueOverride, ValueOverrides

OURS = Profile(
    "ours",
    "accounton",
    (
        ProfileColumn("Naam", "contact_last_name"),
        ProfileColumn("E-mail", "contact_email", "B"),
        ProfileColumn("E-mail", "ignore", "C"),
    ),
)


@pytest.fixture
def profiles(tmp_path: Path) -> ProfileStore:
    return ProfileStore(tmp_path / "profiles")


def refused(profiles: ProfileStore, text: str, tmp_path: Path) -> SettingsUnusable:
    file = tmp_path / "theirs.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsUnusable) as caught:
        profiles.import_from(file)
    return caught.value


def test_a_profile_is_read_as_it_was_saved(profiles: ProfileStore) -> None:
    profiles.save(OURS)
    assert profiles.names() == ("ours",)
    assert profiles.load("ours") == OURS


def test_an_empty_folder_has_no_profiles(profiles: ProfileStore) -> None:
    assert profiles.names() == ()


def test_the_file_can_be_read_by_people(profiles: ProfileStore) -> None:
    profiles.save(OURS)
    text = (profiles.folder / "ours.toml").read_text(encoding="utf-8")
    assert text.startswith('version = 1\nplatform = "accounton"\n')
    assert 'header = "Naam"\nfield = "contact_last_name"' in text


def test_an_existing_profile_is_not_overwritten_by_mistake(profiles: ProfileStore) -> None:
    profiles.save(OURS)
    with pytest.raises(SettingsUnusable) as caught:
        profiles.save(OURS)
    assert caught.value.code == "profile.exists"
    profiles.save(OURS, replace_existing=True)


def test_decided_words_are_saved_and_read(profiles: ProfileStore) -> None:
    words = ValueOverrides((ValueOverride("country", "Holland (Zeeland)", "NL"), ValueOverride("mandate", "ok", "yes")))
    profiles.save(replace(OURS, values=words))
    assert profiles.load("ours").values == words
    assert 'typed = "Holland (Zeeland)"' in (profiles.folder / "ours.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('field = "contry"\ntyped = "x"\nvalue = "NL"', "profile.bad_value"),
        ('field = "legal_name"\ntyped = "x"\nvalue = "Peeters"', "profile.bad_value"),
        ('field = "country"\ntyped = "x"\nvalue = "Nowhere"', "profile.bad_value"),
        ('field = "country"\ntyped = " "\nvalue = "NL"', "profile.incomplete"),
        ('field = "country"\ntyped = "x"', "profile.incomplete"),
        ('field = "country"\ntipped = "x"\nvalue = "NL"', "profile.unknown_key"),
    ],
)
def test_a_decided_word_that_makes_no_sense_is_refused(
    profiles: ProfileStore, tmp_path: Path, entry: str, code: str
) -> None:
    columns = '[[columns]]\nheader = "Naam"\nfield = "legal_name"\n'
    text = f'version = 1\nplatform = "banqup-partner"\n{columns}[[values]]\n{entry}\n'
    assert refused(profiles, text, tmp_path).code == code


def test_renaming_and_deleting(profiles: ProfileStore) -> None:
    profiles.save(OURS)
    profiles.rename("ours", "mine")
    assert profiles.names() == ("mine",)
    profiles.delete("mine")
    assert profiles.names() == ()


def test_an_unknown_profile_is_refused_with_its_neighbour(profiles: ProfileStore) -> None:
    profiles.save(OURS)
    with pytest.raises(SettingsUnusable) as caught:
        profiles.load("our")
    assert (caught.value.code, caught.value.facts["meant"]) == ("profile.unknown", "ours")


@pytest.mark.parametrize(
    "name", ["", "../evil", "a/b", ".hidden", "x" * 65, "achteraan een spatie ", " vooraan", "een\nregel"]
)
def test_a_name_is_never_a_path(profiles: ProfileStore, name: str) -> None:
    with pytest.raises(SettingsUnusable) as caught:
        profiles.save(Profile(name, "accounton", OURS.columns))
    assert caught.value.code == "profile.bad_name"


def test_exported_and_imported_it_is_the_same(profiles: ProfileStore, tmp_path: Path) -> None:
    profiles.save(OURS)
    profiles.export_to("ours", tmp_path / "theirs.toml")
    assert profiles.import_from(tmp_path / "theirs.toml").columns == OURS.columns
    assert profiles.names() == ("ours", "theirs")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("version = 1\nplatform =", "profile.unreadable"),
        ('version = 2\nplatform = "accounton"\ncolumns = []', "profile.version"),
        ('version = 1\nplatform = "accounton"\ncolumns = []', "profile.incomplete"),
        ('version = 1\nplatform = "accounton"\ncolumns = [{ header = "Naam" }]', "profile.incomplete"),
        ('version = 1\nplatform = "accounton"\ncolumns = [3]', "profile.incomplete"),
        ('version = 1\nplatfrom = "accounton"', "profile.unknown_key"),
        ('version = 1\nplatform = "accounton"\ncolumns = [{ header = "N", feld = "iban" }]', "profile.unknown_key"),
        ('version = 1\nplatform = "accounton"\ncolumns = [{ header = "N", field = "ibna" }]', "profile.unknown_field"),
        (
            (
                'version = 1\nplatform = "accounton"\n'
                'columns = [{ header = "N", field = "iban" }, { header = "M", field = "iban" }]'
            ),
            "profile.field_twice",
        ),
    ],
)
def test_a_file_that_is_not_right_is_refused(profiles: ProfileStore, tmp_path: Path, text: str, code: str) -> None:
    assert refused(profiles, text, tmp_path).code == code
    assert profiles.names() == ()


def test_a_misspelled_field_names_the_one_meant(profiles: ProfileStore, tmp_path: Path) -> None:
    text = 'version = 1\nplatform = "accounton"\ncolumns = [{ header = "N", field = "ibna" }]'
    assert refused(profiles, text, tmp_path).facts["meant"] == "iban"
