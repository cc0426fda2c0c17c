"""The directive `measured`: pictures and a table of a file of results, so that no page can tell other figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from pictures import NotMeasured, Shown, read

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Measured(SphinxDirective):
    """Show what was measured; where nothing was, say which command measures it."""

    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """Give the pictures, the command, and the table."""
        name = str(self.arguments[0])
        self.env.note_dependency(str(Path(__file__).parents[1] / f"benchmarks/results/{name}.json"))
        try:
            found = read(name)
        except NotMeasured as error:
            return [nodes.note("", nodes.paragraph("", f"Not measured yet: {error}."))]
        pictures = [
            nodes.raw("", f'<div class="measured-picture">{svg}</div>', format="html")
            for svg in found.pictures.values()
        ]
        return [*pictures, *self._table(found)]

    def _table(self, found: Shown) -> list[nodes.Node]:
        heads = " | ".join(found.columns)
        lines = [
            f"Made by `{found.command}`:",
            "",
            f"| {heads} |",
            "|---" * len(found.columns) + "|",
        ]
        lines += [f"| {' | '.join(row)} |" for row in found.rows]
        holder = nodes.Element()
        self.state.nested_parse(StringList(lines, source="measured"), self.content_offset, holder)
        return list(holder.children)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("measured", Measured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
