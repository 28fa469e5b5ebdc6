from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.model.masking import mask_text, mask_texts
from clientimport.model.number_positions import positions_with_numbers

GAPS = st.sampled_from(["", "", "", ".", "-", " ", " - ", "\n", "/", ", ", "    "])


@st.composite
def written_numbers(draw: st.DrawFn) -> str:
    """A number whose digits fit or nearly fit, with gaps and with what may stand around it."""
    body = f"{draw(st.integers(0, 99)):02}{draw(st.integers(1, 12)):02}{draw(st.integers(1, 31)):02}"
    body += f"{draw(st.integers(1, 998)):03}"
    number = f"{body}{97 - int(draw(st.sampled_from(['', '2'])) + body) % 97:02}"
    number = draw(st.sampled_from([number, number.lstrip("0"), "1893120105732", "5412345000013", number[:-1] + "0"]))
    gaps = draw(st.lists(GAPS, min_size=len(number), max_size=len(number)))
    around = st.sampled_from(["", " ", "1", "x", "+", "BE ", "2.", "\N{EN DASH}", "\N{ARABIC-INDIC DIGIT FOUR}"])
    return draw(around) + "".join(map("".join, zip(number, gaps, strict=True))) + draw(around)


TEXTS = st.lists(st.one_of(st.text(max_size=12), st.text("0123456789 .-/", max_size=30), written_numbers()), max_size=9)


@settings(max_examples=400)
@given(TEXTS)
def test_no_text_that_is_masked_is_passed_over(texts: list[str]) -> None:
    masked = {position for position, text in enumerate(texts) if mask_text(text) != text}
    assert masked <= set(positions_with_numbers(texts))


@given(TEXTS)
def test_many_long_texts_are_masked_as_each_is_alone(texts: list[str]) -> None:
    texts = [*texts, *["Kerkstraat 12 9000 Gent"] * 100]
    assert mask_texts(texts) == [mask_text(text) for text in texts]


def test_account_numbers_phones_and_emails_are_passed_over() -> None:
    texts = ["BE68 5390 0754 7034", "BE68539007547034", "LU28 0019 4006 4475 0000", "0475/12.34.56", "a1@b.be", ""]
    assert positions_with_numbers(texts * 100) == []
