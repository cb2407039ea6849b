"""Present the bot's sentences and cards within the limits of a message."""
