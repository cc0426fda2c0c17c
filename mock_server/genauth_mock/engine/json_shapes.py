"""Reads JSON and TOML objects into attrs classes; every mistake is named by its path.

The field of a class is read by its annotation. ``Annotated[int, whole(1, 9)]`` reads it with a reader of
`genauth_mock.engine.json_values`. Importing this module imports cattrs, which takes a fifth of the
start-up time, so a server imports it with the first body.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    Literal,
    TypeVar,
    cast,
    get_args,
    get_origin,
)

import attrs
from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from genauth_mock.engine.json_values import InvalidInput, Problem, unknown
from genauth_mock.engine.value import defined, is_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping

Shape = TypeVar("Shape")

_OBJECT: Final = dict[str, object]


@attrs.frozen
class Wording:
    """How mistakes are put into words, and whether an unknown field is one.

    Attributes:
        empty: The text about an empty string; empty where empty strings are allowed.
        lists_choices: Whether the text about a wrong choice lists the right ones.
    """

    missing: str = "is missing"
    not_text: str = "must be a string"
    empty: str = ""
    not_flag: str = "must be true or false"
    not_choice: str = "must be one of"
    not_object: str = "must be an object"
    not_list: str = "must be a list"
    refuses_unknown: bool = True
    lists_choices: bool = True


JSON: Final = Wording()
"""For what people write in JSON: the calls under ``/_mock/`` and files."""

TOML: Final = Wording(
    empty="must be a string with something in it",
    not_object="must be a table",
    not_list="must be a list of tables",
)
"""For what people write in TOML."""

API: Final = Wording(
    missing="should not be empty",
    empty="should not be empty",
    not_flag="must be a boolean value",
    not_choice="must be a valid enum value",
    lists_choices=False,
    refuses_unknown=False,
)
"""The words of class-validator, which the API's server is believed to use. Source: answers in public code."""


def reader(shape: type[Shape], wording: Wording = JSON) -> Callable[[Mapping[str, object]], Shape]:
    """Return a function that reads objects of one shape, and raises `InvalidInput` with every mistake in one."""
    return cast(
        "Callable[[Mapping[str, object]], Shape]", _reader(cast("Hashable", shape), wording)
    )


@cache
def _reader(shape: type[Any], wording: Wording) -> Callable[[Mapping[str, object]], object]:
    structure = _class_hook(shape, _converter(wording), wording)

    def read(content: Mapping[str, object]) -> object:
        try:
            return structure(content, shape)
        except ClassValidationError as error:
            raise InvalidInput(*_problems(error, shape, "", wording)) from None

    return read


def _problems(
    error: ClassValidationError, shape: type[Any], path: str, wording: Wording
) -> Iterator[Problem]:
    fields = {each.name: each for each in attrs.fields(shape)}
    noted, unnoted = error.group_exceptions()
    for problem in unnoted:
        if isinstance(problem, ForbiddenExtraKeysError):
            known = [each.alias or name for name, each in fields.items()]
            for name in sorted(problem.extra_fields):
                yield Problem("", unknown("field", f"{path}{name}", known))
        else:
            yield Problem(path.rstrip("."), str(problem))
    for problem, note in noted:
        name = path + (fields[note.name].alias or note.name)
        yield from _problems_of_value(problem, (name, note.type), wording)


def _problems_of_value(
    problem: BaseException, at: tuple[str, object], wording: Wording
) -> Iterator[Problem]:
    name, annotation = at
    match problem:
        case KeyError():
            yield Problem(name, wording.missing)
        case ClassValidationError():
            yield from _problems(problem, _class_in(annotation), f"{name}.", wording)
        case IterableValidationError():
            for inner, note in problem.group_exceptions()[0]:
                place = f"{name}[{note.index}]"
                yield from _problems_of_value(inner, (place, annotation), wording)
        case _:
            yield Problem(name, str(problem))


def _class_in(annotation: object) -> type[Any]:
    """Return the attrs class in an annotation such as ``list[User]`` or ``User | None``."""
    if is_shape(annotation):
        return annotation
    return next(found for each in get_args(annotation) if (found := _class_in(each)))


