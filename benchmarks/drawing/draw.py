"""Draw what was measured: an SVG beside each file of results. `make bench` calls it.

Usage: python -m benchmarks.drawing.draw [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from benchmarks.drawing.pictures import SHOWN, NotMeasured, read
from benchmarks.keeping import RESULTS, ending_on_a_full_output, keep_results


def main(folder: Path) -> int:
    """Draw every file of results that is there; give the exit code."""
    console, drawn = Console(), dict[Path, str]()
    for name in SHOWN:
        try:
            found = read(name, folder)
        except NotMeasured as error:
            console.print(f"not drawn: {error}")
            continue
        drawn |= {folder / f"{file}.svg": picture for file, picture in found.pictures.items()}
    return keep_results(drawn)


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else RESULTS))
