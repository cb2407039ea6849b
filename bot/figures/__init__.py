"""What an owner gives in yen: kept, reckoned with, drawn. Pure, and it says nothing itself."""
