"""The HTTP server and the ways to run it."""

from __future__ import annotations

from genauth_mock.server.launch import Running, running, running_in_thread

__all__ = ["Running", "running", "running_in_thread"]
