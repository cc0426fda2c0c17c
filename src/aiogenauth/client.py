"""`AuthenticationClient`: how it is set up, and its views. `calls` and `oidc` have its calls."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Self

import attrs

from aiogenauth import configuration, shapes
from aiogenauth.calls.account import AccountCalls
from aiogenauth.calls.cas import CasCalls
from aiogenauth.calls.devices import DeviceCalls
from aiogenauth.calls.email import EmailCalls
from aiogenauth.calls.events import EventCalls
from aiogenauth.calls.factors import FactorCalls
from aiogenauth.calls.fast_pass import FastPassCalls
from aiogenauth.calls.identities import IdentityCalls
from aiogenauth.calls.links import LinkCalls
from aiogenauth.calls.memberships import MembershipCalls
from aiogenauth.calls.messages import MessageCalls
from aiogenauth.calls.offline import OfflineChecks, TokenCheck
from aiogenauth.calls.oidc_tokens import OidcTokenCalls
from aiogenauth.calls.passkeys import PasskeyCalls
from aiogenauth.calls.password import PasswordCalls
from aiogenauth.calls.permissions import PermissionCalls
from aiogenauth.calls.phone import PhoneCalls
from aiogenauth.calls.profile import ProfileCalls
from aiogenauth.calls.public_accounts import PublicAccountCalls
from aiogenauth.calls.push import PushCalls
from aiogenauth.calls.qr_codes import QrCodeCalls
from aiogenauth.calls.raw import RawCalls
from aiogenauth.calls.sign_in import SignInCalls
from aiogenauth.calls.sign_in_credentials import SignInByCredentialsCalls
from aiogenauth.calls.sign_in_mobile import SignInByMobileCalls
from aiogenauth.calls.sign_up import SignUpCalls
from aiogenauth.calls.system import SystemCalls
from aiogenauth.calls.wechat import WechatCalls
from aiogenauth.calls.wechat_mobile import WechatMobileCalls
from aiogenauth.configuration import (
    KEPT,
    AuthMethod,
    AuthorizationScheme,
    Kept,
    Options,
    Protocol,
    Settings,
)
from aiogenauth.decoding import read
from aiogenauth.errors import InvalidInput
from aiogenauth.protocol import Transport
from aiogenauth.redaction import Secret, sealed
from aiogenauth.sending import tokens
from aiogenauth.sending.executor import CallExecutor
from aiogenauth.sending.hooks import Hooks, OnRequest, OnResponse
from aiogenauth.sending.tokens import TokenProvider
from aiogenauth.transports.choosing import TransportChoice, unverified_by_official_name
from aiogenauth.vocabulary import split

if TYPE_CHECKING:
    import ssl
    from pathlib import Path

    import aiohttp


class AuthenticationClient(
    SignInCalls,
    SignInByCredentialsCalls,
    WechatCalls,
    PublicAccountCalls,
    IdentityCalls,
    EmailCalls,
    SignUpCalls,
    SignInByMobileCalls,
    MessageCalls,
    PhoneCalls,
    ProfileCalls,
    PasswordCalls,
    AccountCalls,
    LinkCalls,
    OidcTokenCalls,
    OfflineChecks,
    CasCalls,
    QrCodeCalls,
    PushCalls,
    FastPassCalls,
    PasskeyCalls,
    FactorCalls,
    WechatMobileCalls,
    MembershipCalls,
    PermissionCalls,
    DeviceCalls,
    EventCalls,
    SystemCalls,
    RawCalls,
):
    """GenAuth's authentication API for one application.

    Names and parameters are those of the official Python SDK. A call returns on success and
    raises a `GenAuthError` otherwise. The client can be made anywhere, also without a running
    event loop; it is immutable, so tasks share it, and `as_user` gives each its own user.

    Args:
        app_id: Id of the application; else `GENAUTH_APP_ID`.
        app_host: Its GenAuth, such as `https://example.genauth.ai`; else `GENAUTH_APP_HOST`.
        app_secret: Its secret, where sign-in needs one; else `GENAUTH_APP_SECRET`.
        access_token: Of the user in whose name calls are made, or an async function that gets
            one; else `GENAUTH_ACCESS_TOKEN`.
        timeout: Seconds for one attempt.
        deadline: Seconds for a whole call: attempts, waits, and looking at the profile.
        retries: Attempts after the first one, of calls that may be repeated safely.
        lang: Language of messages, `zh-CN` or `en-US`; else `GENAUTH_LANG`, else GenAuth's choice.
            Errors that differ by text alone, such as `PassCodeWrong`, become their base class,
            `PassCodeRejected`, where a deployment words them in a way that is not known.
        protocol: What links are built for; tokens are those of `oidc` or `oauth`.
        token_endpoint_auth_method: How the application proves itself at sign-in, and to get
            tokens: with its secret in the body or in a header, or not at all.
        introspection_endpoint_auth_method: The same, to look into a token.
        revocation_endpoint_auth_method: The same, to revoke one.
        redirect_uri: Where a sign-in on the web comes back to.
        post_logout_redirect_uri: Where a sign-out comes back to.
        websocket_host: Where events come from, such as `wss://events.genauth.ai`.
        real_ip: Address of the end user, for GenAuth's limits per address.
        authorization_scheme: `raw` sends the bare token as the GenAuth SDKs do, `bearer` puts
            `Bearer ` in front as others do. Which one a deployment wants is not documented.
        transport: Carries the requests instead of aiohttp, such as `HttpxTransport(client)`.
        session: An aiohttp session to use; it is never closed here.
        ca_file: PEM file of certificates to trust instead of the system's.
        ssl_context: TLS settings of your own.
        allow_plain_http_to: Names of hosts, besides this machine, that may be reached without TLS;
            left out, GENAUTH_ALLOW_PLAIN_HTTP_TO may name them, separated by commas.
        dangerously_disable_tls_verification: Trust any certificate, with a warning.
        trust_env: Use the proxy that the environment names.
        on_request: Called before each attempt with safe data; what it raises ends the call.
        on_response: Called after each attempt with safe data; what it raises ends the call.
        use_unverified_ssl: The official SDK's name; refused, see the argument named above.

    Raises:
        ConfigurationError: Something is missing or cannot be right; the text says what and how.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - promised: one argument per thing that can be set
        self,
        app_id: str | None = None,
        app_host: str | None = None,
        app_secret: str | None = None,
        access_token: str | TokenProvider | None = None,
        timeout: float = 10.0,
        *,
        deadline: float = 30.0,
        retries: int = 2,
        lang: str | None = None,
        protocol: Protocol = "oidc",
        token_endpoint_auth_method: AuthMethod = "client_secret_post",  # noqa: S107 - names a method
        introspection_endpoint_auth_method: AuthMethod = "client_secret_post",
        revocation_endpoint_auth_method: AuthMethod = "client_secret_post",
        redirect_uri: str | None = None,
        post_logout_redirect_uri: str | None = None,
        websocket_host: str | None = None,
        real_ip: str | None = None,
        authorization_scheme: AuthorizationScheme = "raw",
        transport: Transport | None = None,
        session: aiohttp.ClientSession | None = None,
        ca_file: str | Path | None = None,
        ssl_context: ssl.SSLContext | None = None,
        allow_plain_http_to: Collection[str] = (),
        dangerously_disable_tls_verification: bool = False,
        trust_env: bool = False,
        on_request: OnRequest | None = None,
        on_response: OnResponse | None = None,
        use_unverified_ssl: bool = False,
    ) -> None:
        app_host, app_secret = sealed(app_host), sealed(app_secret)
        access_token = sealed(access_token)
        if use_unverified_ssl:
            raise unverified_by_official_name()
        app_id = configuration.given_or_set(app_id, "app_id")
        app_host = configuration.given_host(app_host, allow_plain_http_to)
        app_secret = configuration.optional_app_secret(app_secret)
        settings = Settings(
            app_id,
            app_host,
            app_secret,
            token_endpoint_auth_method,
            authorization_scheme,
            real_ip,
            protocol,
            introspection_endpoint_auth_method,
            revocation_endpoint_auth_method,
            redirect_uri,
            post_logout_redirect_uri,
            configuration.checked_websocket_host(websocket_host, allow_plain_http_to),
        )
        options = Options(timeout, deadline, retries, configuration.optional(lang, "lang"))
        is_verified = not dangerously_disable_tls_verification
        choice = TransportChoice(transport, session, ca_file, ssl_context, is_verified, trust_env)
        user = tokens.of_client(access_token)
        transport, self._own = choice.open()
        self._executor = CallExecutor(
            settings, options, transport, user, Hooks(on_request, on_response)
        )
        self._token_check = TokenCheck(self._executor)

    @property
    def app_id(self) -> str:
        """Id of the application."""
        return self._executor.settings.app_id

    @property
    def app_host(self) -> str:
        """Root URL of the application's GenAuth, without trailing slash."""
        return self._executor.settings.app_host

    @property
    def redirect_uri(self) -> str | None:
        """Where a sign-in on the web comes back to."""
        return self._executor.settings.redirect_uri

    @property
    def options(self) -> Options:
        """How long calls may take and how often they may be tried."""
        return self._executor.options

    def as_user(
        self,
        access_token: str | TokenProvider | shapes.SignIn,
        *,
        on_refresh: tokens.OnRefresh | None = None,
    ) -> Self:
        """Return a view of this client that calls in the name of a user.

        Cheap, and the connections are shared. The client itself never changes, so a thousand
        tasks may do this at once. Keep the view of tokens or of a token provider: it remembers
        what is new.

        Args:
            access_token: The user's token; or the tokens of a sign-in, which are refreshed shortly
                before they expire and once they are refused; or an async function that gets a
                token. Tokens are refreshed, and the function is asked, once for all calls that
                wait. A call whose tokens cannot be refreshed any more raises `GrantRejected`.
            on_refresh: An async function that stores refreshed tokens. They are used only after it
                has returned; if it raises, so do the calls that wait, and the next call stores
                them first.

        Raises:
            InvalidInput: The token cannot be one: empty, or with spaces or line breaks in it; or
                `on_refresh` is there for what cannot be refreshed.
        """
        access_token = sealed(access_token)
        return self._view(
            attrs.evolve(self._executor, tokens=self._source(access_token, on_refresh))
        )

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        retries: int | None = None,
        lang: str | Kept | None = KEPT,
    ) -> Self:
        """Return a view of this client with other options; what is left out stays as it is.

        Args:
            timeout: Seconds for one attempt.
            deadline: Seconds for the whole call.
            retries: Attempts after the first one.
            lang: Language of messages; None leaves it to GenAuth.

        Raises:
            ConfigurationError: An option cannot be right.
        """
        now = self._executor.options
        options = Options(
            timeout=now.timeout if timeout is None else timeout,
            deadline=now.deadline if deadline is None else deadline,
            retries=now.retries if retries is None else retries,
            lang=now.lang if isinstance(lang, Kept) else lang,
        )
        return self._view(attrs.evolve(self._executor, options=options))

    async def aclose(self) -> None:
        """Close the connections that this client made. On a view this does nothing."""
        if self._own is not None:
            await self._own.aclose()

    async def warm_up(self) -> None:
        """Import in a thread what is otherwise imported when it is first needed.

        That holds up the event loop once for up to a tenth of a second: for the first number of
        another country, for the first answer with data and for the first refusal. A service calls
        this when it starts.
        """
        await asyncio.to_thread(_import_the_rest)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        """Name the application and its host; nothing else is safe to show."""
        if "_executor" not in vars(self):  # a traceback with locals shows a client that was refused
            return "AuthenticationClient(...)"
        return f"AuthenticationClient(app_id={self.app_id!r}, app_host={self.app_host!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: connections and secrets cannot move to another process."""
        message = "an AuthenticationClient cannot be pickled or copied; make a new one over there"
        raise TypeError(message)

    @property
    def set_access_token(self) -> NoReturn:
        """Explain what to do instead; a token that can be set is one that can be mixed up."""
        message = "a shared client has no user of its own; use client.as_user(access_token)"
        raise AttributeError(message)

    def _source(
        self, given: str | TokenProvider | shapes.SignIn, on_refresh: tokens.OnRefresh | None
    ) -> Secret | tokens.TokenSource:
        if not isinstance(given, str) and not callable(given):
            from aiogenauth.sending.refreshing import lasting  # noqa: PLC0415 - few tokens last

            return lasting(given, self.get_new_access_token_by_refresh_token, on_refresh)
        if on_refresh is None:
            return tokens.of_user(given)
        message = "on_refresh: give the tokens of a sign-in too; nothing else is refreshed here"
        raise InvalidInput(message).with_facts(field="on_refresh")

    def _view(self, executor: CallExecutor) -> Self:
        view = object.__new__(type(self))
        vars(view).update(vars(self), _executor=executor, _own=None)
        return view


def _import_the_rest() -> None:
    """Do once what imports the metadata of phone numbers, the reader of data, and the table of refusals."""
    split("+447911123456")
    read(shapes.UserProfile, {"userId": "u", "createdAt": "2001-01-01T00:00:00.000Z"})
    import_module("aiogenauth.error_codes")
