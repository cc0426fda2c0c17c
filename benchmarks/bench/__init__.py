"""How fast, small and quick to start the SDK and the offline GenAuth are, beside their peers."""
