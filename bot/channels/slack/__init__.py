"""Let staff work in Slack, with interview, cases, knowledge and figures.

The rooms:
    channel         everything comes in and goes out here; parts: what a part is; assembly: all together
    web/            requests verified and read, who may act, the Web API, one delivery made once
    ui/             Block Kit, and text without anything live in it
    interview/      what begins it and what is pressed; its one message
    desk/           a case: its card, its thread, replies, receipts, words that must go
    case_file/      the file of a case: shown, written in, copied
    replies/        the form for writing to an owner, saved replies, replies that go later
    queue/          cases among each other: the table, the next, handing on, putting aside
    settings/       the desk's hours and promise, set from the home
    home/           the App Home and the name owners see
    knowledge/      unanswered questions, telephone numbers, amendments
"""
