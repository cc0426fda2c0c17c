"""What a client is configured with once: who it is, where GenAuth is, how long it may take."""

import ipaddress
import os
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from enum import Enum, auto
from typing import Final, Literal, cast
from urllib.parse import urlsplit

from attrs import field, frozen

from aiogenauth.errors import ConfigurationError
from aiogenauth.redaction import Secret, redacted

AuthMethod = Literal["client_secret_post", "client_secret_basic", "none"]
AuthorizationScheme = Literal["raw", "bearer"]
Protocol = Literal["oidc", "oauth", "saml", "cas"]

PROTOCOLS: Final[tuple[Protocol, ...]] = ("oidc", "oauth", "saml", "cas")
AUTH_METHODS: Final[tuple[AuthMethod, ...]] = ("client_secret_post", "client_secret_basic", "none")
SCHEMES: Final[tuple[AuthorizationScheme, ...]] = ("raw", "bearer")
LONGEST_TIME: Final = 3600.0
"""Seconds; a larger number was most likely meant as milliseconds."""
MOST_RETRIES: Final = 10
"""Attempts after the first one; more would only add load to a server in trouble."""


class Kept(Enum):
    """Says that an option stays as it is, where None is something else."""

    KEPT = auto()


KEPT: Final = Kept.KEPT


def _language(lang: object) -> str | None:
    """Return a language as GenAuth's header has it, also one in the words of a locale.

    >>> _language("zh_CN.UTF-8"), _language("en-US"), _language("C")
    ('zh-CN', 'en-US', None)
    """
    if not isinstance(lang, str):
        return None if lang is None else cast("str", lang)
    name = lang.partition(".")[0].partition("@")[0]
    return None if name in {"", "C", "POSIX"} else name.replace("_", "-")


@frozen
class Options:
    """How long a call may take and how often it may be tried.

    Attributes:
        timeout: Seconds for one attempt.
        deadline: Seconds for the whole call: attempts, waits and looking at the profile.
        retries: Attempts after the first one, where `retry.MAY_SEND_AGAIN` allows them.
        lang: Language of GenAuth's messages, `zh-CN` or `en-US`; None leaves it to GenAuth.
    """

    timeout: float = 10.0
    deadline: float = 30.0
    retries: int = 2
    lang: str | None = field(default=None, converter=_language)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for name, seconds in (("timeout", self.timeout), ("deadline", self.deadline)):
            if not _is_number(seconds) or not 0 < seconds <= LONGEST_TIME:
                text = f"{name}: give seconds, more than 0 and at most {LONGEST_TIME:.0f}"
                raise ConfigurationError(text).with_facts(field=name)
        if type(self.retries) is not int or not 0 <= self.retries <= MOST_RETRIES:
            text = f"retries: give a whole number from 0 to {MOST_RETRIES}"
            raise ConfigurationError(text).with_facts(field="retries")
        if self.lang is not None:
            if not isinstance(cast("object", self.lang), str):
                text = "lang: give a string such as 'zh-CN'"
                raise ConfigurationError(text).with_facts(field="lang")
            header_value(self.lang, "lang")


EVENTS: Final = "wss://events.genauth.ai"
"""Where events come from. Source: the official SDK; others of GenAuth have another."""


@frozen(eq=False, repr=False)
class Settings:
    """Who the client is and where GenAuth is.

    Attributes:
        app_id: Id of the application.
        app_host: Root of the application's GenAuth, without trailing slash.
        app_secret: Secret of the application, for sign-in; never shown.
        token_endpoint_auth_method: How the application proves itself at sign-in.
        authorization_scheme: `raw` sends the bare access token, `bearer` puts `Bearer ` in front.
        real_ip: Address of the end user, for GenAuth's limits.
        protocol: What links are built for, and whether tokens come from `/oidc` or `/oauth`.
        introspection_endpoint_auth_method: How the application proves itself at introspection.
        revocation_endpoint_auth_method: How it does so at revocation.
        redirect_uri: Where a sign-in on the web comes back to.
        post_logout_redirect_uri: Where a sign-out comes back to.
        websocket_host: Where events come from, without trailing slash.
    """

    app_id: str
    app_host: str
    app_secret: Secret | None = field(default=None, repr=redacted)
    token_endpoint_auth_method: AuthMethod = "client_secret_post"  # noqa: S105 - names a method
    authorization_scheme: AuthorizationScheme = "raw"
    real_ip: str | None = None
    protocol: Protocol = "oidc"
    introspection_endpoint_auth_method: AuthMethod = "client_secret_post"
    revocation_endpoint_auth_method: AuthMethod = "client_secret_post"
    redirect_uri: str | None = None
    post_logout_redirect_uri: str | None = None
    websocket_host: str = EVENTS

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for place in ("token", "introspection", "revocation"):
            name = f"{place}_endpoint_auth_method"
            _one_of(getattr(self, name), AUTH_METHODS, name)
        _one_of(self.protocol, PROTOCOLS, "protocol")
        _one_of(self.authorization_scheme, SCHEMES, "authorization_scheme")
        if self.real_ip is not None:
            header_value(self.real_ip, "real_ip")


