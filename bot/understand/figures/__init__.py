"""Read figures as owners type them: which amount is what, and when a payment is due."""
