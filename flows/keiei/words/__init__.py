"""What owners say, a TOML file for each question; README.md says how to write one."""
