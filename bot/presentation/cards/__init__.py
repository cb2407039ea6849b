"""What owners are shown as cards: the result, the office, urgent help, figures, helplines."""
