"""A look-up as JSON: what each register says of each client, in the order given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from clientimport.registers.register_lookup import ClientFacts, KboFacts, LookupResult


def lookup_data(look_up: LookupResult, language: str) -> dict[str, object]:
    """Return the keys of the JSON object."""
    extract = look_up.extract
    age = {} if extract is None else {"number": extract.number, "snapshot": extract.snapshot.isoformat()}
    if extract is not None:
        age |= {"age_days": extract.age(look_up.today), "old": look_up.is_old}
    return {"clients": [_client(client, language) for client in look_up.clients], "kbo_extract": age or None}


def _client(client: ClientFacts, language: str) -> dict[str, object]:
    return {
        "row": client.subject.row,
        "number": client.subject.number,
        "kbo": None if client.kbo is None else _kbo(client.kbo, language),
        "vies": None if client.vies is None else {**_plain(asdict(client.vies))},
        "peppol": None if client.peppol is None else [_plain(asdict(answer)) for answer in client.peppol],
    }


def _kbo(kbo: KboFacts, language: str) -> dict[str, object]:
    names = ("name", "names", "form", "situation", "address", "since", "differences", "situation_code", "contacts")
    enterprise = kbo.enterprise
    if enterprise is None:
        return {"known": False, **dict.fromkeys(names)}
    return {
        "known": True,
        "name": enterprise.name_in(language) or None,
        "names": list(enterprise.name_texts()),
        "form": kbo.form or None,
        "situation": kbo.situation,
        "address": enterprise.seat.line(language) if enterprise.seat else None,
        "since": enterprise.since or None,
        "differences": [asdict(difference) for difference in kbo.differences],
        "situation_code": enterprise.situation,
        "contacts": dict(enterprise.contacts),
    }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Return what JSON can hold: a state is its word."""
    return {name: str(value) if name == "state" else value for name, value in values.items()}
