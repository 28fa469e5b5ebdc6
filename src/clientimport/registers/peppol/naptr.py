"""The NAPTR record of a participant: which metadata publisher (SMP) knows more of it.

The locator (SML) is described at https://docs.peppol.eu/edelivery/, the form of the record in RFC 3403.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientimport.errors import SettingsUnusable
from clientimport.registers.exchange import NoAnswer, on_this_machine

if TYPE_CHECKING:
    from dns.asyncresolver import Resolver
    from dns.resolver import Answer

_FLAG, _SERVICE = b"u", b"meta:smp"
_PARTS = 4
"""A regexp of the record is `!pattern!replacement!`, with any sign between."""
_LIFETIME, _LIFETIME_HERE = 6.0, 2.0
"""Seconds for one look-up, in which the resolver asks again when a packet is lost; of a server on this machine."""
_TRIES = 2
DNS_SILENT = "dns_timeout"
"""The reason where nobody answered."""


class NotRegistered(Exception):
    """DNS says that there is no such participant."""


def open_resolver(server: str) -> Resolver:
    """Return what asks DNS: the server `HOST:PORT`, or the system's own for an empty text. Raises SettingsUnusable."""
    import dns.asyncresolver
    import dns.resolver

    if not server:
        try:
            resolver = dns.asyncresolver.Resolver()
        except dns.resolver.NoResolverConfiguration as error:
            raise SettingsUnusable("registers.no_resolver") from error
        resolver.lifetime = _LIFETIME
        return resolver
    resolver = dns.asyncresolver.Resolver(configure=False)
    try:
        parts = urlsplit(f"//{server}")
        resolver.port = parts.port or 53
        address = socket.getaddrinfo(parts.hostname, resolver.port, type=socket.SOCK_DGRAM)[0][4][0]
        resolver.nameservers = [str(address)]
    except (ValueError, OSError) as error:
        raise SettingsUnusable("registers.peppol_dns", value=server) from error
    resolver.lifetime = _LIFETIME_HERE if on_this_machine(f"http://{server}") else _LIFETIME
    return resolver


async def smp_url(name: str, resolver: Resolver) -> str:
    """Return the address of the SMP that the record at `name` states. Raises NotRegistered, and NoAnswer."""
    import dns.exception
    import dns.resolver

    for tries_left in reversed(range(_TRIES)):
        try:
            answer = await resolver.resolve(name, "NAPTR", search=False, lifetime=resolver.lifetime)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer) as error:
            raise NotRegistered from error
        except (dns.exception.DNSException, OSError) as error:  # refused, SERVFAIL, a time-out, rubbish
            if not tries_left:
                reason = DNS_SILENT if isinstance(error, dns.exception.Timeout) else "dns_failed"
                raise NoAnswer(reason) from error
        else:
            return _stated(answer)
    raise AssertionError


def _stated(answer: Answer) -> str:
    records = [record for record in answer if record.flags.lower() == _FLAG and record.service.lower() == _SERVICE]
    for record in sorted(records, key=lambda record: (record.order, record.preference)):
        regexp = record.regexp.decode(errors="replace")
        parts = regexp.split(regexp[:1]) if regexp else []
        if len(parts) >= _PARTS:
            return str(parts[2]).rstrip("/")
    raise NoAnswer("dns_record_unusable")
