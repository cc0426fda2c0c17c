"""The imitated calls: what is read from a request, and which rule answers."""
