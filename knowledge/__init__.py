"""What the bot knows: directories, programmes, questions and answers, places."""
