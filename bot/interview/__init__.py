"""Ask the interview, sum it up, and hand it to LINE by a code."""
