"""Calls that sign a user in by a QR code."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, Body, asked_of, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, Endpoint, one_of, record, text
from genauth_contract.api.fields import SUCCESS
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.qr_codes import (
    QR_CODE_OUT_OF_TURN,
    QR_TICKET_INVALID,
    UNKNOWN_QR_CODE,
)
from genauth_contract.outcomes.requests import NOT_IMITATED

GENE_QR_CODE: Final = record(
    "GeneQrCode",
    {"type": one_of("MOBILE_APP", "WECHAT_MINIPROGRAM", "WECHAT_OFFICIAL_ACCOUNT")},
    {"customData": {"type": "object"}},
)
QR_CODE: Final = record("QrCode", {"qrcodeId": text(is_filled=False), "url": text(is_filled=False)})
_QR_STATUS: Final = one_of("PENDING", "SCANNED", "AUTHORIZED", "CANCELLED", "EXPIRED", "ERROR")
QR_STATUS: Final = record(
    "QrCodeStatus",
    {"status": _QR_STATUS},
    {
        "ticket": ANY_TEXT,
        "briefUserInfo": record("BriefUser", {"displayName": ANY_TEXT, "photo": ANY_TEXT}),
    },
)
CHANGE_QR_STATUS: Final = record(
    "ChangeQrCodeStatus",
    {"qrcodeId": text(), "action": one_of("SCAN", "CONFIRM", "CANCEL")},
)
EXCHANGE_TICKET: Final = record("ExchangeQrCodeTicket", {"ticket": text()})

GENE_QR_CODE_CALL: Final = Endpoint(
    "gene-qrcode",
    "Make a QR code to sign in by; it lives for two minutes.",
    request=GENE_QR_CODE,
    data=QR_CODE,
    ends=(NOT_IMITATED,),
    sdk_method="gene_qr_code",
)
CHECK_QR_STATUS_CALL: Final = Endpoint(
    "check-qrcode-status",
    "Return how a QR code stands; a success has no envelope.",
    data=QR_STATUS,
    asked=("qrcodeId",),
    is_bare=True,
    ends=(UNKNOWN_QR_CODE,),
    sdk_method="check_qr_code_status",
)
CHANGE_QR_STATUS_CALL: Final = Endpoint(
    "change-qrcode-status",
    "Scan a QR code, confirm it or refuse it; a success has no envelope.",
    request=CHANGE_QR_STATUS,
    needs_user=True,
    is_bare=True,
    ends=(UNKNOWN_QR_CODE, QR_CODE_OUT_OF_TURN),
    sdk_method="change_qr_code_status",
)
GET_QR_STATUS_CALL: Final = Endpoint(
    "get-qrcode-status",
    "Return how a QR code stands, in an envelope.",
    data=QR_STATUS,
    asked=("qrcodeId",),
    ends=(UNKNOWN_QR_CODE,),
)
SET_QR_STATUS_CALL: Final = Endpoint(
    "set-qrcode-status",
    "Scan a QR code, confirm it or refuse it; answered in an envelope.",
    request=CHANGE_QR_STATUS,
    data=SUCCESS,
    needs_user=True,
    ends=(UNKNOWN_QR_CODE, QR_CODE_OUT_OF_TURN),
)
EXCHANGE_TICKET_CALL: Final = Endpoint(
    "exchange-tokenset-with-qrcode-ticket",
    "Exchange the ticket of a QR code that was confirmed for tokens.",
    request=EXCHANGE_TICKET,
    data=TOKENS,
    ends=(QR_TICKET_INVALID,),
    sdk_method="exchange_token_set_with_qr_code_ticket",
)


def gene_qr_code(**fields: object) -> ApiCall:
    """Make a QR code for an app. Source: API reference, gene-qrcode."""
    body: Body = {"type": "MOBILE_APP", **fields}
    return sent_to(GENE_QR_CODE_CALL, body)


def check_qr_code(qrcode_id: str) -> ApiCall:
    """Ask how a QR code stands. Source: API reference, check-qrcode-status."""
    return asked_of(CHECK_QR_STATUS_CALL, {"qrcodeId": qrcode_id} if qrcode_id else {})


def change_qr_code(user: User, qrcode_id: str, action: str) -> ApiCall:
    """Scan a QR code, confirm it or refuse it. Source: API reference, change-qrcode-status."""
    return sent_to(CHANGE_QR_STATUS_CALL, {"qrcodeId": qrcode_id, "action": action}, user)


def get_qr_code(qrcode_id: str) -> ApiCall:
    """Ask how a QR code stands, in an envelope. Source: official Node SDK of 2025."""
    return asked_of(GET_QR_STATUS_CALL, {"qrcodeId": qrcode_id} if qrcode_id else {})


def set_qr_code(user: User, qrcode_id: str, action: str) -> ApiCall:
    """Scan a QR code, confirm it or refuse it, in an envelope. Source: official Node SDK of 2025."""
    return sent_to(SET_QR_STATUS_CALL, {"qrcodeId": qrcode_id, "action": action}, user)


def exchange_ticket(ticket: str) -> ApiCall:
    """Exchange a ticket. Source: API reference, exchange-tokenset-with-qrcode-ticket."""
    return sent_to(EXCHANGE_TICKET_CALL, {"ticket": ticket})
