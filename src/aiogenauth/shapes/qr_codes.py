"""What the calls answer that sign a user in by a second device: QR codes and push messages."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import redacted, secret_or_none
from aiogenauth.shapes.sign_in import SignIn


@frozen
class QrCode(Result):
    """A QR code to sign in by. Source: API reference, gene-qrcode."""

    qrcode_id: str
    """What `check_qr_code_status` wants."""
    url: str | None = None
    """What the code is drawn from."""
    custom_logo_url: str | None = None
    """A logo to lay over the code of a mini program, where it is not drawn in already."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class BriefUser(Result):
    """Who scanned a QR code. Source: API reference, check-qrcode-status."""

    display_name: str | None = None
    photo: str | None = None
    """URL of a picture."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class QrCodeStatus(Result):
    """How a QR code stands. Source: API reference, check-qrcode-status."""

    status: str
    """`"PENDING"`, `"SCANNED"`, `"AUTHORIZED"`, `"CANCELLED"`, `"EXPIRED"` or `"ERROR"`."""
    ticket: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """Once it is authorized: what `exchange_token_set_with_qr_code_ticket` wants."""
    brief_user_info: BriefUser | None = None
    """Once it is scanned, where the console lets the browser see it."""
    token_set: SignIn | None = None
    """Once it is authorized, in place of the ticket, where the console lets the browser see it."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PushCode(Result):
    """A push message that was sent to let a sign-in happen. Source: API reference, signin-by-push."""

    push_code_id: str
    """What `check_push_code_status` wants."""
    expire_time: float | None = None
    """Seconds until it runs out, such as 120."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PushCodeStatus(Result):
    """How a push message stands. Source: API reference, check-pushcode-status."""

    status: str
    """`"PUSHED"`, `"AUTHORIZED"`, `"CANCELLED"`, `"EXPIRED"` or `"ERROR"`."""
    token_set: SignIn | None = None
    """Once it is authorized."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class PushLoginApps(Result):
    """Which applications may confirm a push message.

    Source: API reference, get-pushlogin-relation-apps.
    """

    app_ids: tuple[str, ...] | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FastPassParty(Result):
    """The user, or the user pool, of a QR code of the user center. Source: API reference."""

    id: str | None = None
    display_name: str | None = None
    photo: str | None = None
    """URL of a picture."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FastPassQrCode(Result):
    """What a QR code of the user center is drawn from.

    Source: API reference, gene-fastpass-qrcode-info.
    """

    qrcode_id: str
    """What `get_qr_code_status` wants."""
    scene: str | None = None
    """What the code is for, in GenAuth's own words."""
    api_host: str | None = None
    """Root URL of the GenAuth that the app has to ask."""
    user: FastPassParty | None = None
    app_id: str | None = None
    """Of the application in which it was made."""
    userpool: FastPassParty | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FastPassApp(Result):
    """An application that can be signed in to. Source: API reference, get-fastpass-client-apps."""

    id: str | None = None
    name: str | None = None
    logo: str | None = None
    """URL of a picture."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class FastPassApps(Result):
    """Which applications can be signed in to by a QR code of the user center.

    Source: API reference, get-fastpass-client-apps.
    """

    relation_apps: tuple[FastPassApp, ...] | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
