"""Tickets of CAS: given to a browser that is signed in, and validated once. Source: CAS Protocol 1.0 and 3.1.1."""

from __future__ import annotations

from datetime import datetime, timedelta
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


def validate(context: CallContext, ticket: str, service: str) -> User | None:
    """Return who a ticket stands for, or None; it is spent, whatever comes of it.

    Source: CAS Protocol, 2.4: one attempt, and the service has to be the one that it was given for.
    """
    held = context.records.get(CasTicket, ticket)
    context.records.delete(CasTicket, ticket)
    if held is None:
        context.remark(rule="the ticket is unknown or used")
    elif context.now >= held.expires_at:
        context.remark(rule="a ticket lives for five minutes")
    elif held.service != service:
        context.remark(rule="the ticket was given for another service")
    else:
        return context.user(held.user_id)
    return None
