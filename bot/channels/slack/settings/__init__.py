"""Let the desk set its hours, its promise, and the staff it calls."""
