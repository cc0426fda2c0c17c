"""Numbers and codes as people type and paste them, in every call that takes one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from aiogenauth import AuthenticationClient, InvalidInput, PhoneNumber
from tests.sdk.support.answers import answer
from tests.sdk.support.world import FakeServer, connected

AS_TYPED = {
    "full width": "１８８１２３４８８８８",
    "arabic": "١٨٨١٢٣٤٨٨٨٨",
    "persian": "۱۸۸۱۲۳۴۸۸۸۸",
    "embedded": "\u202a188 1234 8888\u202c",
    "overridden": "\u202d18812348888\u202c",
    "isolated": "\u206818812348888\u2069",
    "no width": "\ufeff188\u200b1234\u20608888\u200e",
    "no-break hyphen": "188\u20111234\u20118888",
    "minus": "188\u22121234\u22128888",
    "full-width dash": "１８８－１２３４－８８８８",
    "blanks of a typesetter": "188\u00a01234\u30008888\u2009",
    "soft hyphen": "188\u00ad12348888",
}
WITH_CODE = {
    "full width": "＋８６　１８８１２３４８８８８",
    "embedded": "\u202a+86 188 1234 8888\u202c",
    "small plus": "\ufe62\u202c86 18812348888",
}
Do = Callable[[AuthenticationClient, str], Awaitable[object]]
CALLS: dict[str, Do] = {
    "send_sms": lambda c, n: c.send_sms("CHANNEL_LOGIN", n),
    "bind_phone": lambda c, n: c.bind_phone("123456", n),
    "pre_check_code": lambda c, n: c.pre_check_code(
        "SMS", {"phone": n, "passCode": "123456", "channel": "CHANNEL_LOGIN"}
    ),
    "verify_update_phone_request": lambda c, n: c.verify_update_phone_request(
        {"newPhoneNumber": n, "newPhonePassCode": "123456"}
    ),
    "sign_in_by_phone_passcode": lambda c, n: c.sign_in_by_phone_passcode(n, "123456"),
    "sign_in_by_phone_password": lambda c, n: c.sign_in_by_phone_password(n, "secret word"),
}
FIELDS = {
    "phone_number", "phone", "sms_code_payload.phone", "phone_pass_code_payload.newPhoneNumber",
}  # fmt: skip
ANSWER = answer(
    {"access_token": "t", "isValid": True, "updatePhoneToken": "t", "tokenExpiresIn": 60}
)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("way", AS_TYPED)
async def test_a_number_is_read_however_it_was_typed(
    genauth: FakeServer, call: str, way: str
) -> None:
    genauth.on("*", ANSWER)
    async with connected(genauth.url) as client:
        await CALLS[call](client, AS_TYPED[way])
    assert b'"18812348888"' in genauth.received[0].body


@pytest.mark.parametrize("way", WITH_CODE)
def test_so_is_one_with_its_country_code(way: str) -> None:
    assert PhoneNumber.parse(WITH_CODE[way]).e164 == "+8618812348888"
    assert PhoneNumber.parse("１８８１２３４８８８８", "＋８６").country_code == "+86"


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", ["", "12a45678", "½", "0912345678", "008618812348888"])
async def test_what_is_no_number_names_a_parameter_of_the_call(
    genauth: FakeServer, call: str, number: str
) -> None:
    async with connected(genauth.url) as client:
        with pytest.raises(InvalidInput) as refused:
            await CALLS[call](client, number)
    assert refused.value.field in FIELDS
    assert genauth.received == []


@pytest.mark.parametrize("number", ["(415) 555-2671", "415.555.2671", "415\u2011555\u20112671"])
async def test_sign_in_by_password_takes_a_foreign_number_without_code(
    genauth: FakeServer, number: str
) -> None:
    genauth.on("*", ANSWER)
    async with connected(genauth.url) as client:
        await client.sign_in_by_phone_password(number, "secret word")
    assert genauth.received[0].json["passwordPayload"]["phone"] == "4155552671"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("１２３４５６", "123456"),
        ("١٢٣٤٥٦", "123456"),
        ("\u202d123456\u202c", "123456"),
        ("\u200b123456\ufeff", "123456"),
        ("123456\u3000", "123456"),
        ("123\u2011456", "123456"),
        ("123\u2212456", "123456"),
        ("12-34", "12-34"),
        ("ａｂ１２", "ab12"),
    ],
)
async def test_a_pass_code_is_read_however_it_was_typed(
    genauth: FakeServer, typed: str, sent: str
) -> None:
    async with connected(genauth.url) as client:
        await client.bind_phone(typed, "18812348888")
    assert genauth.received[0].json["passCode"] == sent


@pytest.mark.parametrize("code", ["", " 123456", "123456\n", "12 34", "验证码", "\u200b"])
async def test_what_is_no_pass_code_is_refused(genauth: FakeServer, code: str) -> None:
    async with connected(genauth.url) as client:
        with pytest.raises(InvalidInput) as refused:
            await client.bind_phone(code, "18812348888")
    assert refused.value.field == "pass_code"
