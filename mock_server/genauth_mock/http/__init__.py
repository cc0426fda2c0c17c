"""HTTP messages: what arrives, what is written, and JSON text."""
