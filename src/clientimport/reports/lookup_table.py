"""A look-up as a table: one row a client, each cell with whether it is as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.register_reasons import register_reason
from clientimport.model.client import display_name
from clientimport.registers.peppol.lookup import PeppolAnswer, PeppolState
from clientimport.registers.register_lookup import ClientFacts, LookupResult, Register
from clientimport.registers.vies.vies_answer import ViesState


class Tone(StrEnum):
    """How a cell is coloured."""

    PLAIN = "plain"
    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class ToneCell:
    """One cell; several lines where a client has several numbers."""

    text: str = ""
    tone: Tone = Tone.PLAIN


Column = Callable[[ClientFacts, MessageCatalog], ToneCell]


@dataclass(frozen=True, slots=True)
class LookupTable:
    """Headings and rows, in one language."""

    headings: tuple[str, ...]
    rows: tuple[tuple[ToneCell, ...], ...]


def lookup_table(look_up: LookupResult, registers: frozenset[Register], words: MessageCatalog) -> LookupTable:
    """Return the table with the columns of the registers that were asked."""
    columns = dict(_columns(look_up, registers))
    headings = tuple(words.phrase(f"lookup.column.{name}") for name in columns)
    rows = tuple(tuple(column(client, words) for column in columns.values()) for client in look_up.clients)
    return LookupTable(headings, rows)


def _columns(look_up: LookupResult, registers: frozenset[Register]) -> Iterator[tuple[str, Column]]:
    of_file = any(client.subject.row is not None for client in look_up.clients)
    if of_file:
        yield "row", lambda client, _: ToneCell(str(client.subject.row or ""))
    yield "number", lambda client, _: ToneCell(client.subject.number or "")
    if of_file:
        yield "name", lambda client, _: ToneCell(display_name(client.subject.fields))
    if Register.KBO in registers:
        yield from (("kbo", _kbo), ("kbo_name", _kbo_name), ("form", _form), ("seat", _seat), ("since", _since))
        yield "differences", _differences
    if Register.VIES in registers:
        yield from (("vies", _vies), ("vies_name", _vies_name))
        yield from (("consultation", _consultation), ("checked_at", _checked_at))
    if Register.PEPPOL in registers:
        yield from (("peppol", _peppol), ("access_point", _access_point), ("smp", _smp))


def _kbo(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    if client.kbo is None:
        return ToneCell()
    if client.kbo.enterprise is None:
        return ToneCell(words.phrase("lookup.kbo.unknown"), Tone.BAD)
    return ToneCell(client.kbo.situation, Tone.GOOD if client.kbo.enterprise.normal else Tone.BAD)


def _kbo_name(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    enterprise = client.kbo.enterprise if client.kbo else None
    return ToneCell(enterprise.name_in(words.language) if enterprise else "")


def _form(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell(client.kbo.form if client.kbo else "")


def _seat(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    seat = client.kbo.enterprise.seat if client.kbo and client.kbo.enterprise else None
    return ToneCell(seat.line(words.language) if seat else "")


def _since(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell(client.kbo.enterprise.since if client.kbo and client.kbo.enterprise else "")


def _differences(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    differing = client.kbo.differences if client.kbo else ()
    lines = [
        words.with_label(words.label(difference.field), f"{difference.ours} ≠ {difference.theirs}")
        for difference in differing
    ]
    return ToneCell("\n".join(lines), Tone.DOUBT if lines else Tone.PLAIN)


def _vies(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    if client.vies is None:
        return ToneCell()
    tones = {ViesState.VALID: Tone.GOOD, ViesState.INVALID: Tone.BAD, ViesState.NOT_CHECKED: Tone.DOUBT}
    return ToneCell(_state(client.vies.state, client.vies.reason, words), tones[client.vies.state])


def _vies_name(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    text = (client.vies.name, client.vies.address) if client.vies else ()
    return ToneCell("\n".join(filter(None, text)))


def _consultation(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell((client.vies.consultation if client.vies else None) or "")


def _checked_at(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell((client.vies.checked_at if client.vies else None) or "")


def _peppol(client: ClientFacts, words: MessageCatalog) -> ToneCell:
    answers = client.peppol or ()
    lines = [words.with_label(answer.id, _peppol_state(answer, words)) for answer in answers]
    states = {answer.state for answer in answers}
    receiving = any(answer.receives_invoices for answer in answers)
    tone = Tone.GOOD if receiving else Tone.DOUBT if states else Tone.PLAIN
    return ToneCell("\n".join(lines), tone)


def _peppol_state(answer: PeppolAnswer, words: MessageCatalog) -> str:
    if answer.state is PeppolState.REGISTERED and not answer.receives_invoices:
        return words.phrase("lookup.registered_without_invoices")
    return _state(answer.state, answer.reason, words)


def _access_point(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell(
        "\n".join(dict.fromkeys(answer.access_point for answer in client.peppol or () if answer.access_point))
    )


def _smp(client: ClientFacts, _: MessageCatalog) -> ToneCell:
    return ToneCell("\n".join(dict.fromkeys(answer.smp for answer in client.peppol or () if answer.smp)))


def _state(state: StrEnum, reason: str | None, words: MessageCatalog) -> str:
    text = words.phrase(f"lookup.state.{state}")
    return f"{text} ({register_reason(words, reason)})" if reason else text
