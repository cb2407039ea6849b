"""Internals of `knowledge.place_names.places`: one idea a file."""
