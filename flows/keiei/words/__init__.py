"""Hold owners' words in a TOML file for each question.

README.md says how to write one.
"""
