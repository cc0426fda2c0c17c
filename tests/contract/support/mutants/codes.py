"""Lies about the life of a code, for the phone calls and their e-mail twins."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.code_lives import (
    a_code_is_echoed,
    a_pre_check_consumes,
    a_second_text_is_dead,
    the_texted_code_is_told,
    works,
)
from tests.contract.support.mutants.exchange import Lies
from tests.contract.support.mutants.ways import data, each, succeeds_when

TEXTED = "a_code_is_texted_without_signing_in"
PRE_CHECKED = "a_pre_check_does_not_use_the_code_up"
MAIL_CHANGED = "an_address_is_changed_once_both_are_proved"

CODES: Final[Lies] = {
    **each(
        {
            "bind-phone": "a_used_code_is_refused",
            "unbind-phone": "a_code_unbinds_only_once",
            "verify-update-phone-request": "used_codes_prove_nothing",
            "signin": "a_code_signs_in_only_once",
            "bind-email": "a_mailed_code_works_once",
            "unbind-email": "a_mailed_code_unbinds_only_once",
            "verify-update-email-request": MAIL_CHANGED,
            "signup": "a_user_signs_up_with_a_texted_code",
        },
        lambda name: works(name, state="used"),
        "a used code works for",
    ),
    **each(
        {
            "unbind-phone": "an_expired_code_unbinds_nothing",
            "verify-update-phone-request": "expired_codes_prove_nothing",
            "signin": "an_expired_code_signs_nobody_in",
            "bind-email": "a_mailed_code_lives_five_minutes_and_no_longer",
            "unbind-email": "dead_codes_unbind_no_address",
            "verify-update-email-request": "expired_codes_prove_no_address",
            "signup": "bad_codes_sign_nobody_up",
        },
        lambda name: works(name, state="expired"),
        "an expired code works for",
    ),
    **each(
        {
            "bind-phone": "a_second_wrong_attempt_burns_the_code",
            "unbind-phone": "a_burned_code_unbinds_nothing",
            "verify-update-phone-request": "burned_codes_prove_nothing",
            "signin": "a_burned_code_signs_nobody_in",
            "bind-email": "two_wrong_attempts_burn_a_mailed_code",
            "unbind-email": "dead_codes_unbind_no_address",
            "verify-update-email-request": (
                "a_change_of_address_is_refused_for_the_same_reasons_as_of_a_phone"
            ),
            "signup": "bad_codes_sign_nobody_up",
        },
        lambda name: works(name, state="exhausted"),
        "a burned code works for",
    ),
    **each(
        {
            "bind-phone": "a_newer_text_voids_the_older_code",
            "bind-email": "the_code_of_a_second_mail_binds_and_the_first_does_not",
        },
        lambda name: works(name, state="replaced"),
        "a replaced code works for",
    ),
    **each(
        {
            "bind-phone": "a_code_for_another_channel_is_refused",
            "unbind-phone": "a_code_for_binding_does_not_unbind",
            "verify-update-phone-request": "whether_a_change_takes_codes_of_other_channels",
            "signin": "a_code_for_binding_signs_nobody_in",
            "bind-email": "a_code_mailed_for_another_channel_binds_nothing",
            "unbind-email": "a_code_mailed_for_binding_neither_unbinds_nor_signs_in",
            "verify-update-email-request": (
                "wrong_codes_and_codes_of_another_channel_prove_no_address"
            ),
            "signup": "a_code_for_signing_in_signs_nobody_up",
        },
        lambda name: works(name, state="active"),
        "a code of another channel works for",
    ),
    **each(
        {
            "unbind-phone": "a_wrong_code_unbinds_nothing",
            "verify-update-phone-request": "a_wrong_code_of_the_new_phone_is_refused",
            "signin": "a_wrong_code_signs_nobody_in",
            "bind-email": "two_wrong_attempts_burn_a_mailed_code",
            "unbind-email": "an_address_is_unbound_with_a_code_mailed_for_it",
            "verify-update-email-request": (
                "wrong_codes_and_codes_of_another_channel_prove_no_address"
            ),
            "signup": "bad_codes_sign_nobody_up",
        },
        lambda name: succeeds_when(name, 2001, "不正确"),
        "a wrong code is accepted for",
    ),
    "the code of a second text is dead": (
        a_second_text_is_dead,
        "the_code_of_a_second_text_binds_too",
    ),
    "the code of a second mail is dead": (
        a_second_text_is_dead,
        "the_code_of_a_second_mail_binds_and_the_first_does_not",
    ),
    "a pre-check consumes a mailed code": (
        a_pre_check_consumes,
        "a_pre_check_tells_of_a_mailed_code_and_leaves_it_as_it_is",
    ),
    "a pre-check says yes to everything": (
        data("pre-check-code", isValid=True),
        "a_pre_check_says_that_a_wrong_code_would_not_do",
    ),
    "a pre-check says no to everything": (data("pre-check-code", isValid=False), PRE_CHECKED),
    "a pre-check answers in text": (data("pre-check-code", isValid="true"), PRE_CHECKED),
    "the texted code is told": (the_texted_code_is_told, TEXTED),
    "a code is echoed": (a_code_is_echoed, "a_wrong_code_binds_nothing"),
}
