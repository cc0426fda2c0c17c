"""Whatever answer an outcome is told by, the default or an alternative, the SDK understands it alike."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import attrs
import pytest

from aiogenauth import errors
from aiogenauth.protocol import Request
from genauth_contract.api.call import ApiCall
from genauth_contract.api.calls.email import bind_email, send_email
from genauth_contract.api.calls.phone import (
    bind_phone,
    send_sms,
    unbind_phone,
    update_phone,
    verify_update_phone_request,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.api.http import Application
from genauth_contract.api.sdk import ThroughSdk, known_api_codes
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_mock.testing.in_process import Reply
from tests.contract.support.profiles import OneLoop

PHONE, CODE, USER = Phone("18812348888"), PassCode("123456"), User("some-token")
EMAIL = "ada@example.com"

ASKED: dict[str, ApiCall] = {
    "UPDATE_TOKEN_INVALID": update_phone(USER, "some-update-token"),
    "OLD_PHONE_UNVERIFIED": verify_update_phone_request(USER, (PHONE, CODE), (PHONE, CODE)),
    "INVALID_ARGUMENT": get_profile(USER),
    "SECRET_MISSING": sign_in_by_password({"username": "ada"}, "no-password"),
    "UNKNOWN_QR_CODE": get_profile(USER),
    "NO_PHONE_BOUND": unbind_phone(USER, CODE),
    "SENT_TOO_RECENTLY": send_sms(PHONE, "CHANNEL_BIND_PHONE"),
    "EMAIL_SENT_TOO_RECENTLY": send_email(EMAIL, "CHANNEL_BIND_EMAIL"),
    "EMAIL_TAKEN": bind_email(USER, EMAIL, CODE),
    "HAS_EMAIL_ALREADY": bind_email(USER, EMAIL, CODE),
    "WRONG_PASSWORD": sign_in_by_password({"username": "ada"}, "no-password"),
    "WRONG_ACCOUNT_OR_PASSWORD": sign_in_by_password({"username": "ada"}, "no-password"),
}
"""Calls whose answers mean something of their own; the rest is told alike everywhere."""

TOLD = [
    pytest.param(outcome, reply, id=f"{outcome.name} {reply} {reply.message or ''}")
    for outcome in EVERY_OUTCOME
    for reply in (outcome.default, *outcome.alternatives)
    if outcome.sdk_error and reply.status_code is not None
]


@attrs.frozen
class OneAnswer:
    """A transport on which every request has the same answer."""

    reply: ExpectedReply
    text: str

    async def send(self, _: Request, /) -> Reply:
        """Answer, whatever was asked."""
        envelope: dict[str, object] = {"statusCode": self.reply.status_code, "message": self.text}
        if self.reply.api_code is not None:
            envelope["apiCode"] = self.reply.api_code
        headers = {"content-type": "application/json"}
        return Reply(self.reply.http, headers, json.dumps(envelope).encode())


@pytest.fixture(scope="module")
def loop() -> Iterator[OneLoop]:
    """Give one event loop to all."""
    with asyncio.Runner() as runner:
        yield OneLoop(runner)


def raised(loop: OneLoop, outcome: Outcome, reply: ExpectedReply, text: str) -> str | None:
    """Name the error that the SDK raises for an answer with this text."""
    call = ASKED.get(outcome.name, bind_phone(USER, PHONE, CODE))
    application = Application("https://genauth.test", "app")
    return ThroughSdk(application, OneAnswer(reply, text), loop.run).call(call).sdk_error


@pytest.mark.parametrize(("outcome", "reply"), TOLD)
def test_each_answer_becomes_the_error_that_the_catalogue_says(
    loop: OneLoop, outcome: Outcome, reply: ExpectedReply
) -> None:
    """With the text of the best answer, where a source has none of its own."""
    text = reply.message or outcome.default.message or "no"
    assert raised(loop, outcome, reply, text) == (reply.sdk_error or outcome.sdk_error)


@pytest.mark.parametrize(("outcome", "reply"), TOLD)
def test_an_answer_with_words_that_nobody_knows_is_never_taken_for_another_outcome(
    loop: OneLoop, outcome: Outcome, reply: ExpectedReply
) -> None:
    """It may say less than the catalogue: a base class, or the class of its statusCode."""
    got = raised(loop, outcome, reply, reply.message or "no")
    assert got
    wanted = reply.sdk_error or outcome.sdk_error or ""
    if wanted == got or is_base(got, wanted):
        return
    if reply.message is None and reply.api_code in SAYS_NOTHING:
        assert got == OF_CLASS[reply.status_code or 0]
        return
    assert (reply.api_code, got, wanted) in TWO_MEANINGS


def is_base(got: str, wanted: str) -> bool:
    """Whether an error is one of which the wanted one is a kind."""
    return issubclass(getattr(errors, wanted), getattr(errors, got))


SAYS_NOTHING = (None, 400, 401, 500)
"""Values of apiCode that come with any refusal."""

OF_CLASS = {
    400: "InvalidArgument",
    401: "NotSignedIn",
    403: "PermissionDenied",
    404: "ApiError",
    409: "ApiError",
    422: "ApiError",
    429: "TooManyRequests",
    499: "ApiError",
}
"""What the class of a statusCode says. Source: API reference, error-code."""

TWO_MEANINGS = {
    (2035, "PhoneTaken", "PhoneAlreadyBound"),  # the list says 手机号已绑定, and not to whom
    (
        1320005,
        "LastSignInMethod",
        "PhoneNotBound",
    ),  # one page says this, another one and a test that
    (1010001, "NotSignedIn", "UpdateTokenRejected"),  # "token invalid", and not which token
}
"""Codes that sources use for two things, and how the SDK reads one whose text it does not know.

docs/explanation/evidence.md tells people so.
"""


def test_every_api_code_the_sdk_knows_belongs_to_an_outcome() -> None:
    codes = {
        one.api_code
        for outcome in EVERY_OUTCOME
        for one in (outcome.default, *outcome.alternatives)
    }
    assert known_api_codes() <= codes


def test_every_sdk_error_of_the_catalogue_exists() -> None:
    replies = [one for outcome in EVERY_OUTCOME for one in outcome.alternatives]
    named = {one.sdk_error for one in EVERY_OUTCOME} | {one.sdk_error for one in replies}
    assert named - {None} <= vars(errors).keys()


def test_a_call_that_the_sdk_names_otherwise_says_where_its_name_belongs(loop: OneLoop) -> None:
    call = ApiCall("no-such-call", "/api/v3/no-such-call", {})
    application = Application("http://127.0.0.1:1", "a")
    told = "no-such-call: the SDK has no no_such_call .* its Endpoint .* needs another sdk_method"
    with pytest.raises(LookupError, match=told):
        ThroughSdk(application, run=loop.run).call(call)
