"""What a metadata publisher (SMP) says of a participant: the documents that it takes, and where they go.

https://docs.oasis-open.org/bdxr/bdx-smp/v1.0/ in Peppol's own namespace. Signatures are not verified: what is read here
is shown, and nothing is sent by it.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from clientimport.registers.exchange import NoAnswer, RegisterResponse, ask, may_be_asked

if TYPE_CHECKING:
    import aiohttp

INVOICE = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
"""Peppol BIS Billing 3, the invoice that Belgian law asks for."""
_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_TRANSPORT = "peppol-transport-as4-v2_0"
_SMP = "{http://busdox.org/serviceMetadata/publishing/1.0/}"
_IDS = "{http://busdox.org/transport/identifiers/1.0/}"
_ADDRESSING = "{http://www.w3.org/2005/08/addressing}"
_OK, _NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a document goes."""

    url: str
    access_point: str | None
    """The subject of the access point's certificate; None when it cannot be read."""


async def takes_invoices(session: aiohttp.ClientSession, participant_url: str) -> bool | None:
    """Return whether the participant takes BIS Billing 3 invoices; None when the SMP does not know it.

    Raises NoAnswer.
    """
    answer = await ask(session, participant_url)
    if answer.status == _NOT_FOUND:
        return None
    group = _document(answer, "ServiceGroup")
    references = (reference.get("href", "") for reference in group.iter(f"{_SMP}ServiceMetadataReference"))
    return any(unquote(href.rpartition("/services/")[2]) == INVOICE for href in references)


async def invoice_endpoint(session: aiohttp.ClientSession, participant_url: str) -> Endpoint | None:
    """Return where the participant's invoices go; None when the SMP does not say. Raises NoAnswer."""
    answer = await ask(session, f"{participant_url}/services/{quote(INVOICE, safe='')}")
    metadata = _document(answer, "SignedServiceMetadata", "ServiceMetadata")
    redirect = metadata.find(f".//{_SMP}Redirect")
    if redirect is not None:  # at most one: https://docs.peppol.eu/edelivery/
        href = redirect.get("href", "")
        if not may_be_asked(href):
            raise NoAnswer("smp_not_https")
        metadata = _document(await ask(session, href), "SignedServiceMetadata", "ServiceMetadata")
    return _endpoint(metadata)


def _document(answer: RegisterResponse, *names: str) -> Element:
    if answer.status != _OK:
        raise NoAnswer("smp_refused" if answer.status < 500 else "smp_failed")  # noqa: PLR2004 -- HTTP's own range
    try:
        root: Element = fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NoAnswer("smp_unreadable") from error
    if root.tag not in {f"{_SMP}{name}" for name in names}:
        raise NoAnswer("smp_unreadable")
    return root


def _endpoint(metadata: Element) -> Endpoint | None:
    processes = list(metadata.iter(f"{_SMP}Process"))
    billing = [
        process for process in processes if (process.findtext(f"{_IDS}ProcessIdentifier") or "").strip() == _PROCESS
    ]
    endpoints = [endpoint for process in billing or processes for endpoint in process.iter(f"{_SMP}Endpoint")]
    if not endpoints:
        return None
    endpoint = next(
        (candidate for candidate in endpoints if candidate.get("transportProfile") == _TRANSPORT), endpoints[0]
    )
    url = endpoint.findtext(f"{_ADDRESSING}EndpointReference/{_ADDRESSING}Address") or ""
    return Endpoint(url.strip(), certificate_subject(endpoint.findtext(f"{_SMP}Certificate") or ""))


def certificate_subject(text: str) -> str | None:
    """Return whom a certificate (base64 of DER, with or without PEM's lines) is of; None when it is none."""
    from cryptography.x509 import load_der_x509_certificate  # 40 ms

    lines = [line.strip() for line in text.splitlines() if not line.startswith("-----")]
    try:
        der = base64.b64decode("".join(lines), validate=True)
        return load_der_x509_certificate(der).subject.rfc4514_string() or None
    except (binascii.Error, ValueError, TypeError):
        return None
