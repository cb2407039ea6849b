"""Read figures as owners type them, with the days of payments."""
