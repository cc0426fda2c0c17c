"""attrs for the server's own classes: as `attrs.define` and `attrs.frozen` make them, in less than half the time.

Most of the time that attrs takes for a class goes into compiling its comparison, its hash and its repr. A server has a
hundred and fifty classes before its first answer; so here these three are functions that all classes share.

`frozen` is the rule for values. Making a frozen value costs three times as much as making a plain one, and a request
makes a dozen; so where that counts it is `frozen_for_checkers`: kept from changing by the type checkers, not by a check
at run time. What is only ever read from JSON, such as the bodies of calls, is a `json_shape`: it becomes an attrs class
when the first such body comes, or the first value is made.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["define", "defined", "frozen", "frozen_for_checkers", "is_shape", "json_shape"]

Shape = TypeVar("Shape")

_undefined: Final[set[type[Any]]] = set()
_readers: Final[dict[type[Any], Callable[[Any], object]]] = {}
_defining: Final = RLock()


def is_shape(annotation: object) -> TypeGuard[type[Any]]:
    """Return whether objects are read into a class."""
    return isinstance(annotation, type) and (annotation in _undefined or attrs.has(annotation))


def defined(shape: type[Shape]) -> type[Shape]:
    """Return a class after it has been made an attrs class, if it was none yet."""
    with _defining:  # two servers in two threads may meet their first body together
        if shape in _undefined:
            for base in shape.__bases__:  # attrs takes over the attributes of its own classes only
                defined(base)
            attrs.define(shape, init=True, slots=False, unsafe_hash=True)
            _undefined.discard(shape)
    return shape


def _json_shape(shape: type[Shape]) -> type[Shape]:
    """Leave a class as it is until `defined` makes an attrs class of it, or until the first value is made."""
    made: Any = shape
    made.__init__ = _init_late
    _undefined.add(shape)
    return shape


def _init_late(self: object, *values: object, **named: object) -> None:
    """Make an attrs class of the value's class, whose own `__init__` takes the place of this one."""
    kind: Any = defined(self.__class__)
    kind.__init__(self, *values, **named)


def _define(
    shape: type[Any] | None = None,
    *,
    eq: bool = True,
    unsafe_hash: bool = False,
    **how: Any,  # noqa: ANN401 - the arguments of `attrs.define`
) -> Any:  # noqa: ANN401 - a class, or what decorates one
    """Make an attrs class that shares its comparison, its hash and its repr with all others."""
    if shape is None:
        return partial(_define, eq=eq, unsafe_hash=unsafe_hash, **how)
    own = {*vars(shape)}
    made: Any = attrs.define(shape, eq=False, repr=False, **how)
    if "__repr__" not in own:
        made.__repr__ = _repr
    if eq and "__eq__" not in own:
        made.__eq__ = _eq
        if "__hash__" not in own:
            made.__hash__ = _hash if unsafe_hash or how.get("frozen") else None
    return made


def _values_of(value: object) -> object:
    """Return what counts of a value in a comparison."""
    kind: type[Any] = value.__class__
    values = _readers.get(kind)
    if values is None:
        names = [each.name for each in attrs.fields(kind) if each.eq]
        values = _readers[kind] = attrgetter(*names) if names else lambda _: ()
    return values(value)


def _eq(self: object, other: object) -> Any:  # noqa: ANN401 - NotImplemented has no type of its own
    if other.__class__ is not self.__class__:
        return NotImplemented
    return _values_of(self) == _values_of(other)


def _hash(self: object) -> int:
    return hash((self.__class__, _values_of(self)))


@recursive_repr()
def _repr(self: object) -> str:
    kind: type[Any] = self.__class__
    shown = [
        f"{each.name}={(repr if each.repr is True else each.repr)(getattr(self, each.name))}"
        for each in attrs.fields(kind)
        if each.repr
    ]
    return f"{kind.__qualname__.rpartition('>.')[2]}({', '.join(shown)})"


if TYPE_CHECKING:
    from attrs import define, frozen
    from attrs import frozen as frozen_for_checkers
    from attrs import frozen as json_shape
else:
    define, json_shape = _define, _json_shape
    frozen = partial(_define, frozen=True)
    frozen_for_checkers = partial(_define, unsafe_hash=True, weakref_slot=False)
