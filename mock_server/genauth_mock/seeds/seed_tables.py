"""The tables of a seed file, and what may be wrong with their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs
from attrs import field, frozen
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from genauth_mock.accounts import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
