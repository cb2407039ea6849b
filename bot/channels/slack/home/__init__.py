"""Show the App Home: who waits, figures, facts to look at again."""
