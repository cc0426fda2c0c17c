"""What is filed about the further proofs of users, MFA factors."""

from __future__ import annotations

from datetime import datetime

from attrs import field

from genauth_mock.engine.address import Address, Phone
from genauth_mock.engine.value import frozen_for_checkers

Json = dict[str, object]


@frozen_for_checkers
class Factor:
    """One factor of a user.

    Attributes:
        kind: ``SMS``, ``EMAIL`` or ``OTP``.
        address: Where its codes go; None for an authenticator app.
        key: What an authenticator app makes codes of, in Base32; or empty.
        recovery_code: What stands in for a lost authenticator app, once; or empty.
        used_step: The last period whose code was used, or None.
    """

    factor_id: str
    kind: str
    address: Address | None = None
    key: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)
    used_step: int | None = None

    def to_response(self) -> Json:
        """Show it as the API does. Source: API reference, FactorDto."""
        return {"factorId": self.factor_id, "factorType": self.kind, "profile": self.profile}

    @property
    def profile(self) -> Json:
        """Where its codes go, by the API's names."""
        if self.address is None:
            return {}
        if isinstance(self.address, Phone):
            number = self.address
            return {"phoneNumber": number.number, "phoneCountryCode": number.country_code}
        return {"email": self.address.text}


@frozen_for_checkers
class UserFactors:
    """The factors of a user, oldest first; filed under the user's id."""

    user_id: str
    factors: tuple[Factor, ...] = ()

    def of_kind(self, kind: str) -> Factor | None:
        """Return the factor of a kind, if there is one."""
        return next((factor for factor in self.factors if factor.kind == kind), None)


@frozen_for_checkers
class Passkey:
    """A key of a user in a device or a password manager; filed under its id.

    Attributes:
        credential_id: In Base64url, as the public key: COSE.
        sign_count: How often the device says that it was used; 0 where it does not count.
        authenticator_code: What unlocks it, or empty.
        transports: How a browser reaches the device.
    """

    credential_id: str
    public_key: str
    sign_count: int = 0
    user_id: str = ""
    authenticator_code: str = ""
    transports: tuple[str, ...] = ()
    created_at: datetime | None = None
    used_at: datetime | None = None


@frozen_for_checkers
class PasskeyTicket:
    """A passkey that was asked for; filed under its ticket, works once.

    Attributes:
        user_id: For whom one is made; empty where somebody signs in.
        challenge: What the passkey signs, in Base64url.
        rp_id: Whom it is for: a host name.
    """

    user_id: str
    challenge: str
    rp_id: str
    expires_at: datetime


@frozen_for_checkers
class Enrollment:
    """A factor that was begun; filed under its token."""

    user_id: str
    factor: Factor
    expires_at: datetime
