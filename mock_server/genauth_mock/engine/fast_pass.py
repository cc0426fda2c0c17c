"""Signing an app in as the user who shows it a QR code: shown, scanned, used.

The user is signed in to a browser and shows the code; the app scans it, and is signed in without a password.
Source: API reference, gene-fastpass-qrcode-info, get-app-login-qrcode-status, qrcode-app-login.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve

from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import NO_DATA, keep_custom_data
from genauth_mock.engine.qr_codes import QrStatus
from genauth_mock.engine.sign_in import begin
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


@frozen_for_checkers
class FastPass:
    """A QR code that signs an app in; filed under its id.

    Attributes:
        scope: What the tokens of the app show, or None.
        custom_data: What is kept with the user once it is used.
    """

    user_id: str
    expires_at: datetime
    scope: str | None = None
    custom_data: Mapping[str, object] = NO_DATA
    status: QrStatus = QrStatus.PENDING

    def status_at(self, now: datetime) -> QrStatus:
        """Return how it stands; one that was used no longer runs out."""
        is_late = self.status is not QrStatus.AUTHORIZED and now >= self.expires_at
        return QrStatus.EXPIRED if is_late else self.status


def show(context: CallContext, scope: str | None, custom_data: Mapping[str, object] | None) -> str:
    """Return the id of a new code of the signed-in user.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    user = context.signed_in_user()
    qrcode_id = context.randomness.identifier()
    expires_at = context.now + context.settings.qr_code_lifetime
    made = FastPass(user.user_id, expires_at, scope, custom_data or NO_DATA)
    context.records.put(qrcode_id, made, expires_at)
    return qrcode_id


def known(context: CallContext, qrcode_id: str) -> FastPass:
    """Return a code.

    Raises:
        Refusal: ``UNKNOWN_QR_CODE``.
    """
    code = context.records.get(FastPass, qrcode_id)
    if code is None:
        raise Refusal(Outcome.UNKNOWN_QR_CODE, why={"rule": "no QR code has this id"})
    return code


def scan(context: CallContext, qrcode_id: str) -> None:
    """Note that an app has scanned a code: it asks which apps it may sign in to. That this counts is assumed.

    Raises:
        Refusal: ``UNKNOWN_QR_CODE``.
    """
    code = _alive(context, qrcode_id)
    if code.status is QrStatus.PENDING:
        changed = evolve(code, status=QrStatus.SCANNED)
        context.records.put(qrcode_id, changed, code.expires_at)


def use(context: CallContext, qrcode_id: str) -> Tokens:
    """Return tokens of the user who shows a code; it works once, scanned before or not (both assumed).

    Raises:
        Refusal: ``UNKNOWN_QR_CODE``, ``QR_CODE_OUT_OF_TURN``, ``USER_SUSPENDED``.
    """
    code = _alive(context, qrcode_id)
    if code.status is QrStatus.AUTHORIZED:
        raise Refusal(Outcome.QR_CODE_OUT_OF_TURN, why={"rule": "the QR code was used"})
    user = context.user(code.user_id)
    if user is None:
        raise Refusal(Outcome.UNKNOWN_QR_CODE, why={"rule": "the user is gone"})
    user = keep_custom_data(context, user, code.custom_data)
    tokens = begin(context, user, code.scope, "loginByQRCode")
    context.records.put(qrcode_id, evolve(code, status=QrStatus.AUTHORIZED), code.expires_at)
    return tokens


def _alive(context: CallContext, qrcode_id: str) -> FastPass:
    code = known(context, qrcode_id)
    if code.status_at(context.now) is QrStatus.EXPIRED:
        raise Refusal(Outcome.UNKNOWN_QR_CODE, why={"rule": "a QR code lives for two minutes"})
    return code
