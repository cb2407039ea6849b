"""Ask and sum up the interview, and hand it to LINE by a code."""
