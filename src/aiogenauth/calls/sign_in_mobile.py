"""The call that signs a user in by an account elsewhere, which an app on their phone vouches for."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import password_if_given, text
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.payloads import chosen, payload
from aiogenauth.calls.token_answers import TokenCallGroup
from aiogenauth.errors import SignInOutcomeUnknown
from aiogenauth.protocol import Auth

SIGN_IN_BY_MOBILE: Final = post(
    "sign_in_by_mobile", "/api/v3/signin-by-mobile", SignInOutcomeUnknown, Auth.NEVER
)


class SignInByMobileCalls(TokenCallGroup):
    """Signing in by an account elsewhere. `SignInCalls` says what it raises."""

    async def sign_in_by_mobile(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        ext_idp_connidentifier: str,
        connection: given.MobileConnection,
        wechat_payload: given.ConnectionCode | None = None,
        apple_payload: given.ConnectionCode | None = None,
        alipay_payload: given.ConnectionCode | None = None,
        wechatwork_payload: given.ConnectionCode | None = None,
        wechatwork_agency_payload: given.ConnectionCode | None = None,
        lark_public_payload: given.ConnectionCode | None = None,
        lark_internal_payload: given.ConnectionCode | None = None,
        lark_block_payload: given.ConnectionCode | None = None,
        yidun_payload: given.YidunPayload | None = None,
        wechat_mini_program_code_payload: given.MiniProgramCode | None = None,
        wechat_mini_program_phone_payload: given.WechatMiniProgramPhone | None = None,
        wechat_mini_program_code_and_phone_payload: given.WechatMiniProgramCodeAndPhone
        | None = None,
        google_payload: given.ConnectionCode | None = None,
        facebook_payload: given.ConnectionToken | None = None,
        qq_payload: given.ConnectionToken | None = None,
        weibo_payload: given.ConnectionToken | None = None,
        baidu_payload: given.BaiduPayload | None = None,
        linked_in_payload: given.ConnectionCode | None = None,
        ding_talk_payload: given.DingTalkPayload | None = None,
        github_payload: given.ConnectionCode | None = None,
        gitee_payload: given.ConnectionCode | None = None,
        gitlab_payload: given.ConnectionCode | None = None,
        douyin_payload: given.ConnectionCode | None = None,
        kuaishou_payload: given.ConnectionCode | None = None,
        xiaomi_payload: given.ConnectionCode | None = None,
        line_payload: given.LinePayload | None = None,
        slack_payload: given.ConnectionCode | None = None,
        oppo_payload: given.ConnectionCode | None = None,
        huawei_payload: given.ConnectionCode | None = None,
        amazon_payload: given.ConnectionToken | None = None,
        options: given.MobileOptions | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        *,
        douyin_mini_program_code_payload: given.MiniProgramCode | None = None,
        douyin_mini_program_code_and_phone_payload: given.DouyinMiniProgramCodeAndPhone
        | None = None,
    ) -> shapes.SignIn:
        """Sign in by an account elsewhere, with what the provider's SDK handed out on the phone.

        Args:
            ext_idp_connidentifier: Of the connection that the console of GenAuth shows.
            connection: Where the account is, such as `"wechat"`; its payload goes along.
            wechat_payload: For a WeChat app: `code`.
            apple_payload: For Apple: `code`.
            alipay_payload: For Alipay: `code`.
            wechatwork_payload: For WeCom: `code`.
            wechatwork_agency_payload: For WeCom, developed by an agency: `code`.
            lark_public_payload: For Lark's store: `code`.
            lark_internal_payload: For Lark, for one company: `code`.
            lark_block_payload: For a Lark block: `code`.
            yidun_payload: For NetEase Yidun: `token` and `accessToken`.
            wechat_mini_program_code_payload: For a WeChat mini program: `code`, and `encryptedData` with `iv`.
            wechat_mini_program_phone_payload: For a WeChat mini program, by phone
                number: `code`, `encryptedData`, `iv`.
            wechat_mini_program_code_and_phone_payload: For a WeChat mini program, by both:
                `wxLoginInfo` and `wxPhoneInfo`.
            google_payload: For Google: `code`.
            facebook_payload: For Facebook: `access_token`.
            qq_payload: For QQ: `access_token`.
            weibo_payload: For Weibo: `access_token`.
            baidu_payload: For Baidu: `code` or `access_token`.
            linked_in_payload: For LinkedIn: `code`.
            ding_talk_payload: For DingTalk: `code`, and `isSnsCode`.
            github_payload: For GitHub: `code`.
            gitee_payload: For Gitee: `code`.
            gitlab_payload: For GitLab: `code`.
            douyin_payload: For Douyin: `code`.
            kuaishou_payload: For Kuaishou: `code`.
            xiaomi_payload: For Xiaomi: `code`.
            line_payload: For LINE: `access_token`, and `id_token`.
            slack_payload: For Slack: `code`.
            oppo_payload: For OPPO: `code`.
            huawei_payload: For Huawei: `code`.
            amazon_payload: For Amazon: `access_token`.
            options: Such as `{"scope": "openid profile phone"}`.
            client_id: Of another application than this client's.
            client_secret: Of another application than this client's.
            douyin_mini_program_code_payload: For a Douyin mini program: `code`, and `encryptedData` with `iv`.
            douyin_mini_program_code_and_phone_payload: For a Douyin mini program, by both:
                `loginParams` and `phoneParams`.

        Raises:
            InvalidInput: The payload is not the one that goes with `connection`.

        Source: API reference, signin-by-mobile; newer SDKs of GenAuth for mini programs of Douyin.
        """
        return await self._sign_in(
            SIGN_IN_BY_MOBILE,
            extIdpConnidentifier=text(ext_idp_connidentifier, "ext_idp_connidentifier"),
            options=payload(options, given.MobileOptions, "options"),
            client_id=client_id,
            client_secret=password_if_given(client_secret, "client_secret"),
            **chosen(
                "connection",
                connection,
                {
                    "wechat": ("wechatPayload", given.ConnectionCode, wechat_payload),
                    "apple": ("applePayload", given.ConnectionCode, apple_payload),
                    "alipay": ("alipayPayload", given.ConnectionCode, alipay_payload),
                    "wechatwork": ("wechatworkPayload", given.ConnectionCode, wechatwork_payload),
                    "wechatwork_agency": (
                        "wechatworkAgencyPayload",
                        given.ConnectionCode,
                        wechatwork_agency_payload,
                    ),
                    "lark_public": ("larkPublicPayload", given.ConnectionCode, lark_public_payload),
                    "lark_internal": (
                        "larkInternalPayload",
                        given.ConnectionCode,
                        lark_internal_payload,
                    ),
                    "lark_block": ("larkBlockPayload", given.ConnectionCode, lark_block_payload),
                    "yidun": ("yidunPayload", given.YidunPayload, yidun_payload),
                    "wechat_mini_program_code": (
                        "wechatMiniProgramCodePayload",
                        given.MiniProgramCode,
                        wechat_mini_program_code_payload,
                    ),
                    "wechat_mini_program_phone": (
                        "wechatMiniProgramPhonePayload",
                        given.WechatMiniProgramPhone,
                        wechat_mini_program_phone_payload,
                    ),
                    "wechat_mini_program_code_and_phone": (
                        "wechatMiniProgramCodeAndPhonePayload",
                        given.WechatMiniProgramCodeAndPhone,
                        wechat_mini_program_code_and_phone_payload,
                    ),
                    "google": ("googlePayload", given.ConnectionCode, google_payload),
                    "facebook": ("facebookPayload", given.ConnectionToken, facebook_payload),
                    "qq": ("qqPayload", given.ConnectionToken, qq_payload),
                    "weibo": ("weiboPayload", given.ConnectionToken, weibo_payload),
                    "baidu": ("baiduPayload", given.BaiduPayload, baidu_payload),
                    "linkedin": ("linkedInPayload", given.ConnectionCode, linked_in_payload),
                    "dingtalk": ("dingTalkPayload", given.DingTalkPayload, ding_talk_payload),
                    "github": ("githubPayload", given.ConnectionCode, github_payload),
                    "gitee": ("giteePayload", given.ConnectionCode, gitee_payload),
                    "gitlab": ("gitlabPayload", given.ConnectionCode, gitlab_payload),
                    "douyin": ("douyinPayload", given.ConnectionCode, douyin_payload),
                    "kuaishou": ("kuaishouPayload", given.ConnectionCode, kuaishou_payload),
                    "xiaomi": ("xiaomiPayload", given.ConnectionCode, xiaomi_payload),
                    "line": ("linePayload", given.LinePayload, line_payload),
                    "slack": ("slackPayload", given.ConnectionCode, slack_payload),
                    "oppo": ("oppoPayload", given.ConnectionCode, oppo_payload),
                    "huawei": ("huaweiPayload", given.ConnectionCode, huawei_payload),
                    "amazon": ("amazonPayload", given.ConnectionToken, amazon_payload),
                    "douyin_mini_program_code": (
                        "douyinMiniProgramCodePayload",
                        given.MiniProgramCode,
                        douyin_mini_program_code_payload,
                    ),
                    "douyin_mini_program_code_and_phone": (
                        "douyinMiniProgramCodeAndPhonePayload",
                        given.DouyinMiniProgramCodeAndPhone,
                        douyin_mini_program_code_and_phone_payload,
                    ),
                },
            ),
        )
