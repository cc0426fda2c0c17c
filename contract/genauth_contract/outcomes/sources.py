"""Every public source of an answer, with exactly the values that it fixes.

A source is named by repository and commit where it has one. What it does not say is not in its row, so no
outcome can claim more than there is: see `Outcome.claims`.
"""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence, Field, Generation, Source

V2, V3, OIDC, _ = Generation
HTTP, STATUS, CODE, TEXT, ERROR = Field


def _source(
    key: str, what: str, about: tuple[Generation, str, Evidence], fixes: dict[Field, set[object]]
) -> Source:
    return Source(key, what, *about, {field: frozenset(each) for field, each in fixes.items()})


# --- official: the API reference and the OpenAPI document ---

REFERENCE_CODES: Final = _source(
    "genauth-docs@70ebb78 error-code",
    "API reference, list of apiCodes; its samples pair 2333 alone with a statusCode, 403",
    (V3, "2025-07", Evidence.DOCS),
    {CODE: {1635, 1636, 2004, 2005, 2006, 2011, 2020, 2031, 2039, 2040, 2058, 2224, 2333}},
)
REFERENCE_CLASSES: Final = _source(
    "genauth-docs@70ebb78 statusCode",
    "API reference, classes of statusCode: 400 InvalidArgument, 401 Unauthorized, 413 PayloadTooLarge, 429 Throttle",
    (V3, "2025-07", Evidence.DOCS),
    {STATUS: {200, 400, 401, 413, 429}},
)
REFERENCE_SUCCESS: Final = _source(
    "authing-docs-factory@2ec5356 success",
    "OpenAPI document: the envelope of a success, under HTTP 200",
    (V3, "2023-11", Evidence.DOCS),
    {HTTP: {200}, STATUS: {200}, TEXT: {"操作成功"}},
)
REFERENCE_CHOICE: Final = _source(
    "authing-docs-factory@2ec5356 wechatMobile",
    "OpenAPI document, WechatIdentityResolveRespDto: the examples of its fields, under HTTP 301",
    (V2, "2023-11", Evidence.DOCS),
    {HTTP: {301}, STATUS: {301}, CODE: {1640}, TEXT: {"需要执行账号身份绑定"}},
)
REFERENCE_LIMITS: Final = _source(
    "authing-docs-factory@2ec5356 limits",
    "OpenAPI document, tag on request limits",
    (V3, "2023-11", Evidence.DOCS),
    {HTTP: {429}, STATUS: {429}, TEXT: {"您的请求已超过最大数量限制，请稍后重试"}},
)
REFERENCE_OIDC: Final = _source(
    "authing-docs-factory@2ec5356 oidc",
    "OpenAPI document: the calls under /oidc/ answer 200, and refuse with 400 and 401",
    (OIDC, "2023-11", Evidence.DOCS),
    {HTTP: {200}},
)
REFERENCE_REVOCATION: Final = _source(
    "authing-docs-factory@2ec5356 revocation",
    "OpenAPI document, IsSuccessRespDto; its sample text is another one",
    (OIDC, "2023-11", Evidence.DOCS),
    {HTTP: {200}, STATUS: {200}},
)
REFERENCE_TOKEN_FAQ: Final = _source(
    "authing-docs-factory@2ec5356 token questions",
    "OpenAPI document, tag on common questions about tokens: the two bodies that it quotes",
    (OIDC, "2023-11", Evidence.DOCS),
    {ERROR: {"invalid_grant", "invalid_client"}},
)
EARLY_SIGN_IN: Final = _source(
    "authing-node-sdk@94f2b82",
    "early documents of the official SDK: a table of the refusals of signin, in English",
    (V3, "", Evidence.DOCS),
    {STATUS: {403, 404, 400, 499}, CODE: {2333, 2006, 2000, 2004, 2016}},
)
V2_LIST: Final = _source(
    "Authing/docs@3c8f2a0 error-code",
    "the list of codes of the former API, of 2228 the English one: for this API it is inferred",
    (V2, "", Evidence.ASSUMED),
    {CODE: {2001, 2028, 2034, 2037, 2038, 2200, 2203, 2225, 2226, 2227, 2228, 2229, 2230}},
)
V2_SAMPLE: Final = _source(
    "Authing/docs@3c8f2a0 sample of an error",
    "the whole answer that the page with the former API's list of codes shows: for this API it is inferred",
    (V2, "", Evidence.ASSUMED),
    {STATUS: {499}, CODE: {2011}, TEXT: {"应用不存在"}},
)

