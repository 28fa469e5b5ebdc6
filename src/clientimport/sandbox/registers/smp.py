"""A publisher of metadata (SMP): which documents a participant takes, and the certificate of its access point."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clientimport.sandbox.registers.known import KnownParticipant
from clientimport.sandbox.server_state import ServerState

_ACTOR = "iso6523-actorid-upis"
_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
_DOCUMENTS = tuple(
    f"busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:{kind}-2::{kind}##{_BILLING}"
    for kind in ("Invoice", "CreditNote")
)
_ORDER = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:Order-2::Order"
    "##urn:fdc:peppol.eu:poacc:trns:order:3::2.1"
)
_NAMESPACES = (
    'xmlns="http://busdox.org/serviceMetadata/publishing/1.0/" xmlns:ids="http://busdox.org/transport/identifiers/1.0/"'
)


@dataclass(frozen=True, slots=True)
class MetadataPublisher:
    """The publisher at /smp."""

    world: ServerState

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route("/{participant}", self.group),
            Route("/{participant}/services/{document:path}", self.metadata),
        ]

    async def group(self, request: Request) -> Response:
        """List the documents that a participant takes."""
        participant = self._participant(request)
        if participant is None:
            return Response("not found", 404)
        participant_url = str(request.base_url) + quote(f"{_ACTOR}::{participant.id.lower()}", safe="")
        hrefs = (f"{participant_url}/services/{quote(document, safe='')}" for document in _documents(participant))
        references = "".join(f"<ServiceMetadataReference href={quoteattr(href)}/>" for href in hrefs)
        return _xml(
            f"<ServiceGroup {_NAMESPACES}>{_identifier(participant)}"
            f"<ServiceMetadataReferenceCollection>{references}</ServiceMetadataReferenceCollection></ServiceGroup>"
        )

    async def metadata(self, request: Request) -> Response:
        """Tell where one kind of document goes."""
        participant, document = self._participant(request), unquote(request.path_params["document"])
        if participant is None or document not in _documents(participant):
            return Response("not found", 404)
        scheme, _, value = document.partition("::")
        certificate = _certificate(participant.access_point, self.world.now())
        return _xml(
            f"<SignedServiceMetadata {_NAMESPACES}><ServiceMetadata><ServiceInformation>{_identifier(participant)}"
            f'<ids:DocumentIdentifier scheme="{scheme}">{escape(value)}</ids:DocumentIdentifier>'
            '<ProcessList><Process><ids:ProcessIdentifier scheme="cenbii-procid-ubl">'
            "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</ids:ProcessIdentifier>"
            '<ServiceEndpointList><Endpoint transportProfile="peppol-transport-as4-v2_0">'
            '<EndpointReference xmlns="http://www.w3.org/2005/08/addressing">'
            "<Address>https://accesspoint.example/as4</Address></EndpointReference>"
            f"<Certificate>{certificate}</Certificate></Endpoint></ServiceEndpointList></Process></ProcessList>"
            "</ServiceInformation></ServiceMetadata></SignedServiceMetadata>"
        )

    def _participant(self, request: Request) -> KnownParticipant | None:
        scheme, _, wanted = unquote(request.path_params["participant"]).partition("::")
        return self.world.seed_data.registers.participant(wanted) if scheme == _ACTOR else None


def _documents(participant: KnownParticipant) -> tuple[str, ...]:
    return _DOCUMENTS if participant.receives_invoices else (_ORDER,)


def _identifier(participant: KnownParticipant) -> str:
    return f'<ids:ParticipantIdentifier scheme="{_ACTOR}">{escape(participant.id.lower())}</ids:ParticipantIdentifier>'


def _xml(text: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>{text}', media_type="application/xml")


def _certificate(subject: str, now: datetime) -> str:
    """Return a certificate of this subject as the metadata hold it; of none, a text that is no certificate."""
    return _signed(subject, now.year) if subject else "bm8gY2VydGlmaWNhdGU="


@lru_cache
def _signed(subject: str, year: int) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(subject)
    begin = datetime(year, 1, 1)  # noqa: DTZ001 -- in UTC, as certificates are
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=730))
        .sign(key, hashes.SHA256())
    )
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
