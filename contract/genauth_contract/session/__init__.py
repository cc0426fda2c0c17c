"""One run: selection, results, outputs."""
