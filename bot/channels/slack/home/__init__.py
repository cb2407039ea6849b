"""Show the App Home, with cases, figures and facts to check."""
