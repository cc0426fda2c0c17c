"""Signing in by CAS: a ticket says once, in time and to its own service who came back with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

from genauth_contract.api.call import ApiCall
from genauth_contract.api.calls.cas import (
    cas_sign_in,
    p3_service_validate,
    service_validate,
    validate_ticket,
)
from genauth_contract.checks.matchers import having
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import Client
from genauth_contract.outcomes.oidc import TICKET_CHECKED, TICKET_GIVEN
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import NO_CALL

_V1 = "official SDKs, validate_ticket_v1; CAS Protocol, 2.4"
_V2 = "official Node SDK, validateTicketV2; CAS Protocol, 2.5"
_V3 = "CAS Protocol, 2.8"
_BROWSER = "a browser would be needed"
_SERVICE = "http://localhost:8000/cas?next=/a"
_ELSEWHERE = "http://localhost:8000/elsewhere"

TICKET_LIFETIME_SECONDS = 300
"""Source: CAS Protocol, 3.1.1: the longest that is recommended."""

NO: Final = TICKET_CHECKED.with_data(text="no\n\n")


def _brought_back(world: World) -> tuple[Client, str, str]:
    """Sign a user in with a browser; return the application, the ticket and the username."""
    username, _ = world.login_of(world.user_without_phone())
    world.mock.change_settings(signInAs=username)
    client = world.client()
    answer = world.expect(TICKET_GIVEN, cas_sign_in(client, _SERVICE))
    [ticket] = parse_qs(urlsplit(answer.headers["location"]).query)["ticket"]
    world.secrets.learn("ticket", ticket)
    return client, ticket, username


def _failed(code: str) -> Outcome:
    failure = having(authenticationFailure=having(code=code))
    return TICKET_CHECKED.with_data(serviceResponse=failure)


def _says_once(world: World, ask: Callable[[Client, str, str], ApiCall]) -> None:
    client, ticket, username = _brought_back(world)
    success = having(authenticationSuccess=having(user=username))
    world.expect(TICKET_CHECKED.with_data(serviceResponse=success), ask(client, ticket, _SERVICE))
    world.expect(_failed("INVALID_TICKET"), ask(client, ticket, _SERVICE))


@scenario(Evidence.CLIENT, _V1, mock_only=_BROWSER, wire_only=NO_CALL)
def a_ticket_says_once_who_signed_in(world: World) -> None:
    client, ticket, username = _brought_back(world)
    yes = TICKET_CHECKED.with_data(text=f"yes\n{username}\n")
    world.expect(yes, validate_ticket(client, ticket, _SERVICE))
    world.expect(NO, validate_ticket(client, ticket, _SERVICE))


@scenario(Evidence.CLIENT, _V2, mock_only=_BROWSER, wire_only=NO_CALL)
def a_ticket_says_once_who_signed_in_as_cas_2_does(world: World) -> None:
    _says_once(world, service_validate)


@scenario(Evidence.ASSUMED, _V3, mock_only=_BROWSER, wire_only=NO_CALL)
def a_ticket_says_once_who_signed_in_as_cas_3_does(world: World) -> None:
    _says_once(world, p3_service_validate)


@scenario(
    Evidence.DOCS,
    "CAS Protocol, 2.4.1 and 2.5.3: service",
    mock_only=_BROWSER,
    wire_only=NO_CALL,
)
def a_ticket_is_good_for_no_other_service(world: World) -> None:
    client, ticket, _ = _brought_back(world)
    world.expect(NO, validate_ticket(client, ticket, _ELSEWHERE))
    world.expect(NO, validate_ticket(client, ticket, _SERVICE))


@scenario(
    Evidence.DOCS, "CAS Protocol, 2.5.3: INVALID_SERVICE", mock_only=_BROWSER, wire_only=NO_CALL
)
def a_ticket_for_another_service_is_named_so(world: World) -> None:
    client, ticket, _ = _brought_back(world)
    world.expect(_failed("INVALID_SERVICE"), service_validate(client, ticket, _ELSEWHERE))
    world.expect(_failed("INVALID_TICKET"), service_validate(client, ticket, _SERVICE))


@scenario(Evidence.ASSUMED, "CAS Protocol, 3.1.1", mock_only=_BROWSER, wire_only=NO_CALL)
def an_old_ticket_says_nothing(world: World) -> None:
    client, ticket, _ = _brought_back(world)
    world.advance(TICKET_LIFETIME_SECONDS)
    world.expect(NO, validate_ticket(client, ticket, _SERVICE))


@scenario(Evidence.CLIENT, _V1)
def a_made_up_ticket_says_nothing(world: World) -> None:
    world.expect(NO, validate_ticket(world.client(), "ST-nobody-gave-this", _SERVICE))


@scenario(Evidence.DOCS, "CAS Protocol, 2.5.3: INVALID_TICKET", wire_only=NO_CALL)
def a_made_up_ticket_is_named_so(world: World) -> None:
    call = service_validate(world.client(), "ST-nobody-gave-this", _SERVICE)
    world.expect(_failed("INVALID_TICKET"), call)


@scenario(Evidence.DOCS, "CAS Protocol, 2.5.3: INVALID_REQUEST", wire_only=NO_CALL)
def a_ticket_that_is_missing_is_named_so(world: World) -> None:
    world.expect(_failed("INVALID_REQUEST"), service_validate(world.client(), "", _SERVICE))
