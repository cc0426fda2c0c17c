"""Draw what was measured: an SVG beside each file of results. `make bench` and `make soak` call it."""

from __future__ import annotations

import sys

from pictures import RESULTS, SHOWN, NotMeasured, read
from rich.console import Console


def main() -> int:
    """Draw every file that is there; end with 2 where nothing can be written."""
    console = Console()
    for name in SHOWN:
        try:
            found = read(name)
        except NotMeasured as error:
            console.print(f"not drawn: {error}")
            continue
        for file, picture in found.pictures.items():
            try:
                (RESULTS / f"{file}.svg").write_text(picture, encoding="utf-8")
            except OSError as error:
                console.print(f"{file}.svg cannot be written: {error.strerror}")
                return 2
            console.print(f"drawn: benchmarks/results/{file}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
