"""Shares events, journal and resets between processes through Redis."""
