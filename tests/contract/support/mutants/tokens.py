"""Lies about tokens and whom they let in."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.exchange import Lies
from tests.contract.support.mutants.ways import (
    at,
    data,
    each,
    oauth_refusals_are_http_200,
    signatures_are_wrong,
    succeeds_when,
)

SIGNED_IN = "a_user_signs_in_with_username_and_password"
EXPIRED_TOKEN = "an_expired_token_opens_nothing"
EXPIRED_TOKEN_MAIL = "an_expired_token_opens_no_call_of_the_email_twins"
SUSPENDED = "a_suspended_user_changes_nothing"
SUSPENDED_MAIL = "a_suspended_user_changes_no_address"

TOKEN_LIES: Final[Lies] = {
    "a made-up token is accepted": (
        succeeds_when("bind-phone", 2020),
        "binding_with_a_made_up_token_is_refused",
    ),
    **each(
        {
            "bind-phone": "binding_with_an_expired_token_is_refused",
            "get-profile": EXPIRED_TOKEN,
            "get-security-info": EXPIRED_TOKEN,
            "unbind-phone": EXPIRED_TOKEN,
            "verify-update-phone-request": EXPIRED_TOKEN,
            "update-phone": EXPIRED_TOKEN,
            "bind-email": EXPIRED_TOKEN_MAIL,
            "unbind-email": EXPIRED_TOKEN_MAIL,
            "verify-update-email-request": EXPIRED_TOKEN_MAIL,
            "update-email": EXPIRED_TOKEN_MAIL,
        },
        lambda name: succeeds_when(name, 2020),
        "an expired token opens",
    ),
    **each(
        {
            "bind-phone": "a_suspended_user_cannot_bind",
            "unbind-phone": "a_suspended_user_cannot_unbind",
            "verify-update-phone-request": SUSPENDED,
            "update-phone": SUSPENDED,
            "get-profile": "a_suspended_user_reads_nothing",
            "signin": "a_suspended_user_cannot_sign_in",
            "bind-email": SUSPENDED_MAIL,
            "update-email": SUSPENDED_MAIL,
        },
        lambda name: succeeds_when(name, 2005),
        "a suspended user may call",
    ),
    "expire_in is missing": (data("signin", expire_in=None), SIGNED_IN),
    "expire_in is text": (data("signin", expire_in="7200"), SIGNED_IN),
    "expires_in is missing": (
        data("signin", expires_in=None),
        "what_the_life_of_an_access_token_is_called",
    ),
    "the token type is another": (data("signin", token_type="mac"), SIGNED_IN),
    "a sign-in without an id token": (
        data("signin", id_token=None),
        "the_id_token_of_a_sign_in_is_signed_and_means_the_user",
    ),
    "no refresh token for offline access": (
        data("signin", refresh_token=None),
        "a_refresh_token_is_given_for_offline_access_alone",
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
    "introspection means somebody else": (
        at("/introspection", sub="somebody"),
        "tokens_say_what_they_are_good_for_and_how_long",
    ),
    "me is somebody else": (
        at("/oidc/me", sub="somebody"),
        "the_id_token_and_me_and_the_profile_mean_the_same_user",
    ),
    "OAuth refusals are HTTP 200": (
        oauth_refusals_are_http_200,
        "a_made_up_refresh_token_gives_nothing",
    ),
}
