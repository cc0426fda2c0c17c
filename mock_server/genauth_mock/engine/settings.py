"""What can be set for an app: names, units, limits, defaults, and where each default comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final, cast

from attrs import evolve, field

from genauth_mock.engine.ext_idp_records import ExtIdp, read_ext_idps, show_ext_idp
from genauth_mock.engine.json_values import (
    InvalidInput,
    Problem,
    duration,
    flag,
    limit,
    unknown,
    whole,
)
from genauth_mock.engine.profiles import DEFAULT, profile_name, profile_of
from genauth_mock.engine.setting_values import (
    addresses,
    fixed_codes,
    host_name,
    one_of,
    origins,
    urls,
    user_name,
)
from genauth_mock.engine.value import frozen
from genauth_mock.engine.webhook_settings import Webhook, read_webhooks, show_webhook


@frozen
class Settings:
    """How one app behaves. Every attribute is one name under ``/_mock/settings``."""

    pass_code_length: int = 6
    pass_code_lifetime: timedelta = timedelta(seconds=300)
    pass_code_max_attempts: int = 1
    email_code_lifetime: timedelta = timedelta(seconds=300)
    resend_gap: timedelta = timedelta(seconds=60)
    resend_replaces_code: bool = True
    resend_exempt: frozenset[str] = frozenset()
    daily_send_limit: int | None = None
    fixed_codes: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    verify_old_phone: bool = True
    verify_old_email: bool = True
    update_token_lifetime: timedelta = timedelta(seconds=60)
    access_token_lifetime: timedelta = timedelta(seconds=1_209_600)
    refresh_token_lifetime: timedelta = timedelta(days=30)
    refresh_token_rotation: bool = True
    password_grant: bool = True
    token_endpoint_auth_method: str | None = None
    id_token_signed_response_alg: str | None = None
    authorization_code_lifetime: timedelta = timedelta(seconds=600)
    redirect_uris: tuple[str, ...] = ()
    logout_redirect_uris: tuple[str, ...] = ()
    sign_in_as: str | None = None
    sign_up_enabled: bool = True
    mfa_at_sign_in: str | None = None
    passkey_rp_id: str | None = None
    qr_code_lifetime: timedelta = timedelta(seconds=120)
    qr_ticket_lifetime: timedelta = timedelta(seconds=300)
    username_is_login_method: bool = True
    requests_per_second: int | None = None
    profile: str = DEFAULT
    allowed_origins: frozenset[str] = frozenset()
    webhooks: tuple[Webhook, ...] = ()
    ext_idps: tuple[ExtIdp, ...] = ()

    def allows(self, origin: str) -> bool:
        """Return whether pages of an origin may read answers."""
        return not self.allowed_origins or origin in self.allowed_origins


@frozen
class Setting:
    """One name under ``/_mock/settings``.

    Attributes:
        read: Turns the JSON value into the attribute's; raises ValueError with what it must be.
        source: Where the default comes from, and how sure it is.
    """

    name: str
    attribute: str
    read: Callable[[object], object]
    source: str


def read_settings(body: Mapping[str, object], settings: Settings) -> Settings:
    """Return ``settings`` changed by the names in ``body``.

    A profile brings settings along, which other names in ``body`` change; those of the profile before are taken back.

    Raises:
        InvalidInput: Names every setting that is unknown or has a wrong value, and the way out.
    """
    changes: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in {**_brought_along(body, settings), **body}.items():
        setting = SETTINGS.get(name)
        if setting is None:
            problems.append(Problem("", unknown("setting", name, SETTINGS)))
            continue
        try:
            changes[setting.attribute] = setting.read(value)
        except ValueError as error:
            problems.append(Problem(name, f"must be {error}"))
    if problems:
        raise InvalidInput(*problems)
    return evolve(settings, **changes)  # type: ignore[arg-type]  # each was read by its own setting


def _brought_along(body: Mapping[str, object], settings: Settings) -> dict[str, object]:
    """Return the settings that a change of the profile changes."""
    try:
        name = profile_name(body.get("profile", settings.profile))
    except ValueError:
        return {}
    if name == settings.profile:
        return {}
    usual = show_settings(Settings())
    before = profile_of(settings.profile).settings
    return {**{each: usual[each] for each in before}, **profile_of(name).settings}


def with_profile(settings: Settings, profile: str) -> Settings:
    """Return settings that name no profile under one; what they set stands above what it brings along."""
    if settings.profile != DEFAULT or profile == DEFAULT:
        return settings
    usual = Settings()
    brought = {name: SETTINGS[name].attribute for name in profile_of(profile).settings}
    kept = {
        attribute: getattr(settings, attribute)
        for attribute in brought.values()
        if getattr(settings, attribute) != getattr(usual, attribute)
    }
    return evolve(read_settings({"profile": profile}, settings), **kept)


def show_settings(settings: Settings) -> dict[str, object]:
    """Return the settings as JSON: durations in seconds, sets as sorted lists."""
    return {name: _as_json(getattr(settings, s.attribute)) for name, s in SETTINGS.items()}


def _as_json(value: object) -> object:
    match value:
        case timedelta():
            seconds = value.total_seconds()
            return int(seconds) if seconds.is_integer() else seconds
        case frozenset():
            return sorted(cast("frozenset[str]", value))
        case tuple():
            return [_item_as_json(each) for each in cast("tuple[object, ...]", value)]
        case _:
            return value


def _item_as_json(item: object) -> object:
    if isinstance(item, Webhook):
        return show_webhook(item)
    return show_ext_idp(item) if isinstance(item, ExtIdp) else item


SETTINGS: Final[Mapping[str, Setting]] = {
    setting.name: setting
    for setting in (
        Setting(
            "passCodeLength",
            "pass_code_length",
            whole(4, 8),
            "management API, verifyCodeLength: default 6; 4 and 6 seen in examples",
        ),
        Setting(
            "passCodeLifetimeSeconds",
            "pass_code_lifetime",
            duration,
            "GenAuth's guide to SMS services: 5 minutes; remarks on two other calls say 60 s",
        ),
        Setting(
            "passCodeMaxAttempts",
            "pass_code_max_attempts",
            whole(0, 1000),
            "management API, verifyCodeMaxAttempts: default 1; wrong attempts beyond it burn the code",
        ),
        Setting(
            "emailCodeLifetimeSeconds",
            "email_code_lifetime",
            duration,
            "API reference: 5 minutes",
        ),
        Setting(
            "resendGapSeconds",
            "resend_gap",
            duration,
            "API reference, send-sms: one per minute for each number and channel",
        ),
        Setting("resendReplacesCode", "resend_replaces_code", flag, "assumed"),
        Setting("resendExempt", "resend_exempt", addresses, "a convenience of the mock"),
        Setting(
            "dailySendLimit",
            "daily_send_limit",
            limit(whole(0, 100_000)),
            "the limit's text was seen live, its number never; off by default",
        ),
        Setting("fixedCodes", "fixed_codes", fixed_codes, "a convenience of the mock"),
        Setting(
            "verifyOldPhone",
            "verify_old_phone",
            flag,
            "management API, changePhoneStrategy.verifyOldPhone: default true",
        ),
        Setting(
            "verifyOldEmail",
            "verify_old_email",
            flag,
            "management API, changeEmailStrategy.verifyOldEmail: default true",
        ),
        Setting(
            "updateTokenLifetimeSeconds",
            "update_token_lifetime",
            duration,
            "documents of the Android SDK, verify-update-phone-request, and API reference, its e-mail twin: 60 s",
        ),
        Setting(
            "accessTokenLifetimeSeconds",
            "access_token_lifetime",
            duration,
            "tokens that people published since 2021, and the management API's sample of an app: "
            "14 days, of access and id tokens; the example of signin says 7200",
        ),
        Setting(
            "refreshTokenLifetimeSeconds",
            "refresh_token_lifetime",
            duration,
            "management API, refresh_token_expire of its sample: 30 days",
        ),
        Setting(
            "refreshTokenRotation",
            "refresh_token_rotation",
            flag,
            "two official texts disagree: a new refresh token each time, or the same until it expires",
        ),
        Setting(
            "tokenEndpointAuthMethod",
            "token_endpoint_auth_method",
            one_of("client_secret_post", "client_secret_basic", "none"),
            "management API: client_secret_post; null is that for an app with a secret, and anything for one "
            "that was only named",
        ),
        Setting(
            "idTokenSignedResponseAlg",
            "id_token_signed_response_alg",
            one_of("HS256", "RS256"),
            "management API and published tokens: HS256; null is that for an app with a secret, and RS256 for "
            "one that was only named",
        ),
        Setting(
            "authorizationCodeLifetimeSeconds",
            "authorization_code_lifetime",
            duration,
            "management API, authorization_code_expire; API reference: ten minutes",
        ),
        Setting(
            "redirectUris",
            "redirect_uris",
            urls,
            "a list in GenAuth's console; without one only addresses of this machine are taken",
        ),
        Setting(
            "logoutRedirectUris",
            "logout_redirect_uris",
            urls,
            "a list in GenAuth's console; without one only addresses of this machine are taken",
        ),
        Setting("signInAs", "sign_in_as", user_name, "a convenience of the mock"),
        Setting(
            "signUpEnabled",
            "sign_up_enabled",
            flag,
            "assumed; GenAuth's console has a switch for it",
        ),
        Setting(
            "mfaAtSignIn",
            "mfa_at_sign_in",
            one_of("enrolled", "always"),
            "API reference, signin: never, which is null; official apps for phones read a demand for MFA from it",
        ),
        Setting(
            "passkeyRpId",
            "passkey_rp_id",
            host_name,
            "assumed: null is the host name by which the caller reached the server, localhost for an address",
        ),
        Setting("qrCodeLifetimeSeconds", "qr_code_lifetime", duration, "management API: 120"),
        Setting("qrTicketLifetimeSeconds", "qr_ticket_lifetime", duration, "management API: 300"),
        Setting(
            "passwordGrant",
            "password_grant",
            flag,
            "assumed; API reference, /oidc/token: the grant type exists, and is not recommended",
        ),
        Setting(
            "usernameIsLoginMethod",
            "username_is_login_method",
            flag,
            "assumed; the documents name e-mail and social accounts only",
        ),
        Setting(
            "requestsPerSecond",
            "requests_per_second",
            limit(whole(1, 1_000_000)),
            "API reference: 300 on the free plan; off by default",
        ),
        Setting(
            "allowedOrigins",
            "allowed_origins",
            origins,
            "a setting of the console; a private deployment was seen to allow any origin, as an empty list does here",
        ),
        Setting(
            "webhooks",
            "webhooks",
            read_webhooks,
            "GenAuth's guide to webhooks: URLs, request keys and events of the console; none by default",
        ),
        Setting(
            "extIdps",
            "ext_idps",
            read_ext_idps,
            "connections to identity providers in GenAuth's console, and who has an account there; none by default",
        ),
        Setting(
            "profile",
            "profile",
            profile_name,
            "which of the alternative answers of GenAuth are given, or those of your deployment",
        ),
    )
}
"""Every setting by the name it has in JSON."""
