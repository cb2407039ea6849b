"""Find the FAQ entry of a typed question, one idea per file.

`wording` tells what a text says.

    views       what the scorers look at, made once per text
    index       the FAQ, ready to be searched
    scorers     how alike two texts are by spelling, from four sides
    meaning     how alike they are by meaning, where there is an encoder
    search      from a text to entries with scores
    compound    two questions in one message
    context     what a follow-up means after the question before it
    topics      near misses that are not ours, by name
    elsewhere   questions that are not ours, by likeness
    naming      whether a question names what would hurt as a guess
    decide      answer, offer or admit
    finder      the order in which everything is tried

Nothing here reads the clock, the network or the conversation.
"""
