"""Legal forms in names: one that no longer exists, or one that is all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize, normalize_column
from clientimport.model.records import Records

OLD_FORMS = {
    "bvba": "BV",
    "sprl": "SRL",
    "ebvba": "BV",
    "sprlu": "SRL",
    "bvbas": "BV",
    "sprls": "SRL",
    "cvba": "CV / BV",
    "scrl": "SC / SRL",
    "cvoa": "VOF",
    "gcv": "CommV",
    "scs": "SComm",
}
"""Form -> what it became on 1 January 2024 at the latest: https://www.ejustice.just.fgov.be/eli/wet/2019/03/23/2019A40586."""
_STILL = "bv srl nv sa vof snc commv scomm cv sc vzw asbl ivzw aisbl sarl sarls sas sca gmbh ag"
_FORMS = frozenset((*OLD_FORMS, *_STILL.split()))
_ONLY_OUTSIDE = "sci senc secs pgmbh vog sa.rl sa.rl.s sarl.s"
"""More forms that say nothing about who it is, a dot for a blank: `S.à r.l.-S`; some are words that a name may be."""
_AROUND = tuple(form.replace(".", " ") for form in (*sorted(_FORMS), *_ONLY_OUTSIDE.split()))
_LONGEST = max(map(len, _FORMS))
_ENDS = "|".join(r"\.?".join(form) for form in OLD_FORMS)
_ODD = rf"(?i)(?:{_ENDS})[^0-9A-Za-z]*$|^(?:[^0-9A-Za-z]*[0-9A-Za-z]){{0,{_LONGEST}}}[^0-9A-Za-z]*$|[^\x{{0}}-\x{{7f}}]"
"""An expression of Arrow's for names that end in an old form, are no longer than the longest, or not in ASCII."""
_OUTSIDE = rf"^(?:{'|'.join(sorted(_AROUND, reverse=True))}) | (?:{'|'.join(sorted(_AROUND))})$"
_OUTSIDE_ONE = re.compile(_OUTSIDE)
_LAST = re.compile(r"[^0-9A-Za-z]*([A-Za-z.]{2,8})[^0-9A-Za-z]*$")


def legal_forms(records: Records) -> Iterator[Issue]:
    """Notice each name that is a legal form alone, and each that ends in one which no longer exists."""
    country = records.column("country")
    for position, problem in map_distinct([keep_matching(records.column("legal_name"), _ODD)], _issue).items():
        if problem.code != "legal_name.old_form" or country[position].as_py() == "BE":
            yield problem.at(position, "legal_name")


def strip_legal_forms(names: pa.StringArray) -> pa.StringArray:
    """Return names normalised, without the legal form before or behind them.

    >>> strip_legal_forms(pa.array(["BVBA Bakkerij Peeters", "Bakkerij Peeters B.V.", "NV", None])).to_pylist()
    ['bakkerij peeters', 'bakkerij peeters', 'nv', None]
    """
    return pc.replace_substring_regex(normalize_column(pc.replace_substring(names, ".", "")), _OUTSIDE, "")


def strip_legal_form(name: str) -> str:
    """Return one name as `strip_legal_forms` returns them.

    >>> strip_legal_form("Bakkerij Peeters B.V."), strip_legal_form("NV"), strip_legal_form("Schmit Lux S.à r.l.-S")
    ('bakkerij peeters', 'nv', 'schmit lux')
    """
    return _OUTSIDE_ONE.sub("", normalize(name.replace(".", "")))


def _issue(name: str | None) -> Issue | None:
    """Return what is odd about a name.

    >>> _issue("B.V.B.A.").code, _issue("Bakkerij Peeters BVBA").facts, _issue("Peeters BV")
    ('legal_name.only_form', {'form': 'BVBA', 'now': 'BV'}, None)
    """
    if name is None:
        return None
    if normalize(name).replace(" ", "") in _FORMS:
        return Issue("legal_name.only_form")
    last = _LAST.search(name)
    form = last[1].replace(".", "") if last else ""
    now = OLD_FORMS.get(form.casefold())
    return Issue("legal_name.old_form", {"form": form, "now": now}) if now else None
