"""The conversation, the channels and the desk, and where everything is.

A message in, replies out, without clock, file or network:
    respond         the heart: which of the following hears a message
    reading         what is typed, one way of reading it after the other
    tapping         what a button does
    listening       despair, urgent trouble, greetings, thanks
    commanding      back, correct, start again, a person, forget
    answering       an answer to a question of the interview
    consulting      a question of the owner's own
    passing         what is sent while a person has the case
    prompt          what stands to be said next
    conversation    what is kept of one person; turn: what comes out of a message
    messages        what comes in and goes out, on whatever channel

Understanding:
    understand/     typed words → an answer, a command
    phrases         what people type to steer; distress: what comes before everything else
    quantities      numbers as people write them; text: what counts as the same word

What is said:
    wording         to owners; staff_wording: to staff
    cards           the assessment and the path; center_cards: whom to call; costs: what it costs
    summary         an interview in plain words; limits: what fits into a message

A person takes over:
    consent         the owner's yes; doors: the telephone beside every promise
    handoff         the life of a case; case: what is known of it; waiting: which comes first
    handover        answers that come along by a code
    hours           when desks are open

Kept, sent and counted:
    store/          conversations, events, deliveries, records
    step            an owner's turn as the work of a store; owner_turns: one that staff or a timer begin
    timers          what happens at a time; clock: what time it is
    outbox          delivers what is to be sent
    insight         what to count; figures: the counts as staff see them
    shelf           the knowledge with what staff amended
    metrics, logs   for those who run it

Outside:
    app             puts everything together; settings: from the environment
    channels/       LINE, Slack, the terminal
    commands/       `python -m bot …`; check: every fault of the content; check_case: of the desk's
    simulator/      the fake LINE and the fake Slack
    demo/           all of it in a browser
"""
