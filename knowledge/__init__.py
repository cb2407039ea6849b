"""Hold the bot's knowledge, from offices and programmes to answers and places."""
