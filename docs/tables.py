"""The directives of this site: tables and lists that are read when it is built, and so stay true."""

from __future__ import annotations

import inspect
import json
import logging
import re
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger
from sphinx.util.nodes import nested_parse_with_titles

from aiogenauth import AuthenticationClient, given, shapes
from aiogenauth.protocol import Auth, Endpoint
from aiogenauth.shapes.lazily import defined_in
from genauth_contract.cli.matrix import play_matrix
from genauth_mock.engine.settings import SETTINGS, Settings, show_settings

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "examples/fastapi_service"))

from phone_api.answers import ANSWERS

from benchmarks.drawing.pictures import NotMeasured, read
from benchmarks.keeping import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LOGGER = getLogger(__name__)

ROOT = Path(__file__).parents[1]

SETS_UP: Final = {"as_user", "with_options", "warm_up", "aclose"}
"""Methods of the client that make no call."""


def needs_user(call: str) -> bool:
    """Return whether a call is one of a signed-in user, by its endpoint: a constant of its module."""
    module = sys.modules[getattr(AuthenticationClient, call).__module__]
    return any(
        isinstance(each, Endpoint) and each.name == call and each.auth is Auth.REQUIRED
        for each in vars(module).values()
    )


class Table(SphinxDirective):
    """Something that ends in a table."""

    def table(
        self, before: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> list[nodes.Node]:
        """Read a sentence and a table as if they stood on the page."""
        lines = [before, "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
        lines += [f"| {' | '.join(row)} |" for row in rows]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source=self.name), self.content_offset, holder)
        return list(holder.children)


class Measured(Table):
    """Show what was measured; where nothing was, say which command measures it."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """Give the pictures, the command, and the table."""
        name = str(self.arguments[0])
        self.env.note_dependency(str(RESULTS / f"{name}.json"))
        try:
            found = read(name)
        except NotMeasured as error:
            return [nodes.note("", nodes.paragraph("", f"Not measured yet: {error}."))]
        pictures = [
            nodes.raw("", f'<div class="measured-picture">{svg}</div>', format="html")
            for svg in found.pictures.values()
        ]
        return [*pictures, *self.table(f"Made by `{found.command}`:", found.columns, found.rows)]


class MockSettings(Table):
    """Show every setting of the offline GenAuth with its default, and where that comes from."""

    def run(self) -> list[nodes.Node]:
        """Give the table."""
        defaults = show_settings(Settings())
        rows = [
            (f"`{name}`", f"`{json.dumps(defaults[name])}`", setting.source)
            for name, setting in SETTINGS.items()
        ]
        return self.table("", ("setting", "default", "source of the default"), rows)


class ErrorAnswers(Table):
    """Show what the example services answer for each error, from the table that they read."""

    def run(self) -> list[nodes.Node]:
        """Give the table."""
        rows = [
            (
                f"[`{error.__name__}`](#aiogenauth.errors.{error.__name__})",
                f"{answer.en}<br>{answer.zh}",
                str(answer.status),
                answer.again,
                answer.mistake,
            )
            for error, answer in ANSWERS.items()
        ]
        heads = ("exception", "what to say", "HTTP status", "try again?", "whose mistake?")
        return self.table("", heads, rows)


class EveryCall(Table):
    """Show every call of the client with what it does, as its docstring begins."""

    def run(self) -> list[nodes.Node]:
        """Give the table."""
        rows = [
            (
                f"[`{name}`](#aiogenauth.AuthenticationClient.{name})",
                (inspect.getdoc(call) or "").partition("\n")[0].replace("|", "\\|"),
                "u" if needs_user(name) else "",
            )
            for name, call in inspect.getmembers(AuthenticationClient, inspect.isfunction)
            if not name.startswith("_") and name not in SETS_UP
        ]
        return self.table("", ("call", "does", ""), rows)


class Values(Table):
    """Show what every module of a package defines, but what the page shows elsewhere."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """Give a section for each module, which begins with what its docstring says."""
        package = f"aiogenauth.{self.arguments[0]}"
        page = Path(self.env.doc2path(self.env.docname)).read_text("utf-8")
        elsewhere = ["extra", *re.findall(r"autoclass:: aiogenauth\.(\w+)", page)]
        lines: list[str] = []
        for name in import_module(package).MODULES:
            module = import_module(f"{package}.{name}")
            if defined_in(module.__name__) - {*elsewhere}:
                lines += [
                    *(f"### {str(module.__doc__).partition('.')[0]}", "", "```{eval-rst}"),
                    *(f".. automodule:: {module.__name__}", "   :members:", "   :undoc-members:"),
                    *(f"   :exclude-members: {', '.join(elsewhere)}", "```", ""),
                ]
        section = nodes.section()
        nested_parse_with_titles(self.state, StringList(lines, source=self.name), section)
        return list(section.children)


class Matrix(Table):
    """Show what each operation can end with: the scenarios are played while the site is built."""

    def run(self) -> list[nodes.Node]:
        """Give what `genauth-contract matrix` prints, but for its title."""
        for name in ("httpx", "genauth_mock"):  # they log each of 10,000 requests
            logging.getLogger(name).setLevel(logging.ERROR)
        _, *lines = play_matrix().page.splitlines()
        section = nodes.section()
        nested_parse_with_titles(self.state, StringList(lines, source=self.name), section)
        return list(section.children)


class UnreleasedChanges(Table):
    """Show the fragments of the next release as one text, as towncrier will."""

    def run(self) -> list[nodes.Node]:
        """Give a heading and a list for each kind of change."""
        lines: list[str] = []
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
            "towncrier"
        ]["type"]:
            fragments = sorted((ROOT / "changelog.d").glob(f"*.{each['directory']}.md"))
            lines += [f"## Not released yet: {each['name']}", ""] if fragments else []
            for fragment in fragments:
                self.env.note_dependency(str(fragment))
                first, *others = fragment.read_text("utf-8").strip().splitlines()
                lines += [f"- {first}", *(f"  {line}" for line in others)]
            lines.append("")
        section = nodes.section()
        nested_parse_with_titles(self.state, StringList(lines, source=self.name), section)
        return list(section.children)


def miss_no_value(_: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each answer and payload that no page shows: the build ends with an error."""
    shown = {name.rpartition(".")[2] for name in env.domains.python_domain.objects}
    for package in (shapes, given):
        for name in sorted({*package.__all__} - shown):
            LOGGER.warning("no page shows %s.%s", package.__name__, name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.connect("env-check-consistency", miss_no_value)
    app.add_directive("measured", Measured)
    app.add_directive("mock-settings", MockSettings)
    app.add_directive("error-answers", ErrorAnswers)
    app.add_directive("every-call", EveryCall)
    app.add_directive("values", Values)
    app.add_directive("matrix", Matrix)
    app.add_directive("unreleased-changes", UnreleasedChanges)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
