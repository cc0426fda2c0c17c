"""Lies about the envelope."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.exchange import ENVELOPE, Lies
from tests.contract.support.mutants.ways import (
    everything_is_http,
    for_refusals,
    for_successes,
    refusals_are_http,
)

TEXTED = "a_code_is_texted_without_signing_in"
RESEND = "a_second_text_within_a_minute_is_refused"
BOUND = "a_texted_code_binds_the_phone"

ENVELOPES: Final[Lies] = {
    "apiCode null": (for_refusals(lambda answer: answer.update(apiCode=None)), RESEND),
    "apiCode 0 on success": (for_successes(lambda answer: answer.update(apiCode=0)), TEXTED),
    "apiCode 2001 becomes 500": (
        for_refusals(lambda answer: answer["apiCode"] == 2001 and answer.update(apiCode=500)),
        "a_wrong_code_binds_nothing",
    ),
    "apiCode as text for one refusal": (
        for_refusals(lambda answer: answer.update(apiCode="2230"), "verify-update-phone-request"),
        "the_same_phone_is_no_change",
    ),
    "statusCode as text": (for_refusals(lambda answer: answer.update(statusCode="499")), RESEND),
    "statusCode as text on success": (
        for_successes(lambda answer: answer.update(statusCode="200")),
        TEXTED,
    ),
    "another message": (for_refusals(lambda answer: answer.update(message="no")), RESEND),
    "an empty message": (for_successes(lambda answer: answer.update(message="")), TEXTED),
    "requestId missing": (for_successes(lambda answer: answer.pop("requestId")), TEXTED),
    "requestId null for a refusal": (
        for_refusals(lambda answer: answer.update(requestId=None)),
        RESEND,
    ),
    "the same requestId for everything": (
        for_successes(lambda answer: answer.update(requestId=ENVELOPE["requestId"])),
        BOUND,
    ),
    "data null where there is none": (
        for_successes(lambda answer: answer.update(data=None), "send-sms"),
        TEXTED,
    ),
    "data where none belongs": (
        for_successes(lambda answer: answer.update(data={"sent": True}), "send-sms"),
        TEXTED,
    ),
    "data in a refusal": (for_refusals(lambda answer: answer.update(data={"hint": 1})), RESEND),
    "a field more in the envelope": (for_successes(lambda answer: answer.update(code=0)), TEXTED),
    "HTTP 201": (everything_is_http(201), TEXTED),
    "HTTP 400 for refusals": (refusals_are_http(400), RESEND),
}