@cache
def _converter(wording: Wording) -> Converter:
    converter = Converter(use_alias=True)
    _register_objects(converter, wording)
    _register_values(converter, wording)
    converter.register_structure_hook_factory(_is_annotated, _annotated_hook)
    return converter


def _register_objects(converter: Converter, wording: Wording) -> None:
    """Have objects and lists read."""

    def class_hook(shape: type[Any], _: Converter) -> Callable[[object, object], object]:
        structure = _class_hook(shape, converter, wording)
        return lambda value, _: structure(_as_object(value, wording), shape)

    converter.register_structure_hook_factory(is_shape, class_hook)
    converter.register_structure_hook_func(
        lambda kind: kind == _OBJECT, lambda value, _: _as_object(value, wording)
    )
    converter.register_structure_hook_func(
        _is_list,
        lambda value, kind: _list(value, kind, converter, wording),
    )
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)


def _register_values(converter: Converter, wording: Wording) -> None:
    """Have texts, flags and choices read."""
    text = _text_hook(wording)

    def text_or_none(value: object, kind: object) -> object:
        return None if value is None else text(value, kind)

    def flag(value: object, _: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError(wording.not_flag)  # noqa: TRY004 - one kind of error for one kind of problem
        return value

    def choice(annotation: object, _: Converter) -> Callable[[object, object], object]:
        return _choice_hook(annotation, wording)

    converter.register_structure_hook(str, text)
    converter.register_structure_hook(
        StrEnum, lambda value, kind: _choice_hook(kind, wording)(value, kind)
    )
    converter.register_structure_hook_func(lambda kind: kind == (str | None), text_or_none)
    converter.register_structure_hook(bool, flag)
    converter.register_structure_hook_factory(_is_choice, choice)


def _class_hook(
    shape: type[Shape], converter: Converter, wording: Wording
) -> Callable[[Mapping[str, object], type[Shape]], Shape]:
    return make_dict_structure_fn(
        defined(shape),
        converter,
        _cattrs_use_alias=True,
        _cattrs_forbid_extra_keys=wording.refuses_unknown,
    )


def _as_object(value: object, wording: Wording) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError(wording.not_object)  # noqa: TRY004 - as above
    return cast("dict[str, object]", value)


def _list(value: object, kind: object, converter: Converter, wording: Wording) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(wording.not_list)  # noqa: TRY004 - as above
    [item] = get_args(kind)
    found: list[object] = []
    mistakes: list[Exception] = []
    for index, each in enumerate(cast("list[object]", value)):
        try:
            found.append(converter.structure(each, item))
        except (BaseValidationError, ValueError) as error:
            error.add_note(IterableValidationNote("", index, item))
            mistakes.append(error)
    if mistakes:
        message = "items"
        raise IterableValidationError(message, mistakes, list)  # pyright: ignore[reportCallIssue] - as a group
    return found


def _text_hook(wording: Wording) -> Callable[[object, object], str]:
    def text(value: object, _: object) -> str:
        if not isinstance(value, str):
            raise ValueError(wording.not_text)  # noqa: TRY004 - as above
        if not value and wording.empty:
            raise ValueError(wording.empty)
        return value

    return text


def _is_list(annotation: object) -> bool:
    origin: object = get_origin(annotation)
    return origin is list


def _is_choice(annotation: object) -> bool:
    return get_origin(annotation) is Literal


def _choice_hook(annotation: object, wording: Wording) -> Callable[[object, object], object]:
    # What is given back is our own string: a code that is kept need not keep the request's.
    given = annotation if isinstance(annotation, type) else get_args(annotation)
    choices = {str(choice): choice for choice in cast("tuple[object, ...]", given)}

    def choose(value: object, _: object) -> object:
        choice = choices.get(value) if isinstance(value, str) else None
        if choice is None:
            listed = f" {', '.join(choices)}" if wording.lists_choices else ""
            raise ValueError(wording.not_choice + listed)
        return choice

    return choose


def _is_annotated(annotation: object) -> bool:
    return get_origin(annotation) is Annotated


def _annotated_hook(annotation: object, _: Converter) -> Callable[[object, object], object]:
    read: Callable[[object], object] = get_args(annotation)[1]

    def read_value(value: object, _: object) -> object:
        try:
            return read(value)
        except ValueError as error:
            message = f"must be {error}"
            raise ValueError(message) from None

    return read_value
