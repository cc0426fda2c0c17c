"""Signing in by a QR code: made, asked for, scanned and confirmed, and its ticket exchanged for tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote

from attrs import evolve, field

from genauth_mock.api.call import Bare, Call, post, signed_in, signs_in
from genauth_mock.api.queries import text_of
from genauth_mock.engine import qr_codes
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.qr_codes import QrAction
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class GeneQrCode:
    """Body of ``POST /api/v3/gene-qrcode``, as far as it changes what the offline GenAuth does."""

    type: Literal["MOBILE_APP", "WECHAT_MINIPROGRAM", "WECHAT_OFFICIAL_ACCOUNT"]
    custom_data: dict[str, object] | None = field(default=None, alias="customData")


@json_shape
class ChangeQrCodeStatus:
    """Body of ``POST /api/v3/change-qrcode-status``."""

    qrcode_id: str = field(alias="qrcodeId")
    action: Literal["SCAN", "CONFIRM", "CANCEL"]


@json_shape
class ExchangeTicket:
    """Body of ``POST /api/v3/exchange-tokenset-with-qrcode-ticket``; any client may have the tokens."""

    ticket: str = field(repr=False)


def gene_qrcode(context: CallContext, body: GeneQrCode) -> Json:
    """``POST /api/v3/gene-qrcode``; the URL that the code is drawn from says how the code stands."""
    if body.type != "MOBILE_APP":
        raise Refusal(Outcome.NOT_IMITATED, f"gene-qrcode with type {body.type}")
    qrcode_id = qr_codes.show(context, body.custom_data)
    url = f"{context.base_url}/api/v3/check-qrcode-status?qrcodeId={quote(qrcode_id)}"
    return {"qrcodeId": qrcode_id, "url": url}


def check_qrcode_status(
    context: CallContext, _: Mapping[str, object], query: Mapping[str, str]
) -> Bare:
    """``GET /api/v3/check-qrcode-status``, answered without an envelope. Source: production code of two clients."""
    qrcode_id = text_of(query, "qrcodeId")
    return Bare(qr_codes.look_at(context, qrcode_id))


def change_qrcode_status(context: CallContext, body: ChangeQrCodeStatus) -> Bare:
    """``POST /api/v3/change-qrcode-status``.

    Source: official Node SDK: it has no envelope; what it has instead is assumed.
    """
    return Bare({"status": qr_codes.change(context, body.qrcode_id, QrAction(body.action))})


def get_qrcode_status(
    context: CallContext, _: Mapping[str, object], query: Mapping[str, str]
) -> Json:
    """``GET /api/v3/get-qrcode-status``: the twin in an envelope. Source: official Node SDK of 2025."""
    return qr_codes.look_at(context, text_of(query, "qrcodeId"))


def set_qrcode_status(context: CallContext, body: ChangeQrCodeStatus) -> Json:
    """``POST /api/v3/set-qrcode-status``: the twin in an envelope. Source: official Node SDK of 2025."""
    qr_codes.change(context, body.qrcode_id, QrAction(body.action))
    return {"success": True}


def exchange_tokenset_with_qrcode_ticket(context: CallContext, body: ExchangeTicket) -> Json:
    """``POST /api/v3/exchange-tokenset-with-qrcode-ticket``."""
    return qr_codes.exchange(context, body.ticket).to_response("bearer")


CALLS: Final[tuple[Call, ...]] = (
    evolve(post("/api/v3/gene-qrcode", GeneQrCode, gene_qrcode, signs=True), is_partial=True),
    Call("GET", "/api/v3/check-qrcode-status", check_qrcode_status),
    signed_in("/api/v3/change-qrcode-status", ChangeQrCodeStatus, change_qrcode_status),
    Call("GET", "/api/v3/get-qrcode-status", get_qrcode_status),
    signed_in("/api/v3/set-qrcode-status", ChangeQrCodeStatus, set_qrcode_status),
    signs_in(
        "/api/v3/exchange-tokenset-with-qrcode-ticket",
        ExchangeTicket,
        exchange_tokenset_with_qrcode_ticket,
    ),
)
