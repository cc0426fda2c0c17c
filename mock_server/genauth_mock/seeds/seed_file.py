"""Reading a seed file: TOML whose mistakes are named by file, table and key."""

from __future__ import annotations

import json
import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

import attrs
from attrs import field, frozen
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from genauth_mock.engine import address
from genauth_mock.engine.accounts import Status
from genauth_mock.engine.settings import Settings, read_settings, show_settings
from genauth_mock.seeds.seed import AppSeed, Seed, UserSeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


Value = TypeVar("Value")


@frozen
class UserTable:
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


@frozen
class AppTable:
    """``[[apps]]``."""

    app_id: str = field(alias="appId")
    app_secret: str | None = field(default=None, alias="appSecret", repr=False)
    settings: dict[str, object] = field(factory=dict[str, object])
    users: list[UserTable] = field(factory=list[UserTable])


@frozen
class FileTable:
    """The whole file; ``users`` at the top level are the default app's."""

    settings: dict[str, object] = field(factory=dict[str, object])
    users: list[UserTable] = field(factory=list[UserTable])
    apps: list[AppTable] = field(factory=list[AppTable])


class BadTables(ValueError):  # noqa: N818 - named by what is wrong
    """Tables of another shape.

    Attributes:
        problems: Every mistake, with its table and key.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_tables(content: dict[str, Any]) -> FileTable:
    """Read the tables of a file.

    Raises:
        BadTables: They have another shape.
    """
    try:
        return _converter.structure(content, FileTable)
    except ClassValidationError as error:
        raise BadTables(list(_shape_problems(error, FileTable, ""))) from None


def _shape_problems(error: ClassValidationError, shape: type[Any], where: str) -> Iterator[str]:
    names = {a.name: a.alias or a.name for a in attrs.fields(shape)}
    noted, unnoted = error.group_exceptions()
    for problem in unnoted:
        if isinstance(problem, ForbiddenExtraKeysError):
            known = ", ".join(names.values())
            for key in sorted(problem.extra_fields):
                yield f"{where or 'top level'}: {key} is unknown; there are: {known}"
        else:
            yield f"{where or 'top level'}: {problem}"
    for problem, note in noted:
        key = names[note.name]
        if isinstance(problem, IterableValidationError):
            yield from _item_problems(
                problem, AppTable if key == "apps" else UserTable, (where, key)
            )
        elif isinstance(problem, KeyError):
            yield f"{where or 'top level'}: {key} is missing"
        elif isinstance(problem, TypeError):
            yield f"{where or 'top level'}: {key} must be tables, each under [[...{key}]]"
        else:
            yield f"{where or 'top level'}: {key} {problem}"


def _item_problems(
    error: IterableValidationError, shape: type[Any], at: tuple[str, str]
) -> Iterator[str]:
    outer, key = at
    for problem, note in error.group_exceptions()[0]:
        place = f"{outer}, [[apps.{key}]]" if outer else f"[[{key}]]"
        where = f"{place} {int(note.index) + 1}"
        if isinstance(problem, ClassValidationError):
            yield from _shape_problems(problem, shape, where)
        else:
            yield f"{where}: {problem}"


def _text(value: object, _: object) -> str:
    if not isinstance(value, str) or not value:
        msg = "must be a string with something in it"
        raise ValueError(msg)
    return value


def _status(value: object, _: object) -> Status:
    try:
        return Status(str(value))
    except ValueError:
        msg = f"must be one of {', '.join(Status)}"
        raise ValueError(msg) from None


def _table(value: object, _: object) -> dict[str, object]:
    if not isinstance(value, dict):
        msg = "must be a table"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return cast("dict[str, object]", value)


def _shape(shape: type[Value], converter: Converter) -> Callable[[object, object], Value]:
    structure = make_dict_structure_fn(
        shape, converter, _cattrs_use_alias=True, _cattrs_forbid_extra_keys=True
    )
    return lambda value, _: structure(_table(value, None), shape)


def _made_converter() -> Converter:
    converter = Converter(use_alias=True, forbid_extra_keys=True)
    converter.register_structure_hook_factory(attrs.has, _shape)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(Status, _status)
    converter.register_structure_hook_func(
        lambda annotation: annotation == dict[str, object], _table
    )
    return converter


_converter: Final = _made_converter()


class BadSeed(ValueError):  # noqa: N818 - named by what is wrong
    """A seed file that cannot be used; the text names the file and what is wrong with it."""


def read_seed(path: Path, default_app_id: str) -> Seed:
    """Read a seed file.

    Args:
        path: The file.
        default_app_id: The app that the tables at the top level are about.

    Raises:
        BadSeed: It cannot be read, or something in it is wrong.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        _reject(path, [f"cannot be read: {error.strerror}"])
    except ValueError as error:
        _reject(path, [f"is not TOML: {error}"])
    reading = _Reading()
    seed = reading.seed(content, default_app_id)
    if reading.problems or seed is None:
        _reject(path, reading.problems)
    return seed


