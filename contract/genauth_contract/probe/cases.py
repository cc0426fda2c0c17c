"""What the probe asks, and which open question each answer settles.

Tier 0 needs no account: every call is refused, or reads something public. None of them texts, mails, signs in
or changes anything. Tier 1 signs in with a username and a password. Tier 2 has one code texted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.api.call import BIND, ApiCall, any_post
from genauth_contract.api.calls.oidc import any_form, discovery, jwks
from genauth_contract.api.calls.phone import bind_phone, pre_check_code, send_sms
from genauth_contract.api.calls.profile import get_profile, get_security_info
from genauth_contract.api.calls.sign_in import sign_in_by_password, sign_in_by_phone_pass_code
from genauth_contract.outcomes.models import NOBODY, PassCode, Phone, User

MADE_UP_PHONE: Final = Phone("2025550123", "+1")
"""A number that belongs to nobody: 555-01xx is kept for fiction. Source: NANPA, 555 line numbers."""
MADE_UP_CODE: Final = PassCode("271828")
MADE_UP_TOKEN: Final = "not-a-token-of-anybody"  # noqa: S105 - it opens nothing
MADE_UP_USER: Final = "nobody-of-this-name-probes"
MADE_UP_PASSWORD: Final = "not-the-password-of-anybody"  # noqa: S105 - it opens nothing

LANGUAGES: Final = ("zh-CN", "en-US")
"""The languages each enveloped answer is asked for in. Source: API reference, x-authing-lang."""


@attrs.frozen
class Case:
    """One call of the probe.

    Attributes:
        name: What is done, as a sentence.
        settles: The open question that the answer settles.
        call: The call.
        outcome: Name of the outcome that the offline GenAuth answers with.
    """

    name: str
    settles: str
    call: ApiCall
    outcome: str

    @property
    def language(self) -> str:
        """The language that is asked for: Chinese where the case says nothing."""
        return self.call.headers.get("x-genauth-lang", LANGUAGES[0])


@attrs.frozen
class Person:
    """Somebody whose account may be used, in tiers 1 and 2.

    Attributes:
        username: Of the account.
        password: Of the account.
        user: Signed in with both; `NOBODY` before.
    """

    username: str
    password: str = attrs.field(repr=False)
    user: User = NOBODY


def without_an_account(app_id: str) -> tuple[Case, ...]:
    """Return the cases of tier 0."""
    enveloped = (*_tokens(), *_validation(), *_routing(), *_codes_and_passwords())
    spoken = (_spoken(case, language) for case in enveloped for language in LANGUAGES)
    return (*spoken, *_openid_connect(app_id))


def with_a_password(person: Person) -> tuple[Case, ...]:
    """Return the cases of tier 1, for somebody who is signed in."""
    account = {"username": person.username}
    return (
        Case(
            "the right username with a wrong password",
            "whether a wrong password of a known user is apiCode 2006 or 2333",
            sign_in_by_password(account, MADE_UP_PASSWORD),
            "WRONG_PASSWORD",
        ),
        Case(
            "the right username and password",
            "what the life of a token is called, and how long it is",
            sign_in_by_password(account, person.password),
            "OK",
        ),
        Case(
            "the profile of a signed-in user",
            "what a success looks like: apiCode, message, requestId",
            get_profile(person.user),
            "OK",
        ),
        Case(
            "the security of a signed-in user",
            "which fields the security of an account has",
            get_security_info(person.user),
            "OK",
        ),
        Case(
            "a bind without a pass code",
            "how a missing field is worded once somebody is signed in",
            any_post("bind-phone", {}, person.user),
            "INVALID_ARGUMENT",
        ),
    )


def with_one_text(phone: Phone) -> tuple[Case, ...]:
    """Return the cases of tier 2 up to the code that is texted; the second text is refused."""
    return (
        Case("a text to a phone", "how a text is confirmed", send_sms(phone, BIND), "OK"),
        Case(
            "a second text within a minute",
            "whether a second text within a minute is 422, 499 or 429",
            send_sms(phone, BIND),
            "SENT_TOO_RECENTLY",
        ),
    )


def with_its_code(phone: Phone, code: PassCode) -> tuple[Case, ...]:
    """Return the cases of tier 2 that spend no code: what a wrong and a right one are answered."""
    return (
        Case(
            "a pre-check of a wrong code",
            "whether a pre-check says isValid or is refused",
            pre_check_code(phone, code.but_wrong(), BIND),
            "OK",
        ),
        Case(
            "a pre-check of the right code",
            "whether a pre-check leaves the code good",
            pre_check_code(phone, code, BIND),
            "OK",
        ),
    )


def _spoken(case: Case, language: str) -> Case:
    headers = {**case.call.headers, "x-genauth-lang": language}
    return attrs.evolve(
        case, name=f"{case.name}, {language}", call=attrs.evolve(case.call, headers=headers)
    )


def _tokens() -> tuple[Case, ...]:
    settles = "how a call without a good token is refused"
    return (
        Case("a profile without a token", settles, get_profile(NOBODY), "NOT_SIGNED_IN"),
        Case(
            "a profile with a made-up token",
            settles,
            get_profile(User(MADE_UP_TOKEN)),
            "NOT_SIGNED_IN",
        ),
        Case(
            "a bind without a token",
            "whether the token or the body is looked at first",
            bind_phone(NOBODY, MADE_UP_PHONE, MADE_UP_CODE),
            "NOT_SIGNED_IN",
        ),
    )


def _validation() -> tuple[Case, ...]:
    return (
        Case(
            "a text without a phone and without a channel",
            "how several wrong fields are joined",
            any_post("send-sms", {}),
            "INVALID_ARGUMENT",
        ),
        Case(
            "a sign-in by a connection that does not exist",
            "whether a wrong choice names the choices",
            any_post("signin", {"connection": "CARRIER_PIGEON"}),
            "INVALID_ARGUMENT",
        ),
        Case(
            "a sign-in by pass code without phone and e-mail",
            "how a missing payload field of signin is worded",
            any_post(
                "signin",
                {"connection": "PASSCODE", "passCodePayload": {"passCode": MADE_UP_CODE.digits}},
            ),
            "INVALID_ARGUMENT",
        ),
        Case(
            "a body that is not JSON",
            "how a body that is not JSON is refused",
            any_post("pre-check-code", "{"),
            "NOT_JSON",
        ),
    )


def _routing() -> tuple[Case, ...]:
    return (
        Case(
            "a bind by GET",
            "whether a wrong method is 404 or 405",
            ApiCall("bind-phone", "/api/v3/bind-phone", method="GET"),
            "METHOD_NOT_ALLOWED",
        ),
        Case(
            "a path that does not exist",
            "how an unknown path is answered",
            any_post("no-such-call-of-genauth", {}),
            "NOT_FOUND",
        ),
        Case(
            "a profile of an application that does not exist",
            "the statusCode of an unknown application",
            attrs.evolve(
                get_profile(NOBODY), headers={"x-genauth-app-id": "000000000000000000000000"}
            ),
            "UNKNOWN_APP",
        ),
    )


def _codes_and_passwords() -> tuple[Case, ...]:
    return (
        Case(
            "a pre-check of a made-up code",
            "whether a pre-check of a wrong code succeeds with isValid false",
            pre_check_code(MADE_UP_PHONE, MADE_UP_CODE, BIND),
            "OK",
        ),
        Case(
            "a sign-in with a made-up code",
            "whether a wrong code is apiCode 2001 or 500",
            sign_in_by_phone_pass_code(MADE_UP_PHONE, MADE_UP_CODE),
            "NO_CODE",
        ),
        Case(
            "a sign-in of a user who does not exist",
            "whether an unknown user is answered like a wrong password",
            sign_in_by_password({"username": MADE_UP_USER}, MADE_UP_PASSWORD),
            "WRONG_ACCOUNT_OR_PASSWORD",
        ),
    )


def _openid_connect(app_id: str) -> tuple[Case, ...]:
    client = {"client_id": app_id, "client_secret": MADE_UP_PASSWORD}
    forms: Mapping[str, tuple[str, Mapping[str, str], str]] = {
        "a token request without a body": ("token", {}, "INVALID_REQUEST"),
        "a token request with a wrong secret": (
            "token",
            {**client, "grant_type": "client_credentials"},
            "INVALID_CLIENT",
        ),
        "a token request by a grant that does not exist": (
            "token",
            {"client_id": app_id, "grant_type": "carrier_pigeon"},
            "UNSUPPORTED_GRANT_TYPE",
        ),
        "a token request with a made-up code": (
            "token",
            {
                "client_id": app_id,
                "grant_type": "authorization_code",
                "code": MADE_UP_TOKEN,
                "redirect_uri": "https://localhost/callback",
            },
            "INVALID_GRANT",
        ),
        "a token request with a made-up refresh token": (
            "token",
            {"client_id": app_id, "grant_type": "refresh_token", "refresh_token": MADE_UP_TOKEN},
            "INVALID_GRANT",
        ),
        "an introspection without a client": (
            "token/introspection",
            {"token": MADE_UP_TOKEN},
            "NO_CLIENT",
        ),
        "an introspection with a wrong secret": (
            "token/introspection",
            {**client, "token": MADE_UP_TOKEN},
            "INVALID_CLIENT",
        ),
        "a revocation with a wrong secret": (
            "token/revocation",
            {**client, "token": MADE_UP_TOKEN},
            "INVALID_CLIENT",
        ),
    }
    bearer = {"authorization": f"Bearer {MADE_UP_TOKEN}"}
    me = ApiCall("me", "/oidc/me", method="GET")
    return (
        *(
            Case(name, "which error of OAuth is answered, under which HTTP status", call, outcome)
            for name, (place, form, outcome) in forms.items()
            for call in (any_form(place, form),)
        ),
        Case(
            "a token request in JSON",
            "whether the token endpoint takes JSON",
            ApiCall("token", "/oidc/token", {**client, "grant_type": "client_credentials"}),
            "INVALID_REQUEST",
        ),
        Case("user info without a token", "what /oidc/me answers without a token", me, "NO_TOKEN"),
        Case(
            "user info with a made-up token",
            "what /oidc/me answers to a token that is not good",
            attrs.evolve(me, headers=bearer),
            "INVALID_TOKEN",
        ),
        Case(
            "user info with a token in two places",
            "whether two tokens are refused",
            attrs.evolve(me, headers=bearer, path=f"/oidc/me?access_token={MADE_UP_TOKEN}"),
            "INVALID_REQUEST",
        ),
        Case(
            "a path below /oidc/ that does not exist",
            "whether an unknown path below /oidc/ has an envelope",
            ApiCall("nothing", "/oidc/no-such-route", method="GET"),
            "NOT_FOUND",
        ),
        Case("the discovery document", "what discovery says", discovery(), "GRANTED"),
        Case("the published keys", "with which algorithms tokens are signed", jwks(), "GRANTED"),
    )
