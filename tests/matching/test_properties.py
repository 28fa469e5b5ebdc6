"""What holds for every table: order, spelling, additions and missing values never make us surer than we may be."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mapping_sheet import Sheet, certain, fields, matched

CONTENTS = {
    "names": ["Peeters", "Claes", "Maes", "De Smet"],
    "companies": ["Bakkerij Peeters BV", "Garage Claes NV", "Immo Noord BV", "Studio Lumen BV"],
    "mails": ["an@peeters.be", "jan@claes.be", "els@maes.be", "tom@smet.be"],
    "numbers": ["0403.019.261", "0202.239.951", "0400.378.485", "0417.497.106"],
    "ibans": ["BE71 0961 2345 6769", "BE43 0689 9999 9501", "BE62 5100 0754 7061", "BE68 5390 0754 7034"],
    "streets": ["Kerkstraat 5", "Markt 1", "Dorp 12", "Molenweg 3"],
    "bare streets": ["Kerkstraat", "Markt", "Dorp", "Molenweg"],
    "houses": ["5", "1", "12A", "3"],
    "answers": ["Ja", "Nee", "Ja", "Nee"],
    "rates": ["21%", "6%", "12%", "21%"],
    "empty": ["", "", "", ""],
}
HEADERS = [
    *("Naam", "Voornaam", "Achternaam", "Bedrijf", "Klant", "Contact", "E-mail", "E-mail 2", "E-mail contact", "Mail"),
    *("BTW", "Ondernemingsnummer", "KBO", "Nummer", "Straat", "Adres", "Huisnr", "IBAN", "Rekening", "Mandaat", "Code"),
    *("Registratienummer", "Referentie", "Kleur", "Gemeeente", ""),
]
COLUMNS = st.tuples(st.sampled_from(HEADERS), st.sampled_from(sorted(CONTENTS)))
# one column per header and content: which of two equal columns is taken does not matter
SHEETS = st.lists(COLUMNS, min_size=1, max_size=7, unique=True).map(
    lambda columns: [(header, CONTENTS[content]) for header, content in columns]
)
# of equal columns the left one is taken, and so is the left one of several names of the client, as a proposal
DIFFERENT = st.lists(COLUMNS, min_size=1, max_size=7, unique_by=(lambda one: one[0], lambda one: one[1])).map(
    lambda columns: [(header, CONTENTS[content]) for header, content in columns]
)
PLATFORMS = st.sampled_from(["banqup-partner", "accounton", "banqup-console-be"])
SOME = settings(max_examples=80, deadline=None)
BY_SEQUENCE = {"house_number", "client_code", "external_reference"}
"""What a `Nummer` is proposed as depends on the columns beside it."""


@SOME
@given(DIFFERENT, PLATFORMS, st.randoms(use_true_random=False))
def test_permuting_columns_permutes_what_is_certain(sheet: Sheet, platform: str, random: object) -> None:
    order = list(range(len(sheet)))
    random.shuffle(order)  # type: ignore[attr-defined]
    before, after = matched(sheet, platform), matched([sheet[at] for at in order], platform)
    sure, now = ([f if c else None for f, c in zip(fields(one), certain(one), strict=True)] for one in (before, after))
    assert now == [sure[at] for at in order]
    assert set(fields(after)) - BY_SEQUENCE == set(fields(before)) - BY_SEQUENCE


@SOME
@given(SHEETS, PLATFORMS, st.sampled_from(["Kleur auto", "Hobby", "Opmerkingen"]), st.sampled_from(sorted(CONTENTS)))
def test_an_unrelated_column_never_raises_another(sheet: Sheet, platform: str, header: str, content: str) -> None:
    before, after = matched(sheet, platform), matched([*sheet, (header, CONTENTS[content])], platform)
    assert all(was or not now for was, now in zip(certain(before), certain(after), strict=False))


@SOME
@given(SHEETS, PLATFORMS)
def test_case_accents_and_punctuation_change_nothing(sheet: Sheet, platform: str) -> None:
    written = [(f" *{header.upper().replace('E', 'É').replace('-', '. ')}: ", values) for header, values in sheet]
    assert fields(matched(written, platform)) == fields(matched(sheet, platform))
    assert certain(matched(written, platform)) == certain(matched(sheet, platform))


@SOME
@given(SHEETS, PLATFORMS)
def test_without_values_nothing_is_certain(sheet: Sheet, platform: str) -> None:
    assert not any(certain(matched([(header, [""] * 4) for header, _ in sheet], platform)))


@SOME
@given(SHEETS, PLATFORMS, st.integers(0, 6))
def test_emptying_a_column_never_makes_it_certain(sheet: Sheet, platform: str, at: int) -> None:
    emptied = [(header, [""] * 4 if index == at else values) for index, (header, values) in enumerate(sheet)]
    assert not any(certain(matched(emptied, platform))[at : at + 1])


@SOME
@given(SHEETS, PLATFORMS, st.sampled_from(["RECIPIENT", "Zone", "Empfänger"]))
def test_a_word_before_every_header_never_makes_it_certain(sheet: Sheet, platform: str, word: str) -> None:
    written = [(f"{word} {header}", values) for header, values in sheet]
    before, after = certain(matched(sheet, platform)), certain(matched(written, platform))
    assert all(was or not now for was, now in zip(before, after, strict=True))


@SOME
@given(SHEETS, PLATFORMS)
def test_each_field_comes_from_one_column(sheet: Sheet, platform: str) -> None:
    taken = [field for field in fields(matched(sheet, platform)) if field]
    assert len(taken) == len(set(taken))


@SOME
@given(st.sampled_from(["BTW", "IBAN", "E-mail", "Ondernemingsnummer", "Land", "Postcode"]), PLATFORMS)
def test_a_veto_is_never_certain(header: str, platform: str) -> None:
    assert certain(matched([(header, CONTENTS["bare streets"])], platform)) == [False]
