"""Shapes and payloads are imported when they are first used, and are seen by everybody all the same."""

from __future__ import annotations

import ast
import copy
import importlib
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

import aiogenauth
from aiogenauth import PassCodeCheck, given, shapes
from aiogenauth.shapes import lazily

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


def folder(name: str) -> Path:
    package = PACKAGES[name]
    assert package.__file__ is not None
    return Path(package.__file__).parent


@pytest.mark.parametrize("name", PACKAGES)
def test_every_module_is_found_by_python_and_by_type_checkers(name: str) -> None:
    """A new one is a line in both halves of the package's `__init__.py`."""
    tree = ast.parse((folder(name) / "__init__.py").read_text(encoding="utf-8"))
    seen = tuple(
        str(node.module).rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and [each.name for each in node.names] == ["*"]
    )
    there = {each.stem for each in folder(name).glob("*.py")} - {"__init__", "lazily"}
    assert seen == PACKAGES[name].MODULES == tuple(sorted(there))


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_class_and_choice_of_a_module_is_a_name_of_its_package(name: str) -> None:
    for each in PACKAGES[name].MODULES:
        module = importlib.import_module(f"aiogenauth.{name}.{each}")
        for found in _defined(module):
            assert getattr(PACKAGES[name], found) is getattr(module, found)
            assert found in PACKAGES[name].__all__


def test_what_a_module_only_uses_is_no_name_of_the_package() -> None:
    assert {
        "Literal",
        "Mapping",
        "PhoneNumber",
        "Result",
        "Secret",
        "TypedDict",
        "frozen",
    }.isdisjoint({*dir(shapes), *dir(given)} - {*vars(shapes), *vars(given)})
    assert not hasattr(shapes, "Secret")
    assert not hasattr(given, "Literal")


def test_only_the_module_that_defines_a_name_is_run() -> None:
    script = (
        "import sys; from aiogenauth import shapes; shapes.TicketCheck;"
        "print(sorted(each for each in sys.modules if each.startswith('aiogenauth.shapes.')))"
    )
    assert run(script) == "['aiogenauth.shapes.lazily', 'aiogenauth.shapes.oidc']"


def test_names_are_found_where_there_is_no_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a frozen application: a zip file of compiled modules, whose coverage nobody could show."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
    with zipfile.PyZipFile(str(tmp_path / "app.zip"), "w") as archive:
        archive.writepy(str(Path(str(aiogenauth.__file__)).parent))
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'app.zip')!r});"
        "from aiogenauth.given import Gender; from aiogenauth import shapes;"
        "print(Gender.__args__, shapes.SignIn.__module__, 'app.zip' in shapes.__file__)"
    )
    assert run(script) == "('M', 'F', 'U') aiogenauth.shapes.sign_in True"


def test_a_module_that_was_compiled_to_a_library_is_run_to_be_read() -> None:
    """It has no code that could be looked at before."""
    assert {"pi", "sqrt"} <= lazily.mentioned_in("math")


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
    for name in given.MODULES:
        assert "annotations" not in vars(importlib.import_module(f"aiogenauth.given.{name}"))
