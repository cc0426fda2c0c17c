"""The examples in the SDK's docstrings are run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import aiogenauth


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    names = [each.name for each in pkgutil.walk_packages(aiogenauth.__path__, "aiogenauth.")]
    modules = [importlib.import_module(name) for name in names]
    return [test for module in modules for test in finder.find(module) if test.examples]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_in_a_docstring_holds(example: doctest.DocTest) -> None:
    said: list[str] = []
    outcome = doctest.DocTestRunner().run(example, out=said.append)
    assert outcome.failed == 0, "".join(said)


def test_the_examples_are_found() -> None:
    assert "aiogenauth.vocabulary.PhoneNumber" in {each.name for each in examples()}
