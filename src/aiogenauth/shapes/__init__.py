"""The shapes of what GenAuth answers. Each module is imported when one of its names is first used."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.shapes.account import AccountDeletionGrant as AccountDeletionGrant
    from aiogenauth.shapes.account import AccountsToChoose as AccountsToChoose
    from aiogenauth.shapes.account import AccountToChoose as AccountToChoose
    from aiogenauth.shapes.account import SecurityLevel as SecurityLevel
    from aiogenauth.shapes.email import EmailUpdateGrant as EmailUpdateGrant
    from aiogenauth.shapes.identities import ExtIdp as ExtIdp
    from aiogenauth.shapes.identities import ExtIdpLink as ExtIdpLink
    from aiogenauth.shapes.identities import Identity as Identity
    from aiogenauth.shapes.messages import PassCodeCheck as PassCodeCheck
    from aiogenauth.shapes.oidc import TicketCheck as TicketCheck
    from aiogenauth.shapes.oidc import TokenIntrospection as TokenIntrospection
    from aiogenauth.shapes.oidc import UserInfo as UserInfo
    from aiogenauth.shapes.password import PasswordResetGrant as PasswordResetGrant
    from aiogenauth.shapes.phone import PhoneUpdateGrant as PhoneUpdateGrant
    from aiogenauth.shapes.profile import UserProfile as UserProfile
    from aiogenauth.shapes.sign_in import SignIn as SignIn
    from aiogenauth.shapes.wechat import AlipayAuthInfo as AlipayAuthInfo
    from aiogenauth.shapes.wechat import WechatAccessToken as WechatAccessToken
    from aiogenauth.shapes.wechat import WechatMiniProgramData as WechatMiniProgramData

MODULES: Final = {
    "aiogenauth.shapes.account": (
        "AccountDeletionGrant",
        "AccountToChoose",
        "AccountsToChoose",
        "SecurityLevel",
    ),
    "aiogenauth.shapes.email": ("EmailUpdateGrant",),
    "aiogenauth.shapes.identities": (
        "ExtIdp",
        "ExtIdpLink",
        "Identity",
    ),
    "aiogenauth.shapes.messages": ("PassCodeCheck",),
    "aiogenauth.shapes.oidc": (
        "TicketCheck",
        "TokenIntrospection",
        "UserInfo",
    ),
    "aiogenauth.shapes.password": ("PasswordResetGrant",),
    "aiogenauth.shapes.phone": ("PhoneUpdateGrant",),
    "aiogenauth.shapes.profile": ("UserProfile",),
    "aiogenauth.shapes.sign_in": ("SignIn",),
    "aiogenauth.shapes.wechat": (
        "AlipayAuthInfo",
        "WechatAccessToken",
        "WechatMiniProgramData",
    ),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
    __all__ = [name for names in MODULES.values() for name in names]
