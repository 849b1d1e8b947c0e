"""A person who works in the blog's own editor."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.chaos.desk import Desk
from benchmarks.chaos.page import cut_off
from tests.crash.sites import Edited, posts


@dataclass
class Visitor:
    """Edits, moves and deletes posts of the desk, one at a time."""

    site: Edited
    desk: Desk
    chance: random.Random

    def work(self) -> None:
        """One change, if there is a post to change."""
        there = self.desk.keyed(posts(self.site))
        if not there:
            return
        key = self.chance.choice(sorted(there))
        post, page, desk = self.chance.choice(there[key]), self.desk.pages[key], self.desk
        # A file that names the post's id says that it is to be this post and no other.
        ways, weights = ["body", "title", "labels", "move", "delete"], [10, 3, 3, 3, 2]
        if page.form != "md":
            ways, weights = ways[:3], weights[:3]
        doing = self.chance.choices(ways, weights)[0]
        if doing == "move":
            desk.note(key, f"moved there from {post.state}")
            desk.stays.add(key)  # until the file asks for another state
            if cut_off(post.body):
                desk.theirs.add(key)  # a person publishes a draft that they see is cut off
            self.site.move(post)
        elif doing == "delete":
            desk.note(key, f"deleted there: {post.ref.id}")
            desk.release(key, "deleted there")
            self.site.delete(post, trash=self.chance.random() < 0.5)
        else:
            marker = desk.edited(key, doing)
            changed = {
                "body": {"body": f"{post.body}<p>{marker}</p>"},
                "title": {"title": f"{post.title} {marker}"},
            }
            labels = {"labels": [*post.labels, *post.tags, marker]}
            self.site.write(post, **changed.get(doing, labels))
        kind = doing if doing in ("move", "delete") else "edit"
        desk.tally.count[f"{kind}s there"] += 1
