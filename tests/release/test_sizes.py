"""Modules, functions and classes are as small as the house wants them; what is larger says why.

ruff counts parameters (`max-args`), this counts the rest.
"""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.release.installed import PROJECT

MOST_LINES: Final = 200
"""Lines of a module, all of them."""

MOST_FUNCTION_LINES: Final = 25
"""Lines of a function, from `def` to its end, without its docstring."""

MOST_METHODS: Final = 10
"""Methods of a class and its properties, without those that Python itself calls."""

LARGER_ON_PURPOSE: Final = {
    "src/aiogenauth/client.py:__init__": "a promised signature, which is most of its lines",
    "src/aiogenauth/errors.py": "the whole tree of errors is drawn and defined in one place",
    "mock_server/genauth_mock/engine/error_codes.py": "one table: what each verdict answers, and its source",
    "mock_server/genauth_mock/engine/pass_code.py": "all rules of a pass code's life are in this file",
    "contract/genauth_contract/play/context.py:World": "the words that scenarios are written in",
    "examples/official_sdk.py": "one file to copy: what the page on moving over claims, tried",
}
"""What is larger, and why it stays in one piece."""

FOLDERS: Final = ("src", "mock_server", "contract", "tests", "benchmarks", "examples", "docs")
MODULES: Final = sorted(
    [*PROJECT.glob("*.py"), *(path for name in FOLDERS for path in (PROJECT / name).rglob("*.py"))]
)


def larger_in(source: str) -> Iterator[str]:
    """Name what is too large in a module: the module itself as "", a class or function by name."""
    if len(source.splitlines()) > MOST_LINES:
        yield ""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and _methods(node) > MOST_METHODS:
            yield node.name
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.body[0] if ast.get_docstring(node) is not None else None
            if _lines(node) - (_lines(said) if said else 0) > MOST_FUNCTION_LINES:
                yield node.name


def _lines(node: ast.stmt) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _methods(node: ast.ClassDef) -> int:
    names = {
        each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return sum(not (name.startswith("__") and name.endswith("__")) for name in names)


def larger() -> set[str]:
    """Name everything that is too large, such as `src/aiogenauth/errors.py` or `...py:Name`."""
    return {
        f"{path.relative_to(PROJECT).as_posix()}:{name}".rstrip(":")
        for path in MODULES
        for name in larger_in(path.read_text(encoding="utf-8"))
    }


def test_nothing_is_larger_but_what_says_why() -> None:
    """An exception that is no longer needed is taken out again."""
    assert larger() == set(LARGER_ON_PURPOSE)


LONG_FUNCTION: Final = (
    "def told():\n" + '    """Said\n    in two lines.\n    """\n' + "    pass\n" * 24
)
MANY_METHODS: Final = "class Told:\n" + "".join(
    f"    def {name}(self): ...\n" for name in ("__init__", *(f"_told{n}" for n in range(10)))
)


@pytest.mark.parametrize(
    ("source", "more", "name"),
    [
        ("told = 1\n" * 200, "told = 2\n", ""),
        (LONG_FUNCTION, "    pass\n", "told"),
        (MANY_METHODS, "    @property\n    def one_more(self): ...\n", "Told"),
    ],
    ids=["module", "function", "class"],
)
def test_one_more_is_noticed(source: str, more: str, name: str) -> None:
    """A limit itself is allowed."""
    assert list(larger_in(source)) == []
    assert list(larger_in(source + more)) == [name]
