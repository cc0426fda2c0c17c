"""What the call takes that signs a user in by an account elsewhere, which their phone vouches for."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

MobileConnection = Literal[
    "wechat",
    "apple",
    "alipay",
    "wechatwork",
    "wechatwork_agency",
    "lark_public",
    "lark_internal",
    "lark_block",
    "yidun",
    "wechat_mini_program_code",
    "wechat_mini_program_phone",
    "wechat_mini_program_code_and_phone",
    "google",
    "facebook",
    "qq",
    "weibo",
    "baidu",
    "linkedin",
    "dingtalk",
    "github",
    "gitee",
    "gitlab",
    "douyin",
    "kuaishou",
    "xiaomi",
    "line",
    "slack",
    "oppo",
    "huawei",
    "amazon",
    "douyin_mini_program_code",
    "douyin_mini_program_code_and_phone",
]
"""Where the account is. Source: API reference, signin-by-mobile; newer SDKs for mini programs of Douyin."""


class ConnectionCode(TypedDict):
    """A code that the provider's SDK handed out on the phone; it works once. Source: API reference."""

    code: str


class ConnectionToken(TypedDict):
    """An access token of the provider. Source: API reference, signin-by-mobile."""

    access_token: str


class YidunPayload(TypedDict):
    """What NetEase Yidun's one-tap sign-in hands out. Source: API reference, signin-by-mobile."""

    token: str
    accessToken: str


class BaiduPayload(TypedDict):
    """A code or an access token of Baidu; of both, the code counts. Source: API reference."""

    code: NotRequired[str | None]
    access_token: NotRequired[str | None]


class DingTalkPayload(TypedDict):
    """A code of DingTalk. Source: API reference, signin-by-mobile."""

    code: str
    isSnsCode: NotRequired[bool | None]
    """Whether it is one for `sns/getuserinfo_bycode`."""


class LinePayload(TypedDict):
    """Tokens of LINE. Source: API reference, signin-by-mobile."""

    access_token: str
    id_token: NotRequired[str | None]
    """Says who the user is; else the access token is asked."""


class MiniProgramCode(TypedDict):
    """The code of a mini program's login call, and data of its user. Source: API reference."""

    code: str
    encryptedData: NotRequired[str | None]
    iv: NotRequired[str | None]
    """Needed to decrypt `encryptedData`."""


class WechatMiniProgramPhone(TypedDict):
    """The code of `wx.login`, and the encrypted phone number. Source: API reference."""

    code: str
    encryptedData: str
    iv: str


class WechatMiniProgramCodeAndPhone(TypedDict):
    """The code of `wx.login`, and the code for the phone number. Source: API reference."""

    wxLoginInfo: MiniProgramCode
    wxPhoneInfo: ConnectionCode


class DouyinPhone(TypedDict):
    """The encrypted phone number of a user of Douyin. Source: newer SDKs of GenAuth."""

    encryptedData: NotRequired[str | None]
    iv: NotRequired[str | None]


class DouyinMiniProgramCodeAndPhone(TypedDict):
    """The code of `tt.login`, and the encrypted phone number. Source: newer SDKs of GenAuth."""

    loginParams: MiniProgramCode
    phoneParams: DouyinPhone


class MobileOptions(TypedDict):
    """Options of a sign-in by an account elsewhere. Source: API reference, signin-by-mobile."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    tenantId: NotRequired[str | None]
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""
