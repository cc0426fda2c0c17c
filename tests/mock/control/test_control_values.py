"""Values of control calls: taken in their plain meaning, or refused with those that can be."""

from __future__ import annotations

from typing import Any, Final

import aiohttp
import pytest

from tests.mock.support.http import SMS, Json, get, post, send_sms

PHONE: Final = "18812348888"
WRITTEN: Final = (
    "18812348888",
    "188-1234-8888",
    "(188) 1234.8888",
    "+8618812348888",
    "+86 188 1234 8888",
    "8618812348888",
    "008618812348888",
)
"""One number, as people write it."""


async def ask(http: aiohttp.ClientSession, call: str, body: object = None) -> tuple[int, Json]:
    method, path = call.split(" ")
    async with http.request(method, path, json=body) as reply:
        return reply.status, await reply.json()


@pytest.mark.parametrize(
    ("call", "body", "said"),
    [
        ("POST /_mock/reset?appId=", None, "appId is empty"),
        ("POST /_mock/reset", {"appId": ""}, "the app that is named is empty"),
        ("POST /_mock/reset?appId=a&appId=b", None, "appId is given 2 times"),
        ("DELETE /_mock/faults?id=", None, "id is empty"),
        ("DELETE /_mock/faults?route=", None, "route is empty"),
        ("DELETE /_mock/requests?appId=", None, "appId is empty"),
        ("GET /_mock/users?username=", None, "username is empty"),
        ("GET /_mock/users?phoneNumber=nobody", None, "phoneNumber must be a phone number"),
        ("GET /_mock/events?event=reset", None, "unknown filter 'event'; expected one of: appId"),
        ("GET /_mock/requests?outcome=WRONG_COD", None, "outcome must be one of OK"),
        ("GET /_mock/requests?effect=ok", None, "effect must be one of OK"),
        ("GET /_mock/requests?channel=BIND_PHON", None, "channel must be one of CHANNEL_LOGIN"),
        ("GET /_mock/requests?method=POTS", None, "method must be one of GET, POST"),
        ("GET /_mock/requests?route=tokens", None, "route must be a path of GenAuth"),
        ("GET /_mock/requests?route=authByCodes", None, "route must be a path of GenAuth"),
        ("GET /_mock/requests?statusCode=ok", None, "statusCode must be a whole number"),
        ("GET /_mock/requests?httpStatus=2xx", None, "httpStatus must be a whole number"),
        ("GET /_mock/requests?apiCode=%C2%B2", None, "apiCode must be a whole number"),
        ("GET /_mock/requests?email=18812348888", None, "email must be an e-mail address"),
        ("GET /_mock/requests?phoneNumber=188****8888", None, "phoneNumber must be a phone number"),
        ("GET /_mock/requests?fault=all", None, "fault must be the id of a fault, any, none"),
        ("GET /_mock/requests?count=yes", None, "count must be true or false"),
        ("GET /_mock/messages?channel=SMS", None, "channel must be one of CHANNEL_LOGIN"),
        ("GET /_mock/messages?email=ada", None, "email must be an e-mail address"),
        ("GET /_mock/messages?phoneNumber=ada", None, "phoneNumber must be a phone number"),
        (
            "GET /_mock/messages?phoneNumber=%2B8618812348888&phoneCountryCode=1",
            None,
            "phoneCountryCode is +1, and phoneNumber begins with +86",
        ),
        ("POST /_mock/faults", {"outcome": "WRONG_COD"}, "outcome must be one of OK"),
        ("POST /_mock/faults", {"channel": "PHONE", "delaySeconds": 1}, "channel must be one of"),
        (
            "POST /_mock/faults",
            {"phoneNumber": "188****8888", "delaySeconds": 1},
            "phoneNumber must be a phone number",
        ),
    ],
)
async def test_what_can_match_nothing_or_would_match_all_is_refused(
    http: aiohttp.ClientSession, call: str, body: object, said: str
) -> None:
    status, answer = await ask(http, call, body)
    assert status == 400
    assert answer["error"].startswith(said)


