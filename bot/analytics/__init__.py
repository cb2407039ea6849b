"""Count what happens, without anybody in the counts."""
