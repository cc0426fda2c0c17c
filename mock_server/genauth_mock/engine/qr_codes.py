"""The life of a QR code to sign in by: shown, scanned, confirmed or refused, and its ticket exchanged.

One side shows the code and asks how it stands; the other, who is signed in already, scans it and decides.
Source: API reference, check-qrcode-status and change-qrcode-status.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import evolve, field

from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import NO_DATA, brief, keep_custom_data
from genauth_mock.engine.sign_in import begin
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens

    Json = dict[str, object]


class QrStatus(StrEnum):
    """How a QR code stands. Source: API reference, check-qrcode-status, status."""

    PENDING = "PENDING"
    SCANNED = "SCANNED"
    AUTHORIZED = "AUTHORIZED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class QrAction(StrEnum):
    """What a user does with a QR code. Source: API reference, change-qrcode-status, action."""

    SCAN = "SCAN"
    CONFIRM = "CONFIRM"
    CANCEL = "CANCEL"


_NEXT: Final = {
    QrAction.SCAN: (QrStatus.PENDING, QrStatus.SCANNED),
    QrAction.CONFIRM: (QrStatus.SCANNED, QrStatus.AUTHORIZED),
    QrAction.CANCEL: (QrStatus.SCANNED, QrStatus.CANCELLED),
}
"""From where each action leads where. Source: API reference, change-qrcode-status: SCAN comes first."""

_UNDECIDED: Final = (QrStatus.PENDING, QrStatus.SCANNED)


@frozen_for_checkers
class QrCode:
    """A QR code; filed under its id.

    Attributes:
        custom_data: What is kept with the user who confirms it.
        user_id: Who scanned it, or empty.
        ticket: What it was confirmed with, or empty.
    """

    expires_at: datetime
    custom_data: Mapping[str, object] = NO_DATA
    status: QrStatus = QrStatus.PENDING
    user_id: str = ""
    ticket: str = field(default="", repr=False)

    def status_at(self, now: datetime) -> QrStatus:
        """Return how it stands; one that was decided no longer runs out."""
        is_late = self.status in _UNDECIDED and now >= self.expires_at
        return QrStatus.EXPIRED if is_late else self.status


@frozen_for_checkers
class QrTicket:
    """Permission to have the tokens of the user who confirmed a QR code; filed under the ticket, works once."""

    user_id: str
    expires_at: datetime


def show(context: CallContext, custom_data: Mapping[str, object] | None) -> str:
    """Return the id of a new QR code."""
    qrcode_id = context.randomness.identifier()
    expires_at = context.now + context.settings.qr_code_lifetime
    context.records.put(qrcode_id, QrCode(expires_at, custom_data or NO_DATA), expires_at)
    return qrcode_id


def look_at(context: CallContext, qrcode_id: str) -> Json:
    """Return how a QR code stands, as the side sees it that shows it.

    Raises:
        Refusal: ``UNKNOWN_QR_CODE``.
    """
    code = _known(context, qrcode_id)
    shown: Json = {"status": code.status_at(context.now)}
    user = context.user(code.user_id) if code.user_id else None
    if user is not None and shown["status"] != QrStatus.EXPIRED:
        name, photo = brief(user)  # Source: API reference, briefUserInfo
        shown["briefUserInfo"] = {"displayName": name, "photo": photo}
    if code.ticket:
        shown["ticket"] = code.ticket
    return shown


def change(context: CallContext, qrcode_id: str, action: QrAction) -> QrStatus:
    """Scan a QR code, confirm it or refuse it, in the name of the signed-in user.

    That only who scanned it may decide is assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UNKNOWN_QR_CODE``, ``QR_CODE_OUT_OF_TURN``.
    """
    return change_as(context, context.signed_in_user(), qrcode_id, action)


def change_as(context: CallContext, user: User, qrcode_id: str, action: QrAction) -> QrStatus:
    """Scan a QR code, confirm it or refuse it, in the name of any user.

    Raises:
        Refusal: ``UNKNOWN_QR_CODE``, ``QR_CODE_OUT_OF_TURN``.
    """
    code = _known(context, qrcode_id)
    if code.status_at(context.now) is QrStatus.EXPIRED:
        raise Refusal(Outcome.UNKNOWN_QR_CODE, why={"rule": "qrCodeLifetimeSeconds"})
    before, after = _NEXT[action]
    if code.status is not before:
        why = {"rule": f"{action} leads from {before}, and the code is {code.status}"}
        raise Refusal(Outcome.QR_CODE_OUT_OF_TURN, why=why)
    if code.user_id and code.user_id != user.user_id:
        raise Refusal(Outcome.QR_CODE_OUT_OF_TURN, why={"rule": "another user scanned the code"})
    code, kept_until = evolve(code, status=after, user_id=user.user_id), code.expires_at
    if after is QrStatus.AUTHORIZED:
        kept_until = context.now + context.settings.qr_ticket_lifetime
        code = evolve(code, ticket=context.randomness.token())
        context.records.put(code.ticket, QrTicket(user.user_id, kept_until), kept_until)
        keep_custom_data(context, user, code.custom_data)
    context.records.put(qrcode_id, code, kept_until)
    return after


def exchange(context: CallContext, ticket: str) -> Tokens:
    """Return the tokens of the user who confirmed a QR code.

    Raises:
        Refusal: ``QR_TICKET_INVALID``, ``USER_SUSPENDED``.
    """
    held = context.records.get(QrTicket, ticket)
    user = None if held is None else context.user(held.user_id)
    if held is None or user is None:
        raise Refusal(Outcome.QR_TICKET_INVALID, why={"rule": "the ticket is unknown or used"})
    if context.now >= held.expires_at:
        raise Refusal(Outcome.QR_TICKET_INVALID, why={"rule": "qrTicketLifetimeSeconds"})
    context.records.delete(QrTicket, ticket)
    return begin(context, user, None, "loginByQRCode")


def _known(context: CallContext, qrcode_id: str) -> QrCode:
    code = context.records.get(QrCode, qrcode_id)
    if code is None:
        raise Refusal(Outcome.UNKNOWN_QR_CODE, why={"rule": "no QR code has this id"})
    return code
