"""The shapes of what GenAuth answers. Each module is imported when one of its names is first used."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.shapes.account import AccountDeletionGrant as AccountDeletionGrant
    from aiogenauth.shapes.account import AccountsToChoose as AccountsToChoose
    from aiogenauth.shapes.account import AccountToChoose as AccountToChoose
    from aiogenauth.shapes.account import SecurityLevel as SecurityLevel
    from aiogenauth.shapes.devices import Device as Device
    from aiogenauth.shapes.devices import DeviceSession as DeviceSession
    from aiogenauth.shapes.email import EmailUpdateGrant as EmailUpdateGrant
    from aiogenauth.shapes.events import EventReceipt as EventReceipt
    from aiogenauth.shapes.factors import Factor as Factor
    from aiogenauth.shapes.factors import FactorEnrollment as FactorEnrollment
    from aiogenauth.shapes.factors import FactorToEnroll as FactorToEnroll
    from aiogenauth.shapes.factors import MfaTokenCheck as MfaTokenCheck
    from aiogenauth.shapes.factors import OtpCheck as OtpCheck
    from aiogenauth.shapes.factors import OtpSetup as OtpSetup
    from aiogenauth.shapes.identities import ExtIdp as ExtIdp
    from aiogenauth.shapes.identities import ExtIdpLink as ExtIdpLink
    from aiogenauth.shapes.identities import Identity as Identity
    from aiogenauth.shapes.memberships import AuthorizedResource as AuthorizedResource
    from aiogenauth.shapes.memberships import AuthorizedResources as AuthorizedResources
    from aiogenauth.shapes.memberships import Department as Department
    from aiogenauth.shapes.memberships import DepartmentPage as DepartmentPage
    from aiogenauth.shapes.memberships import Group as Group
    from aiogenauth.shapes.memberships import Login as Login
    from aiogenauth.shapes.memberships import LoginHistory as LoginHistory
    from aiogenauth.shapes.memberships import Role as Role
    from aiogenauth.shapes.memberships import Tenant as Tenant
    from aiogenauth.shapes.memberships import UserApp as UserApp
    from aiogenauth.shapes.messages import PassCodeCheck as PassCodeCheck
    from aiogenauth.shapes.oidc import TicketCheck as TicketCheck
    from aiogenauth.shapes.oidc import TokenIntrospection as TokenIntrospection
    from aiogenauth.shapes.oidc import UserInfo as UserInfo
    from aiogenauth.shapes.passkeys import PasskeyCheck as PasskeyCheck
    from aiogenauth.shapes.passkeys import PasskeyCreation as PasskeyCreation
    from aiogenauth.shapes.passkeys import PasskeyEntry as PasskeyEntry
    from aiogenauth.shapes.passkeys import PasskeyPage as PasskeyPage
    from aiogenauth.shapes.passkeys import PasskeyRequest as PasskeyRequest
    from aiogenauth.shapes.passkeys import PasskeySignIn as PasskeySignIn
    from aiogenauth.shapes.password import PasswordResetGrant as PasswordResetGrant
    from aiogenauth.shapes.permissions import DataResource as DataResource
    from aiogenauth.shapes.permissions import ListAuthorization as ListAuthorization
    from aiogenauth.shapes.permissions import NodeAuthorization as NodeAuthorization
    from aiogenauth.shapes.permissions import PermissionCheck as PermissionCheck
    from aiogenauth.shapes.permissions import PermissionChecks as PermissionChecks
    from aiogenauth.shapes.permissions import ResourceNode as ResourceNode
    from aiogenauth.shapes.permissions import ResourcePermission as ResourcePermission
    from aiogenauth.shapes.permissions import ResourcePermissions as ResourcePermissions
    from aiogenauth.shapes.permissions import ResourceStruct as ResourceStruct
    from aiogenauth.shapes.permissions import TextAuthorization as TextAuthorization
    from aiogenauth.shapes.permissions import TreeAuthorization as TreeAuthorization
    from aiogenauth.shapes.permissions import TreeNodes as TreeNodes
    from aiogenauth.shapes.permissions import UserPermission as UserPermission
    from aiogenauth.shapes.permissions import UserPermissions as UserPermissions
    from aiogenauth.shapes.phone import PhoneUpdateGrant as PhoneUpdateGrant
    from aiogenauth.shapes.profile import UserProfile as UserProfile
    from aiogenauth.shapes.qr_codes import BriefUser as BriefUser
    from aiogenauth.shapes.qr_codes import FastPassApp as FastPassApp
    from aiogenauth.shapes.qr_codes import FastPassApps as FastPassApps
    from aiogenauth.shapes.qr_codes import FastPassParty as FastPassParty
    from aiogenauth.shapes.qr_codes import FastPassQrCode as FastPassQrCode
    from aiogenauth.shapes.qr_codes import PushCode as PushCode
    from aiogenauth.shapes.qr_codes import PushCodeStatus as PushCodeStatus
    from aiogenauth.shapes.qr_codes import PushLoginApps as PushLoginApps
    from aiogenauth.shapes.qr_codes import QrCode as QrCode
    from aiogenauth.shapes.qr_codes import QrCodeStatus as QrCodeStatus
    from aiogenauth.shapes.sign_in import SignIn as SignIn
    from aiogenauth.shapes.system import Country as Country
    from aiogenauth.shapes.system import PublicKey as PublicKey
    from aiogenauth.shapes.system import SystemInfo as SystemInfo
    from aiogenauth.shapes.system import Versions as Versions
    from aiogenauth.shapes.wechat import AlipayAuthInfo as AlipayAuthInfo
    from aiogenauth.shapes.wechat import WechatAccessToken as WechatAccessToken
    from aiogenauth.shapes.wechat import WechatMiniProgramData as WechatMiniProgramData
    from aiogenauth.shapes.wechat_mobile import AccountChoice as AccountChoice

MODULES: Final = {
    "aiogenauth.shapes.account": (
        "AccountDeletionGrant",
        "AccountToChoose",
        "AccountsToChoose",
        "SecurityLevel",
    ),
    "aiogenauth.shapes.devices": (
        "Device",
        "DeviceSession",
    ),
    "aiogenauth.shapes.email": ("EmailUpdateGrant",),
    "aiogenauth.shapes.events": ("EventReceipt",),
    "aiogenauth.shapes.factors": (
        "Factor",
        "FactorEnrollment",
        "FactorToEnroll",
        "MfaTokenCheck",
        "OtpCheck",
        "OtpSetup",
    ),
    "aiogenauth.shapes.identities": (
        "ExtIdp",
        "ExtIdpLink",
        "Identity",
    ),
    "aiogenauth.shapes.memberships": (
        "AuthorizedResource",
        "AuthorizedResources",
        "Department",
        "DepartmentPage",
        "Group",
        "Login",
        "LoginHistory",
        "Role",
        "Tenant",
        "UserApp",
    ),
    "aiogenauth.shapes.messages": ("PassCodeCheck",),
    "aiogenauth.shapes.oidc": (
        "TicketCheck",
        "TokenIntrospection",
        "UserInfo",
    ),
    "aiogenauth.shapes.passkeys": (
        "PasskeyCheck",
        "PasskeyCreation",
        "PasskeyEntry",
        "PasskeyPage",
        "PasskeyRequest",
        "PasskeySignIn",
    ),
    "aiogenauth.shapes.password": ("PasswordResetGrant",),
    "aiogenauth.shapes.permissions": (
        "DataResource",
        "ListAuthorization",
        "NodeAuthorization",
        "PermissionCheck",
        "PermissionChecks",
        "ResourceNode",
        "ResourcePermission",
        "ResourcePermissions",
        "ResourceStruct",
        "TextAuthorization",
        "TreeAuthorization",
        "TreeNodes",
        "UserPermission",
        "UserPermissions",
    ),
    "aiogenauth.shapes.phone": ("PhoneUpdateGrant",),
    "aiogenauth.shapes.profile": ("UserProfile",),
    "aiogenauth.shapes.qr_codes": (
        "BriefUser",
        "FastPassApp",
        "FastPassApps",
        "FastPassParty",
        "FastPassQrCode",
        "PushCode",
        "PushCodeStatus",
        "PushLoginApps",
        "QrCode",
        "QrCodeStatus",
    ),
    "aiogenauth.shapes.sign_in": ("SignIn",),
    "aiogenauth.shapes.system": (
        "Country",
        "PublicKey",
        "SystemInfo",
        "Versions",
    ),
    "aiogenauth.shapes.wechat": (
        "AlipayAuthInfo",
        "WechatAccessToken",
        "WechatMiniProgramData",
    ),
    "aiogenauth.shapes.wechat_mobile": ("AccountChoice",),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
    __all__ = [name for names in MODULES.values() for name in names]
