"""Findings from the registers about a row: always a warning or an info, never an error by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.model.finding import Finding, Issue, Severity
from clientimport.model.records import Records
from clientimport.registers.peppol.lookup import PeppolAnswer, PeppolState
from clientimport.registers.register_lookup import ClientFacts, KboFacts, LookupResult
from clientimport.registers.vies.vies_answer import ViesAnswer, ViesState
from clientimport.schema.finding_catalog import to_finding


def register_findings(look_up: LookupResult, records: Records, own_access_point: str) -> Iterator[Finding]:
    """Yield the findings of a look-up whose clients are the rows of `records`, in their order."""
    yield from extract_finding(look_up)
    date = look_up.extract.snapshot.isoformat() if look_up.extract else ""
    for position, client in enumerate(look_up.clients):
        for issue in _issues(client, date, own_access_point):
            yield to_finding(records, issue.at(position, _field_of_finding(issue.field or "", records)))


def extract_finding(look_up: LookupResult) -> Iterator[Finding]:
    """Yield how old the KBO's data are: a warning when they are too old, else an info."""
    if look_up.extract is not None:
        age = look_up.extract.age(look_up.today)
        facts = {
            "register_date": look_up.extract.snapshot.isoformat(),
            "days": str(age),
            "extract": str(look_up.extract.number),
        }
        yield Finding("kbo.extract", Severity.WARNING if look_up.is_old else Severity.INFO, facts=facts)


def _issues(client: ClientFacts, date: str, own_access_point: str) -> Iterator[Issue]:
    if client.kbo is not None:
        yield from _kbo(client.kbo, client.subject.company_number, date)
    if client.vies is not None:
        yield from _vies(client.vies)
    if client.peppol:
        yield from _peppol(client.peppol, own_access_point)


def _kbo(kbo: KboFacts, number: str, date: str) -> Iterator[Issue]:
    if kbo.enterprise is None:
        yield Issue("kbo.unknown", {"number": number, "register_date": date}, field="company_number")
        return
    if not kbo.enterprise.normal:
        yield Issue("kbo.situation", {"situation": kbo.situation, "register_date": date}, field="company_number")
    yield from difference_issues(kbo, date)


def difference_issues(kbo: KboFacts, date: str) -> Iterator[Issue]:
    """Yield that the name is another, and once that the address is."""
    for difference in kbo.differences:
        is_name = difference.field == "legal_name"
        code = "kbo.name_differs" if is_name else "kbo.address_differs"
        facts = {"theirs": difference.theirs if is_name else kbo.seat, "register_date": date}
        yield Issue(code, facts, difference.theirs or None, field=difference.field)
        if not is_name:
            return


def _vies(answer: ViesAnswer) -> Iterator[Issue]:
    if answer.state is ViesState.INVALID:
        yield Issue("vies.invalid", {"register_date": (answer.checked_at or "")[:10]}, field="vat_number")
    elif answer.state is ViesState.NOT_CHECKED:
        yield Issue("vies.not_checked", {"register_reason": answer.reason or ""}, field="vat_number")


def _peppol(answers: tuple[PeppolAnswer, ...], own_access_point: str) -> Iterator[Issue]:
    registered = [answer for answer in answers if answer.state is PeppolState.REGISTERED]
    doubtful = next((answer for answer in answers if answer.state is PeppolState.NOT_CHECKED), None)
    field = "company_number" if answers[0].id.startswith(("0208", "0240")) else "vat_number"
    ids = ", ".join(answer.id for answer in answers)
    if not registered and doubtful is None:
        yield Issue("peppol.not_registered", {"ids": ids}, field=field)
    elif not registered and doubtful is not None:
        facts = {"id": doubtful.id, "register_reason": doubtful.reason or ""}
        yield Issue("peppol.not_checked", facts, field=field)
    for answer in registered:
        if answer.access_point and own_access_point and not is_own(answer, own_access_point):
            facts = {"id": answer.id, "access_point": answer.access_point, "own": own_access_point}
            yield Issue("peppol.elsewhere", facts, field=field)
            return


def is_own(answer: PeppolAnswer, own_access_point: str) -> bool:
    """Tell whether an access point is the one meant: by its certificate's whole subject, one part of it, or the SMP."""
    parts = [part.strip() for part in (answer.access_point or "").split(",")]
    names = {*parts, *(part.partition("=")[2] for part in parts), answer.access_point or "", answer.smp or ""}
    return own_access_point.strip().casefold() in {name.casefold() for name in names}


def _field_of_finding(field: str, records: Records) -> str:
    """Return the field at which a finding stands: the VAT number where no company number was given, and so on."""
    others = {"company_number": "vat_number", "vat_number": "company_number"}
    return field if field in records.origins or field not in others else others[field]
