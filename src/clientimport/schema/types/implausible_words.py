"""Implausible words: what is left of a word that was read in the wrong code page.

A mark inside a word (`Caf‚`), a capital in its middle (`MŸller`), a consonant where a vowel is due (`Kšln`). That is
believed only of words that are made of everyday letters in another code page.
"""

from __future__ import annotations

import re

OTHER_CODE_PAGES = ("cp850", "mac_roman", "iso8859-15")
"""Of the languages of our users, beside Windows-1252; cp437 has the letters of cp850 in the same places."""

_LOWER, _UPPER = "a-zß-öø-ÿšœž", "A-ZÀ-ÖØ-ÞŠŒŽŸ"
_LETTER = _LOWER + _UPPER
_CONSONANT = "bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ"
_ODD = re.compile(
    # Each begins with the odd character itself: what stands around it is looked at where there is one.
    rf"[‚„ƒˆ‰¡§](?<=[{_LETTER}].)"  # Caf‚, Citro‰n, N¡, Gro§
    rf"|[ƒ¦¨](?=[{_LOWER}])"  # ƒcole, ¦koda
    rf"|[‡‹›“”€¢£¤¥¦¨¶¸¿÷¼½¾](?<=[{_LETTER}].)(?=[{_LETTER}])"  # Fran‡ois, H“tel, Mu¤oz, c½ur
    rf"|[†•…](?<=[{_LOWER}].)(?=[{_LOWER}])"  # na•ve
    r"|‘(?<=[A-Za-z][aeiouy].)(?!s\b|tje)"  # No‘l, but foto‘s
    rf"|™(?=[{_LOWER}])"  # H™tel
    r"|[¼½](?=u)"  # ¼uvre
    rf"|Ÿ(?=[{_LOWER}])"  # Ÿber
    rf"|[ŠŽšž](?<=[{_CONSONANT}].)(?=[{_CONSONANT}])"  # Kšln, JŽGER
    r"|á(?<=[Ss]tra.)(?=e)"  # Straáe
)
_CAPITAL_AFTER_LOWERCASE = re.compile(rf"[À-ÖØ-ÞŠŒŽŸ](?<=[{_LOWER}].)")  # CafŽ, SchŠfer, lÕeau
IMPLAUSIBLE_CHARACTERS = "‚„ƒ…†‡ˆ‰‹“”•™›€¡¢£¤¥¦§¨¶¸¼½¾¿÷‘ášžŠŽŸ"
"""What each of them begins with: one class, for which a long text is looked through ten times as fast."""
_MAY_BE_ODD = re.compile(f"[{IMPLAUSIBLE_CHARACTERS}]")
_WORD = re.compile(r"[^\s;,|\"'()/.:+-]+")
_EVERYDAY = re.compile(r"[A-Za-z0-9’°«»àáâäãåæçèéêëìíîïñòóôöõøœùúûüÿßšžÀÁÂÄÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŠŽ]*")
_MISPLACED_CASE = re.compile(
    rf"[À-ÖØ-ÞŠŒŽŸ](?<=[{_LOWER}].)|[À-ÖØ-ÞŠŒŽŸ](?<=[{_UPPER}].)(?=[{_LOWER}])|[àáâäæêëìíîïñòóôöøœúûüß](?<=[{_UPPER}]{{2}}.)(?=[{_UPPER}])"
)
"""A capital behind a small letter or between two sorts; a small one among capitals that has no key of its own."""
_FREQUENT = re.compile("[éèêëàâäçïîôöûüùñÉ]")
"""The accents of Dutch, French and German names: what settles it where two code pages make words of the same bytes."""


def has_implausible_words(text: str) -> bool:
    """Return whether a word in `text` has a letter where none like it can stand.

    >>> has_implausible_words("Caf‚ De Kroon"), has_implausible_words("D’Hondt & Žižka, “De Kroon”")
    (True, False)
    """
    odd = (_ODD.match(text, match.start()) for match in _MAY_BE_ODD.finditer(text))
    return _CAPITAL_AFTER_LOWERCASE.search(text) is not None or any(odd)


def accented_words(text: str) -> set[str]:
    """Return the different words in `text` with a letter or mark that is not of ASCII.

    >>> accented_words("Café De Kroon;Gent")
    {'Café'}
    """
    return {word for word in _WORD.findall(text) if not word.isascii()}


def is_everyday(word: str) -> bool:
    """Return whether a word is made of everyday letters, each where it may stand.

    >>> is_everyday("Café"), is_everyday("CafÚ"), is_everyday("Caf‚")
    (True, False, False)
    """
    return _EVERYDAY.fullmatch(word) is not None and not _MISPLACED_CASE.search(word)


def frequent_accents(word: str) -> int:
    """Return how many letters of a word are accents that are frequent here."""
    return len(_FREQUENT.findall(word))


def text_in_likely_code_page(text: str) -> str | None:
    """Return `text` with its odd words as another code page has them, None when there are none or they stay odd.

    >>> text_in_likely_code_page("Caf‚ De Kroon"), text_in_likely_code_page("Café De Kroon")
    ('Café De Kroon', None)
    """
    if text.isascii() or not has_implausible_words(text):
        return None
    corrected = _WORD.sub(lambda match: _in_another_code_page(match[0]), text)
    return corrected if corrected != text and not has_implausible_words(corrected) else None


def _in_another_code_page(word: str) -> str:
    if not has_implausible_words(word):
        return word
    try:
        data = word.encode("cp1252")
    except UnicodeEncodeError:
        return word
    everyday = [decoded for page in OTHER_CODE_PAGES if is_everyday(decoded := data.decode(page))]
    return max(everyday, key=frequent_accents, default=word)
