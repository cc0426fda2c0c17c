"""Calls that sign an app in by a QR code, which a user shows in a browser they are signed in to."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice, text
from aiogenauth.calls.endpoints import bare, get, post, post_to_read
from aiogenauth.calls.payloads import payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import SignInOutcomeUnknown
from aiogenauth.protocol import Auth

GENE_FASTPASS_QRCODE_INFO: Final = post_to_read(
    "gene_fastpass_qrcode_info", "/api/v3/gene-fastpass-qrcode-info"
)
"""It spends nothing: whoever asks again gets another code."""
GET_FASTPASS_PARAMS: Final = get(
    "get_fastpass_params", "/api/v3/get-fastpass-client-apps", Auth.OPTIONAL
)
GET_QR_CODE_STATUS: Final = bare(
    get("get_qr_code_status", "/api/v3/get-app-login-qrcode-status", Auth.OPTIONAL)
)
QR_CODE_APP_LOGIN: Final = post(
    "qr_code_app_login", "/api/v3/qrcode-app-login", SignInOutcomeUnknown, Auth.OPTIONAL
)


class FastPassCalls(TokenCallGroup):
    """Signing in to an app by a QR code of the user center; the reverse of `QrCodeCalls`."""

    async def gene_fastpass_qrcode_info(
        self, options: given.FastPassOptions | None = None
    ) -> shapes.FastPassQrCode:
        """Return what a QR code is drawn from that signs an app in as the signed-in user.

        Args:
            options: Such as `{"scope": "openid profile phone"}`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, gene-fastpass-qrcode-info.
        """
        return await self._ask(
            GENE_FASTPASS_QRCODE_INFO,
            shapes.FastPassQrCode,
            options=payload(options, given.FastPassOptions, "options"),
        )

    async def get_fastpass_params(self, qrcode_id: str, app_id: str) -> shapes.FastPassApps:
        """Return which client applications can be signed in to by such a QR code.

        Args:
            qrcode_id: As the app read it off the code.
            app_id: Id of the application that the code was made in.

        Source: API reference, get-fastpass-client-apps.
        """
        return await self._ask(
            GET_FASTPASS_PARAMS,
            shapes.FastPassApps,
            qrcodeId=text(qrcode_id, "qrcode_id"),
            appId=text(app_id, "app_id"),
        )

    async def get_qr_code_status(self, qrcode_id: str) -> shapes.QrCodeStatus:
        """Return how a QR code of the user center stands; `check_qr_code_status` is for the others.

        Args:
            qrcode_id: `FastPassQrCode.qrcode_id`.

        Raises:
            ApiError: GenAuth knows no such code.

        Source: API reference, get-app-login-qrcode-status.
        """
        return await self._ask_with_tokens(
            GET_QR_CODE_STATUS, shapes.QrCodeStatus, qrcodeId=text(qrcode_id, "qrcode_id")
        )

    async def qr_code_app_login(
        self, action: given.FastPassAction, qrcode_id: str
    ) -> shapes.SignIn:
        """Sign an app in as the user whose QR code it scanned.

        Args:
            action: `"APP_LOGIN"`; GenAuth knows no other.
            qrcode_id: As the app read it off the code.

        Raises:
            ApiError: The code ran out, or was used.
            SignInOutcomeUnknown: The answer got lost, and the tokens with it: scan another code.

        Source: API reference, qrcode-app-login.
        """
        return await self._ask_for_tokens(
            QR_CODE_APP_LOGIN,
            action=choice(action, given.FastPassAction, "action"),
            qrcodeId=text(qrcode_id, "qrcode_id"),
        )
