"""A mock that lies in one point does not pass; the same mock passes when it does not lie."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from click.testing import CliRunner

from genauth_contract import openapi, wire
from genauth_contract.cli import main
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


SCENARIOS = {scenario.name: scenario for scenario in every_scenario()}


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


def at(path: str, **changes: object) -> Spoil:
    """Change fields of what a call without envelope answers."""

    def spoil(exchange: Exchange) -> None:
        if exchange.path.endswith(path) and exchange.http == 200:
            exchange.answer |= changes

    return spoil


def signatures_are_wrong(exchange: Exchange) -> None:
    for name in ("access_token", "id_token"):
        token = exchange.answer.get(name)
        if token and exchange.path.endswith("/oidc/token"):
            signed, _, signature = token.rpartition(".")
            exchange.answer[name] = f"{signed}.{signature[::-1]}"


def oauth_refusals_are_http_200(exchange: Exchange) -> None:
    if "error" in exchange.answer:
        exchange.http = 200


TEXTED = "a_code_is_texted_without_signing_in"
RESEND = "a_second_text_within_a_minute_is_refused"
BOUND = "a_texted_code_binds_the_phone"

SPOILS: dict[str, tuple[Spoil, str]] = {
    "a used code works again": (a_used_code_works_again, "a_used_code_is_refused"),
    "a used code works again, told by the outbox": (
        works_in_state("used"),
        "a_used_code_is_refused",
    ),
    "expiry ignored": (works_in_state("expired"), "an_expired_code_is_refused"),
    "a burned code works": (works_in_state("exhausted"), "a_second_wrong_attempt_burns_the_code"),
    "a replaced code works": (works_in_state("replaced"), "a_newer_text_voids_the_older_code"),
    "a wrong code is accepted for binding": (
        succeeds_when("/bind-phone", 2001, "不正确"),
        "a_wrong_code_binds_nothing",
    ),
    "a wrong code is accepted for unbinding": (
        succeeds_when("/unbind-phone", 2001, "不正确"),
        "a_wrong_code_unbinds_nothing",
    ),
    "a wrong code is accepted for a change": (
        succeeds_when("-request", 2001, "不正确"),
        "a_wrong_code_of_the_new_phone_is_refused",
    ),
    "a wrong code is accepted for signing in": (
        succeeds_when("/signin", 2001, "不正确"),
        "a_wrong_code_signs_nobody_in",
    ),
    "apiCode missing": (for_refusals(lambda answer: answer.pop("apiCode")), RESEND),
    "apiCode wrong": (
        for_refusals(lambda answer: answer.update(apiCode=answer["apiCode"] + 1)),
        RESEND,
    ),
    "apiCode as text": (
        for_refusals(lambda answer: answer.update(apiCode=str(answer["apiCode"]))),
        RESEND,
    ),
    "apiCode null": (for_refusals(lambda answer: answer.update(apiCode=None)), RESEND),
    "apiCode 2001 becomes 500": (
        for_refusals(lambda answer: answer["apiCode"] == 2001 and answer.update(apiCode=500)),
        "a_wrong_code_binds_nothing",
    ),
    "statusCode 200 for a refusal": (a_refusal_says_200, RESEND),
    "statusCode as text": (for_refusals(lambda answer: answer.update(statusCode="499")), RESEND),
    "another message": (for_refusals(lambda answer: answer.update(message="no")), RESEND),
    "HTTP 500 for everything": (everything_is_http_500, TEXTED),
    "HTTP 500 for refusals": (refusals_are_http_500, RESEND),
    "a profile without the phone": (without("phone"), BOUND),
    "a profile without phoneVerified": (without("phoneVerified"), BOUND),
    "a profile without the country calling code": (without("phoneCountryCode"), BOUND),
    "another user's phone is accepted": (
        succeeds_when("/bind-phone", 1320004),
        "a_phone_of_another_user_is_refused",
    ),
    "another user's phone is accepted for a change": (
        succeeds_when("-request", 1320004),
        "a_phone_of_another_user_cannot_become_the_new_one",
    ),
    "a second phone is accepted": (
        succeeds_when("/bind-phone", 2226),
        "a_user_who_has_a_phone_cannot_bind_a_second_one",
    ),
    "a made-up token is accepted": (
        succeeds_when("/bind-phone", 2020),
        "binding_with_a_made_up_token_is_refused",
    ),
    "an update token works again": (
        succeeds_when("/update-phone", 1020020),
        "an_update_token_works_once",
    ),
    "the only login method is unbound": (
        succeeds_when("/unbind-phone", 1320010),
        "the_only_way_to_sign_in_stays_bound",
    ),
    "a resend is allowed": (succeeds_when("/send-sms", 4004), RESEND),
    "a pre-check consumes": (a_pre_check_consumes, "a_pre_check_does_not_use_the_code_up"),
    "a code is echoed": (a_code_is_echoed, "a_wrong_code_binds_nothing"),
    "everybody has the same userId": (
        another_users_profile,
        "two_users_see_their_own_profiles",
    ),
    "tokens are signed by another key": (
        signatures_are_wrong,
        "access_and_id_token_verify_with_the_published_keys",
    ),
    "no key is published": (
        at("/jwks.json", keys=[]),
        "access_and_id_token_verify_with_the_published_keys",
    ),
    "a revoked token stays active": (
        at("/introspection", active=True),
        "a_revoked_access_token_is_good_for_nothing",
    ),
    "me is somebody else": (
        at("/oidc/me", sub="somebody"),
        "the_id_token_and_me_and_the_profile_mean_the_same_user",
    ),
    "OAuth refusals are HTTP 200": (
        oauth_refusals_are_http_200,
        "a_made_up_refresh_token_gives_nothing",
    ),
    "error renamed": (renamed("error", "error_"), "a_made_up_refresh_token_gives_nothing"),
    "active renamed": (renamed("active", "active_"), "introspection_tells_good_tokens_from_others"),
    **{
        f"{name} renamed": (renamed(name, f"{name}_"), caught_by)
        for name, caught_by in {
            "statusCode": TEXTED,
            "apiCode": RESEND,
            "message": TEXTED,
            "requestId": TEXTED,
            "data": BOUND,
            "phone": BOUND,
            "phoneVerified": BOUND,
            "phoneCountryCode": BOUND,
            "userId": BOUND,
            "isValid": "a_pre_check_does_not_use_the_code_up",
            "updatePhoneToken": "a_phone_is_changed_once_both_are_proved",
            "tokenExpiresIn": "a_phone_is_changed_once_both_are_proved",
            "access_token": "a_user_signs_in_with_username_and_password",
            "token_type": "a_user_signs_in_with_username_and_password",
            "expire_in": "a_user_signs_in_with_username_and_password",
            "phoneBinded": "a_phone_is_unbound_with_a_code_texted_for_it",
            "securityScore": "a_phone_is_unbound_with_a_code_texted_for_it",
        }.items()
    },
}
"""What is spoiled, and a scenario that has to notice."""


def failures(url: str, names: list[str]) -> list[Result]:
    """Play scenarios, and give those that failed."""
    with closing(wire.client()) as client:
        target = DrivenTarget(url, client, is_strict=False, app_ids=fresh_app_ids())
        run = Run(target, openapi.packaged(), {Layer.WIRE: lambda app: wire.Wire(client, app)})
        played = [SCENARIOS[name] for name in names if not target.why_not(SCENARIOS[name])]
        assert played
        results = [run.play(scenario, Layer.WIRE) for scenario in played]
        return [result for result in results if not result.passed]


@pytest.mark.parametrize(("spoil", "caught_by"), SPOILS.values(), ids=SPOILS.keys())
def test_a_spoiled_mock_fails(
    spoil: Spoil, caught_by: str, spoiled: Callable[[Spoil], str]
) -> None:
    assert failures(spoiled(spoil), [caught_by])


def test_an_honest_mock_passes_through_the_same_proxy(spoiled: Callable[[Spoil], str]) -> None:
    assert failures(spoiled(spare), list(SCENARIOS)) == []


@pytest.mark.parametrize(
    "name",
    [
        "expiry ignored",
        "apiCode missing",
        "HTTP 500 for everything",
        "a profile without the phone",
        "a pre-check consumes",
        "tokens are signed by another key",
    ],
)
def test_the_command_fails_on_a_spoiled_mock(name: str, spoiled: Callable[[Spoil], str]) -> None:
    spoil, caught_by = SPOILS[name]
    arguments = ["run", "--target", spoiled(spoil), "-k", f"test_wire and {caught_by}"]
    assert CliRunner().invoke(main, arguments).exit_code == 1


@pytest.mark.parametrize(
    ("spoil", "exit_code"), [(spare, 0), (a_used_code_works_again, 1)], ids=["honest", "spoiled"]
)
def test_a_whole_run_tells_a_spoiled_mock_by_its_exit_code(
    spoil: Spoil, exit_code: int, spoiled: Callable[[Spoil], str]
) -> None:
    command = [sys.executable, "-m", "genauth_contract", "run", "--target", spoiled(spoil)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == exit_code, done.stdout