# --- official clients and their live tests ---

LIVE_TESTS_OF_VALIDATION: Final = _source(
    "authing-node-sdk@cc9f6ed tests",
    "live tests of the official SDK, of management calls: wording and statusCode of validation",
    (V3, "2023-03", Evidence.CLIENT),
    {STATUS: {400, 404}, TEXT: {"用户不存在"}},
)
MOBILE_DOCUMENTS: Final = _source(
    "authing-flutter-sdk@bc35c5a documents",
    "documents of the mobile SDKs",
    (V2, "", Evidence.DOCS),
    {CODE: {1320004, 1020020}},
)
MOBILE_TESTS: Final = _source(
    "authing-flutter-sdk@bc35c5a tests",
    "live tests of a mobile SDK: a user without a phone, and one without an e-mail address",
    (V2, "", Evidence.CLIENT),
    {CODE: {1320005, 1320009}},
)
MOBILE_COMMENTS: Final = _source(
    "authing-flutter-sdk@bc35c5a comments",
    "a comment of a mobile SDK; its README names another code",
    (V2, "", Evidence.ASSUMED),
    {CODE: {1320010}},
)
JS_TESTS: Final = _source(
    "authing-js-sdk@0025dae tests",
    "live tests of the JavaScript SDK",
    (V2, "", Evidence.CLIENT),
    {
        CODE: {2026, 2217},
        TEXT: {"用户已存在，请不要重复注册", "没有配置其他登录方式，不能解绑邮箱"},
    },
)
CAPTURES_OF_2021: Final = _source(
    "authing-ruby tests",
    "captured answers of the former API",
    (V2, "2021-06", Evidence.CLIENT),
    {
        CODE: {2230},
        TEXT: {"该手机号已被绑定", "修改手机号必须验证原来的手机号。", "新手机号和旧手机号一样"},
    },
)
SMS_COMPONENT: Final = _source(
    "authing-mfa-component@38dc788",
    "an official component: what it takes for a second text within a minute",
    (V3, "2023-03", Evidence.CLIENT),
    {STATUS: {422}},
)
CSHARP_TESTS: Final = _source(
    "authing-csharp-sdk-neo@810d8ff",
    "raw answers in live tests of the C# SDK: the wrong secret, and two access tokens at once",
    (OIDC, "2022-01", Evidence.CLIENT),
    {ERROR: {"invalid_client", "invalid_request"}},
)
CSHARP_FACTORS: Final = _source(
    "authing-csharp-sdk-neo@810d8ff factors",
    "live tests of the C# SDK of 2022-10: beginning to enroll a factor that the user has",
    (V3, "2022-10", Evidence.CLIENT),
    {STATUS: {422}},
)
MOBILE_MFA: Final = _source(
    "authing-flutter-sdk 3",
    "an official SDK: the statusCode of signin that it takes the token of a further proof from",
    (V3, "2023-01", Evidence.CLIENT),
    {STATUS: {1636}},
)
REFERENCE_MFA: Final = _source(
    "Authing/docs@3c8f2a0 MFA",
    "guide to further proofs: a sign-in that wants one, and the text of the answer",
    (V2, "2022-03", Evidence.DOCS),
    {TEXT: {"请输入二次认证安全码"}},
)
IOS_MFA: Final = _source(
    "guard-ios MFA",
    "comments of an official SDK: the token of a further proof will not do",
    (V2, "2022-09", Evidence.CLIENT),
    {CODE: {2021}},
)
CSHARP_PASSWORDS: Final = _source(
    "authing-csharp-sdk-neo@a65a373",
    "a captured answer of the C# SDK's tests: a password that cannot be decrypted",
    (V2, "2022", Evidence.CLIENT),
    {STATUS: {499}, TEXT: {"密码解密失败"}},
)
ANDROID_PASSKEYS: Final = _source(
    "guard-android@add2fe9",
    "an official SDK: what it takes for a passkey that nobody has bound",
    (V3, "2023-01", Evidence.CLIENT),
    {STATUS: {422}},
)
CSHARP_IDENTITIES: Final = _source(
    "authing-csharp-sdk-neo@810d8ff identities",
    "live tests of the C# SDK of 2022-10: a link to a provider that is not there, and unlinking one",
    (V3, "2022-10", Evidence.CLIENT),
    {STATUS: {404}},
)
SERVER_LIBRARY: Final = _source(
    "oidc-provider@6.31.1",
    "the library whose texts the server gives word for word; which version it runs is not known",
    (OIDC, "", Evidence.ASSUMED),
    {
        HTTP: {200, 302, 400, 401},
        ERROR: {
            *("invalid_client", "invalid_grant", "invalid_request", "invalid_scope"),
            *("invalid_token", "redirect_uri_mismatch"),
            *("unauthorized_client", "unsupported_grant_type"),
        },
    },
)

