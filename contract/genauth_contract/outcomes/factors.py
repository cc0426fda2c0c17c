"""Outcomes of the calls about further proofs at sign-in, MFA factors."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    ANDROID_PASSKEYS,
    CSHARP_FACTORS,
    IOS_MFA,
    MOBILE_MFA,
    REFERENCE_CODES,
    REFERENCE_MFA,
)

FACTOR_ENROLLED: Final = Outcome(
    "FACTOR_ENROLLED",
    ExpectedReply(422, None, "该 MFA 认证要素已绑定"),
    (CSHARP_FACTORS,),
    "the text of a refusal that nobody has published",
    alternatives=(ExpectedReply(499, None), ExpectedReply(409, None)),
    sdk_error="ApiError",
)
ENROLLMENT_TOKEN_INVALID: Final = Outcome(
    "ENROLLMENT_TOKEN_INVALID",
    ExpectedReply(499, None, "enrollmentToken 无效，请重新发起绑定"),
    (),
    "statusCode of any refusal by a rule; a token of one minute: API reference, enrollmentToken",
    alternatives=(ExpectedReply(422, None), ExpectedReply(400, None, sdk_error="InvalidArgument")),
    sdk_error="ApiError",
)
UNKNOWN_FACTOR: Final = Outcome(
    "UNKNOWN_FACTOR",
    ExpectedReply(404, None, "MFA 认证要素不存在"),
    (),
    "the class Not Found of the API reference",
    alternatives=(ExpectedReply(499, None), ExpectedReply(422, None)),
    sdk_error="ApiError",
)
MFA_REQUIRED: Final = Outcome(
    "MFA_REQUIRED",
    ExpectedReply(1636, 1636, "请输入二次认证安全码"),
    (MOBILE_MFA, REFERENCE_CODES, REFERENCE_MFA),
    "1636 is the demand of the app; 1635 is that of the user",
    alternatives=(ExpectedReply(1635, 1635), ExpectedReply(499, 1636), ExpectedReply(499, 1635)),
    sdk_error="MfaRequired",
)
MFA_TOKEN_INVALID: Final = Outcome(
    "MFA_TOKEN_INVALID",
    ExpectedReply(499, 2021, "mfaToken 无效，请重新登录"),
    (IOS_MFA,),
    "statusCode of any refusal by a rule; how long it lives: the sample of its introspection",
    alternatives=(
        ExpectedReply(401, 2021, sdk_error="NotSignedIn"),
        ExpectedReply(401, None, sdk_error="NotSignedIn"),
    ),
    sdk_error="ApiError",
)
UNKNOWN_PASSKEY: Final = Outcome(
    "UNKNOWN_PASSKEY",
    ExpectedReply(422, None, "未绑定该凭证"),
    (ANDROID_PASSKEYS,),
    "the text of a refusal that nobody has published",
    alternatives=(ExpectedReply(499, None), ExpectedReply(404, None)),
    sdk_error="ApiError",
)

FACTORS: Final = tuple(value for value in tuple(vars().values()) if isinstance(value, Outcome))
