"""Count events, without anybody in the counts."""
