"""What happened: the journal, events, and masking of secrets."""
