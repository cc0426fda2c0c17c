"""How a call is sent: retries, deadlines, tokens, and what an answer means."""
