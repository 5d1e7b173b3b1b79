"""Which of our orders a message speaks of, and how we know."""
