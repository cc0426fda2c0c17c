"""Calls about accounts at identity providers elsewhere, WeChat and Alipay among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from genauth_contract.api.call import ApiCall, Body, asked_of, sent_to
from genauth_contract.api.calls.sign_in import TOKENS
from genauth_contract.api.endpoint import ANY_TEXT, PROVIDERS, Endpoint, Named, one_of, record, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, UNKNOWN_USER, USER_SUSPENDED
from genauth_contract.outcomes.ext_idps import EXT_IDP_REFUSED, EXT_IDP_TAKEN, UNKNOWN_EXT_IDP
from genauth_contract.outcomes.requests import NOT_IMITATED

_CONNECTIONS: Final = (
    "apple", "wechat", "alipay", "wechatwork", "wechatwork_agency", "lark_internal", "lark_public", "lark_block",
    "yidun", "wechat_mini_program_code", "wechat_mini_program_phone", "wechat_mini_program_code_and_phone",
    "google", "facebook", "qq", "weibo", "baidu", "linkedin", "dingtalk", "github", "gitee", "gitlab", "douyin",
    "kuaishou", "xiaomi", "line", "slack", "oppo", "huawei", "amazon",
)  # fmt: skip

_SHOWN: Final = record("ShownCode", {}, {"code": ANY_TEXT})
_EXT_IDP: Final = record(
    "ExtIdp",
    {
        "identifier": ANY_TEXT,
        "extIdpId": ANY_TEXT,
        "type": one_of(*PROVIDERS),
        "extIdpType": one_of("social", "enterprise"),
        "bindUrl": ANY_TEXT,
        "name": ANY_TEXT,
    },
    dict.fromkeys(("name_en", "desc", "desc_en", "logo"), ANY_TEXT),
)
_WECHAT_TOKEN: Final = record(
    "WechatToken", {"accessToken": text(), "expiresAt": text("Seconds since 1970.")}
)
_WECHAT_APP: Final = record("WechatApp", {"appId": text(), "appSecret": text()})

EXT_IDPS_CALL: Final = Endpoint(
    "get-application-enabled-extidps",
    "List the providers that users of the app may sign in with.",
    data=Named("ExtIdps", {"type": "array", "items": _EXT_IDP}),
    sdk_method="get_application_enabled_ext_idps",
)
LINK_URL_CALL: Final = Endpoint(
    "generate-link-extidp-url",
    "Return where a browser links an account elsewhere to a user.",
    data=record("ExtIdpLink", {"url": text()}),
    asked=("ext_idp_conn_identifier", "app_id", "id_token"),
    ends=(UNKNOWN_EXT_IDP, NOT_IMITATED),
    sdk_method="generate_link_ext_idp_url",
)
LINK_CALL: Final = Endpoint(
    "link-extidp",
    "Link an account elsewhere to the user of an id token; a browser gets pages.",
    asked=("ext_idp_conn_identifier", "app_id", "id_token"),
    ends=(
        UNKNOWN_EXT_IDP,
        EXT_IDP_REFUSED,
        EXT_IDP_TAKEN,
        NOT_SIGNED_IN,
        USER_SUSPENDED,
        NOT_IMITATED,
    ),
)
SIGN_IN_BY_MOBILE_CALL: Final = Endpoint(
    "signin-by-mobile",
    "Sign in with an account elsewhere, by what its app on the phone handed out.",
    request=record(
        "SignInByMobile",
        {"connection": one_of(*_CONNECTIONS), "extIdpConnidentifier": text()},
        {
            **dict.fromkeys(("wechatPayload", "alipayPayload", "applePayload"), _SHOWN),
            "options": record("MobileOptions", {}, {"scope": ANY_TEXT}),
        },
    ),
    data=TOKENS,
    ends=(EXT_IDP_REFUSED, UNKNOWN_EXT_IDP, UNKNOWN_USER, USER_SUSPENDED, NOT_IMITATED),
    sdk_method="sign_in_by_mobile",
)
ALIPAY_CALL: Final = Endpoint(
    "get-alipay-authinfo",
    "Return what Alipay's SDK on a phone is started with.",
    data=record("AlipayAuthInfo", {"authInfo": text()}),
    asked=("extIdpConnidentifier",),
    ends=(UNKNOWN_EXT_IDP, NOT_IMITATED),
    sdk_method="get_alipay_auth_info",
)
DECRYPT_CALL: Final = Endpoint(
    "decrypt-wechat-miniprogram-data",
    "Decrypt what WeChat handed to a mini program.",
    request=record(
        "DecryptData",
        dict.fromkeys(("extIdpConnidentifier", "encryptedData", "iv", "code"), text()),
    ),
    data=Named("DecryptedData", {"type": "object"}),
    ends=(EXT_IDP_REFUSED, UNKNOWN_EXT_IDP, NOT_IMITATED),
    sdk_method="decrypt_wechat_mini_program_data",
)


def _token_call(name: str, sdk_method: str) -> Endpoint:
    return Endpoint(
        name,
        "Return the access token of a mini program or official account.",
        request=_WECHAT_APP,
        data=_WECHAT_TOKEN,
        ends=(EXT_IDP_REFUSED, NOT_IMITATED),
        sdk_method=sdk_method,
    )


WECHAT_TOKEN_CALL: Final = _token_call("get-wechat-access-token", "get_wechat_mp_access_token")
WECHAT_TOKEN_INFO_CALL: Final = _token_call(
    "get-wechat-access-token-info", "get_wechat_mp_access_token_info"
)
WECHAT_TOKENS: Final = (WECHAT_TOKEN_CALL, WECHAT_TOKEN_INFO_CALL)


def ext_idps() -> ApiCall:
    """List providers. Source: API reference, get-application-enabled-extidps."""
    return sent_to(EXT_IDPS_CALL)


def link_url(identifier: str, app_id: str, id_token: str) -> ApiCall:
    """Ask for a link. Source: API reference, generate-link-extidp-url."""
    return asked_of(LINK_URL_CALL, _linking(identifier, app_id, id_token))


def link_account(identifier: str, app_id: str, id_token: str) -> ApiCall:
    """Follow a link, as a program does. Source: API reference, link-extidp."""
    return asked_of(LINK_CALL, _linking(identifier, app_id, id_token))


def _linking(identifier: str, app_id: str, id_token: str) -> Mapping[str, str]:
    return {"ext_idp_conn_identifier": identifier, "app_id": app_id, "id_token": id_token}


def sign_in_by_wechat(identifier: str, code: str) -> ApiCall:
    """Sign in by WeChat. Source: API reference, signin-by-mobile, wechatPayload."""
    body: Body = {
        "connection": "wechat",
        "extIdpConnidentifier": identifier,
        "wechatPayload": {"code": code},
    }
    return sent_to(SIGN_IN_BY_MOBILE_CALL, body)


def alipay_auth_info(identifier: str) -> ApiCall:
    """Ask for what starts Alipay. Source: API reference, get-alipay-authinfo."""
    return asked_of(ALIPAY_CALL, {"extIdpConnidentifier": identifier} if identifier else {})


def decrypt_data(identifier: str, code: str) -> ApiCall:
    """Decrypt data of a mini program. Source: API reference, decrypt-wechat-miniprogram-data."""
    body = {"extIdpConnidentifier": identifier, "code": code, "iv": "iv", "encryptedData": "data"}
    return sent_to(DECRYPT_CALL, body)


def wechat_token(endpoint: Endpoint, app_id: str, app_secret: str) -> ApiCall:
    """Ask for an access token of WeChat. Source: API reference, get-wechat-access-token."""
    return sent_to(endpoint, {"appId": app_id, "appSecret": app_secret})
