"""Who wrote it: sender to supplier, and whether the sender may be believed."""
