"""The conversation, the channels and the desk, and where everything is.

A message in, replies out, without clock, file or network:
    model/          messages, the conversation kept of one person, a case, a turn
    figures/        what owners give in yen: kept, reckoned with, drawn
    understand/     typed words → an answer, a command, despair, urgent trouble
    dialogue/       answer one message: `respond` is the heart, one file per kind of thing heard
    interview/      what is asked next, the summary, the code that takes answers to LINE
    sheet/          the sheet an owner takes along: what is on it, text, page, PDF
    handoff/        a person takes over: consent, the life of a case, the telephone beside a promise
    follow_up/      beside the owner for three years, by consent: what is said when
    presentation/   sentences to owners and to staff, cards, what fits into a message

Kept, sent and counted:
    store/          conversations, events, deliveries, records
    runtime/        a turn as the work of a store, the outbox, timers, the knowledge as it stands
    analytics/      what is counted, and the counts as staff see them
    metrics, logs   for those who run it; clock: what time it is; months: those of the calendar

Outside:
    app             puts everything together; settings: from the environment; proxies: the way out
    door/           who may come in: connections, deadlines, bodies, tokens
    channels/       LINE, Slack, the terminal
    commands/       `python -m bot …`
    checks/         every fault of the content
    simulator/      the fake LINE and the fake Slack
    demo/           all of it in a browser
"""
