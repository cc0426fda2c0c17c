"""What the calls about GenAuth itself answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result


@frozen
class PublicKey(Result):
    """A key that passwords may be encrypted with. Source: API reference, system."""

    public_key: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Versions(Result):
    """Versions of the parts of GenAuth. Source: API reference, system."""

    server: str | None = None
    console: str | None = None
    login: str | None = None
    """Of its sign-in page."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class SystemInfo(Result):
    """What GenAuth says of itself. Source: API reference, system."""

    rsa: PublicKey | None = None
    """For `passwordEncryptType` `"rsa"`."""
    sm2: PublicKey | None = None
    """For `passwordEncryptType` `"sm2"`."""
    version: Versions | None = None
    public_ips: tuple[str, ...] | None = None
    """Addresses from which GenAuth calls others, such as webhooks."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class Country(Result):
    """A country. Source: API reference, get-country-list."""

    alpha2: str | None = None
    """ISO 3166, such as `"CN"`."""
    alpha3: str | None = None
    """ISO 3166, such as `"CHN"`."""
    phone_country_code: str | None = None
    """Such as `"+86"`."""
    flag: str | None = None
    """As an emoji."""
    name: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    """By language, such as `"zh-CN"`: `value` is the name, `enabled` whether the console shows it."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
