-- What the bot was asking when nobody could answer: by that staff see what the words may mean.
ALTER TABLE unanswered ADD COLUMN open_question text NOT NULL DEFAULT '';
