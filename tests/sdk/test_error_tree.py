"""Every error is defined once, exported, and drawn where it belongs; what is missing is named here."""

from __future__ import annotations

import re

import aiogenauth
from aiogenauth import GenAuthError, errors

DRAWN = re.compile(r"(?P<branch>[│├└─ ]*)(?P<name>[A-Z][A-Za-z]+)(  .*)?")
"""A line of the drawing: each level is four characters."""


def defined() -> dict[str, str]:
    """Give the parent of every error of the module."""
    found = {
        name: each.__bases__[0].__name__
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, GenAuthError)
    }
    return found | {"GenAuthError": ""}


def drawn() -> dict[str, str]:
    """Give the parent of every error in the drawing at the top of the module."""
    assert errors.__doc__ is not None
    found: dict[str, str] = {}
    above: list[str] = []
    for line in errors.__doc__.splitlines():
        if match := DRAWN.fullmatch(line):
            level = len(match["branch"]) // 4
            above[level:] = [match["name"]]
            found[match["name"]] = above[level - 1] if level else ""
    return found


def test_every_error_is_drawn_under_its_parent() -> None:
    missing = {name: parent for name, parent in defined().items() if drawn().get(name) != parent}
    assert missing == {}, "draw them at the top of aiogenauth/errors.py"
    assert set(drawn()) == set(defined())


def test_every_error_is_exported_by_the_package() -> None:
    missing = [
        name
        for name in defined()
        if name not in aiogenauth.__all__
        or getattr(aiogenauth, name, None) is not getattr(errors, name)
    ]
    assert missing == [], "import them in aiogenauth/__init__.py, and name them in its __all__"


def test_every_error_says_what_it_means() -> None:
    assert [name for name in defined() if not vars(errors)[name].__doc__] == []


def test_what_ends_as_unknown_is_named_so_and_nothing_else_is() -> None:
    """Applications catch by that ending, and by the class."""
    named = {name for name in defined() if name.endswith("OutcomeUnknown")}
    of_class = {name for name in defined() if issubclass(vars(errors)[name], errors.OutcomeUnknown)}
    assert named == of_class
