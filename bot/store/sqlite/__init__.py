"""Keep everything in one SQLite file, one commit for each tick of the loop."""
