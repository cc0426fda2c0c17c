"""Checking the ticket of a sign-in by CAS. Source: CAS Protocol 1.0."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiogenauth import oidc, shapes
from aiogenauth.calls.arguments import secret
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import make_call
from aiogenauth.decoding import ShapeError
from aiogenauth.errors import SignInOutcomeUnknown
from aiogenauth.protocol import Auth, Endpoint

if TYPE_CHECKING:
    from aiogenauth.models import Envelope


class CasCalls(CallGroup):
    """Sign-ins by CAS."""

    async def validate_ticket_v1(self, ticket: str, service: str) -> shapes.TicketCheck:
        """Ask who a ticket stands for; in a condition, the answer is true if it is good.

        Args:
            ticket: As the browser came back with it. It works once.
            service: The one of the link, exactly.

        Raises:
            SignInOutcomeUnknown: The answer got lost; the ticket may be spent.

        Source: CAS Protocol 1.0; the path is that of the official Python SDK.
        """
        endpoint = Endpoint(
            "validate_ticket_v1",
            "GET",
            f"/cas-idp/{quote(self._executor.settings.app_id, safe='')}/validate",
            SignInOutcomeUnknown,
            Auth.EXPLICIT,
            is_text=True,
        )
        fields = {
            "service": oidc.checked_uri(service, "service"),
            "ticket": secret(ticket, "ticket"),
        }
        return await self._executor.execute(make_call(endpoint, ticket_check, fields))


def ticket_check(envelope: Envelope) -> shapes.TicketCheck:
    r"""Read `yes\nann\n` or `no\n\n`."""
    verdict, _, rest = str(envelope.data).replace("\r\n", "\n").partition("\n")
    user = rest.strip("\n") or None
    if verdict not in {"yes", "no"} or (verdict == "yes") is not (user is not None):
        message = "neither yes with a user, nor no"
        raise ShapeError(message)
    return shapes.TicketCheck(verdict == "yes", user)
