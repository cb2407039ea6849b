"""Cases among each other: the table on the home, the next to take, handing on, putting aside."""
