"""What the API does: one function per call, from a turn and a request to an answer. No I/O, no clock, no dice."""
