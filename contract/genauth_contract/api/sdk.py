"""Speaks to a target through the SDK; the only module of the contract that knows it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import cache
from inspect import signature
from typing import Final, cast
from urllib.parse import parse_qsl, urlsplit

import attrs

from aiogenauth import (
    AuthenticationClient,
    GenAuthError,
    PhonePassCodePayload,
    given,
)
from aiogenauth.error_codes import BY_API_CODE, oauth_refusal_class, refusal_class
from aiogenauth.protocol import Transport
from genauth_contract.api.call import ApiCall
from genauth_contract.api.document import every_endpoint
from genauth_contract.api.http import Application, Caller
from genauth_contract.outcomes.models import is_object
from genauth_contract.outcomes.outcome import Answer, ExpectedReply

Body = Mapping[str, str]
Json = Mapping[str, object]
Operation = Callable[[AuthenticationClient, Body], Awaitable[object]]
RunsCoroutine = Callable[[Coroutine[object, object, object]], object]


@attrs.frozen
class ThroughSdk:
    """Makes each call with a client of its own, as the user who makes it.

    Attributes:
        transport: Carries the requests; None for a connection of each client's own.
        run: Runs a call to its end; `asyncio.run` has an event loop of its own for each.
    """

    application: Application
    transport: Transport | None = None
    run: RunsCoroutine = asyncio.run

    def call(self, call: ApiCall) -> Answer:
        """Make one call; an error the SDK raises becomes the answer it stands for."""
        try:
            result = self.run(self._send(call))
        except GenAuthError as error:
            return _refused(error)
        return Answer(200, {"statusCode": 200, "data": _data(result)})

    async def _send(self, call: ApiCall) -> object:
        application = self.application
        async with AuthenticationClient(
            app_id=application.app_id,
            app_host=application.host,
            app_secret=application.app_secret or None,
            lang=application.language,
            retries=0,
            transport=self.transport,
        ) as client:
            token = call.user.access_token
            caller = client.as_user(token) if token else client
            operation = TAKE_OTHER_FIELDS.get(call.operation)
            if operation is None:
                return await _same_name(caller, call)
            query = dict(parse_qsl(urlsplit(call.path).query))
            return await operation(caller, cast("Body", call.body or query))


def through_sdk(application: Application) -> Caller:
    """Return a caller that speaks through the SDK."""
    return ThroughSdk(application)


def known_api_codes() -> frozenset[int]:
    """Return every apiCode the SDK knows the meaning of."""
    return frozenset(BY_API_CODE)


def error_of(reply: ExpectedReply, operation: str) -> str:
    """Name the error that an answer of a call becomes; empty where it is a success.

    A `ServerFailed` of a call that changes something is raised as an error whose name ends in
    `OutcomeUnknown`.
    """
    if reply.error is not None:
        return oauth_refusal_class(reply.error, reply.http, "").__name__
    if reply.status_code in (None, 200):
        return ""
    path, text = f"/api/v3/{operation}", reply.message or ""
    return refusal_class(reply.status_code, reply.api_code, text, path).__name__


def _refused(error: GenAuthError) -> Answer:
    body = {
        "statusCode": error.status_code,
        "apiCode": error.api_code,
        "message": error.message,
        "requestId": error.request_id,
    }
    present = {name: value for name, value in body.items() if value is not None}
    return Answer(error.http_status or 200, present, sdk_error=type(error).__name__)


def _data(result: object) -> Json | list[object]:
    """Return what the SDK returned, under the names of the wire."""
    if isinstance(result, tuple):
        return cast("list[object]", _wired(cast("object", result)))
    return cast("Json", _wired(result)) if attrs.has(type(result)) else {}


def _wired(value: object) -> object:
    if isinstance(value, tuple):
        return [_wired(one) for one in cast("tuple[object, ...]", value)]
    if not attrs.has(type(value)):
        return value
    fields = attrs.asdict(cast("attrs.AttrsInstance", value), recurse=False)
    wired = {_wire_name(name): _wired(inner) for name, inner in fields.items()}
    if "expires_in" in wired:
        wired["expire_in"] = wired["expires_in"]
    if "token_type" not in wired and "access_token" in wired:  # of WeChat, whose names are others
        wired["accessToken"] = wired.pop("access_token")
    return wired


def _snake_case(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _wire_name(name: str) -> str:
    if name in ("access_token", "id_token", "refresh_token", "token_type", "expires_in"):
        return name
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


_FLAGS: Final[Mapping[str, bool]] = {"true": True, "false": False}
_NUMBERS: Final = frozenset({"page", "limit", "start", "end"})


def _read(name: str, text: str) -> object:
    """Return the value of a query parameter, as a method takes it."""
    return int(text) if name in _NUMBERS else _FLAGS.get(text, text)


@cache
def _renamed() -> Mapping[str, str]:
    """Return what the SDK calls the operations that have another name in the API."""
    return {each.name: each.sdk_method for each in every_endpoint() if each.sdk_method}


def _method(client: AuthenticationClient, operation: str) -> Callable[..., Awaitable[object]]:
    name = _renamed().get(operation) or operation.replace("-", "_")
    method: Callable[..., Awaitable[object]] | None = getattr(client, name, None)
    if method is None:
        message = (
            f"{operation}: the SDK has no {name} in aiogenauth/calls; or its Endpoint in"
            " genauth_contract/api/calls needs another sdk_method"
        )
        raise LookupError(message)
    return method


async def _same_name(client: AuthenticationClient, call: ApiCall) -> object:
    """Call the method that is named as the operation, with the fields of the body by their names."""
    body: Mapping[str, object] = call.body if is_object(call.body) else {}
    query = {name: _read(name, text) for name, text in parse_qsl(urlsplit(call.path).query)}
    body = {**query, **body}
    method = _method(client, call.operation)
    options = {"on_unknown": "raise"} if "on_unknown" in signature(method).parameters else {}
    return await method(**{_snake_case(name): value for name, value in body.items()}, **options)


async def _verify_update(client: AuthenticationClient, body: Body) -> object:
    payload = cast("Mapping[str, PhonePassCodePayload]", body)["phonePassCodePayload"]
    return await client.verify_update_phone_request(payload)


async def _put_event(client: AuthenticationClient, body: Body) -> object:
    return await client.put_event(body["eventType"], json.loads(body["eventData"]))


@attrs.frozen
class _Text:
    """A text that the SDK has read, as it stood on the wire."""

    text: str


async def _validate_ticket(client: AuthenticationClient, query: Body) -> object:
    checked = await client.validate_ticket_v1(query["ticket"], query["service"])
    return _Text(f"yes\n{checked.username}\n" if checked else "no\n\n")


async def _sign_in(client: AuthenticationClient, body: Body) -> object:
    wired = cast("Mapping[str, Body]", body)
    options = cast("given.SignInOptions | None", wired.get("options"))
    if "passCodePayload" in wired:
        code = wired["passCodePayload"]
        return await client.sign_in_by_phone_passcode(
            code["phone"], code["passCode"], code.get("phoneCountryCode"), options
        )
    for kind, method in (("ldap", client.sign_in_by_ldap), ("ad", client.sign_in_by_ad)):
        if f"{kind}Payload" in wired:
            directory = wired[f"{kind}Payload"]
            return await method(directory["sAMAccountName"], directory["password"], options)
    payload = dict(wired["passwordPayload"])
    password = payload.pop("password")
    [(kind, name)] = payload.items()
    methods = {
        "username": client.sign_in_by_username_password,
        "email": client.sign_in_by_email_password,
        "phone": client.sign_in_by_phone_password,
        "account": client.sign_in_by_account_password,
    }
    return await methods[kind](name, password, options)


TAKE_OTHER_FIELDS: Final[Mapping[str, Operation]] = {
    "verify-update-phone-request": _verify_update,
    "signin": _sign_in,
    "pub-userEvent": _put_event,
    "cas-validate": _validate_ticket,
}
"""Operations whose method in the SDK takes something else than the body's fields."""
