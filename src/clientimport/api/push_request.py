"""From the keywords of a push to what it is asked to do on one account."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.api.keywords import PushKeywords, selections, texts
from clientimport.api.user_decisions import require_known_fields
from clientimport.connectors import offers
from clientimport.connectors.http.rate_limiter import max_in_flight
from clientimport.connectors.protocol import Updates
from clientimport.errors import UsageError
from clientimport.model.connection import Connection
from clientimport.model.finding import Issue
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import PushOptions
from clientimport.push.mail import MailRules
from clientimport.push.plan.questionnaire import parse_questionnaires
from clientimport.push.push_request import PushRequest
from clientimport.schema.types.email import Email


def push_request(
    keywords: PushKeywords, connection: Connection, schema: PlatformSchema, reading: Mapping[str, object]
) -> PushRequest:
    """Return what a push is asked to do; `reading` is how its file is read again.

    Raises UsageError for what this platform does not know.
    """
    return PushRequest(
        connection,
        keywords.get("invite", False),
        keywords.get("all_or_nothing", False),
        keywords.get("max_invitations"),
        keywords.get("invite_limit"),
        _updated_fields(texts(keywords.get("update")), schema),
        keywords.get("retry_refused", False),
        selections("only", keywords.get("only")),
        selections("skip", keywords.get("skip")),
        push_options(keywords, schema),
        max_in_flight(schema.api, connection),
        schema.creating_mails,
        MailRules(keywords.get("mail_as_on_platform", False), keywords.get("mail_anyway", False), connection.sandbox),
        reading,
    )


def push_options(keywords: PushKeywords, schema: PlatformSchema) -> PushOptions:
    """Return the settings that are in no file. Raises UsageError for one that this platform does not know."""
    email, channel = keywords.get("share_documents"), keywords.get("share_channel")
    given = {"questionnaire": keywords.get("questionnaire"), "share_documents": email, "share_channel": channel}
    for name, value in given.items():
        if value and name not in schema.push_options:
            raise UsageError("push.option_elsewhere", option=f"--{name.replace('_', '-')}", platform=schema.name)
    _require_sharing(email, channel)
    return PushOptions(parse_questionnaires(texts(keywords.get("questionnaire"))) or None, email, channel)


def _require_sharing(given_email: str | None, given_channel: str | None) -> None:
    """Raise UsageError, once and before anything is sent, for sharing that no client could get."""
    email, channel = ((text or "").strip() for text in (given_email, given_channel))
    if bool(email) != bool(channel):
        raise UsageError("push.sharing_incomplete")
    if email:
        parsed = Email().parse(email, "")
        suggestion = (parsed.suggestion if isinstance(parsed, Issue) else parsed.value) or ""
        if isinstance(parsed, Issue) or suggestion.casefold() != email.casefold():
            raise UsageError("push.sharing_email", value=email, meant=suggestion)


def _updated_fields(asked: tuple[str, ...], schema: PlatformSchema) -> tuple[str, ...]:
    """Return the fields to overwrite; `all` stands for every one. Raises UsageError for one the API does not take."""
    if asked and schema.api is not None and not offers(schema, Updates):
        raise UsageError("push.option_elsewhere", option="--update", platform=schema.name)
    fields = tuple(schema.api.body) if schema.api is not None else ()
    if "all" in asked:
        return fields
    return tuple(require_known_fields("--update", dict.fromkeys(asked, ""), fields))


def require_invite(keywords: PushKeywords, schema: PlatformSchema) -> None:
    """Raise UsageError where creating a client mails it, and it was not said that mails may go out."""
    if schema.creating_mails and not keywords.get("invite"):
        raise UsageError("push.creating_mails", platform=schema.name)
