"""Other mocks in turns with the bare handler: how soon each answers, how fast, and with how much memory."""

from __future__ import annotations

import subprocess
import time
from itertools import repeat
from typing import TYPE_CHECKING

from linux_counts import resident_mebibytes
from loaded import bare_handler, free_port, serving, under_load, wait_for_answer
from peers import PEERS, Peer
from turns import Turns
from wire_requests import request

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

PEER_SLICE = 300
"""How many requests a peer is sent in its turn: most are slow."""


def beside_peers(scratch: Path, console: Console) -> dict[str, float]:
    """Other mocks: one call that each of them answers, on 32 connections."""
    figures: dict[str, float] = {}
    for peer in PEERS:
        try:
            figures |= against_peer(scratch, peer)
        except (OSError, subprocess.SubprocessError) as error:
            console.print(f"skipped {peer.name}: does not run here ({type(error).__name__})")
    return figures


def against_peer(scratch: Path, peer: Peer) -> dict[str, float]:
    """Measure one peer beside the bare handler: how soon it answers, how fast, and with how much memory."""
    port = free_port()
    command = peer.prepared(scratch, port)
    with bare_handler() as bare, serving(command, scratch, PORT=str(port)) as server:
        began = time.perf_counter()
        wait_for_answer(port, "/", seconds=90)
        started = time.perf_counter() - began
        with under_load(port, server, repeat(request(*peer.request, peer.headers))) as loaded:
            turns = Turns()
            turns.take(bare, loaded, PEER_SLICE)
        resident = resident_mebibytes(server.pid)
    measured = turns.medians()
    return {
        f"{peer.name}, requests per second": measured["requests_per_second"],
        f"{peer.name}, p99_ms": measured["p99_ms"],
        f"{peer.name} / bare": turns.ratio(),
        f"{peer.name}, start to first answer, ms": started * 1000,
        f"{peer.name}, memory, MiB": resident,
    }
