"""The lies the project promises to notice."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.code_lives import (
    a_pre_check_consumes,
    a_used_code_works_again,
    works,
)
from tests.contract.support.mutants.exchange import Lies
from tests.contract.support.mutants.ways import (
    a_refusal_says_200,
    data,
    everything_is_http,
    for_refusals,
    refusals_are_http,
    renamed,
    succeeds_when,
)

TEXTED = "a_code_is_texted_without_signing_in"
RESEND = "a_second_text_within_a_minute_is_refused"
BOUND = "a_texted_code_binds_the_phone"
UNBOUND = "a_phone_is_unbound_with_a_code_texted_for_it"
CHANGED = "a_phone_is_changed_once_both_are_proved"
SIGNED_IN = "a_user_signs_in_with_username_and_password"
PRE_CHECKED = "a_pre_check_does_not_use_the_code_up"

NAMED: Final[Lies] = {
    "a used code works again": (a_used_code_works_again, "a_used_code_is_refused"),
    "expiry ignored": (works("bind-phone", state="expired"), "an_expired_code_is_refused"),
    "wrong code accepted": (
        succeeds_when("bind-phone", 2001, "不正确"),
        "a_wrong_code_binds_nothing",
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
    "statusCode 200 for a refusal": (a_refusal_says_200, RESEND),
    "HTTP 500 for everything": (everything_is_http(500), TEXTED),
    "HTTP 500 for refusals": (refusals_are_http(500), RESEND),
    "a profile without the phone": (data("get-profile", phone=None), BOUND),
    "another user's phone accepted": (
        succeeds_when("bind-phone", 1320004),
        "a_phone_of_another_user_is_refused",
    ),
    "resend allowed": (succeeds_when("send-sms", 4004), RESEND),
    "a pre-check consumes": (a_pre_check_consumes, PRE_CHECKED),
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
            "isValid": PRE_CHECKED,
            "updatePhoneToken": CHANGED,
            "tokenExpiresIn": CHANGED,
            "access_token": SIGNED_IN,
            "token_type": SIGNED_IN,
            "expire_in": SIGNED_IN,
            "phoneBinded": UNBOUND,
            "securityScore": UNBOUND,
            "error": "a_made_up_refresh_token_gives_nothing",
            "active": "introspection_tells_good_tokens_from_others",
        }.items()
    },
}