async def test_an_empty_header_names_no_app(http: aiohttp.ClientSession) -> None:
    async with http.post("/_mock/reset", headers={"x-genauth-app-id": ""}) as reply:
        assert reply.status == 400
    async with http.post("/_mock/reset?appId=b", headers={"x-genauth-app-id": "a"}) as reply:
        assert reply.status == 400
        assert "a header names the app 'a', and appId 'b'" in (await reply.json())["error"]


@pytest.mark.parametrize(
    ("short", "path"),
    [
        ("oidc/token", "/oidc/token"),
        ("oidc/me", "/oidc/me"),
        ("bind-phone", "/api/v3/bind-phone"),
        ("oauth/token", "/oauth/token"),
        ("/oauth/token", "/oauth/token"),
    ],
)
async def test_a_short_path_is_the_imitated_one(
    http: aiohttp.ClientSession, short: str, path: str
) -> None:
    armed = await post(http, "/_mock/faults", {"route": short, "httpStatus": 503})
    assert armed["route"] == path
    async with http.post(path, data={}) as reply:
        assert reply.status == 503
    assert (await get(http, "/_mock/requests/count", route=short))["count"] == 1


async def test_a_short_path_of_several_is_refused_with_them(http: aiohttp.ClientSession) -> None:
    for call, body in (
        ("POST /_mock/faults", {"route": "token", "delaySeconds": 1}),
        ("DELETE /_mock/faults?route=token", None),
        ("GET /_mock/requests?route=token", None),
        ("GET /_mock/requests/count?route=token", None),
    ):
        status, answer = await ask(http, call, body)
        assert status == 400
        assert answer["error"] == "route must be one path: token could be /oauth/token, /oidc/token"


async def test_a_path_with_a_part_in_braces_is_matched(http: aiohttp.ClientSession) -> None:
    path = "/interaction/oidc/{interactionKey}/abort"
    await post(http, "/_mock/faults", {"route": path, "httpStatus": 503})
    async with http.post("/interaction/oidc/a-key/abort", data={}) as reply:
        assert reply.status == 503


@pytest.mark.parametrize("channel", ["CHANNEL_BIND_PHONE", "BIND_PHONE", "bind_phone"])
async def test_a_channel_is_taken_in_short(http: aiohttp.ClientSession, channel: str) -> None:
    armed = await post(http, "/_mock/faults", {"channel": channel, "httpStatus": 503})
    assert armed["channel"] == "CHANNEL_BIND_PHONE"
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert reply.status == 503
    assert (await get(http, "/_mock/requests/count", channel=channel))["count"] == 1


async def test_a_method_is_taken_in_any_case(http: aiohttp.ClientSession) -> None:
    await send_sms(http)
    assert (await get(http, "/_mock/requests/count", method="post"))["count"] == 1


@pytest.mark.parametrize("written", WRITTEN)
async def test_a_number_is_one_however_it_is_written(
    http: aiohttp.ClientSession, written: str
) -> None:
    await send_sms(http, PHONE)
    assert len((await get(http, "/_mock/messages", phoneNumber=written))["messages"]) == 1
    assert (await get(http, "/_mock/requests/count", phoneNumber=written))["count"] == 1
    armed = {"phoneNumber": written, "httpStatus": 503}
    await post(http, "/_mock/faults", armed)
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert reply.status == 503


@pytest.mark.parametrize("written", WRITTEN)
async def test_fixed_codes_and_exempt_numbers_are_one_however_they_are_written(
    http: aiohttp.ClientSession, written: str
) -> None:
    settings = {"fixedCodes": {written: "424242"}, "resendExempt": [written]}
    shown = await post(http, "/_mock/settings", settings)
    assert shown["fixedCodes"] == {"+8618812348888": "424242"}
    assert shown["resendExempt"] == ["+8618812348888"]
    for _ in range(2):
        assert (await send_sms(http, PHONE))["statusCode"] == 200
    messages = (await get(http, "/_mock/messages"))["messages"]
    assert [message["passCode"] for message in messages] == ["424242", "424242"]


