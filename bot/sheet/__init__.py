"""The sheet an owner takes along: what is on it, and its forms: text, page, PDF."""
