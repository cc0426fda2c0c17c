"""The directives `measured` and `mock-settings`: tables that are read when the site is built, and so stay true."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from genauth_mock.engine.settings import SETTINGS, Settings, show_settings

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.drawing.pictures import NotMeasured, read
from benchmarks.keeping import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx


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


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.add_directive("measured", Measured)
    app.add_directive("mock-settings", MockSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
