"""Another scheme of support, of three questions: the proof that a programme is a value."""
