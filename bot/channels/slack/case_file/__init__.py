"""Show the file of a case, let staff write in it, and copy it."""
