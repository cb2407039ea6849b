"""Pass a conversation to a person and back, through the life of a case."""
