"""Tickets of CAS: given to a browser that is signed in, and validated once. Source: CAS Protocol 1.0 and 3.1.1."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

LIFETIME: Final = timedelta(minutes=5)
"""Source: CAS Protocol, 3.1.1: the longest that is recommended."""


@frozen_for_checkers
class CasTicket:
    """Permission of a service to learn who a user is; filed under the ticket, works once."""

    user_id: str
    service: str = field(repr=False)
    expires_at: datetime


def issue(context: CallContext, user: User, service: str) -> str:
    """Return a new ticket for a service."""
    ticket, expires_at = f"ST-{context.randomness.token()}", context.now + LIFETIME
    context.records.put(ticket, CasTicket(user.user_id, service, expires_at), expires_at)
    return ticket


class Failure(Enum):
    """Why a ticket says nothing. Source: CAS Protocol, 2.5.3."""

    INVALID_REQUEST = auto()
    INVALID_TICKET = auto()
    INVALID_SERVICE = auto()


class TicketRefused(Exception):  # noqa: N818 - an answer of the protocol, not an error of the mock
    """A ticket stands for nobody.

    Attributes:
        failure: What CAS calls the reason.
        rule: The reason in a sentence.
    """

    def __init__(self, failure: Failure, rule: str) -> None:
        super().__init__(failure.name)
        self.failure = failure
        self.rule = rule


def validate(context: CallContext, ticket: str, service: str) -> User:
    """Return who a ticket stands for; it is spent, whatever comes of it.

    Source: CAS Protocol, 2.4: one attempt, and the service has to be the one that it was given for.

    Raises:
        TicketRefused: It is good for nobody, or not for this service.
    """
    held = context.records.get(CasTicket, ticket)
    context.records.delete(CasTicket, ticket)
    if held is None:
        raise TicketRefused(Failure.INVALID_TICKET, "the ticket is unknown or used")
    if context.now >= held.expires_at:
        raise TicketRefused(Failure.INVALID_TICKET, "a ticket lives for five minutes")
    if held.service != service:
        raise TicketRefused(Failure.INVALID_SERVICE, "the ticket was given for another service")
    user = context.user(held.user_id)
    if user is None:
        raise TicketRefused(Failure.INVALID_TICKET, "the user of the ticket is gone")
    return user
