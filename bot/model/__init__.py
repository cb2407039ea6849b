"""Hold what the conversation works with: messages in, replies out, what is kept of a person."""
