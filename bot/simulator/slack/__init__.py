"""A fake Slack that refuses what Slack refuses and forgives nothing.

    async with FakeSlack(signing_secret=…, bot_token="xoxb-…", request_url="http://…") as slack:
        slack.add_user("U0YAMADA", name="山田")
        slack.add_channel("C0DESK", name="desk", members=["U0YAMADA"])
        said = await slack.say("山田", "こちらで対応します", "C0DESK")  # a signed event to the bot
        await slack.press("山田", "C0DESK", ts, "対応を始める")           # a button on a message
        slack.messages("C0DESK")                                         # what the channel shows
        slack.faults.add("chat.postMessage", "drop", accept=True)        # the next post goes wrong
        slack.called("chat.postMessage")                                 # what the bot asked for

`server` is the whole of it; `blocks` and `events` are pure and useful alone; `control` is the same
for another process, and `python -m bot.simulator.slack` starts one.
"""
