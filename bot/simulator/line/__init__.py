"""A fake LINE Messaging API that refuses what LINE refuses and forgives nothing.

    async with FakeLine(secret=…, token=…, webhook_url="http://127.0.0.1:8000/line/webhook") as line:
        delivered = await line.send_text("花子", "資金繰りが苦しい")   # a signed webhook to the bot
        line.chat("花子")                                           # what the phone shows now
        await line.press("花子", "はい")                             # a button on the screen
        line.faults.add("push", "500", accept=True)                 # the next push goes wrong
        line.called("reply")                                        # what the bot asked for

`server` is the whole of it; `limits` and `events` are pure and useful alone; `control` is the same
for another process, and `python -m bot.simulator.line` starts one.
"""
