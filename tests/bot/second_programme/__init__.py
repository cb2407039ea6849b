"""Another scheme of support with three questions, to prove that a programme is a value."""
