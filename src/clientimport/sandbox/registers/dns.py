"""The zone of Peppol's participants, answered over UDP under the same port number as the platforms."""

from __future__ import annotations

import base64
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from clientimport.sandbox.registers.known import Registers

_LABEL = ".iso6523-actorid-upis."
_LARGEST = 4096


@contextmanager
def answering(listener: socket.socket, registers: Registers, own_smp: str) -> Iterator[None]:
    """Answer questions at `listener` for as long as the context lasts; `own_smp` is the sandbox's publisher."""
    urls = {_label(entry.id): entry.smp or own_smp for entry in registers.participants}
    stopped = threading.Event()
    thread = threading.Thread(target=_serve, args=(listener, urls, stopped.is_set), name="sandbox-dns", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:  # it waits for a packet
            waker.sendto(b"", listener.getsockname())
        thread.join()


def _label(participant: str) -> str:
    digest = hashlib.sha256(participant.lower().encode()).digest()
    return base64.b32encode(digest).decode().rstrip("=").lower()


def _serve(listener: socket.socket, urls: Mapping[str, str], stopped: Callable[[], bool]) -> None:
    while True:
        try:
            packet, sender = listener.recvfrom(_LARGEST)
        except ConnectionResetError:  # Windows says so when an earlier answer reached nobody
            continue
        if stopped():
            return
        answer = _answer(packet, urls)
        if answer:
            listener.sendto(answer, sender)


def _answer(packet: bytes, urls: Mapping[str, str]) -> bytes:
    import dns.exception
    import dns.message
    import dns.rcode
    import dns.rdatatype
    import dns.rrset

    try:
        question = dns.message.from_wire(packet)
        answer = dns.message.make_response(question)
    except (dns.exception.DNSException, ValueError):
        return b""
    asked = next(iter(question.question), None)
    if asked is None:  # a question is false: it is a set without records
        return b""
    label = asked.name.to_text().lower().partition(_LABEL)[0]
    if label not in urls:
        answer.set_rcode(dns.rcode.NXDOMAIN)
    elif asked.rdtype == dns.rdatatype.NAPTR:
        record = f'100 10 "U" "Meta:SMP" "!.*!{urls[label]}!" .'
        answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", "NAPTR", record))
    return answer.to_wire()
