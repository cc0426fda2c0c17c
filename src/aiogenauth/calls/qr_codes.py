"""Calls that sign a user in by a QR code, which they scan with an app that they are signed in to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import (
    choice,
    flag_if_given,
    mapping,
    password_if_given,
    secret,
    text,
    text_if_given,
)
from aiogenauth.calls.endpoints import bare, get, post, post_to_read
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import ExchangeOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth

GENE_QR_CODE: Final = post_to_read("gene_qr_code", "/api/v3/gene-qrcode", Auth.NEVER)
"""It spends nothing: whoever asks again gets another code, and the first one runs out."""
CHECK_QR_CODE_STATUS: Final = bare(
    get("check_qr_code_status", "/api/v3/check-qrcode-status", Auth.NEVER)
)
EXCHANGE_TOKEN_SET_WITH_QR_CODE_TICKET: Final = post(
    "exchange_token_set_with_qr_code_ticket",
    "/api/v3/exchange-tokenset-with-qrcode-ticket",
    ExchangeOutcomeUnknown,
    Auth.NEVER,
)
CHANGE_QR_CODE_STATUS: Final = bare(post("change_qr_code_status", "/api/v3/change-qrcode-status"))


class QrCodeCalls(TokenCallGroup):
    """Signing in by a QR code: one side shows it and asks how it stands, the other scans it."""

    async def gene_qr_code(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        type: given.QrCodeType,  # noqa: A002 - the official SDK's name
        ext_idp_conn_id: str | None = None,
        custom_data: Mapping[str, object] | None = None,
        context: Mapping[str, object] | None = None,
        auto_merge_qr_code: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
    ) -> shapes.QrCode:
        """Make a QR code to sign in by. It lives for two minutes unless the console says otherwise.

        Args:
            type: What scans it: an app of one's own, a mini program or an official account of WeChat.
            ext_idp_conn_id: Id of the connection, where WeChat has several.
            custom_data: Kept with the user who signs in; the console defines the keys first.
            context: Handed to the pipeline of the user pool.
            auto_merge_qr_code: Draw the logo into the picture of a mini program's code; else its URL
                comes beside it.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.

        Source: API reference, gene-qrcode; two minutes: security settings, qrcodeExpiresIn.
        """
        return await self._ask(
            GENE_QR_CODE,
            shapes.QrCode,
            type=choice(type, given.QrCodeType, "type"),
            extIdpConnId=text_if_given(ext_idp_conn_id, "ext_idp_conn_id"),
            customData=mapping(custom_data, "custom_data"),
            context=mapping(context, "context"),
            autoMergeQrCode=flag_if_given(auto_merge_qr_code, "auto_merge_qr_code"),
        )

    async def check_qr_code_status(self, qrcode_id: str) -> shapes.QrCodeStatus:
        """Return how a QR code stands: whether it was scanned, confirmed, refused, or ran out.

        GenAuth answers this call without an envelope; one with an envelope is read as well.

        Args:
            qrcode_id: `QrCode.qrcode_id`.

        Raises:
            ApiError: GenAuth knows no such code.

        Source: API reference, check-qrcode-status; the missing envelope: production code.
        """
        return await self._ask_with_tokens(
            CHECK_QR_CODE_STATUS, shapes.QrCodeStatus, qrcodeId=text(qrcode_id, "qrcode_id")
        )

    async def exchange_token_set_with_qr_code_ticket(
        self, ticket: str, client_id: str | None = None, client_secret: str | None = None
    ) -> shapes.SignIn:
        """Exchange the ticket of a QR code that was confirmed for tokens. A ticket works once.

        Args:
            ticket: `QrCodeStatus.ticket`; it lives for five minutes unless the console says otherwise.
            client_id: Of another application than this client's.
            client_secret: Of another application than this client's.

        Raises:
            ClientRejected: Id or secret of the application is wrong.
            ExchangeOutcomeUnknown: The answer got lost, and the ticket with it: show another code.

        Source: API reference, exchange-tokenset-with-qrcode-ticket; that it works once: assumed.
        """
        return await self._sign_in(
            EXCHANGE_TOKEN_SET_WITH_QR_CODE_TICKET,
            ticket=secret(ticket, "ticket"),
            client_id=text_if_given(client_id, "client_id"),
            client_secret=password_if_given(client_secret, "client_secret"),
        )

    async def change_qr_code_status(
        self, action: given.QrCodeAction, qrcode_id: str
    ) -> Confirmation:
        """Scan a QR code, confirm it or refuse it, in the name of the signed-in user.

        Args:
            action: `"SCAN"` first; then `"CONFIRM"` or `"CANCEL"`.
            qrcode_id: As the app read it off the code.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.
            OutcomeUnknown: The answer got lost; `check_qr_code_status` shows what holds.

        Source: API reference, change-qrcode-status; the missing envelope: a newer SDK of GenAuth.
        """
        return await self._ask(
            CHANGE_QR_CODE_STATUS,
            Confirmation,
            action=choice(action, given.QrCodeAction, "action"),
            qrcodeId=text(qrcode_id, "qrcode_id"),
        )
