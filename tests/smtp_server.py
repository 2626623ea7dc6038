"""A real SMTP server for tests, run as a program: `python -m tests.smtp_server PORT FOLDER KEPT`.

It appends what it takes, of each mail the first KEPT bytes, to FOLDER/taken before it says 250. Before each mail it
reads FOLDER/mood: how to misbehave.
"""

import asyncio
import json
import random
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MOODS = ("take", "busy", "drop", "hang")


class Handler:
    """Does what the mood says."""

    def __init__(self, folder: Path, kept: int) -> None:
        self.kept = kept
        self.mood, self.taken = folder / "mood", (folder / "taken").open("a")
        self.random = random.Random(7)  # noqa: S311  (not a secret)

    def choose_mood(self) -> str:
        mood = self.mood.read_text() if self.mood.exists() else "take"
        if mood != "mixed":
            return mood
        return self.random.choices(MOODS, weights=[97, 1, 1, 1])[0]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        mood = self.choose_mood()
        if mood == "unknown":
            return "550 5.1.1 no such mailbox here"
        if mood == "full":
            return "552 5.2.2 the mailbox is full"
        if mood == "listed":
            return "550 your server is on a list"
        if mood == "busy":
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        mood = self.choose_mood()
        if mood == "refuse":
            return "554 5.6.0 not this mail"
        if mood == "hang":
            await asyncio.sleep(60)
        if mood in ("drop", "hang") and server.transport:
            server.transport.abort()
            return "421 gone"
        content = envelope.original_content or b""
        row = {"sender": envelope.mail_from, "to": envelope.rcpt_tos, "data": content[: self.kept].decode("latin-1")}
        self.taken.write(json.dumps(row) + "\n")
        self.taken.flush()
        return "250 taken"


async def serve(port: int, folder: Path, kept: int) -> None:
    """Answer until killed."""
    handler, loop = Handler(folder, kept), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
