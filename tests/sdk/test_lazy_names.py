"""Shapes and payloads are imported when they are first used, and are seen by everybody all the same."""

from __future__ import annotations

import ast
import copy
import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import aiogenauth
from aiogenauth import PassCodeCheck, given, shapes

PACKAGES = {"shapes": shapes, "given": given}


def run(script: str) -> str:
    """Run a script in a Python of its own."""
    command = [sys.executable, "-c", script]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_importing_the_package_imports_no_shape_and_no_cattrs() -> None:
    script = (
        "import sys, aiogenauth\n"
        "aiogenauth.AuthenticationClient('app', 'https://x.example')\n"
        "late = ('aiogenauth.shapes.', 'aiogenauth.given.', 'cattrs')\n"
        "print(sorted(each for each in sys.modules if each.startswith(late)))"
    )
    assert run(script) == "['aiogenauth.shapes.lazily']"


@pytest.mark.parametrize("name", PACKAGES)
def test_type_checkers_see_the_names_that_are_imported_late(name: str) -> None:
    """The two halves of the package's file say the same."""
    package = PACKAGES[name]
    assert package.__file__ is not None
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    seen = {
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and f"aiogenauth.{name}." in f"{node.module}."
        for alias in node.names
        if alias.asname == alias.name
    }
    found = {(module, each) for module, names in package.MODULES.items() for each in names}
    assert seen == found


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_class_of_a_module_is_exported(name: str) -> None:
    for module, names in PACKAGES[name].MODULES.items():
        assert names == tuple(sorted(names)), module
        assert set(names) == _defined(importlib.import_module(module))


def _defined(module: ModuleType) -> set[str]:
    """Name what a module defines: its classes, and what it assigns."""
    assert module.__file__ is not None
    body = ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
    classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
    assigned = {
        target.id
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {each for each in classes | assigned if not each.startswith("_")}


@pytest.mark.parametrize("package", [aiogenauth, shapes, given], ids=lambda each: each.__name__)
def test_all_names_are_listed_and_there(package: ModuleType) -> None:
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert name in dir(package)


def test_everything_can_be_imported_with_a_star() -> None:
    script = "from aiogenauth import *\nfrom aiogenauth.shapes import *\nprint(SignIn.__name__)"
    assert run(script) == "SignIn"


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'SingIn'"):
        _ = shapes.SingIn  # type: ignore[attr-defined]
    assert not hasattr(aiogenauth, "SingIn")


def test_shapes_can_be_pickled_and_copied() -> None:
    check = PassCodeCheck(is_valid=True)
    assert pickle.loads(pickle.dumps(check)) == check  # noqa: S301 - our own
    assert copy.deepcopy(check) == check


def test_payloads_say_which_keys_may_be_left_out() -> None:
    """A `from __future__ import annotations` in their module would take that from them."""
    for names in given.MODULES.values():
        for name in names:
            module = sys.modules[getattr(given, name).__module__]
            assert "annotations" not in vars(module)