# --- production code and write-ups of other people ---

PUBLIC_CAPTURE: Final = _source(
    "public capture of a refused call",
    "a whole answer to a call without a good token, under HTTP 200",
    (V3, "", Evidence.CLIENT),
    {HTTP: {200}, STATUS: {401}, CODE: {2020}, TEXT: {"尚未登录，无权限访问此请求"}},
)
UNDER_HTTP_200: Final = _source(
    "public captures of refused calls",
    "refusals come under HTTP 200: every outcome in an envelope may rest on it",
    (V3, "", Evidence.CLIENT),
    {HTTP: {200}},
)
WRITE_UP_2026: Final = _source(
    "developer's write-up of 2026-02",
    "refusals of signin that a developer met and published",
    (V3, "2026-02", Evidence.CLIENT),
    {
        STATUS: {400, 403, 499},
        CODE: {1576, 2001},
        TEXT: {
            *("验证码不正确", "验证码已失效，请重新获取验证码"),
            "应用 token_endpoint_auth_method 配置不为 none, 请在 body 或者请求头中传递 client_id 和 client_secret",
            "无权限登录此应用，请联系管理员",
        },
    },
)
CODES_IN_PRODUCTION: Final = _source(
    "om-webserver@73a2af4",
    "production code for signin, signup and sending: 2001 for a code that has died, 500 for a wrong one",
    (V3, "2024-06", Evidence.CLIENT),
    {CODE: {2001}, TEXT: {"验证码已失效，请重新获取验证码"}},
)
RESENDS_IN_PRODUCTION: Final = _source(
    "om-webserver@64c5e3d",
    "production code: code and text of a second message within a minute",
    (V3, "2024-08", Evidence.CLIENT),
    {
        CODE: {4004, 2080},
        TEXT: {
            "该手机号 1 分钟内已发送过验证码，请稍后再试",
            "该邮箱 1 分钟内已发送过验证码，请稍后再试",
        },
    },
)
DAILY_LIMIT_IN_PRODUCTION: Final = _source(
    "om-webserver@3e541a8",
    "production code: the text of a daily limit",
    (V3, "2023-04", Evidence.CLIENT),
    {TEXT: {"该手机号 24 小时内已发送过验证码超过最大上限，请稍后尝试"}},
)
BINDINGS_IN_PRODUCTION: Final = _source(
    "om-webserver@93c0096",
    "production code that still called the former API: texts of binding, changing and unbinding",
    (V2, "2022-10", Evidence.CLIENT),
    {
        TEXT: {
            *("该手机号已被绑定", "旧手机号非用户账号绑定的手机号", "新手机号和旧手机号一样"),
            *("该邮箱已被绑定", "新邮箱和旧邮箱一样", "修改邮箱必须验证之前的邮箱"),
            *("已绑定手机号", "已绑定邮箱"),
        }
    },
)
WRONG_PASSWORD_IN_PRODUCTION: Final = _source(
    "om-webserver@cf7aeab",
    "production code: what it takes for a wrong password of a username, an e-mail address or a phone number",
    (V3, "2024-04", Evidence.CLIENT),
    {STATUS: {403}, CODE: {2006}},
)
PASSWORDS_IN_PRODUCTION: Final = _source(
    "om-webserver@35a4b17",
    "production code for signing up, and for changing and resetting a password",
    (V3, "2023-03", Evidence.CLIENT),
    {TEXT: {"原始密码不正确"}},
)
QR_STATUS_READERS: Final = _source(
    "public clients of QR codes",
    "two Java applications that read the status of a QR code at the root of the answer",
    (V3, "", Evidence.CLIENT),
    {HTTP: {200}},
)
PUBLISHED_NO_CLIENT: Final = _source(
    "published answer without a client",
    "an answer of the token endpoint that a developer published",
    (OIDC, "", Evidence.CLIENT),
    {HTTP: {400}, ERROR: {"invalid_client"}},
)

EVERY_SOURCE: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Source))
"""All of them, in the order above."""
