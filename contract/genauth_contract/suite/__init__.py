"""The tests that play the scenarios; pytest collects them here, installed or not."""
