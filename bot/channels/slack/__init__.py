"""Slack: staff run the interview, answer owners, repair the knowledge and see how the service is doing.

The wire:
    channel         everything comes in and goes out here; assembly: it and its parts put together
    guard, bolt     requests before and in Slack's framework; socket: Socket Mode in their place
    payloads        what Slack sends, read; events: what staff did
    identity        who we are; staff: who may act
    client          the Web API; calls: what the outbox keeps; delivering: one call, made once
    blocks, words   Block Kit, and text without anything live in it
    answers         a word in answer to a press, a command, a form; whispers: in a case's thread

The interview:
    interview       what begins it and what is pressed; panel: its one message

The desk:
    desk            which of the following hears an event
    desk_posts      what staff see of an owner's turn; case_card: the message at the head
    case_buttons    what is pressed on it; thread_replies: what is written below it
    sending         a word to the owner; receipts: what became of it
    lost_cards      cards that somebody deleted; wiping: words that must go

The home:
    home            what it gathers and does; home_view, home_figures: how it looks
    home_name       how owners see a staff member

Repairs of the knowledge:
    repair          buttons, forms and the shortcut; repair_forms: how the forms look
    repair_lists    lists of unanswered questions; repair_list: how one looks
    repair_numbers  telephone numbers; repair_number_card: how a council looks
    repair_keeping  amendments tried, kept, taken back; repair_told: what is said of them
"""
