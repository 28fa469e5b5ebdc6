"""What only Banqup's Partner Space answers to: further contacts, configuration templates, the company register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError, FieldError, invalid, unknown
from clientimport.sandbox.attribute import BLANK, Attribute, Body, unknown_names, wrong_values
from clientimport.sandbox.banqup.partner_rules import CONTACT
from clientimport.sandbox.banqup.routes import SPACE, BanqupRoutes
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import once
from clientimport.sandbox.request_parsing import body_of
from clientimport.sandbox.rules.contacts import email

COMPANIES = tuple(
    dict(zip(("number", "name", "street", "houseNumber", "box", "postalCode", "city", "country"), company, strict=True))
    for company in (
        ("0202239951", "Proximus", "Koning Albert II-laan", "27", "", "1030", "Schaarbeek", "BE"),
        ("0214596464", "bpost", "Anspachlaan", "1", "1", "1000", "Brussel", "BE"),
        ("0400378485", "Colruyt Group", "Edingensesteenweg", "196", "", "1500", "Halle", "BE"),
        ("0403019261", "Voorbeeld Holding", "Wetstraat", "16", "", "1000", "Brussel", "BE"),
    )
)
"""A few entries of the Belgian register; the last is made up."""

_TEMPLATE = (
    Attribute("name", "", required=True),
    Attribute("description", ""),
    Attribute("users", "", email, shape=list),
    Attribute("integrations", "", shape=list),
    Attribute("default", "", shape=bool),
)


def template(body: Body) -> dict[str, Any]:
    """Return a configuration template with all that it may have."""
    return {"name": "", "description": "", "users": [], "integrations": [], "default": False, **body}


@dataclass(frozen=True, slots=True)
class PartnerRoutes:
    """The Partner Space beside what it shares with the Consoles."""

    banqup: BanqupRoutes

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        return [
            Route(f"{SPACE}/clients/{{id}}/contacts", self.add_contact, methods=["POST"]),
            Route(f"{SPACE}/clients/{{id}}/contacts/{{email}}", self.remove_contact, methods=["DELETE"]),
            Route(f"{SPACE}/integrations", self.integrations),
            Route(f"{SPACE}/configuration-templates", self.templates),
            Route(f"{SPACE}/configuration-templates", self.create_template, methods=["POST"]),
            Route(f"{SPACE}/configuration-templates/{{name}}", self.delete_template, methods=["DELETE"]),
            Route(f"{SPACE}/companies", self.companies),
        ]

    async def add_contact(self, request: Request) -> Response:
        """Add a further contact person to a client."""
        book, contact = self.banqup.book(request), await body_of(request)

        def act() -> dict[str, Any]:
            _require_sound(CONTACT, contact)
            book.add_contact(request.path_params["id"], contact)
            return dict(contact)

        return await once(request, book, 201, act)

    async def remove_contact(self, request: Request) -> Response:
        """Remove a further contact person of a client."""
        book = self.banqup.book(request)
        with book.world.store.transaction():
            book.remove_contact(request.path_params["id"], request.path_params["email"])
        return Response(status_code=204)

    async def integrations(self, request: Request) -> Response:
        """List what a client can be connected to."""
        names = self.banqup.book(request).world.setup.integrations
        return JSONResponse({"integrations": [{"name": name} for name in names]})

    async def templates(self, request: Request) -> Response:
        """List the configuration templates."""
        book = self.banqup.book(request)
        return JSONResponse({"configurationTemplates": list(_kept(book).values())})

    async def create_template(self, request: Request) -> Response:
        """Add a configuration template; a new default takes the place of the old."""
        book = self.banqup.book(request)
        body = {name: value for name, value in (await body_of(request)).items() if value != ""}

        def act() -> dict[str, Any]:
            _require_sound(_TEMPLATE, body)
            known, new = _kept(book), template(body)
            if new["name"] in known:
                raise ApiError(409, "CONFIGURATION_ALREADY_EXISTS", f"{new['name']} exists already")
            others = {name: {**one, "default": one["default"] and not new["default"]} for name, one in known.items()}
            book.world.store.keep_configurations(book.account, {**others, new["name"]: new})
            return new

        return await once(request, book, 201, act)

    async def delete_template(self, request: Request) -> Response:
        """Delete a configuration template; clients made with it keep its name."""
        book, name = self.banqup.book(request), request.path_params["name"]
        with book.world.store.transaction():
            known = _kept(book)
            if name not in known:
                raise unknown("Configuration template")
            remaining = {other: one for other, one in known.items() if other != name}
            book.world.store.keep_configurations(book.account, remaining)
        return Response(status_code=204)

    async def companies(self, request: Request) -> Response:
        """Look a company up in the public register."""
        self.banqup.book(request)
        number = request.query_params.get("number")
        if number is None:
            raise invalid(FieldError("number", BLANK))
        return JSONResponse({"companies": [company for company in COMPANIES if company["number"] == number]})


def _kept(book: ClientService) -> dict[str, dict[str, Any]]:
    return book.world.store.configurations(book.account)


def _require_sound(attributes: tuple[Attribute, ...], body: Body) -> None:
    names = {attribute.name for attribute in attributes}
    if wrong := (*unknown_names(names, body), *wrong_values(attributes, body)):
        raise invalid(*wrong)
