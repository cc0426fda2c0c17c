"""Reading a seed file: TOML, YAML or JSON whose mistakes are named by file, table and key."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeVar, cast

import attrs
from attrs import field, frozen

from genauth_mock.api.documented import read_answerable
from genauth_mock.engine import address, json_shapes
from genauth_mock.engine.accounts import Status
from genauth_mock.engine.given_answers import GivenAnswer, check_shape
from genauth_mock.engine.given_factors import GivenFactor, read_factors
from genauth_mock.engine.json_values import InvalidInput, Problem
from genauth_mock.engine.memberships import NAMES, NONE, Memberships, changed
from genauth_mock.engine.settings import Settings, read_settings, show_settings
from genauth_mock.seeds.files import read_file
from genauth_mock.seeds.seed import AppSeed, Seed, UserSeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


Value = TypeVar("Value")


@frozen
class UserTable(Memberships):
    """``[[users]]`` or ``[[apps.users]]``."""

    user_id: str | None = field(default=None, alias="userId")
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    email: str | None = None
    phone_number: str | None = field(default=None, alias="phoneNumber")
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    status: Status = Status.ACTIVATED
    access_token: str | None = field(default=None, alias="accessToken", repr=False)
    nickname: str | None = None
    custom_data: dict[str, object] | None = field(default=None, alias="customData")
    factors: list[GivenFactor] = field(factory=list[GivenFactor], repr=False)


@frozen
class AnswerTable:
    """``[[answers]]`` or ``[[apps.answers]]``."""

    route: str
    data: object = field(default=None, repr=False)
    bare: bool = False


@frozen
class AppTable:
    """``[[apps]]``."""

    app_id: str = field(alias="appId")
    app_secret: str | None = field(default=None, alias="appSecret", repr=False)
    settings: dict[str, object] = field(factory=dict[str, object])
    users: list[UserTable] = field(factory=list[UserTable])
    answers: list[AnswerTable] = field(factory=list[AnswerTable])


@frozen
class FileTable:
    """The whole file; ``users`` and ``answers`` at the top level are the default app's."""

    settings: dict[str, object] = field(factory=dict[str, object])
    users: list[UserTable] = field(factory=list[UserTable])
    answers: list[AnswerTable] = field(factory=list[AnswerTable])
    apps: list[AppTable] = field(factory=list[AppTable])


def read_seed(path: Path, default_app_id: str) -> Seed:
    """Read a seed file.

    Args:
        path: The file.
        default_app_id: The app that the tables at the top level are about.

    Raises:
        InvalidInput: It cannot be read, or something in it is wrong; the text names every mistake.
    """
    content = read_file(path)
    if not isinstance(content, dict):
        problem = Problem("", "must be an object with users, apps, settings or answers")
        raise InvalidInput(problem, file=str(path))
    reading = _Reading()
    try:
        seed = reading.seed(_read_tables(cast("dict[str, object]", content)), default_app_id)
    except InvalidInput as error:
        raise error.in_file(path) from None
    if reading.problems:
        raise InvalidInput(*reading.problems, file=str(path))
    return seed


_read_tables: Final = json_shapes.reader(FileTable, json_shapes.TOML)


class _Reading:
    """One reading of one file; collects the mistakes that its shape does not show."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def seed(self, file: FileTable, default_app_id: str) -> Seed:
        settings = self._settings("settings", file.settings, Settings())
        tables = [(f"apps[{index}]", app) for index, app in enumerate(file.apps)]
        if file.users or file.answers:
            own = AppTable(default_app_id, users=file.users, answers=file.answers)
            tables.insert(0, ("", own))
        apps: dict[str, AppSeed] = {}
        for path, table in tables:
            app = self._app(path, table, settings)
            if app.app_id in apps:
                self._note(f"{path}.appId", f"{app.app_id!r} is there already")
            apps[app.app_id] = app
        return Seed(settings, apps)

    def _app(self, path: str, table: AppTable, settings: Settings) -> AppSeed:
        users: list[UserSeed] = []
        taken: dict[tuple[str, str], str] = {}
        for index, user in enumerate(table.users):
            at = f"{path}.users[{index}]".removeprefix(".")
            users.append(self._user(at, user))
            for name, key in _unique(users[-1]):
                if taken.setdefault((name, key), at) != at:
                    self._note(f"{at}.{name}", f"is that of {taken[name, key]}")
        own = self._settings(f"{path}.settings", table.settings, settings)
        return AppSeed(
            app_id=table.app_id,
            secret=table.app_secret,
            settings=own if table.settings else None,
            users=tuple(users),
            answers=tuple(self._answers(path, table.answers)),
            digest=_digest(table, own),
        )

    def _user(self, path: str, table: UserTable) -> UserSeed:
        profile = {"nickname": table.nickname, "customData": table.custom_data}
        for name, value in (("username", table.username), ("password", table.password)):
            if value == "":
                self._note(f"{path}.{name}", "must not be empty")
        if table.phone_country_code is not None and table.phone_number is None:
            self._note(f"{path}.phoneCountryCode", "goes with a phoneNumber")
        user = UserSeed(
            user_id=table.user_id,
            username=table.username,
            password=table.password,
            phone=self._address(
                path,
                table.phone_number,
                lambda number: address.phone_as_written(number, table.phone_country_code),
            ),
            email=self._address(path, table.email, address.email),
            status=table.status,
            access_token=table.access_token,
            memberships=changed(NONE, table, NAMES),
            profile={name: value for name, value in profile.items() if value is not None},
        )
        return self._with_factors(path, user, table.factors)

    def _with_factors(self, path: str, user: UserSeed, given: list[GivenFactor]) -> UserSeed:
        try:
            return attrs.evolve(user, factors=read_factors(given, user))
        except ValueError as error:
            self._note("", f"{path}.{error}")  # its text begins with the name of the field
            return user

    def _answers(self, path: str, tables: list[AnswerTable]) -> Iterator[tuple[str, GivenAnswer]]:
        for index, table in enumerate(tables):
            at = f"{path}.answers[{index}]".removeprefix(".")
            try:
                check_shape(table.data, is_bare=table.bare)
                yield read_answerable(table.route), GivenAnswer(table.data, table.bare)
            except ValueError as error:
                self._note(at, f"{error}")

    def _settings(self, path: str, given: dict[str, object], settings: Settings) -> Settings:
        try:
            return read_settings(given, settings)
        except InvalidInput as error:
            self.problems += error.inside(path).problems
            return settings

    def _address(self, path: str, given: str | None, read: Callable[[str], Value]) -> Value | None:
        try:
            return None if given is None else read(given)
        except ValueError as error:
            self._note("", f"{path}.{error}")  # its text begins with the name of the field
            return None

    def _note(self, path: str, problem: str) -> None:
        self.problems.append(Problem(path, problem))


def _unique(user: UserSeed) -> Iterator[tuple[str, str]]:
    """Yield the names and values that no other user of the app may have."""
    named = {
        "userId": user.user_id,
        "username": user.username,
        "phoneNumber": user.phone and user.phone.key,
        "email": user.email and user.email.key,
        "accessToken": user.access_token,
    }
    return ((name, value) for name, value in named.items() if value)


def _digest(table: AppTable, settings: Settings) -> str:
    content = json.dumps(
        [attrs.asdict(table), show_settings(settings) if table.settings else None],
        sort_keys=True,
        default=str,
    )
    return sha256(content.encode()).hexdigest()
