"""What a sign-in by WeChat on a phone answers besides tokens."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted


@frozen
class AccountChoice(Result):
    """GenAuth does not know yet which account the user of WeChat has, so they have to say.

    Source: API reference, WechatIdentityResolveRespDto.
    """

    key: str = field(converter=Secret, repr=redacted)
    """What the next call of the sign-in wants."""
    methods: tuple[str, ...] | None = None
    """How they may say it: `"phone-code"`, `"email-code"`, `"username-password"`, ..."""
    accounts: tuple[str, ...] | None = None
    """Ids of the accounts that they may choose from."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
