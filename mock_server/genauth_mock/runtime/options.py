"""The configuration of a deployment, by the command line, a fixture or a test."""

from __future__ import annotations

import hmac
from os import PathLike  # noqa: TC003 - sphinx resolves the signature
from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.activity.journal import JOURNAL_SIZE
from genauth_mock.engine.profiles import DEFAULT
from genauth_mock.engine.settings import Settings
from genauth_mock.engine.value import frozen
from genauth_mock.http.messages import TOKEN_HEADER, bearer_token
from genauth_mock.runtime.host_names import read_hosts, read_public_url
from genauth_mock.runtime.signing_keys import given_signer
from genauth_mock.seeds.profile_file import named_profile
from genauth_mock.seeds.seed import AppSeed
from genauth_mock.storage.interfaces import OUTBOX_SIZE
from genauth_mock.storage.memory import MOST_APPS
from genauth_mock.storage.opening import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from genauth_mock.faults.fault import Fault


def _is_token(_: object, __: object, value: str | None) -> None:
    try:
        check_token(value)
    except ValueError as error:
        msg = f"control_token {error}"
        raise ValueError(msg) from None


def _is_key(_: object, __: object, value: str | None) -> None:
    if value is None:
        return
    try:
        given_signer(value)
    except ValueError as error:
        msg = f"signing_key {error}"
        raise ValueError(msg) from None


def _public_url(given: str | None) -> str | None:
    try:
        return None if given is None else read_public_url(given)
    except ValueError as error:
        msg = f"public_url {error}"
        raise ValueError(msg) from None


def _hosts(given: Iterable[str]) -> tuple[str, ...]:
    try:
        return read_hosts(given)
    except ValueError as error:
        msg = f"allowed_hosts {error}"
        raise ValueError(msg) from None


def check_token(token: str | None) -> None:
    """Check that a control token can be shown: an empty one would let everybody in.

    Raises:
        ValueError: It cannot.
    """
    if token is not None and (not token or token != token.strip() or not token.isprintable()):
        msg = "must not be empty, nor begin or end with blanks: leave it out to ask for no token"
        raise ValueError(msg)


def shows_token(headers: Mapping[str, str], token: str | None) -> bool:
    """Return whether a request shows the control token; true where there is none.

    Args:
        headers: The request's headers; looked up by lower-case name.
        token: The control token.
    """
    if token is None:
        return True
    shown = headers.get(TOKEN_HEADER) or bearer_token(headers.get("authorization", "")) or ""
    return hmac.compare_digest(shown.encode(errors="surrogateescape"), token.encode())


@frozen
class Options:
    """How a deployment is set up.

    Raises:
        ValueError: ``control_token`` is empty, one of ``allowed_hosts`` can be no host name, ``public_url``
            is none, ``signing_key`` cannot sign, or only one of ``tls_cert`` and ``tls_key`` is given.

    Attributes:
        app_id: The default app: meant where a caller names none.
        app_secret: The default app's secret.
        language: What an answer is written in where the caller asks for nothing.
        strict_apps: Whether an app id not seen before is refused instead of created.
        known_apps: Further apps that exist from the start.
        settings: What every app starts with.
        profile: How every app answers at the start, where the settings name no profile: a name, or a file such as
            ``ours.json`` that ``genauth-contract learn`` wrote.
        seeded_apps: What some apps start with besides.
        codes_seed: Makes the pass codes and ids of an app the same in every run; None draws them at random.
        control_token: What calls under ``/_mock/`` must show; None asks for nothing.
        allowed_hosts: Names under which ``/_mock/`` answers, besides loopback; ``0.0.0.0`` and ``::`` stand for any
            address.
        store: Where the state lives: ``memory``, or the URL of a Redis that several processes may share.
        outbox_size: How many messages an app keeps at most.
        journal_size: How many requests the journal of an app keeps; 0 keeps none.
        most_apps: How many apps are kept in memory; the one unused the longest goes first.
        allowed_eviction: The policy by which the store may drop what was stored; None where it must keep all.
        faults: What goes wrong from the start, and again after a reset.
        public_url: Where callers reach the server, such as behind a proxy: the issuer of tokens, with its path; None
            where each caller's own URL is. The server also answers below its path.
        signing_key: The RSA key that tokens are signed with, in PEM; None for one that is made, or loaded with a state.
        tls_cert: File with a certificate in PEM: the server answers over HTTPS; None for HTTP.
        tls_key: File with the certificate's key in PEM, without a pass phrase.
    """

    app_id: str = "genauth-mock-app"
    app_secret: str = field(default="genauth-mock-secret", repr=False)
    language: str = "zh-CN"
    strict_apps: bool = False
    known_apps: tuple[str, ...] = ()
    settings: Settings = field(factory=Settings)
    profile: str = field(default=DEFAULT, converter=named_profile)
    seeded_apps: Mapping[str, AppSeed] = field(factory=dict[str, AppSeed])
    codes_seed: str | None = None
    control_token: str | None = field(default=None, repr=False, validator=_is_token)
    allowed_hosts: tuple[str, ...] = field(default=(), converter=_hosts)
    store: str = field(default=MEMORY, repr=False)
    outbox_size: int = OUTBOX_SIZE
    journal_size: int = JOURNAL_SIZE
    most_apps: int = MOST_APPS
    allowed_eviction: str | None = None
    faults: tuple[Fault, ...] = ()
    public_url: str | None = field(default=None, converter=_public_url)
    signing_key: str | None = field(default=None, repr=False, validator=_is_key)
    tls_cert: str | PathLike[str] | None = None
    tls_key: str | PathLike[str] | None = None

    def __attrs_post_init__(self) -> None:
        if (self.tls_cert is None) != (self.tls_key is None):
            message = "tls_cert and tls_key belong together: give both, or neither"
            raise ValueError(message)

    def secrets(self) -> dict[str, str]:
        """Return the secrets by app id: of apps seeded with one, and of the default app."""
        seeded = {app_id: seed.secret for app_id, seed in self.seeded_apps.items() if seed.secret}
        return {self.app_id: self.app_secret, **seeded}
