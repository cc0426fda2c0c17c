"""No method of the official Python SDK, genauth, is left out of the stories that run it against the offline GenAuth."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path

LOCAL = {
    *("set_access_token", "build_authorize_url", "build_logout_url"),
    *("generate_code_challenge", "generate_code_challenge_digest"),
}
"""What makes no call."""

NOT_CALLED = {
    "sub_event": "its client ends in a thread that nobody can join; the WebSocket has tests of its own",
    "validate_ticket_v1": "reads a text as JSON, whatever server it asks",
    "remove_credential": "posts to a path with {credentialID} in it, as it is written",
}
"""What is called nowhere, and why."""


def named_in_stories() -> set[str]:
    """Return the names of attributes that the modules of this folder use."""
    here = Path(__file__)
    sources = [each for each in here.parent.glob("*.py") if each != here]
    trees = [ast.parse(each.read_text(encoding="utf-8")) for each in sources]
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def test_no_method_of_the_official_sdk_is_left_out() -> None:
    official = import_module("genauth").AuthenticationClient
    found = inspect.getmembers(official, inspect.isfunction)
    methods = {name for name, _ in found if not name.startswith("_")}
    assert len(methods) == 112
    assert methods - named_in_stories() - LOCAL == set(NOT_CALLED)
