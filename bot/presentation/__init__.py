"""Present what the bot says: sentences, cards, and what fits into a message."""
