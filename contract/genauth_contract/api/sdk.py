"""Speaks to a target through the SDK; the only module of the contract that knows it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, cast

import attrs

from aiogenauth import (
    AuthenticationClient,
    GenAuthError,
    PhonePassCodePayload,
    SmsCodePayload,
)
from aiogenauth.error_codes import BY_API_CODE
from genauth_contract.api.calls import ApiCall
from genauth_contract.api.http import Application, Caller
from genauth_contract.outcomes.outcome import Answer

Body = Mapping[str, str]
Json = Mapping[str, object]
Operation = Callable[[AuthenticationClient, Body], Awaitable[object]]


@attrs.frozen
class ThroughSdk:
    """Makes each call with a client of its own, as the user who makes it."""

    application: Application

    def call(self, call: ApiCall) -> Answer:
        """Make one call; an error the SDK raises becomes the answer it stands for."""
        try:
            result = asyncio.run(self._send(call))
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
        ) as client:
            token = call.user.access_token
            caller = client.as_user(token) if token else client
            return await OPERATIONS[call.operation](caller, cast("Body", call.body or {}))


def through_sdk(application: Application) -> Caller:
    """Return a caller that speaks through the SDK."""
    return ThroughSdk(application)


def known_api_codes() -> frozenset[int]:
    """Return every apiCode the SDK knows the meaning of."""
    return frozenset(BY_API_CODE)


def _refused(error: GenAuthError) -> Answer:
    body = {
        "statusCode": error.status_code,
        "apiCode": error.api_code,
        "message": error.message,
        "requestId": error.request_id,
    }
    present = {name: value for name, value in body.items() if value is not None}
    return Answer(error.http_status or 200, present, sdk_error=type(error).__name__)


def _data(result: object) -> Json:
    """Give what the SDK returned the names of the wire again."""
    if not attrs.has(type(result)):
        return {}
    fields = attrs.asdict(cast("attrs.AttrsInstance", result), recurse=False)
    wired = {_wire_name(name): value for name, value in fields.items()}
    if "expires_in" in wired:
        wired["expire_in"] = wired["expires_in"]
    return wired


def _wire_name(name: str) -> str:
    if name in ("access_token", "id_token", "refresh_token", "token_type", "expires_in"):
        return name
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


async def _send_sms(client: AuthenticationClient, body: Body) -> object:
    return await client.send_sms(body["channel"], body["phoneNumber"], body.get("phoneCountryCode"))


async def _pre_check_code(client: AuthenticationClient, body: Body) -> object:
    payload = cast("Mapping[str, SmsCodePayload]", body)["smsCodePayload"]
    return await client.pre_check_code("SMS", sms_code_payload=payload)


async def _bind_phone(client: AuthenticationClient, body: Body) -> object:
    return await client.bind_phone(
        body["passCode"], body["phoneNumber"], body.get("phoneCountryCode"), on_unknown="raise"
    )


async def _unbind_phone(client: AuthenticationClient, body: Body) -> object:
    return await client.unbind_phone(body["passCode"], on_unknown="raise")


async def _verify_update(client: AuthenticationClient, body: Body) -> object:
    payload = cast("Mapping[str, PhonePassCodePayload]", body)["phonePassCodePayload"]
    return await client.verify_update_phone_request(payload)


async def _update_phone(client: AuthenticationClient, body: Body) -> object:
    return await client.update_phone(body["updatePhoneToken"], on_unknown="raise")


async def _get_profile(client: AuthenticationClient, _: Body) -> object:
    return await client.get_profile()


async def _get_security_info(client: AuthenticationClient, _: Body) -> object:
    return await client.get_security_level()


async def _sign_in(client: AuthenticationClient, body: Body) -> object:
    wired = cast("Mapping[str, Body]", body)
    options = wired.get("options")
    if "passCodePayload" in wired:
        code = wired["passCodePayload"]
        return await client.sign_in_by_phone_passcode(
            code["phone"], code["passCode"], code.get("phoneCountryCode"), options
        )
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


OPERATIONS: Final[Mapping[str, Operation]] = {
    "send-sms": _send_sms,
    "pre-check-code": _pre_check_code,
    "bind-phone": _bind_phone,
    "unbind-phone": _unbind_phone,
    "verify-update-phone-request": _verify_update,
    "update-phone": _update_phone,
    "get-profile": _get_profile,
    "get-security-info": _get_security_info,
    "signin": _sign_in,
}
"""How each operation is spoken."""
