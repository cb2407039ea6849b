"""The lexicon of the programme's questions, made once."""

from bot.understand.reading import lexicon_of
from flows.keiei.catalog import QUESTIONS

LEXICON = lexicon_of(QUESTIONS)
