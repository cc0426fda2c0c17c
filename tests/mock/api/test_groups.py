"""The table of calls: its groups are found, its paths are documented ones, and no shape shows a secret."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest

from genauth_mock.activity.masking import HIDDEN, masked_json
from genauth_mock.api import groups
from genauth_mock.api.documented import DOCUMENTED, NOT_IMITATED, is_not_imitated
from genauth_mock.api.endpoints import CALLS
from genauth_mock.api.management import MANAGED
from genauth_mock.engine.value import defined, is_shape
from genauth_mock.http.paths import is_path_of, parts_of

MODULES = [
    import_module(f"{groups.__name__}.{each.name}") for each in iter_modules(groups.__path__)
]


def _shapes() -> Iterator[type[Any]]:
    for module in MODULES:
        for value in vars(module).values():
            if is_shape(value):
                yield defined(value)


def test_every_group_has_calls_and_all_are_in_the_table() -> None:
    assert all(module.CALLS for module in MODULES)
    assert {call.path for module in MODULES for call in module.CALLS} == {c.path for c in CALLS}


def test_no_path_is_in_the_table_twice() -> None:
    paths = [call.path for call in CALLS]
    assert len(paths) == len(set(paths))


def test_every_imitated_path_is_a_documented_one() -> None:
    unknown = {call.path for call in CALLS} - DOCUMENTED
    assert sorted(unknown) == [], "name them in mock_server/genauth_mock/api/documented.py"


def test_what_is_not_imitated_is_what_is_left() -> None:
    assert {call.path for call in CALLS} | NOT_IMITATED == DOCUMENTED
    assert not {call.path for call in CALLS} & NOT_IMITATED


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v3/captcha-code", True),
        ("/api/v3/webauthn/remove-credential/abc", False),
        ("/api/v2/saml-idp/abc", True),
        ("/api/v2/saml-idp/a/b", False),
        ("/api/v3/send-sms", False),
        ("/api/v3/never", False),
        ("/api/v3/create-user", True),
        ("/api/v3/user-list/abc", True),
        ("/api/v2/users/me", True),
        ("/events/v1/management/sub", True),
        ("/graphql/v2", True),
    ],
)
def test_path_is_known_without_being_imitated(path: str, expected: bool) -> None:
    assert is_not_imitated(path) is expected


def test_the_whole_management_api_is_known() -> None:
    assert len(MANAGED) > 400
    assert MANAGED & {call.path for call in CALLS} == {"/api/v3/pub-userEvent"}


@pytest.mark.parametrize("shape", sorted(set(_shapes()), key=str), ids=str)
def test_secret_fields_stay_out_of_the_repr(shape: type[Any]) -> None:
    shown = [each.alias for each in attrs.fields(shape) if each.repr is not False]
    assert [name for name in shown if name and masked_json("x", name) == HIDDEN] == []


@pytest.mark.parametrize(
    ("named", "path", "parts"),
    [
        ("/a/{id}", "/a/7", {"id": "7"}),
        ("/a/{id}/b", "/a/x%2Fy/b", {"id": "x/y"}),
        ("/a/{id}/{no}", "/a/1/2", {"id": "1", "no": "2"}),
        ("/a/{id}", "/a/", {}),
        ("/a/{id}", "/a/1/2", {}),
        ("/a/{id}", "/b/1", {}),
        ("/a/b", "/a/b", {}),
    ],
)
def test_the_variable_parts_of_a_path_are_whole_ones(
    named: str, path: str, parts: dict[str, str]
) -> None:
    assert parts_of(named, path) == parts
    assert is_path_of(named, path) is (bool(parts) or named == path)


def test_braces_of_a_caller_are_no_pattern_that_takes_for_ever() -> None:
    """As a pattern, three of them took hours for one long path, and a name twice was no pattern at all."""
    for named in ("/{a}{b}{c}{d}{e}X", "/{a}{a}", "/{1}", "/{", "/(a+)+{x}"):
        assert not is_path_of(named, f"/{'a' * 8000}")