def _reject(path: Path, problems: Iterable[str]) -> NoReturn:
    msg = "\n".join(f"{path}: {problem}" for problem in problems)
    raise BadSeed(msg) from None


class _Reading:
    """One reading of one file, collecting what is wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def seed(self, content: dict[str, Any], default_app_id: str) -> Seed | None:
        try:
            file = read_tables(content)
        except BadTables as bad:
            self.problems += bad.problems
            return None
        settings = self._settings("[settings]", file.settings, Settings())
        tables = [(f"[[apps]] {number}", app) for number, app in enumerate(file.apps, 1)]
        if file.users:
            tables.insert(0, ("", AppTable(default_app_id, users=file.users)))
        apps: dict[str, AppSeed] = {}
        for where, table in tables:
            app = self._app(where, table, settings)
            if app.app_id in apps:
                self._note(where, f"appId {app.app_id!r} is there already")
            apps[app.app_id] = app
        return Seed(settings, apps)

    def _app(self, where: str, table: AppTable, settings: Settings) -> AppSeed:
        users: list[UserSeed] = []
        taken: dict[str, str] = {}
        for number, user in enumerate(table.users, 1):
            at = f"{where}, [[apps.users]] {number}" if where else f"[[users]] {number}"
            users.append(self._user(at, user))
            for name, key in _unique(users[-1]):
                if taken.setdefault(f"{name} {key}", at) != at:
                    self._note(at, f"{name} is that of {taken[f'{name} {key}']}")
        own = self._settings(f"{where}, [apps.settings]", table.settings, settings)
        return AppSeed(
            app_id=table.app_id,
            secret=table.app_secret,
            settings=own if table.settings else None,
            users=tuple(users),
            digest=_digest(table, own),
        )

    def _user(self, where: str, table: UserTable) -> UserSeed:
        profile = {"nickname": table.nickname, "customData": table.custom_data}
        return UserSeed(
            user_id=table.user_id,
            username=table.username,
            password=table.password,
            phone=self._read(
                where,
                table.phone_number,
                lambda number: address.phone(number, table.phone_country_code),
            ),
            email=self._read(where, table.email, address.email),
            status=table.status,
            access_token=table.access_token,
            profile={name: value for name, value in profile.items() if value is not None},
        )

    def _settings(self, where: str, given: dict[str, object], settings: Settings) -> Settings:
        return self._read(where, given, lambda names: read_settings(names, settings)) or settings

    def _read(self, where: str, given: object, read: Callable[[Any], Value]) -> Value | None:
        try:
            return None if given is None else read(given)
        except ValueError as error:
            self._note(where, str(error))
            return None

    def _note(self, where: str, problem: str) -> None:
        self.problems.append(f"{where}: {problem}")


def _unique(user: UserSeed) -> Iterator[tuple[str, str]]:
    """Give what no other user of the app may have."""
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
