"""What runs the engine: apps, transactions, the dispatcher, and keys."""
