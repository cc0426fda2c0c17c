"""Classes as attrs makes them: compared by what they hold, shown without secrets, made when they are needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import cast

import attrs
import pytest

from genauth_mock.engine.json_shapes import reader
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.value import (
    define,
    defined,
    frozen,
    frozen_for_checkers,
    is_shape,
    json_shape,
)


@frozen
class Point:
    """A value with a part that is not shown, and one that does not count."""

    x: int
    y: int = attrs.field(default=0, repr=False)
    note: str = attrs.field(default="", eq=False)


@frozen_for_checkers
class Same:
    """A value like another."""

    x: int
    y: int = 0


@frozen
class Nothing:
    """A value without parts."""


@define
class Changing:
    """What changes."""

    x: int


@define(eq=False)
class Someone:
    """Who is only themselves."""

    x: int


def test_values_are_equal_by_what_they_hold() -> None:
    assert Point(1, 2) == Point(1, 2, note="no matter") != Point(1, 3)
    assert {Point(1), Point(1), Point(2)} == {Point(1), Point(2)}
    assert Point(1) != cast("object", Same(1))
    assert Nothing() == Nothing()
    assert Someone(1) != Someone(1)
    assert Changing(1) == Changing(1)


def test_what_changes_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(Changing(1))


def test_values_are_shown_as_attrs_shows_them() -> None:
    assert repr(Point(1, 2, "n")) == "Point(x=1, note='n')"
    assert repr([Nothing(), Same(1, 2)]) == "[Nothing(), Same(x=1, y=2)]"


def test_frozen_values_do_not_change() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Point(1).x = 2  # type: ignore[misc]  # what the test is about


@json_shape
class Inner:
    """A body in a body."""

    pass_code: str = attrs.field(alias="passCode", repr=False)


@json_shape
class Outer:
    """A body."""

    inner: Inner
    others: list[Inner] = attrs.field(factory=list[Inner])


@json_shape
class WithDefaults:
    """A part of a body that may be left out."""

    flag: bool | None = attrs.field(default=None, alias="theFlag")
    many: list[str] = attrs.field(factory=list[str])


def test_a_shape_that_nobody_has_sent_yet_has_its_defaults() -> None:
    made = WithDefaults()
    assert (made.flag, made.many) == (None, [])
    assert made == WithDefaults() == reader(WithDefaults)({})


def test_a_shape_is_made_when_its_first_body_comes_be_it_in_many_threads() -> None:
    assert is_shape(Outer)
    with ThreadPoolExecutor(8) as threads:
        made = [*threads.map(defined, [Outer] * 8)]
    assert made == [Outer] * 8
    read = partial(reader(Outer), {"inner": {"passCode": "1"}, "others": [{"passCode": "2"}]})
    assert repr(read()) == "Outer(inner=Inner(), others=[Inner()])"
    assert read() == read()
    with pytest.raises(InvalidInput, match=r"inner.passCode is missing"):
        reader(Outer)({"inner": {}})


def test_a_shape_that_no_body_was_read_into_yet_is_made_with_its_first_value() -> None:
    """Such as the options of a call whose body has none."""

    @json_shape
    class Options:
        given: str | None = None
        secret: str = attrs.field(default="none", repr=False)

    assert is_shape(Options)
    first = Options(given="this")
    assert (first.given, first.secret) == ("this", "none")
    assert first == Options("this")
    assert repr(Options()).endswith("Options(given=None)")


@json_shape
class Narrow:
    """A shape that another one widens; nothing is read into it by itself before."""

    first: str | None = attrs.field(default=None, alias="firstName")


@json_shape
class Wide(Narrow):
    """A shape that widens another one."""

    last: str | None = None


def test_a_shape_has_what_the_shape_has_that_it_widens() -> None:
    assert reader(Wide)({"firstName": "Ada", "last": "L"}) == Wide("Ada", "L")
