"""The types of what callers give: payloads and choices. Imported late, as the `shapes` are."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.given.account import DeleteVerifyMethod as DeleteVerifyMethod
    from aiogenauth.given.account import PasswordProof as PasswordProof
    from aiogenauth.given.account import SwitchOptions as SwitchOptions
    from aiogenauth.given.email import EmailUpdatePayload as EmailUpdatePayload
    from aiogenauth.given.factors import EnrollmentProof as EnrollmentProof
    from aiogenauth.given.factors import FactorProfile as FactorProfile
    from aiogenauth.given.factors import FactorType as FactorType
    from aiogenauth.given.memberships import DepartmentOrder as DepartmentOrder
    from aiogenauth.given.memberships import Direction as Direction
    from aiogenauth.given.memberships import ResourceType as ResourceType
    from aiogenauth.given.messages import EmailCodePayload as EmailCodePayload
    from aiogenauth.given.messages import SmsCodePayload as SmsCodePayload
    from aiogenauth.given.passkeys import AssertionResponse as AssertionResponse
    from aiogenauth.given.passkeys import AttestationResponse as AttestationResponse
    from aiogenauth.given.passkeys import AuthenticationCredential as AuthenticationCredential
    from aiogenauth.given.passkeys import AuthenticatorCode as AuthenticatorCode
    from aiogenauth.given.passkeys import PasskeyOptions as PasskeyOptions
    from aiogenauth.given.passkeys import RegistrationCredential as RegistrationCredential
    from aiogenauth.given.password import EmailProof as EmailProof
    from aiogenauth.given.password import PasswordEncryptType as PasswordEncryptType
    from aiogenauth.given.password import PhoneProof as PhoneProof
    from aiogenauth.given.password import ResetVerifyMethod as ResetVerifyMethod
    from aiogenauth.given.phone import PhonePassCodePayload as PhonePassCodePayload
    from aiogenauth.given.profile import Gender as Gender
    from aiogenauth.given.qr_codes import FastPassAction as FastPassAction
    from aiogenauth.given.qr_codes import FastPassOptions as FastPassOptions
    from aiogenauth.given.qr_codes import PushCodeAction as PushCodeAction
    from aiogenauth.given.qr_codes import PushOptions as PushOptions
    from aiogenauth.given.qr_codes import QrCodeAction as QrCodeAction
    from aiogenauth.given.qr_codes import QrCodeType as QrCodeType
    from aiogenauth.given.sign_in import DirectoryPayload as DirectoryPayload
    from aiogenauth.given.sign_in import SignInConnection as SignInConnection
    from aiogenauth.given.sign_in import SignInOptions as SignInOptions
    from aiogenauth.given.sign_in import SignInPassCodePayload as SignInPassCodePayload
    from aiogenauth.given.sign_in import SignInPasswordPayload as SignInPasswordPayload
    from aiogenauth.given.sign_in_mobile import BaiduPayload as BaiduPayload
    from aiogenauth.given.sign_in_mobile import ConnectionCode as ConnectionCode
    from aiogenauth.given.sign_in_mobile import ConnectionToken as ConnectionToken
    from aiogenauth.given.sign_in_mobile import DingTalkPayload as DingTalkPayload
    from aiogenauth.given.sign_in_mobile import (
        DouyinMiniProgramCodeAndPhone as DouyinMiniProgramCodeAndPhone,
    )
    from aiogenauth.given.sign_in_mobile import DouyinPhone as DouyinPhone
    from aiogenauth.given.sign_in_mobile import LinePayload as LinePayload
    from aiogenauth.given.sign_in_mobile import MiniProgramCode as MiniProgramCode
    from aiogenauth.given.sign_in_mobile import MobileConnection as MobileConnection
    from aiogenauth.given.sign_in_mobile import MobileOptions as MobileOptions
    from aiogenauth.given.sign_in_mobile import (
        WechatMiniProgramCodeAndPhone as WechatMiniProgramCodeAndPhone,
    )
    from aiogenauth.given.sign_in_mobile import WechatMiniProgramPhone as WechatMiniProgramPhone
    from aiogenauth.given.sign_in_mobile import YidunPayload as YidunPayload
    from aiogenauth.given.sign_up import SignUpConnection as SignUpConnection
    from aiogenauth.given.sign_up import SignUpOptions as SignUpOptions
    from aiogenauth.given.sign_up import SignUpPassCodePayload as SignUpPassCodePayload
    from aiogenauth.given.sign_up import SignUpPasswordPayload as SignUpPasswordPayload
    from aiogenauth.given.sign_up import SignUpProfile as SignUpProfile

MODULES: Final = {
    "aiogenauth.given.account": (
        "DeleteVerifyMethod",
        "PasswordProof",
        "SwitchOptions",
    ),
    "aiogenauth.given.email": ("EmailUpdatePayload",),
    "aiogenauth.given.factors": (
        "EnrollmentProof",
        "FactorProfile",
        "FactorType",
    ),
    "aiogenauth.given.memberships": (
        "DepartmentOrder",
        "Direction",
        "ResourceType",
    ),
    "aiogenauth.given.messages": (
        "EmailCodePayload",
        "SmsCodePayload",
    ),
    "aiogenauth.given.passkeys": (
        "AssertionResponse",
        "AttestationResponse",
        "AuthenticationCredential",
        "AuthenticatorCode",
        "PasskeyOptions",
        "RegistrationCredential",
    ),
    "aiogenauth.given.password": (
        "EmailProof",
        "PasswordEncryptType",
        "PhoneProof",
        "ResetVerifyMethod",
    ),
    "aiogenauth.given.phone": ("PhonePassCodePayload",),
    "aiogenauth.given.profile": ("Gender",),
    "aiogenauth.given.qr_codes": (
        "FastPassAction",
        "FastPassOptions",
        "PushCodeAction",
        "PushOptions",
        "QrCodeAction",
        "QrCodeType",
    ),
    "aiogenauth.given.sign_in": (
        "DirectoryPayload",
        "SignInConnection",
        "SignInOptions",
        "SignInPassCodePayload",
        "SignInPasswordPayload",
    ),
    "aiogenauth.given.sign_in_mobile": (
        "BaiduPayload",
        "ConnectionCode",
        "ConnectionToken",
        "DingTalkPayload",
        "DouyinMiniProgramCodeAndPhone",
        "DouyinPhone",
        "LinePayload",
        "MiniProgramCode",
        "MobileConnection",
        "MobileOptions",
        "WechatMiniProgramCodeAndPhone",
        "WechatMiniProgramPhone",
        "YidunPayload",
    ),
    "aiogenauth.given.sign_up": (
        "SignUpConnection",
        "SignUpOptions",
        "SignUpPassCodePayload",
        "SignUpPasswordPayload",
        "SignUpProfile",
    ),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
    __all__ = [name for names in MODULES.values() for name in names]
