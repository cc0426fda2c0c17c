"""Reading request bodies into shapes, strictly; every field that is wrong is named.

The first request with a body imports it, not whoever starts the server: cattrs takes a fifth of the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter
from cattrs.gen import make_dict_structure_fn

from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Shape = TypeVar("Shape")

_OBJECT: Final = dict[str, object]


def reader(shape: type[Shape]) -> Callable[[Mapping[str, object]], Shape]:
    """Make what reads bodies of one shape; it raises `Refusal`, ``INVALID_ARGUMENT``, naming every field at fault."""
    structure = _from_object(shape, _converter)

    def read(body: Mapping[str, object]) -> Shape:
        try:
            return structure(body, shape)
        except ClassValidationError as error:
            problems = list(_problems(error, shape, ""))
            raise Refusal(
                Outcome.INVALID_ARGUMENT, "; ".join(problems), why={"rule": "request body"}
            ) from None

    return read


def _problems(error: ClassValidationError, shape: type[object], path: str) -> list[str]:
    """Put every problem in the words of class-validator, which the API's server is believed to use."""
    wire_names = {a.name: a.alias or a.name for a in attrs.fields(cast("type[Any]", shape))}
    found: list[str] = []
    noted, unnoted = error.group_exceptions()
    for problem, note in noted:
        name = path + wire_names[note.name]
        match problem:
            case KeyError():
                found.append(f"{name} should not be empty")
            case ClassValidationError():
                found += _problems(problem, _inner(note.type), f"{name}.")
            case _:
                found.append(f"{name} {problem}")
    return found + [f"{path.rstrip('.')} {problem}" for problem in unnoted]


def _inner(annotation: object) -> type[object]:
    if isinstance(annotation, type):
        return annotation
    return next(option for option in get_args(annotation) if attrs.has(option))


def _any_object(value: object, _: object) -> dict[str, object]:
    if not isinstance(value, dict):
        msg = "must be an object"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return cast("dict[str, object]", value)


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        msg = "must be a string"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    if not value:
        msg = "should not be empty"
        raise ValueError(msg)
    return value


def _text_or_none(value: object, kind: object) -> str | None:
    return None if value is None else _text(value, kind)


def _flag(value: object, _: object) -> bool:
    if not isinstance(value, bool):
        msg = "must be a boolean value"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def _is_literal(annotation: object) -> bool:
    return get_origin(annotation) is Literal


def _choice(annotation: object, _: Converter) -> Callable[[object, object], object]:
    # What is given back is our own string: a code that is kept need not keep the request's.
    choices: dict[object, str] = {choice: choice for choice in get_args(annotation)}

    def choose(value: object, _: object) -> object:
        choice = choices.get(value) if isinstance(value, str) else None
        if choice is None:
            msg = f"must be a valid enum value: {', '.join(choices.values())}"
            raise ValueError(msg)
        return choice

    return choose


def _from_object(
    shape: type[Shape], converter: Converter
) -> Callable[[Mapping[str, object], type[Shape]], Shape]:
    return make_dict_structure_fn(shape, converter, _cattrs_use_alias=True)


def _object(shape: type[Shape], converter: Converter) -> Callable[[object, object], Shape]:
    structure = _from_object(shape, converter)

    def structure_object(value: object, _: object) -> Shape:
        if not isinstance(value, dict):
            msg = "must be an object"
            raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
        return structure(cast("dict[str, object]", value), shape)

    return structure_object


def _made_converter() -> Converter:
    converter = Converter(use_alias=True)
    converter.register_structure_hook_factory(attrs.has, _object)
    converter.register_structure_hook_func(lambda kind: kind == _OBJECT, _any_object)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook_func(lambda kind: kind == (str | None), _text_or_none)
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook_factory(_is_literal, _choice)
    return converter


_converter: Final = _made_converter()
