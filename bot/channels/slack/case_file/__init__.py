"""Show the file of a case, take what staff write down in it, and give it as plain text."""
