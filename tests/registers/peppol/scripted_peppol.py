"""DNS and metadata publishers that answer as a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import dns.message
import dns.rcode
import dns.rrset

INVOICE = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
_NAMESPACES = (
    'xmlns:s="http://busdox.org/serviceMetadata/publishing/1.0/"'
    ' xmlns:i="http://busdox.org/transport/identifiers/1.0/" xmlns:a="http://www.w3.org/2005/08/addressing"'
)


@contextmanager
def scripted_dns(answers: Callable[[str], list[str] | str | None]) -> Iterator[str]:
    """Answer with the NAPTR records of a name, with a code such as SERVFAIL, or never; yield HOST:PORT."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            packet, sender = listener.recvfrom(4096)
            if not packet:
                return
            question = dns.message.from_wire(packet)
            asked = question.question[0].name
            says = answers(asked.to_text())
            response = dns.message.make_response(question)
            if isinstance(says, str):
                response.set_rcode(dns.rcode.from_text(says))
            elif says:
                response.answer.append(dns.rrset.from_text(asked, 60, "IN", "NAPTR", *says))
            if says is not None:
                listener.sendto(response.to_wire(), sender)

    thread = threading.Thread(target=serve)
    thread.start()
    host, port = listener.getsockname()
    try:
        yield f"{host}:{port}"
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", (host, port))
        thread.join()
        listener.close()


@contextmanager
def scripted_smp(answers: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Answer with the status and text of a decoded path, 404 for any other; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert "%3A%3A" in self.path  # as the reference client writes it
            status, text = answers.get(unquote(self.path), (404, ""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def naptr(url: str, order: int = 100, flags: str = "U", service: str = "Meta:SMP") -> str:
    """Return a record as the locator publishes it."""
    return f'{order} 10 "{flags}" "{service}" "!.*!{url}!" .'


def group(*documents: str) -> str:
    """Return the list of a participant's documents, with other prefixes than everybody's."""
    references = "".join(
        f'<s:ServiceMetadataReference href="https://any.example/x/services/{one}"/>' for one in documents
    )
    return (
        f"<s:ServiceGroup {_NAMESPACES}><s:ServiceMetadataReferenceCollection>{references}"
        "</s:ServiceMetadataReferenceCollection></s:ServiceGroup>"
    )


def metadata(
    certificate: str, address: str = "https://ap.example/as4", profile: str = "peppol-transport-as4-v2_0"
) -> str:
    """Return where a document goes."""
    return (
        f"<s:SignedServiceMetadata {_NAMESPACES}><s:ServiceMetadata><s:ServiceInformation><s:ProcessList><s:Process>"
        "<i:ProcessIdentifier>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</i:ProcessIdentifier><s:ServiceEndpointList>"
        f'<s:Endpoint transportProfile="{profile}"><a:EndpointReference><a:Address>{address}</a:Address>'
        f"</a:EndpointReference><s:Certificate>{certificate}</s:Certificate></s:Endpoint></s:ServiceEndpointList>"
        "</s:Process></s:ProcessList></s:ServiceInformation></s:ServiceMetadata></s:SignedServiceMetadata>"
    )


def redirect(href: str) -> str:
    """Return metadata that are kept elsewhere."""
    return (
        f"<s:SignedServiceMetadata {_NAMESPACES}><s:ServiceMetadata>"
        f'<s:Redirect href="{href}"/></s:ServiceMetadata></s:SignedServiceMetadata>'
    )
