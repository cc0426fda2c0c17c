"""What an app has from the start: users, settings, its secret; and how it is applied in the app's records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.engine.accounts import AccessToken, Status, User
from genauth_mock.engine.given_answers import GivenAnswer, give
from genauth_mock.engine.given_factors import file_factors
from genauth_mock.engine.memberships import NONE, Memberships
from genauth_mock.engine.settings import Settings
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from genauth_mock.engine.address import Email, Phone
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.factor_records import Factor
    from genauth_mock.engine.records import Records


@frozen
class UserSeed:
    """A user that exists from the start.

    Attributes:
        user_id: The user's id, or None to draw one.
        access_token: A token signed in for the user, or None. It lives as long
            as any other: ``accessTokenLifetimeSeconds``.
    """

    user_id: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    phone: Phone | None = None
    email: Email | None = None
    status: Status = Status.ACTIVATED
    access_token: str | None = field(default=None, repr=False)
    profile: Mapping[str, object] = field(factory=dict[str, object], repr=False)
    memberships: Memberships = NONE
    factors: tuple[Factor, ...] = field(default=(), repr=False)


@frozen
class AppSeed:
    """What one app has from the start.

    Attributes:
        secret: The app's secret; None where it may be any.
        settings: How it behaves; None for what every app starts with.
        answers: What calls that are not imitated are answered with, by their paths.
        digest: Changes with the content of the seed.
    """

    app_id: str
    secret: str | None = field(default=None, repr=False)
    settings: Settings | None = None
    users: tuple[UserSeed, ...] = ()
    answers: tuple[tuple[str, GivenAnswer], ...] = ()
    digest: str = ""


@frozen
class Seed:
    """What a deployment has from the start.

    Attributes:
        settings: What every app starts with.
        apps: The seeded apps by their ids.
    """

    settings: Settings = field(factory=Settings)
    apps: Mapping[str, AppSeed] = field(factory=dict[str, AppSeed])

    def changed_since(self, before: Seed) -> list[str]:
        """Return the ids of the apps that had another seed before."""
        app_ids = {**before.apps, **self.apps}
        return [each for each in app_ids if before.apps.get(each) != self.apps.get(each)]


@frozen
class AppliedSeed:
    """Names the seed that was applied to an app, so that of several processes only the first applies it."""

    digest: str


def apply_seed(context: CallContext, seed: AppSeed) -> None:
    """Write an app's seed into its records, unless it is there already."""
    if context.records.get(AppliedSeed, "") is not None:
        return
    context.records.put("", AppliedSeed(seed.digest))
    if seed.settings is not None:
        context.records.put("", seed.settings)
        context.settings = seed.settings
    given = {user.user_id for user in seed.users if user.user_id}
    for user in seed.users:
        _add_user(context, user, given)
    for route, answer in seed.answers:
        give(context.records, route, answer)


def is_from(seed: AppSeed | None, records: Records) -> bool:
    """Return whether an app has a seed applied."""
    applied = records.get(AppliedSeed, "")
    return (applied and applied.digest) == (seed and seed.digest)


def _add_user(context: CallContext, seed: UserSeed, avoided: Collection[str]) -> None:
    user = User(
        user_id=seed.user_id or context.new_user_id(avoided),
        created_at=context.now,
        updated_at=context.now,
        username=seed.username,
        password=seed.password,
        phone=seed.phone,
        email=seed.email,
        status=seed.status,
        source="adminCreated",
        profile=seed.profile,
        memberships=seed.memberships,
    )
    context.save(user)
    if seed.factors:
        file_factors(context, user.user_id, seed.factors)
    if seed.access_token is not None:
        expires_at = context.now + context.settings.access_token_lifetime
        context.records.put(seed.access_token, AccessToken(user.user_id, None, expires_at))
