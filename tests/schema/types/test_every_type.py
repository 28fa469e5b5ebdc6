"""What holds for every type: the fast test and the authority agree, and own output changes nothing."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from types_of_all import EVERY

COUNTRIES = ["BE", "LU", "NL", "FR", "DE", "GB", "CH", "GR", "US", ""]
TYPED = (
    """
0403019261|0403.019.261|BE 0403.019.261|BTW BE0403.019.261|(0)403.019.261|403019261|1018265814|0123456789|2123456770
RPR Gent 0403.019.261|85073003328|85.07.30-033.28|17073003384|98472899765|4.03E+08|LU15027442|15027442|NL123456789B01
FR40303265045|DE136695976|GR094259216|CHE-123.456.788 MWST|GB 980 7806 84|21%|niet btw-plichtig|B82454|b 82.454
RCS Luxembourg B82454|82454|BE68 5390 0754 7034|BE68539007547034|539-0075470-34|LU280019400644750000|GKCCBEBB|gkccbebb
jan@peeters.be|Jan <jan@Peeters.be>|mailto:jan@peeters.be|a@x.be; b@x.be|a@x.be,b@x.be|a@x.be / b@x.be|jan@x.test|jan@x
0475/12.34.56|+32475123456|475123456|02 512 34 56|+3225123456|02/512.34.56 - 0475/11.22.33|+352621123456|0032 475 123456
BE|be|België|Belgique|Congo|NA|UK|BEL|Belgium (BE)|Belgum|nl|NL|Nederlands|N|nl-BE|nl_BE
es|de-FR|nl-LU|es-ES|Nederlands (België)
9000|B-9000|L-1234|1234AB|1234 AB|1000|01000|9000 Gent|Ja|nee|x|0|1|WAAR|yes|no|2025-06-30|30/06/2025|45838|31/02/2025
person|Person|company|Eenmanszaak|sole_trader|PB,zelfstandige|PB ; x|Kerkstraat 12|Kerkstraat  12|LiÃ¨ge
12A|12-14|2026-12-14|Dr. Peeters|Peeters (weduwe)|Marie Dupont ép. Martin|Dupont née Martin|Jan †|wijlen Jan Maes
Peeters, ir.|Jan Peeters - zaakvoerder|M. Claire|Rip Maes|xxx|Onbekend BV|B 9000|L - 6630|9000 B|1012 ab|LT-10309|9000.0
B12|bus3|box2|15 juli 2027|20270715|July 15, 2027|Бельгия|比利时|Maître|Weduwe|An van der Meer|née|Mme Vve Dupont
RCSL B 270264|B136164 (Luxembourg)|E117'935|B n° 78062|N123|N° 123|in aanvraag|aangevraagd 3/2/2026|art. 44|volgt
GKCCBE|Belfius|LUX.|BE.|Allemagne (D)|12 bus 4|z/n|jan@skynet,be|jan@|FR/NL|NL-FR|en-NL|Nederlands / néerlandais|Ã\x81
bus 3|b3|n.v.t.|NULL|néant|-|/|N/A|'0123|Ａ１|a\u00a0b|\u200b|Lie\u0300ge|two\nlines|ONBEKEND|geen
""".replace("\n", "|")
    .strip("|")
    .replace("\\n", "\n")
    .split("|")
)

typed = st.sampled_from(TYPED) | st.text(max_size=30) | st.text("0123456789BEbelu .-/@,;+()", max_size=24)
mangled = st.tuples(st.sampled_from([*TYPED, " "]), typed).map("".join)
texts = (typed | mangled).filter(bool)


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, country=st.sampled_from(COUNTRIES))
def test_what_is_plain_is_parsed_unchanged_and_without_a_word(name: str, text: str, country: str) -> None:
    if EVERY[name].is_canonical(pa.array([text]), country)[0].as_py():
        assert EVERY[name].parse(text, country) == ParsedValue(text)


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=60)
@given(text=texts, country=st.sampled_from(COUNTRIES))
@example(text="0" * 400, country="BE")
@example(text="B0", country="BE")
@example(text="Â\x80", country="BE")
def test_parsing_never_raises_and_never_changes_its_own_output(name: str, text: str, country: str) -> None:
    once = EVERY[name].parse(text, country)
    if isinstance(once, Issue):
        return
    if once.value is None:
        assert once.repair
        return
    assert (once.repair is None) == (once.value == text)
    again = EVERY[name].parse(once.value, country)
    assert isinstance(again, ParsedValue)
    assert (again.value, again.repair) == (once.value, None)


@pytest.mark.parametrize("name", EVERY)
def test_typical_values_hold_both_properties(name: str) -> None:
    for country in COUNTRIES:
        plain = EVERY[name].is_canonical(pa.array(TYPED), country).to_pylist()
        for text, is_plain in zip(TYPED, plain, strict=True):
            once = EVERY[name].parse(text, country)
            assert not is_plain or once == ParsedValue(text), text
            if isinstance(once, ParsedValue) and once.value is not None:
                again = EVERY[name].parse(once.value, country)
                assert isinstance(again, ParsedValue), text
                assert (again.value, again.repair) == (once.value, None), text


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_cell_is_neither_plain_nor_not(name: str) -> None:
    assert EVERY[name].is_canonical(pa.array([None], pa.string()), "BE").to_pylist() == [None]
    assert EVERY[name].is_canonical(pa.array([], pa.string()), "BE").to_pylist() == []
