"""Calls that GenAuth makes at WeChat and Alipay for an application."""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.arguments import password, secret, text
from aiogenauth.calls.endpoints import get, post, post_to_read
from aiogenauth.calls.group import CallGroup
from aiogenauth.protocol import Auth

GET_ALIPAY_AUTH_INFO: Final = get(
    "get_alipay_auth_info", "/api/v3/get-alipay-authinfo", Auth.OPTIONAL
)
DECRYPT_WECHAT_MINI_PROGRAM_DATA: Final = post(
    "decrypt_wechat_mini_program_data",
    "/api/v3/decrypt-wechat-miniprogram-data",
    auth=Auth.OPTIONAL,
)
"""Spends the code, so it is not safe."""
GET_WECHAT_MP_ACCESS_TOKEN: Final = post_to_read(
    "get_wechat_mp_access_token", "/api/v3/get-wechat-access-token", Auth.OPTIONAL
)
GET_WECHAT_MP_ACCESS_TOKEN_INFO: Final = post_to_read(
    "get_wechat_mp_access_token_info", "/api/v3/get-wechat-access-token-info", Auth.OPTIONAL
)


class WechatCalls(CallGroup):
    """What an application needs of WeChat and Alipay, and GenAuth fetches."""

    async def get_alipay_auth_info(self, ext_idp_connidentifier: str) -> shapes.AlipayAuthInfo:
        """Return what Alipay's SDK on a phone is started with, to sign a user in.

        Args:
            ext_idp_connidentifier: Of the connection that the console of GenAuth shows.

        Source: API reference, get-alipay-authinfo.
        """
        return await self._ask(
            GET_ALIPAY_AUTH_INFO,
            shapes.AlipayAuthInfo,
            extIdpConnidentifier=text(ext_idp_connidentifier, "ext_idp_connidentifier"),
        )

    async def decrypt_wechat_mini_program_data(
        self, code: str, iv: str, encrypted_data: str, ext_idp_connidentifier: str
    ) -> shapes.WechatMiniProgramData:
        """Decrypt what WeChat handed to a mini program about its user.

        Args:
            code: Of `wx.login`; it works once.
            iv: As it came with the data.
            encrypted_data: The data.
            ext_idp_connidentifier: Of the connection that the console of GenAuth shows.

        Raises:
            OutcomeUnknown: The answer got lost; the code may be spent.

        Source: API reference, decrypt-wechat-miniprogram-data.
        """
        return await self._ask(
            DECRYPT_WECHAT_MINI_PROGRAM_DATA,
            shapes.WechatMiniProgramData,
            code=secret(code, "code"),
            iv=text(iv, "iv"),
            encryptedData=secret(encrypted_data, "encrypted_data"),
            extIdpConnidentifier=text(ext_idp_connidentifier, "ext_idp_connidentifier"),
        )

    async def get_wechat_mp_access_token(
        self, app_id: str, app_secret: str
    ) -> shapes.WechatAccessToken:
        """Return the access token of an official account or mini program, as GenAuth keeps it.

        Deprecated by GenAuth: `get_wechat_mp_access_token_info` answers the same.

        Args:
            app_id: Id that WeChat gave to it.
            app_secret: Its secret at WeChat.

        Source: API reference, get-wechat-access-token.
        """
        return await self._ask(
            GET_WECHAT_MP_ACCESS_TOKEN,
            shapes.WechatAccessToken,
            appId=text(app_id, "app_id"),
            appSecret=password(app_secret, "app_secret"),
        )

    async def get_wechat_mp_access_token_info(
        self, app_id: str, app_secret: str
    ) -> shapes.WechatAccessToken:
        """Return the access token of an official account or mini program, and when it expires.

        Args:
            app_id: Id that WeChat gave to it.
            app_secret: Its secret at WeChat.

        Source: API reference, get-wechat-access-token-info.
        """
        return await self._ask(
            GET_WECHAT_MP_ACCESS_TOKEN_INFO,
            shapes.WechatAccessToken,
            appId=text(app_id, "app_id"),
            appSecret=password(app_secret, "app_secret"),
        )
