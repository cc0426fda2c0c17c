"""Secrets to look for: calls that carry them, answers that do, and every way to show a thing."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import FrameType
from typing import cast

from aiogenauth import AuthenticationClient, GenAuthError
from tests.sdk.support.answers import (
    Behaviour,
    Connection,
    Received,
    answer,
    cut_body,
    half_headers,
    hang_up,
    http,
    silence,
)
from tests.sdk.support.oidc_calls import unknown_token

TESTS = Path(__file__).parents[2]
NUMBER = "18898765432"
NEW_NUMBER = "13912345670"
SECRETS = {
    "pass code": "735192",
    "old pass code": "846203",
    "access token": "canary-access-token",
    "app secret": "canary-app-secret",
    "password": "canary pässword",
    "update token": "canary-update-token",
    "refresh token": "canary-refresh-token",
    "id token": "canary-id-token",
    "code verifier": "canary-code-verifier-of-at-least-43-characters",
    "ticket": "canary-ticket",
    "field of a request": "canary-of-a-request",
    "number": NUMBER,
    "new number": NEW_NUMBER,
}
CODE, OLD_CODE = SECRETS["pass code"], SECRETS["old pass code"]

Do = Callable[[AuthenticationClient], Awaitable[object]]
# Every method with all of its arguments: `test_every_call.py`. These are the special cases.
CALLS: dict[str, Do] = {
    "send_sms": lambda c: c.send_sms("CHANNEL_BIND_PHONE", NUMBER),
    "bind_phone": lambda c: c.bind_phone(CODE, f"+86 {NUMBER}"),
    "bind_phone raising": lambda c: c.bind_phone(CODE, NUMBER, on_unknown="raise"),
    "bind_phone refused here": lambda c: c.bind_phone(CODE, NUMBER, "+1"),
    "bind_phone refused for its code": lambda c: c.bind_phone(f"{CODE} ", NUMBER),
    "unbind_phone": lambda c: c.unbind_phone(CODE),
    "pre_check_code": lambda c: c.pre_check_code(
        "SMS", {"phone": NUMBER, "passCode": CODE, "channel": "CHANNEL_BIND_PHONE"}
    ),
    "verify_update_phone_request": lambda c: c.verify_update_phone_request(
        {
            "newPhoneNumber": NEW_NUMBER,
            "newPhonePassCode": CODE,
            "oldPhoneNumber": NUMBER,
            "oldPhonePassCode": OLD_CODE,
        }
    ),
    "verify_update_phone_request refused here": lambda c: c.verify_update_phone_request(
        {"newPhoneNumber": NEW_NUMBER, "newPhonePassCode": CODE, "slip": OLD_CODE}  # type: ignore[typeddict-unknown-key]
    ),
    "update_phone": lambda c: c.update_phone(SECRETS["update token"]),
    "update_password": lambda c: c.update_password(SECRETS["password"], SECRETS["password"]),
    "get_profile": lambda c: c.get_profile(),
    "get_security_level": lambda c: c.get_security_level(),
    "sign_in_by_username_password": lambda c: c.sign_in_by_username_password(
        "ann", SECRETS["password"]
    ),
    "sign_in_by_phone_password": lambda c: c.sign_in_by_phone_password(NUMBER, SECRETS["password"]),
    "sign_in_by_phone_passcode": lambda c: c.sign_in_by_phone_passcode(NUMBER, CODE),
    "get_access_token_by_code": lambda c: c.get_access_token_by_code(
        CODE, SECRETS["code verifier"], redirect_uri="https://app.example/cb"
    ),
    "get_new_access_token_by_refresh_token": lambda c: c.get_new_access_token_by_refresh_token(
        SECRETS["refresh token"]
    ),
    "get_user_info_by_access_token": lambda c: c.get_user_info_by_access_token(
        SECRETS["access token"]
    ),
    "introspect_token": lambda c: c.introspect_token(SECRETS["refresh token"]),
    "revoke_token": lambda c: c.revoke_token(SECRETS["refresh token"]),
    "introspect_token_offline": lambda c: c.introspect_token_offline(
        unknown_token(SECRETS["id token"])
    ),
    "validate_ticket_v1": lambda c: c.validate_ticket_v1(
        SECRETS["ticket"], "https://app.example/cb"
    ),
    "build_logout_url refused here": lambda c: c.introspect_token(
        c.build_logout_url("/", SECRETS["id token"])
    ),
    "request": lambda c: c.request(
        "POST", "/api/v3/x", json={"deep": [{"secret": SECRETS["field of a request"]}]}
    ),
    "request of a form": lambda c: c.request(
        "POST", "/oidc/token", form={"refresh_token": SECRETS["refresh token"]}
    ),
    "request with a query": lambda c: c.request(
        "GET",
        f"/api/v3/x?of_path={SECRETS['field of a request']}",
        params={"of_params": SECRETS["refresh token"]},
    ),
    "request refused here": lambda c: c.request(
        "GET", "/x", json={"x": SECRETS["field of a request"]}
    ),
}

DATA = {
    "userId": "u",
    "phone": NUMBER,
    "phoneVerified": True,
    "unknownPhone": NUMBER,
    "customData": {"secret": SECRETS["field of a request"]},
    "isValid": True,
    "updatePhoneToken": SECRETS["update token"],
    "tokenExpiresIn": 60,
    "access_token": SECRETS["access token"],
    "refresh_token": SECRETS["refresh token"],
    "id_token": SECRETS["id token"],
    "token_type": "bearer",
    "expires_in": 7200,
    "passwordSecurityLevel": 1,
    "mfaEnrolled": False,
    "passwordSet": True,
    "emailBinded": False,
    "phoneBinded": True,
    "securityScore": 80,
}


def echo(status: int, media: str) -> Behaviour:
    """Quote the whole request in the answer, as debug pages do."""

    async def behave(connection: Connection, request: Received) -> None:
        quoted = f"{request.path} {request.headers} {request.body.decode()}"
        await connection.send(http(quoted.encode(), status, {"Content-Type": media}))

    return behave


async def echo_in_envelope(connection: Connection, request: Received) -> None:
    """Quote the whole request in a refusal."""
    quoted = f"{request.path} {request.headers} {request.body.decode()}"
    await answer(statusCode=400, message=quoted, requestId=quoted)(connection, request)


async def echo_in_header(connection: Connection, request: Received) -> None:
    """Quote the token in a header that is malformed."""
    quoted = request.headers.get("authorization", "") + request.body.decode()
    await connection.send(f"HTTP/1.1 200 OK\r\n{quoted}\x00\r\n\r\n".encode())


OUTCOMES: dict[str, Behaviour] = {
    "success": answer(DATA),
    "wrong shape": answer({key: [value] for key, value in DATA.items()}),
    "refusal that quotes the request": echo_in_envelope,
    "error page that quotes the request": echo(502, "text/html"),
    "refusing page that quotes the request": echo(403, "text/html"),
    "broken JSON that quotes the request": echo(200, "application/json"),
    "broken header that quotes the request": echo_in_header,
    "silence": silence,
    "hang up": hang_up,
    "half headers": half_headers,
    "cut body": cut_body,
}


def shown(thing: object) -> list[str]:
    """Show a thing in every way that ends in logs."""
    texts = [repr(thing), str(thing), f"{thing}", repr([thing])]
    if isinstance(thing, BaseException):
        texts += _with_locals(thing)
        texts += [repr(vars(thing)), repr(thing.args)]
    if isinstance(thing, GenAuthError):
        texts.append(repr(pickle.dumps(thing)))
    return texts


def _with_locals(error: BaseException) -> list[str]:
    """Print tracebacks as error trackers do: every frame but the tests' own, with its locals."""
    texts: list[str] = []
    pending, seen = [error], set[int]()
    while pending:
        each = pending.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        texts += [repr(each), str(each)]
        for frame in frames(each):
            for name, value in frame.f_locals.items():
                texts += [f"{name}={each!r}" for each in _walked(value)]
        pending += [other for other in (each.__cause__, each.__context__) if other is not None]
    return texts


def _walked(value: object) -> list[object]:
    """Give a value and what is in it, as printers do that look into dicts and lists themselves."""
    inside: list[object] = []
    if isinstance(value, dict):
        inside = list(cast("dict[object, object]", value).values())
    elif isinstance(value, (list, tuple)):
        inside = list(cast("list[object]", value))
    return [value, *(each for item in inside for each in _walked(item))]


def frames(error: BaseException) -> list[FrameType]:
    """Give the frames that an error went through, but the tests' own."""
    found = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return [frame for frame in found if not Path(frame.f_code.co_filename).is_relative_to(TESTS)]
