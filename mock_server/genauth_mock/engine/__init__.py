"""The rules of the API: one function per call, from a context and a request to a result. No I/O, no clock, no dice."""
