"""GenAuth for asyncio.

    from aiogenauth import AuthenticationClient, Channel

    async with AuthenticationClient(app_id="...", app_host="https://...") as client:
        user = client.as_user(access_token)
        await user.send_sms(Channel.BIND_PHONE, "+86 188-1234-8888")
        await user.bind_phone(phone_number="+86 188-1234-8888", pass_code="123456")

A call returns on success and raises one `GenAuthError` otherwise; `aiogenauth.errors` draws them.
"""

from typing import TYPE_CHECKING

from aiogenauth import given, shapes
from aiogenauth.channels import Channel, EmailChannel
from aiogenauth.client import AuthenticationClient
from aiogenauth.configuration import Options
from aiogenauth.errors import (
    AccessTokenMissing,
    AccountSuspended,
    ApiError,
    AppNotFound,
    BindOutcomeUnknown,
    ClientRejected,
    ConfigurationError,
    CredentialsRejected,
    EmailAlreadyBound,
    EmailNotBound,
    EmailTaken,
    ExchangeOutcomeUnknown,
    GenAuthError,
    GrantRejected,
    GrantTypeRejected,
    InvalidArgument,
    InvalidInput,
    LastSignInMethod,
    MfaRequired,
    NotDelivered,
    NotSignedIn,
    NotSupported,
    OldEmailNotConfirmed,
    OldPhoneNotConfirmed,
    OutcomeUnknown,
    PassCodeExpired,
    PassCodeRejected,
    PassCodeWrong,
    PermissionDenied,
    PhoneAlreadyBound,
    PhoneNotBound,
    PhoneTaken,
    ReadOutcomeUnknown,
    RefreshOutcomeUnknown,
    RevokeOutcomeUnknown,
    SameEmail,
    SamePhone,
    ScopeRejected,
    SendOutcomeUnknown,
    SentTooRecently,
    ServerFailed,
    SignInOutcomeUnknown,
    TokenAlgorithmRejected,
    TokenExpired,
    TokenKeyUnknown,
    TokenMalformed,
    TokenNotYetValid,
    TokenOfAnotherApp,
    TokenOfAnotherIssuer,
    TokenOfAnotherSignIn,
    TokenRejected,
    TokenSignatureWrong,
    TooManyRequests,
    TransportError,
    UnbindOutcomeUnknown,
    UnexpectedAnswer,
    UpdateOutcomeUnknown,
    UpdateTokenRejected,
)
from aiogenauth.models import Confirmation, Envelope
from aiogenauth.protocol import Reply, Request, Transport
from aiogenauth.sending.tokens import TokenProvider
from aiogenauth.shapes.lazily import exported
from aiogenauth.transports.choosing import InsecureTlsWarning
from aiogenauth.version import __version__
from aiogenauth.vocabulary import PhoneNumber

if TYPE_CHECKING:
    from aiogenauth.given import EmailCodePayload, PhonePassCodePayload, SmsCodePayload
    from aiogenauth.oidc.claims import TokenClaims
    from aiogenauth.oidc.urls import AuthorizeUrl
    from aiogenauth.sending.attempts import Attempt, AttemptResult
    from aiogenauth.shapes import (
        PassCodeCheck,
        PhoneUpdateGrant,
        SecurityLevel,
        SignIn,
        TicketCheck,
        TokenIntrospection,
        UserInfo,
        UserProfile,
    )
    from aiogenauth.transports.aiohttp import AiohttpTransport
    from aiogenauth.transports.httpx import HttpxTransport
else:
    _NAMES = {
        "aiogenauth.given": ("EmailCodePayload", "PhonePassCodePayload", "SmsCodePayload"),
        "aiogenauth.oidc.claims": ("TokenClaims",),
        "aiogenauth.oidc.urls": ("AuthorizeUrl",),
        "aiogenauth.sending.attempts": ("Attempt", "AttemptResult"),
        "aiogenauth.shapes": (
            "PassCodeCheck",
            "PhoneUpdateGrant",
            "SecurityLevel",
            "SignIn",
            "TicketCheck",
            "TokenIntrospection",
            "UserInfo",
            "UserProfile",
        ),
        "aiogenauth.transports.aiohttp": ("AiohttpTransport",),
        "aiogenauth.transports.httpx": ("HttpxTransport",),
    }
    __getattr__, __dir__ = exported(__name__, _NAMES)

__all__ = [
    "AccessTokenMissing",
    "AccountSuspended",
    "AiohttpTransport",
    "ApiError",
    "AppNotFound",
    "Attempt",
    "AttemptResult",
    "AuthenticationClient",
    "AuthorizeUrl",
    "BindOutcomeUnknown",
    "Channel",
    "ClientRejected",
    "ConfigurationError",
    "Confirmation",
    "CredentialsRejected",
    "EmailAlreadyBound",
    "EmailChannel",
    "EmailCodePayload",
    "EmailNotBound",
    "EmailTaken",
    "Envelope",
    "ExchangeOutcomeUnknown",
    "GenAuthError",
    "GrantRejected",
    "GrantTypeRejected",
    "HttpxTransport",
    "InsecureTlsWarning",
    "InvalidArgument",
    "InvalidInput",
    "LastSignInMethod",
    "MfaRequired",
    "NotDelivered",
    "NotSignedIn",
    "NotSupported",
    "OldEmailNotConfirmed",
    "OldPhoneNotConfirmed",
    "Options",
    "OutcomeUnknown",
    "PassCodeCheck",
    "PassCodeExpired",
    "PassCodeRejected",
    "PassCodeWrong",
    "PermissionDenied",
    "PhoneAlreadyBound",
    "PhoneNotBound",
    "PhoneNumber",
    "PhonePassCodePayload",
    "PhoneTaken",
    "PhoneUpdateGrant",
    "ReadOutcomeUnknown",
    "RefreshOutcomeUnknown",
    "Reply",
    "Request",
    "RevokeOutcomeUnknown",
    "SameEmail",
    "SamePhone",
    "ScopeRejected",
    "SecurityLevel",
    "SendOutcomeUnknown",
    "SentTooRecently",
    "ServerFailed",
    "SignIn",
    "SignInOutcomeUnknown",
    "SmsCodePayload",
    "TicketCheck",
    "TokenAlgorithmRejected",
    "TokenClaims",
    "TokenExpired",
    "TokenIntrospection",
    "TokenKeyUnknown",
    "TokenMalformed",
    "TokenNotYetValid",
    "TokenOfAnotherApp",
    "TokenOfAnotherIssuer",
    "TokenOfAnotherSignIn",
    "TokenProvider",
    "TokenRejected",
    "TokenSignatureWrong",
    "TooManyRequests",
    "Transport",
    "TransportError",
    "UnbindOutcomeUnknown",
    "UnexpectedAnswer",
    "UpdateOutcomeUnknown",
    "UpdateTokenRejected",
    "UserInfo",
    "UserProfile",
    "__version__",
    "given",
    "shapes",
]
