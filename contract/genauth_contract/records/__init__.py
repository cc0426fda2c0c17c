"""What runs leave behind: recordings, the ledger, drift, learned answers."""