def given_host(
    app_host: object,
    plain_http_to: Collection[str] = (),
    environment: Mapping[str, str] | None = None,
) -> str:
    """Return the root URL that was given, or that of the environment, checked.

    Raises:
        ConfigurationError: As `given_or_set` and `checked_host`.
    """
    found = _found(app_host, "app_host", environment)
    if not found:
        return given_or_set(None, "app_host", {})
    return checked_host(found, plain_http_names(plain_http_to, environment))


def given_or_set(value: object, name: str, environment: Mapping[str, str] | None = None) -> str:
    """Take an argument, or the environment variable that stands in for it.

    Raises:
        ConfigurationError: Neither is there; the text names both ways to give it.
    """
    found = optional(value, name, environment)
    if found is None:
        text = f"{name} is missing: pass {name}=... or set {variable(name)}"
        raise ConfigurationError(text).with_facts(field=name)
    return found


def optional(value: object, name: str, environment: Mapping[str, str] | None = None) -> str | None:
    """Take an argument, or its environment variable, or None. Empty counts as not given."""
    found = _found(value, name, environment)
    return header_value(found, name) if found else None


def optional_secret(
    value: object, name: str, environment: Mapping[str, str] | None = None
) -> Secret | None:
    """Do as `optional`, for what no frame may show, not even when it is refused."""
    found = Secret(_found(value, name, environment) or "")
    return Secret(header_value(found, name)) if found else None


def optional_app_secret(value: object) -> Secret | None:
    """Return the secret of the app: any text, as it never stands in a header as it is.

    Raises:
        ConfigurationError: It has control characters, or spaces around it, as a file that ends in
            a line break would give it.
    """
    found = Secret(_found(value, "app_secret", None) or "")
    if found.strip(" ") != found or not all(map(_can_be_typed, found)):
        text = "app_secret: has spaces around it, or a line break or control character in it"
        raise ConfigurationError(text).with_facts(field="app_secret")
    return found or None


def _can_be_typed(character: str) -> bool:
    """Whether a character is the space, or neither a blank, a control character nor half of a surrogate pair."""
    if character.isspace():
        return character == " "
    return character >= " " and character != "\x7f" and not "\ud800" <= character <= "\udfff"


def _found(value: object, name: str, environment: Mapping[str, str] | None) -> str | None:
    if value is not None and not isinstance(value, str):
        text = f"{name}: give a string"
        raise ConfigurationError(text).with_facts(field=name)
    return value or (os.environ if environment is None else environment).get(variable(name))


def variable(name: str) -> str:
    """Name the environment variable of an argument.

    >>> variable("app_host")
    'GENAUTH_APP_HOST'
    """
    return f"GENAUTH_{name.upper()}"


_HEADER_VALUE: Final = re.compile(r"[!-~]+")


def header_value(value: str, name: str) -> str:
    """Take a string that may stand in a header.

    Raises:
        ConfigurationError: It has spaces, line breaks or other characters that may not.
    """
    if not _HEADER_VALUE.fullmatch(value):
        text = f"{name}: has a space or a character that cannot stand in an HTTP header"
        raise ConfigurationError(text).with_facts(field=name)
    return value


def checked_websocket_host(given: str | None, plain_http_to: Collection[str] = ()) -> str:
    """Check where events come from, as `checked_host` checks the host of the application.

    Raises:
        ConfigurationError: No such URL, or one without TLS to another machine.

    >>> checked_websocket_host(None)
    'wss://events.genauth.ai'
    """
    scheme, _, rest = (given or EVENTS).partition("://")
    if scheme in {"ws", "wss"}:
        try:
            return "ws" + checked_host(f"http{scheme[2:]}://{rest}", plain_http_to)[4:]
        except ConfigurationError as exc:
            text = str(exc).replace("app_host", "websocket_host").replace("http", "ws")
    else:
        text = "websocket_host: give a URL such as wss://events.genauth.ai"
    raise ConfigurationError(text).with_facts(field="websocket_host")


