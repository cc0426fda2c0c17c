"""Docstrings, comments and texts of the packages are plain English: the worst riddles are known, and banned."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from typing import Final

import pytest

from tests.release.installed import PROJECT

PACKAGES: Final = (
    "src/aiogenauth",
    "mock_server/genauth_mock",
    "contract/genauth_contract",
)
MODULES: Final = sorted(path for name in PACKAGES for path in (PROJECT / name).rglob("*.py"))

RIDDLES: Final = {
    r"\bbef[ae]ll(s|en|ing)?\b": "say what applies to what: a fault applies to a request",
    r"\bcame of (it|them)\b": "name it: the result, the outcome",
    r"\b(is|are) told\b": "name who is answered, or what is shown",
    r"\bwhat (is|was) told\b": "name it: the outcome, the answer",
    r"(?<!there )\bis no (?!longer\b|more\b|such\b)\w": "is not a ..., or: unknown X 'value'; expected one of: ...",
    r"\bthere are: ": "expected one of: ...",
    r"\b(come|comes|happens|to the app) in between\b": "say what must not happen, and when",
}
"""What stands nowhere, and what to write in its place."""

OPENINGS: Final = {"Give": "Return", "Tell": "Return, or Whether", "Let": "name what is done"}
"""First words of a docstring that are none, and what says it better."""


def riddles_in(source: str) -> Iterator[str]:
    """Yield each riddle of a module with what to write in its place."""
    for text in (*_comments(source), *_strings(source)):
        for riddle, better in RIDDLES.items():
            found = re.search(riddle, text, re.IGNORECASE)
            if found:
                yield f"{found[0]!r} in {_around(text, found)!r}: {better}"
    for docstring in _docstrings(source):
        first = docstring.split(maxsplit=1)[0]
        if first in OPENINGS:
            yield f"{first!r} opens {docstring.splitlines()[0]!r}: {OPENINGS[first]}"


def _comments(source: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def _strings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield docstring


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 30) : found.end() + 30]


def test_no_riddle_stands_in_a_package() -> None:
    assert [
        f"{path.relative_to(PROJECT)}: {riddle}"
        for path in MODULES
        for riddle in riddles_in(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "# a fault befell it\n",
        "text = f'{name} is no filter'\n",
        "text = 'unknown; there are: a, b'\n",
        "def one():\n    '''Give the code.'''\n",
        "def one():\n    '''Return what came of it.'''\n",
    ],
)
def test_a_riddle_is_noticed(source: str) -> None:
    assert len(list(riddles_in(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "# it is no longer there\n",
        "text = f'unknown filter {name!r}; expected one of: a, b'\n",
        "def one():\n    '''Return the code.'''\n",
    ],
)
def test_plain_words_are_left_alone(source: str) -> None:
    assert list(riddles_in(source)) == []
