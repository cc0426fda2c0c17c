"""Lies about who has what."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.exchange import Lies
from tests.contract.support.mutants.ways import (
    data,
    remembers_the_first_profile,
    succeeds_when,
    unbinding_leaves_the_phone,
)

BOUND = "a_texted_code_binds_the_phone"
UNBOUND = "a_phone_is_unbound_with_a_code_texted_for_it"
CHANGED = "a_phone_is_changed_once_both_are_proved"
MAIL_BOUND = "a_mailed_code_binds_the_address"
MAIL_CHANGED = "an_address_is_changed_once_both_are_proved"

ACCOUNTS: Final[Lies] = {
    "another user's phone is accepted for a change": (
        succeeds_when("verify-update-phone-request", 1320004),
        "a_phone_of_another_user_cannot_become_the_new_one",
    ),
    "a phone taken meanwhile is accepted": (
        succeeds_when("update-phone", 1320004),
        "a_phone_taken_meanwhile_cannot_become_the_new_one",
    ),
    "another user's address is accepted": (
        succeeds_when("bind-email", 2200),
        "an_address_of_another_user_is_refused",
    ),
    "a second phone is accepted": (
        succeeds_when("bind-phone", 2226),
        "a_user_who_has_a_phone_cannot_bind_a_second_one",
    ),
    "a second address is accepted": (
        succeeds_when("bind-email", 2225),
        "a_user_who_has_an_address_cannot_bind_a_second_one",
    ),
    "the only login method is unbound": (
        succeeds_when("unbind-phone", 1320010),
        "the_only_way_to_sign_in_stays_bound",
    ),
    "the only address to sign in with is unbound": (
        succeeds_when("unbind-email", 1320010),
        "the_only_way_to_sign_in_by_mail_stays_bound",
    ),
    "no phone is unbound": (
        succeeds_when("unbind-phone", 1320005),
        "a_user_without_a_phone_has_nothing_to_unbind",
    ),
    "the same phone is a change": (
        succeeds_when("verify-update-phone-request", 2230),
        "the_same_phone_is_no_change",
    ),
    "the old phone need not be proved": (
        succeeds_when("verify-update-phone-request", 2228),
        "the_old_phone_has_to_be_proved",
    ),
    "an update token works again": (
        succeeds_when("update-phone", 1020020),
        "an_update_token_works_once",
    ),
    "an update token of an address works again": (
        succeeds_when("update-email", 1020020),
        MAIL_CHANGED,
    ),
    "a resend of a mail is allowed": (
        succeeds_when("send-email", 2080),
        "a_second_mail_within_a_minute_is_refused",
    ),
    "unbinding leaves the phone": (unbinding_leaves_the_phone, UNBOUND),
    "a change keeps the old phone": (remembers_the_first_profile("phone"), CHANGED),
    "a change keeps the old address": (remembers_the_first_profile("email"), MAIL_CHANGED),
    "a bound phone is not verified": (data("get-profile", phoneVerified=False), BOUND),
    "a bound address is not verified": (data("get-profile", emailVerified=False), MAIL_BOUND),
    "a profile without phoneVerified": (data("get-profile", phoneVerified=None), BOUND),
    "a profile without the country calling code": (
        data("get-profile", phoneCountryCode=None),
        BOUND,
    ),
    "a profile without the address": (data("get-profile", email=None), MAIL_BOUND),
    "a profile without the username": (
        data("get-profile", username=None),
        "a_profile_names_the_user",
    ),
    "a profile that never changes": (
        remembers_the_first_profile("updatedAt"),
        "a_bind_updates_the_user_and_nothing_else_makes_it_anew",
    ),
    "a moment that is none": (data("get-profile", createdAt="yesterday"), BOUND),
    "everybody has the same userId": (
        data("get-profile", userId="somebody"),
        "two_users_see_their_own_profiles",
    ),
    "no phone is bound, says the security info": (
        data("get-security-info", phoneBinded=False),
        UNBOUND,
    ),
    "a wrong password is accepted": (
        succeeds_when("signin", 2006),
        "a_wrong_password_is_refused",
    ),
    "an unknown user signs in": (
        succeeds_when("signin", 2004),
        "a_code_texted_to_a_phone_nobody_has_signs_nobody_in",
    ),
    "a username is taken twice": (succeeds_when("signup", 2034), "a_username_is_taken_once"),
}
