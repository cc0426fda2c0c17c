"""A mock that lies in one point does not pass; the same mock passes when it does not lie."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

import pytest

from genauth_contract import openapi, wire
from genauth_contract.run import Layer, Result, Run
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets import DrivenTarget, fresh_app_ids

Exchange = Any
Spoil = Callable[[Exchange], None]

ENVELOPE: dict[str, Any] = {
    "statusCode": 200,
    "message": "操作成功",
    "requestId": "934108e5-9fbf-4d24-8da1-c330328abd6c",
}


def spare(_: Exchange) -> None:
    """Change nothing."""


def succeed(exchange: Exchange) -> None:
    exchange.answer = dict(ENVELOPE)
    exchange.http = 200


def refused(exchange: Exchange) -> bool:
    return bool(exchange.answer.get("statusCode") != 200)


def code_of(exchange: Exchange) -> tuple[str, str, str]:
    asked = exchange.asked
    number = asked.get("phoneNumber") or asked.get("phone")
    return exchange.app_id, str(number), str(asked.get("passCode"))


def a_used_code_works_again(exchange: Exchange) -> None:
    if not exchange.path.endswith("/bind-phone"):
        return
    used = exchange.memory.setdefault("used", set())
    if not refused(exchange):
        used.add(code_of(exchange))
    elif code_of(exchange) in used:
        succeed(exchange)


def works_in_state(state: str) -> Spoil:
    def spoil(exchange: Exchange) -> None:
        if not exchange.path.endswith("/bind-phone") or not refused(exchange):
            return
        _, number, code = code_of(exchange)
        query = {"phoneNumber": number, "channel": "CHANNEL_BIND_PHONE"}
        messages = exchange.upstream(exchange.app_id, "/_mock/messages", query)["messages"]
        if any(one["state"] == state and one["passCode"] == code for one in messages):
            succeed(exchange)

    return spoil


def succeeds_when(path: str, api_code: int, text: str = "") -> Spoil:
    def spoil(exchange: Exchange) -> None:
        answer = exchange.answer
        is_meant = exchange.path.endswith(path) and answer.get("apiCode") == api_code
        if is_meant and text in answer["message"]:
            succeed(exchange)

    return spoil


def for_refusals(change: Callable[[dict[str, Any]], object]) -> Spoil:
    def spoil(exchange: Exchange) -> None:
        if exchange.answer.get("apiCode"):
            change(exchange.answer)

    return spoil


def a_refusal_says_200(exchange: Exchange) -> None:
    if refused(exchange):
        exchange.answer["statusCode"] = 200


def refusals_are_http_500(exchange: Exchange) -> None:
    if refused(exchange):
        exchange.http = 500


def everything_is_http_500(exchange: Exchange) -> None:
    exchange.http = 500


def a_pre_check_consumes(exchange: Exchange) -> None:
    seen = exchange.memory.setdefault("seen", set())
    if exchange.path.endswith("/pre-check-code") and not refused(exchange):
        payload = exchange.asked["smsCodePayload"]
        seen.add((exchange.app_id, payload["phone"], payload["passCode"]))
    if exchange.path.endswith("/bind-phone") and code_of(exchange) in seen:
        exchange.answer = {**ENVELOPE, "statusCode": 499, "apiCode": 2001}


def without(name: str) -> Spoil:
    def spoil(exchange: Exchange) -> None:
        data: dict[str, Any] = exchange.answer.get("data") or {}
        data.pop(name, None)

    return spoil


def renamed(name: str, other: str) -> Spoil:
    def spoil(exchange: Exchange) -> None:
        holders: list[dict[str, Any]] = [exchange.answer, exchange.answer.get("data") or {}]
        for holder in (one for one in holders if name in one):
            holder[other] = holder.pop(name)

    return spoil


def a_code_is_echoed(exchange: Exchange) -> None:
    if refused(exchange) and exchange.asked.get("passCode"):
        exchange.answer["message"] += f" ({exchange.asked['passCode']})"


def another_users_profile(exchange: Exchange) -> None:
    if exchange.path.endswith("/get-profile") and not refused(exchange):
        exchange.answer["data"]["userId"] = "somebody"


SPOILS: dict[str, Spoil] = {
    "a used code works again": a_used_code_works_again,
    "a used code works again, told by the outbox": works_in_state("used"),
    "expiry ignored": works_in_state("expired"),
    "a burned code works": works_in_state("exhausted"),
    "a replaced code works": works_in_state("replaced"),
    "a wrong code is accepted for binding": succeeds_when("/bind-phone", 2001, "不正确"),
    "a wrong code is accepted for unbinding": succeeds_when("/unbind-phone", 2001, "不正确"),
    "a wrong code is accepted for a change": succeeds_when("-request", 2001, "不正确"),
    "a wrong code is accepted for signing in": succeeds_when("/signin", 2001, "不正确"),
    "apiCode missing": for_refusals(lambda answer: answer.pop("apiCode")),
    "apiCode wrong": for_refusals(lambda answer: answer.update(apiCode=answer["apiCode"] + 1)),
    "apiCode as text": for_refusals(lambda answer: answer.update(apiCode=str(answer["apiCode"]))),
    "apiCode null": for_refusals(lambda answer: answer.update(apiCode=None)),
    "apiCode 2001 becomes 500": for_refusals(
        lambda answer: answer["apiCode"] == 2001 and answer.update(apiCode=500)
    ),
    "statusCode 200 for a refusal": a_refusal_says_200,
    "statusCode as text": for_refusals(lambda answer: answer.update(statusCode="499")),
    "another message": for_refusals(lambda answer: answer.update(message="no")),
    "HTTP 500 for everything": everything_is_http_500,
    "HTTP 500 for refusals": refusals_are_http_500,
    "a profile without the phone": without("phone"),
    "a profile without phoneVerified": without("phoneVerified"),
    "a profile without the country calling code": without("phoneCountryCode"),
    "another user's phone is accepted": succeeds_when("/bind-phone", 1320004),
    "another user's phone is accepted for a change": succeeds_when("-request", 1320004),
    "a second phone is accepted": succeeds_when("/bind-phone", 2226),
    "a made-up token is accepted": succeeds_when("/bind-phone", 2020),
    "an update token works again": succeeds_when("/update-phone", 1020020),
    "the only login method is unbound": succeeds_when("/unbind-phone", 1320010),
    "a resend is allowed": succeeds_when("/send-sms", 4004),
    "a pre-check consumes": a_pre_check_consumes,
    "a code is echoed": a_code_is_echoed,
    "everybody has the same userId": another_users_profile,
    **{
        f"{name} renamed": renamed(name, f"{name}_")
        for name in (
            "statusCode", "apiCode", "message", "requestId", "data", "phone", "phoneVerified",
            "phoneCountryCode", "userId", "isValid", "updatePhoneToken", "tokenExpiresIn",
            "access_token", "token_type", "expire_in", "phoneBinded", "securityScore",
        )
    },
}  # fmt: skip


def first_failure(url: str) -> Result | None:
    """Play the scenarios until one fails."""
    with closing(wire.client()) as client:
        target = DrivenTarget(url, client, is_strict=False, app_ids=fresh_app_ids())
        run = Run(target, openapi.packaged(), {Layer.WIRE: lambda app: wire.Wire(client, app)})
        played: Iterable[Result] = (
            run.play(scenario, Layer.WIRE)
            for scenario in every_scenario()
            if not target.why_not(scenario)
        )
        return next(itertools.dropwhile(lambda result: result.passed, played), None)


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_a_spoiled_mock_fails(spoil: Spoil, spoiled: Callable[[Spoil], str]) -> None:
    result = first_failure(spoiled(spoil))
    assert result
    assert result.verdict


def test_an_honest_mock_passes_through_the_same_proxy(spoiled: Callable[[Spoil], str]) -> None:
    assert first_failure(spoiled(spare)) is None


@pytest.mark.parametrize(
    ("spoil", "exit_code"), [(spare, 0), (a_used_code_works_again, 1)], ids=["honest", "spoiled"]
)
def test_the_command_tells_a_spoiled_mock_by_its_exit_code(
    spoil: Spoil, exit_code: int, spoiled: Callable[[Spoil], str]
) -> None:
    command = [sys.executable, "-m", "genauth_contract", "run", "--target", spoiled(spoil)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == exit_code, done.stdout
