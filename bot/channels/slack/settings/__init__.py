"""What the desk sets for itself from the home: its hours, its promise, whom it calls."""
