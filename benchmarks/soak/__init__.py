"""Long runs of mixed load under faults and kills."""
