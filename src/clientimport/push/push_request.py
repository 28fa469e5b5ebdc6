"""A push request: what one push is asked to do beyond its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clientimport.model.connection import Connection
from clientimport.model.remote import PushOptions
from clientimport.push.mail import MailRules


@dataclass(frozen=True, slots=True)
class PushRequest:
    """What one push is asked to do beyond its plan."""

    connection: Connection
    invite: bool = False
    all_or_nothing: bool = False
    """Send no row when a row of the file has an error."""
    max_invitations: int | None = None
    invite_limit: int | None = None
    """Send so many mails at most, the rest next time."""
    update: tuple[str, ...] = ()
    """The fields to overwrite where the platform has something else."""
    retry_refused: bool = False
    """Send again what the platform rejected, though it has not changed."""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    """What was chosen of the plan; remembered, so that a resumed run chooses the same."""
    options: PushOptions = field(default_factory=PushOptions)
    in_flight: int = 4
    creating_mails: bool = False
    """Whether the platform mails a client when it is created, so that creating is inviting."""
    mail_rules: MailRules = field(default_factory=MailRules)
    """A person's decisions about mails that would be held."""
    reading: Mapping[str, object] = field(default_factory=dict)
    """The options for reading the file; remembered, so that a resumed run reads it the same."""
    approved_by: str | None = None
    """The second person who approved the plan, where that is asked for."""
