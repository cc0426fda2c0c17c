"""Calls of a sign-in by CAS: a browser comes back with a ticket, and the application asks whose it is."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import attrs

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, record
from genauth_contract.outcomes.models import Client
from genauth_contract.outcomes.oidc import TICKET_CHECKED, TICKET_GIVEN

_FORMAT: Final = {"format": {"type": "string", "enum": ["XML", "JSON"]}}
_SAID: Final = record(
    "ServiceResponse",
    {
        "serviceResponse": record(
            "TicketAnswer",
            {},
            {
                "authenticationSuccess": record(
                    "TicketSuccess", {"user": ANY_TEXT}, {"attributes": {"type": "object"}}
                ),
                "authenticationFailure": record(
                    "TicketFailure", {"code": ANY_TEXT, "description": ANY_TEXT}
                ),
            },
        )
    },
)

CAS_SIGN_IN_CALL: Final = Endpoint(
    "cas-sign-in",
    "Send a browser here to sign a user in by CAS; it comes back with a ticket.",
    ends=(TICKET_GIVEN,),
    path="/cas-idp/{appId}",
    asked=("service",),
)
VALIDATE_CALL: Final = Endpoint(
    "cas-validate",
    "Return yes and a username, or no, as CAS 1.0 does; a text.",
    ends=(TICKET_CHECKED,),
    path="/cas-idp/{appId}/validate",
    asked=("service", "ticket"),
    is_text=True,
)
SERVICE_VALIDATE_CALL: Final = Endpoint(
    "cas-service-validate",
    "Return who a ticket stands for, as CAS 2.0 does; JSON where it is asked for.",
    data=_SAID,
    ends=(TICKET_CHECKED,),
    path="/cas-idp/{appId}/serviceValidate",
    asked=("service", "ticket"),
    query=_FORMAT,
)
P3_SERVICE_VALIDATE_CALL: Final = Endpoint(
    "cas-p3-service-validate",
    "Return who a ticket stands for, as CAS 3.0 does; JSON where it is asked for.",
    data=_SAID,
    ends=(TICKET_CHECKED,),
    path="/cas-idp/{appId}/p3/serviceValidate",
    asked=("service", "ticket"),
    query=_FORMAT,
)


def cas_sign_in(client: Client, service: str) -> ApiCall:
    """Go where a browser is sent to sign in. Source: official Python SDK, build_authorize_url."""
    return _asked(CAS_SIGN_IN_CALL, client, service=service)


def validate_ticket(client: Client, ticket: str, service: str) -> ApiCall:
    """Ask as CAS 1.0 does. Source: official Python SDK, validate_ticket_v1."""
    return _asked(VALIDATE_CALL, client, ticket=ticket, service=service)


def service_validate(client: Client, ticket: str, service: str) -> ApiCall:
    """Ask as CAS 2.0 does. Source: official Node SDK, validateTicketV2."""
    return _asked(SERVICE_VALIDATE_CALL, client, ticket=ticket, service=service, format="JSON")


def p3_service_validate(client: Client, ticket: str, service: str) -> ApiCall:
    """Ask as CAS 3.0 does. Source: CAS Protocol, 2.8."""
    return _asked(P3_SERVICE_VALIDATE_CALL, client, ticket=ticket, service=service, format="JSON")


def _asked(endpoint: Endpoint, client: Client, **query: str) -> ApiCall:
    path = endpoint.full_path.format(appId=client.app_id)
    return attrs.evolve(sent_to(endpoint), path=f"{path}?{urlencode(query)}")
