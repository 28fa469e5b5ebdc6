from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.errors import SchemaUnusable, UsageError
from clientimport.model.finding import Severity
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import canonical_fields
from clientimport.schema.loader import load_schema, read_schema
from records_of import records_of

GOOD = """
schema_version = 1
name = "A platform"
country = "LU"
reviewed = 2026-11-22
matches_headers = true
push_options = ["questionnaire"]

[sources]
page = "https://platform.example/help"

[[columns]]
field = "rcs_number"
headers = { nl = "RCS-nummer", fr = "Numéro RCS" }
also = ["RCS"]
example = "B82454"
source = "page"

[[columns]]
field = "language"
required = true
type = { name = "language", allowed = ["fr", "en"] }
headers = { nl = "Taal", fr = "Langue" }
words.fr = { nl = "Frans", fr = "Français" }
example = "fr"
listed_in = "languages"
unlisted = "language.not_chosen"
source = "page"

[[checks]]
name = "one_of"
fields = ["rcs_number", "vat_number"]
code = "rcs_number.or_vat_number"
severity = "warning"
source = "page"

[api]
connector = "billit"
verified = false
source = "page"
paths = { clients = "/clients" }
body = { rcs_number = "rcs" }
statuses = { NEW = "draft" }
"""


def _write(folder: Path, text: str) -> Path:
    file = folder / "platform.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_good_file_becomes_a_schema(tmp_path: Path) -> None:
    schema = read_schema(_write(tmp_path, GOOD))
    rcs, language = schema.columns
    assert (schema.id, schema.country, schema.languages) == ("platform", "LU", ("nl", "fr"))
    assert schema.fields == ("rcs_number", "language")
    assert (rcs.also, rcs.required, rcs.type) == (("RCS",), False, canonical_fields()["rcs_number"].type)
    assert rcs.source == "https://platform.example/help"
    assert (language.required, language.word("fr", "nl")) == (True, "Frans")
    assert language.type != canonical_fields()["language"].type
    assert schema.alternatives == (("rcs_number", "vat_number"),)
    assert schema.api
    assert (schema.api.statuses, schema.api.in_flight) == ({"NEW": "draft"}, 1)


def test_a_rule_is_ready_to_be_asked(tmp_path: Path) -> None:
    (rule,) = read_schema(_write(tmp_path, GOOD)).rules
    (noticed,) = rule.check(records_of(rcs_number=[None, "B82454"]))
    assert (noticed.position, noticed.code) == (0, "rcs_number.or_vat_number")
    assert (rule.name, rule.severity, rule.source) == ("one_of", Severity.WARNING, "https://platform.example/help")


@pytest.mark.parametrize(
    ("was", "becomes", "code", "meant"),
    [
        ("matches_headers", "match_headers", "schema.unknown_key", "matches_headers"),
        ("required = true", "requird = true", "schema.unknown_key", "required"),
        ('field = "language"', 'field = "langage"', "schema.unknown_name", "language"),
        ('name = "language"', 'name = "languag"', "schema.unknown_name", "language"),
        ("allowed =", "alowed =", "schema.unknown_key", "allowed"),
        ('name = "one_of"', 'name = "one_off"', "schema.unknown_name", "one_of"),
        ("fields = [", "feilds = [", "schema.unknown_key", "fields"),
        ('"vat_number"]', '"vat_numbr"]', "schema.unknown_name", "vat_number"),
        ('code = "rcs_number.or', 'code = "rcs_numbr.or', "schema.unknown_name", "rcs_number.or_vat_number"),
        ('"warning"', '"warn"', "schema.unknown_name", "warning"),
        ('example = "fr"', 'example = "fr"\nreads = ["langage.name"]', "schema.unknown_name", "language.name"),
        ('source = "page"', 'source = "pages"', "schema.unknown_name", "page"),
        ('nl = "Taal"', 'n = "Taal"', "schema.unknown_name", ""),
        ('"questionnaire"', '"questionaire"', "schema.unknown_name", "questionnaire"),
        ('listed_in = "languages"', 'listed_in = "language"', "schema.unknown_name", "languages"),
        ("language.not_chosen", "language.not_choosen", "schema.unknown_name", "language.not_chosen"),
        ("{ clients =", "{ client_s =", "schema.unknown_key", "clients"),
        ("{ rcs_number = ", "{ rcs_numbr = ", "schema.unknown_name", "rcs_number"),
        ('"draft"', '"drafted"', "schema.unknown_name", "draft"),
    ],
)
def test_unknown_names_are_refused_with_their_neighbour(
    tmp_path: Path, was: str, becomes: str, code: str, meant: str
) -> None:
    assert was in GOOD
    with pytest.raises(SchemaUnusable) as refused:
        read_schema(_write(tmp_path, GOOD.replace(was, becomes, 1)))
    assert refused.value.code == code
    assert refused.value.facts["meant"] == meant or not meant


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("schema_version = 1", "schema_version = 2", "schema.version"),
        ("schema_version = 1", "", "schema.missing_key"),
        ('example = "B82454"', "", "schema.missing_key"),
        ('source = "page"', "", "schema.missing_key"),
        ('unlisted = "language.not_chosen"', "", "schema.missing_key"),
        ("required = true", 'required = "yes"', "schema.wrong_kind"),
        ('["rcs_number", "vat_number"]', '"rcs_number"', "schema.wrong_kind"),
        ('fields = ["rcs_number", "vat_number"]', "", "schema.bad_parameters"),
        ('field = "language"', 'field = "rcs_number"', "schema.twice"),
        ('headers = { nl = "Taal", fr = "Langue" }', 'headers = { nl = "Taal" }', "schema.header_missing"),
        ("[sources]", "[sources", "schema.unreadable"),
    ],
)
def test_a_file_that_lacks_or_garbles_something_is_refused(tmp_path: Path, was: str, becomes: str, code: str) -> None:
    assert was in GOOD
    with pytest.raises(SchemaUnusable) as refused:
        read_schema(_write(tmp_path, GOOD.replace(was, becomes, 1)))
    assert refused.value.code == code
    assert "platform.toml" in refused.value.facts["where"]


def test_every_check_needs_a_source(tmp_path: Path) -> None:
    head, checks, api = GOOD.partition("[[checks]]")[0], GOOD.partition("[[checks]]")[2], ""
    with pytest.raises(SchemaUnusable) as refused:
        read_schema(_write(tmp_path, head + "[[checks]]" + checks.replace('source = "page"', api, 1)))
    assert (refused.value.code, refused.value.facts["key"]) == ("schema.missing_key", "source")


def test_an_unknown_platform_names_those_there_are() -> None:
    with pytest.raises(UsageError) as refused:
        load_schema("acounton")
    assert refused.value.code == "platform.unknown"
    assert refused.value.facts["meant"] == "accounton"
    assert refused.value.facts["known"] == ", ".join(platform_ids())


def test_a_schema_is_read_once() -> None:
    assert load_schema("accounton") is load_schema("accounton")
