"""What can be made to go wrong: faults of answers, connections and delivery."""
