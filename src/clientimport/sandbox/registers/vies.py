"""VIES: the VAT numbers that the setup knows, and the official test service's numbers that each stand for an error.

https://ec.europa.eu/taxation_customs/vies/checkVatTestService.wsdl lists them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.registers.known import KnownVatNumber, Registers
from clientimport.sandbox.server_state import ServerState

ERRORS = {
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
}
_MAGIC = {"100": KnownVatNumber("John Doe", "123 Main St, Anytown, UK"), "200": None}
_MATCHES = ("Name", "Street", "PostalCode", "City", "CompanyType")
_MEMBERS = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU"),
    *("LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"),
)


@dataclass(frozen=True, slots=True)
class Vies:
    """The REST interface."""

    world: ServerState

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route("/rest-api/check-vat-number", self.check, methods=["POST"]),
            Route("/rest-api/check-vat-test-service", self.test, methods=["POST"]),
            Route("/rest-api/ms/{country}/vat/{number}", self.get),
            Route("/rest-api/check-status", self.status),
        ]

    async def check(self, request: Request) -> Response:
        """Answer about a number of the setup, or one of the test service's."""
        return self._answer(await _question(request), only_magic=False)

    async def test(self, request: Request) -> Response:
        """Answer as the official test service, whatever the country."""
        return self._answer(await _question(request), only_magic=True)

    async def get(self, request: Request) -> Response:
        """Answer in the words of the other form, which does not have them from check-vat-number."""
        country, number = request.path_params["country"], request.path_params["number"]
        known = self._known(country, number)
        body = {
            "isValid": known is not None,
            "requestDate": self._now(),
            "userError": ERRORS.get(number, "VALID" if known else "INVALID"),
            "name": known.name if known else "---",
            "address": known.address if known else "---",
            "requestIdentifier": "",
            "originalVatNumber": number,
            "vatNumber": number,
        }
        return JSONResponse(body)

    async def status(self, _: Request) -> Response:
        """Tell which member states answer: all of them."""
        countries = [{"countryCode": country, "availability": "Available"} for country in _MEMBERS]
        return JSONResponse({"vow": {"available": True}, "countries": countries})

    def _answer(self, question: dict[str, Any], *, only_magic: bool) -> Response:
        country, number = str(question.get("countryCode", "")), str(question.get("vatNumber", ""))
        if not only_magic and (country not in _MEMBERS or not number):
            return _error("INVALID_INPUT", 400)
        if number in ERRORS:
            return _error(ERRORS[number])
        if only_magic and number not in _MAGIC:
            return _error("SERVICE_UNAVAILABLE")
        return JSONResponse(self._body(question, country, number))

    def _body(self, question: dict[str, Any], country: str, number: str) -> dict[str, Any]:
        known = self._known(country, number)
        # Half a requester is passed over without a word, as there.
        asked_by = question.get("requesterMemberStateCode") and question.get("requesterNumber")
        identifier = f"WAPIAAAAW{crc32((country + number).encode()) % 10**7:07}" if asked_by else ""
        return {
            "countryCode": country,
            "vatNumber": number,
            "requestDate": self._now(),
            "valid": known is not None,
            "requestIdentifier": identifier,
            "name": known.name if known else "---",
            "address": known.address if known else "---",
            **{f"trader{part}": "---" for part in _MATCHES},
            **{f"trader{part}Match": "NOT_PROCESSED" for part in _MATCHES},
        }

    def _known(self, country: str, number: str) -> KnownVatNumber | None:
        registers: Registers = self.world.seed_data.registers
        return _MAGIC[number] if number in _MAGIC else registers.vat_number(country + number)

    def _now(self) -> str:
        return self.world.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def _question(request: Request) -> dict[str, Any]:
    try:
        question = json.loads(await request.body())
    except ValueError:
        return {}
    return question if isinstance(question, dict) else {}


def _error(code: str, status: int = 200) -> Response:
    """Say no as VIES does: mostly with 200."""
    return JSONResponse({"actionSucceed": False, "errorWrappers": [{"error": code}]}, status)
