"""Whatever answer an outcome is told by, the default or a rival, the SDK understands it alike."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from aiogenauth import errors
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
from genauth_contract.api.sdk import known_api_codes, through_sdk
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

PHONE, CODE, USER = Phone("18812348888"), PassCode("123456"), User("some-token")
EMAIL = "ada@example.com"

ASKED: dict[str, ApiCall] = {
    "UPDATE_TOKEN_INVALID": update_phone(USER, "some-update-token"),
    "OLD_PHONE_UNVERIFIED": verify_update_phone_request(USER, (PHONE, CODE), (PHONE, CODE)),
    "INVALID_ARGUMENT": get_profile(USER),
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
    if outcome.sdk_error and outcome.sdk_error != "ApiError"
]


@contextmanager
def telling(reply: ExpectedReply, text: str = "no") -> Generator[str, None, None]:
    """Serve one answer to every request; the text is for answers that may have any."""
    envelope = {"statusCode": reply.status_code, "message": reply.message or text}
    if reply.api_code is not None:
        envelope["apiCode"] = reply.api_code
    body = json.dumps(envelope).encode()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            self.send_response(reply.http)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("outcome", "reply"), TOLD)
def test_the_sdk_never_takes_an_outcome_for_another_one(
    outcome: Outcome, reply: ExpectedReply
) -> None:
    with telling(reply) as url:
        call = ASKED.get(outcome.name, bind_phone(USER, PHONE, CODE))
        got = through_sdk(Application(url, "app")).call(call).sdk_error
    assert got
    assert got == reply.sdk_error or is_no_contradiction(got, outcome.sdk_error or "", reply)


@pytest.mark.parametrize(("outcome", "reply"), TOLD)
def test_each_answer_becomes_the_error_that_the_catalogue_says(
    outcome: Outcome, reply: ExpectedReply
) -> None:
    """With the text of the best answer, where a source has none of its own."""
    with telling(reply, outcome.default.message or "no") as url:
        call = ASKED.get(outcome.name, bind_phone(USER, PHONE, CODE))
        got = through_sdk(Application(url, "app")).call(call).sdk_error
    assert got == (reply.sdk_error or outcome.sdk_error)


def is_no_contradiction(got: str, wanted: str, reply: ExpectedReply) -> bool:
    """A rival may say less than the default; it must not be taken for something else.

    Without an apiCode that says something, and without a text, only the class of statusCode is
    left: that is what the SDK then tells.
    """
    one, other = (getattr(errors, name) for name in (got, wanted))
    if issubclass(one, other) or issubclass(other, one):
        return True
    says_nothing = reply.api_code in (None, 500, 401) and reply.message is None
    return says_nothing or (got, wanted) in AMBIGUOUS


AMBIGUOUS = {
    ("PassCodeWrong", "PassCodeExpired"),  # whether a dead code is called wrong is not known
    ("PhoneTaken", "PhoneAlreadyBound"),  # 2035: "phone already bound", to whom it does not say
    ("EmailTaken", "EmailAlreadyBound"),  # 2200: "e-mail already bound", likewise
    ("LastSignInMethod", "PhoneNotBound"),  # 1320005: two readings in the sources
    ("NotSignedIn", "UpdateTokenRejected"),  # 1010001, 401: some token is invalid
}
"""One code that sources use for two things: which, and why that cannot be told apart."""


def test_every_api_code_the_sdk_knows_belongs_to_an_outcome() -> None:
    codes = {
        one.api_code
        for outcome in EVERY_OUTCOME
        for one in (outcome.default, *outcome.alternatives)
    }
    assert known_api_codes() <= codes


def test_every_sdk_error_of_the_catalogue_exists() -> None:
    named = {one.sdk_error for one in EVERY_OUTCOME if one.sdk_error}
    assert named <= vars(errors).keys()
