"""Pass a conversation to a person and back: the life of a case."""