async def test_an_e_mail_address_is_one_in_any_case(http: aiohttp.ClientSession) -> None:
    settings = {"fixedCodes": {"Ada@Example.com": "4242"}, "resendExempt": ["ADA@example.com"]}
    shown = await post(http, "/_mock/settings", settings)
    assert shown["fixedCodes"] == {"ada@example.com": "4242"}
    assert shown["resendExempt"] == ["ada@example.com"]


@pytest.mark.parametrize("code", ["²²²²", "123", "123456789", "12a4", "", "１２３４", 1234, None])
async def test_a_fixed_code_is_four_to_eight_digits(http: aiohttp.ClientSession, code: Any) -> None:  # noqa: ANN401 - any value
    status, answer = await ask(http, "POST /_mock/settings", {"fixedCodes": {PHONE: code}})
    assert status == 400
    assert "strings of 4 to 8 digits from 0 to 9" in answer["error"]


@pytest.mark.parametrize("recipient", ["nobody", "", "188****8888", "+86", "ada@", "12"])
@pytest.mark.parametrize("setting", ["fixedCodes", "resendExempt"])
async def test_who_can_be_sent_nothing_is_refused(
    http: aiohttp.ClientSession, setting: str, recipient: str
) -> None:
    value = {recipient: "424242"} if setting == "fixedCodes" else [recipient]
    status, answer = await ask(http, "POST /_mock/settings", {setting: value})
    assert status == 400
    assert answer["error"].startswith(f"{setting} must be a phone number of 5 to 15 digits")


@pytest.mark.parametrize("port", ["0", "65536", "99999"])
@pytest.mark.parametrize("setting", ["redirectUris", "logoutRedirectUris", "allowedOrigins"])
async def test_an_address_has_a_port_that_can_be(
    http: aiohttp.ClientSession, setting: str, port: str
) -> None:
    wrong = {setting: [f"http://a.example:{port}"]}
    status, answer = await ask(http, "POST /_mock/settings", wrong)
    assert (status, answer["error"].split()[0]) == (400, setting)
    right = {setting: ["http://a.example:65535", "http://[::1]:1"]}
    assert (await ask(http, "POST /_mock/settings", right))[0] == 200


async def test_two_codes_for_one_number_are_refused(http: aiohttp.ClientSession) -> None:
    codes = {PHONE: "424242", f"+86{PHONE}": "434343"}
    status, answer = await ask(http, "POST /_mock/settings", {"fixedCodes": codes})
    assert status == 400
    assert "has two" in answer["error"]
    assert PHONE not in answer["error"]


async def test_a_fault_of_a_list_may_name_its_app(http: aiohttp.ClientSession) -> None:
    faults = [
        {"appId": "team-a", "route": "send-sms", "httpStatus": 503},
        {"route": "send-sms", "httpStatus": 429},
        {"appId": "team-a", "route": "bind-phone", "httpStatus": 500},
    ]
    added = (await post(http, "/_mock/faults", {"faults": faults}))["faults"]
    assert [fault["httpStatus"] for fault in added] == [503, 429, 500]
    assert [fault["id"] for fault in added] == ["1", "1", "2"]
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert reply.status == 429
    team = {"x-genauth-app-id": "team-a"}
    async with http.post("/api/v3/send-sms", json=SMS, headers=team) as reply:
        assert reply.status == 503


async def test_a_fault_for_another_app_than_the_call_is_refused(
    http: aiohttp.ClientSession,
) -> None:
    fault = {"appId": "team-a", "httpStatus": 503}
    status, answer = await ask(http, "POST /_mock/faults?appId=b", {"faults": [fault]})
    assert status == 400
    assert "appId of a fault is 'team-a', and the call names 'b'" in answer["error"]
