"""Fixtures of the installed plugin."""
