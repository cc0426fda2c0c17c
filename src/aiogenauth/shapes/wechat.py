"""What the calls about WeChat and Alipay answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, masked, redacted


@frozen
class AlipayAuthInfo(Result):
    """What Alipay's SDK on a phone is started with. Source: API reference, get-alipay-authinfo."""

    auth_info: str = field(converter=Secret, repr=redacted)
    """Signed, for one sign-in."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class WechatAccessToken(Result):
    """An access token of WeChat, which GenAuth keeps fresh for the whole application.

    Source: API reference, get-wechat-access-token.
    """

    access_token: str = field(converter=Secret, repr=redacted)
    """For calls to WeChat, not to GenAuth."""
    expires_at: object = None
    """When it expires, in seconds since 1970; the reference types it as text, so it may be one."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class WechatMiniProgramData(Result):
    """What was decrypted: the user of a mini program, or their phone number.

    Source: API reference, decrypt-wechat-miniprogram-data; the fields of a number: assumed, by
    WeChat's own names.
    """

    nick_name: str | None = None
    gender: float | None = None
    """0 unknown, 1 male, 2 female. Source: assumed."""
    language: str | None = None
    """Such as `"zh_CN"`."""
    country: str | None = None
    province: str | None = None
    city: str | None = None
    avatar_url: str | None = None
    open_id: str | None = None
    union_id: str | None = None
    phone_number: str | None = field(default=None, repr=lambda phone: repr(phone and masked(phone)))
    """With the country calling code where it is a foreign one; masked when shown."""
    pure_phone_number: str | None = field(
        default=None, repr=lambda phone: repr(phone and masked(phone))
    )
    """Without the country calling code; masked when shown."""
    country_code: str | None = None
    watermark: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    """When it was encrypted, and for which app of WeChat."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