def checked_host(app_host: str, plain_http_to: Collection[str] = ()) -> str:
    """Check the root URL and take its trailing slash away. A path in it is kept.

    Args:
        app_host: `https://example.genauth.ai`, `http://localhost:9480`, `https://[::1]/genauth`.
        plain_http_to: Host names, besides this machine, that may be talked to without TLS.

    Raises:
        ConfigurationError: No such URL, or plain http to another machine.

    >>> checked_host("https://example.genauth.ai/")
    'https://example.genauth.ai'
    """
    # Looked for first: a password among them would stand in the parts, and those in this frame.
    if "@" in app_host.partition("://")[2].partition("/")[0] or set(app_host) & set("?#\\"):
        text = "app_host: leave out user names, queries and fragments"
        raise ConfigurationError(text).with_facts(field="app_host")
    try:
        parts = urlsplit(app_host)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if host is not None and not host.isascii():
        ascii_host = _in_ascii(host, "app_host")
        end = "" if port is None else f":{port}"
        return checked_host(f"{parts.scheme}://{ascii_host}{end}{parts.path}", plain_http_to)
    header_value(app_host, "app_host")
    if host is not None and not _can_be_looked_up(host):
        text = (
            "app_host: has a host name that cannot be looked up: an empty part, one of more than "
            "63 characters, or other characters than letters, digits and hyphens"
        )
        raise ConfigurationError(text).with_facts(field="app_host")
    if host is None or parts.scheme not in {"http", "https"}:
        text = "app_host: give a URL such as https://example.genauth.ai"
        raise ConfigurationError(text).with_facts(field="app_host")
    if parts.scheme == "http" and not is_loopback(host) and host not in plain_http_to:
        text = (
            f"app_host: plain http would send pass codes and tokens readable to {host}; "
            f"use https, or allow it by name with allow_plain_http_to=({host!r},) "
            f"or {variable('allow_plain_http_to')}={host}"
        )
        raise ConfigurationError(text).with_facts(field="app_host")
    return str(app_host).rstrip("/")


def plain_http_names(
    given: Collection[str], environment: Mapping[str, str] | None = None
) -> Collection[str]:
    """Return the hosts that may be reached without TLS: those given, else those of the environment.

    >>> plain_http_names((), {"GENAUTH_ALLOW_PLAIN_HTTP_TO": "genauth, mock.default.svc"})
    ('genauth', 'mock.default.svc')
    """
    if isinstance(given, str):  # one name: it would be taken for a collection of letters
        given = (given,)
    if given:
        return tuple(_host_name(each) for each in given)
    named = (os.environ if environment is None else environment).get(
        variable("allow_plain_http_to"), ""
    )
    return tuple(_host_name(name) for each in named.split(",") if (name := each.strip()))


def _host_name(name: object) -> str:
    """Return the name of a host as `checked_host` compares it.

    Raises:
        ConfigurationError: It is a URL or no text.
    """
    if isinstance(name, str) and name and not set(name) & set("/@?#, "):
        return _in_ascii(name, "allow_plain_http_to").lower()
    text = "allow_plain_http_to: give names of hosts, such as ('genauth',), without scheme and path"
    raise ConfigurationError(text).with_facts(field="allow_plain_http_to")


def _in_ascii(host: str, name: str) -> str:
    """Return an internationalised name of a host as it is looked up.

    Raises:
        ConfigurationError: There can be no such host.

    >>> _in_ascii("bücher.example", "app_host")
    'xn--bcher-kva.example'
    """
    if host.isascii():
        return host
    from yarl import URL  # noqa: PLC0415 - hardly ever needed

    try:
        found = URL.build(scheme="https", host=host).raw_host
    except ValueError:
        found = None
    if found is not None and found.isascii():
        return found
    text = f"{name}: has a host name that cannot be looked up"
    raise ConfigurationError(text).with_facts(field=name)


_LABEL: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_LONGEST_HOST: Final = 253
"""Characters of a host's name. Source: RFC 1035, 2.3.4."""


def _can_be_looked_up(host: str) -> bool:
    """Whether a host is an address, or a name whose labels are neither empty nor too long."""
    if ":" in host:
        with suppress(ValueError):
            return ipaddress.IPv6Address(host).scope_id is None
        return False
    name = host.removesuffix(".")
    return len(name) <= _LONGEST_HOST and all(map(_LABEL.fullmatch, name.split(".")))


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, by name or address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _one_of(value: str, choices: Collection[str], name: str) -> None:
    if value not in choices:
        text = f"{name}: give one of {', '.join(choices)}"
        raise ConfigurationError(text).with_facts(field=name)
