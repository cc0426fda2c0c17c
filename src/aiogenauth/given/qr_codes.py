"""What the calls take that sign a user in by a second device: QR codes and push messages."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

QrCodeType = Literal["MOBILE_APP", "WECHAT_MINIPROGRAM", "WECHAT_OFFICIAL_ACCOUNT"]
"""What scans a QR code. Source: API reference, gene-qrcode, type."""

QrCodeAction = Literal["SCAN", "CONFIRM", "CANCEL"]
"""What a user does with a QR code. Source: API reference, change-qrcode-status, action."""

PushCodeAction = Literal["CONFIRM", "CANCEL"]
"""What a user does with a push message. Source: API reference, change-pushcode-status, action."""

FastPassAction = Literal["APP_LOGIN"]
"""What an app does with a QR code of the user center. Source: API reference, qrcode-app-login."""


class PushOptions(TypedDict):
    """Options of a sign-in by a push message. Source: API reference, signin-by-push."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""


class FastPassOptions(TypedDict):
    """Options of a sign-in by a QR code of the user center. Source: API reference."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""
