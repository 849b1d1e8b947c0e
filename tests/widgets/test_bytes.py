"""What widgets may weigh: the budgets of the common ones, of a whole post, and far less than
what people use instead.
"""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from benchmarks.bytes import PEERS, lines, strict, weigh, widgets
from blogkit.posts.loader import load_post
from blogkit.render.looks.theme import Theme
from blogkit.render.renderer import render_post
from blogkit.sanitizers.profiles import BLOGGER, STRICT, Profile
from scripts.looks.peers import HERE, SAMPLE
from tests.cases import for_each
from tests.render.drawing import OURS, call
from tests.widgets.sample_posts import SAMPLES, drawn
from tests.widgets.samples import NAMES, SIX

BUDGETS = {
    (
        "timeline",
        2100,
    ): (
        """\
events:
  - {date: 2021-12, title: First mission, text: "The cabinet clears support of ₹76,000 crore."}
  - {date: 2023-06, title: First assembly plant, text: Work on a packaging unit begins at Sanand.}
  - {date: 2024-03, title: Three at once, text: "Foundation stones at Dholera, Sanand and Morigaon."}
  - {label: Now, title: Second phase, text: "Design, materials and equipment join.", current: true}
"""
    ),
    (
        "table",
        2200,
    ): (
        """\
columns: [Step, What happens, "India's position"]
row_header: true
rows:
  - [Design, The circuit is drawn and tested, Strong]
  - [Fabrication, The plan is printed on wafers, New]
  - [Packaging, "Wafers are cut, wired and tested", Growing]
"""
    ),
    (
        "meta-box",
        1400,
    ): (
        """\
icon: 📌
items:
  - {label: Ministry, value: Electronics and IT}
  - {label: Main sites, value: "Gujarat, Assam, Uttar Pradesh"}
  - {label: Syllabus, value: "**GS-III**: science and technology"}
  - {label: Since, value: December 2021}
"""
    ),
    (
        "stats",
        2100,
    ): (
        """\
items:
  - {value: 9.4 lakh ha, label: farmland irrigated each year}
  - {value: 58 lakh, label: people with drinking water}
  - {value: 112 MW, label: "power, of it 24 solar"}
  - {value: "₹18,240 cr", label: "cost, at prices of 2023"}
"""
    ),
    (
        "cards",
        1500,
    ): (
        """\
cards:
  - {title: The districts, tone: accent, items: [{label: Need, text: wells that hold until May}, {label: Hope, text: "a second crop, and fewer men leaving"}]}
  - {title: The forest, items: [{label: Loss, text: 62 sq km of reserve under water}, {label: Fear, text: cliffs and sandbanks gone for birds}]}
"""
    ),
    (
        "byline",
        800,
    ): (
        """\
author: The editors
published: 2026-11-20
reading_time: 7
categories: [Environment, Water, GS-III]
"""
    ),
    (
        "hero",
        900,
    ): (
        """\
badge: explainer
deck: "The Chandan plateau has waited forty years for water from the next valley. Now a canal is being dug for it, **through a tiger forest**."
"""
    ),
    (
        "quiz-button",
        1300,
    ): (
        """\
text: Ten questions, with answers and short explanations.
label: Start the mock test
url: https://example.com/quiz
questions: 10
minutes: 8
new_tab: true
"""
    ),
    (
        "callout",
        600,
    ): (
        """\
---
kind: warning
---
The *donor* gives, the *receiver* takes: do not mix up the two when you draw the map.
"""
    ),
    (
        "callout",
        1300,
    ): (
        """\
---
kind: exam
tags: [Prelims, GS-I, GS-III, Essay]
---
- **Geography:** which way the water goes, and why
- **Environment:** what a clearance asks for
- **Federalism:** sharing what neither state owns
"""
    ),
    (
        "questions",
        2500,
    ): (
        """\
badge: PYQ
items:
  - text: "“Linking rivers moves water, not rain.” Discuss with reference to a dry plateau."
    paper: GS-I
    year: 2024
    marks: 15
    words: 250
    answer: "Begin with the **monsoon** that both basins share; then storage and cheaper answers."
  - text: What does the loss of reserve forest oblige a project to do?
    paper: GS-III
    marks: 10
    words: 150
"""
    ),
    (
        "steps",
        1400,
    ): (
        """\
items:
  - {title: Define, text: "Inter-basin transfer: from where there is more to where there is less."}
  - {title: Argue both sides, text: Two gains and two costs are enough.}
  - {title: Decide, text: Say what should come first.}
"""
    ),
    (
        "mcq",
        2300,
    ): (
        """\
items:
  - text: Which of these rivers is the receiver?
    options: [The Sona, The Kiran, Both, Neither]
    answer: B
    explanation: The Kiran takes the water below the dam.
    exam: UPSC Prelims
    year: 2025
"""
    ),
}

TITLES = {"byline": "", "hero": ""}


@for_each(("widget", "most"), BUDGETS)
@for_each("theme", SIX.values(), ids=SIX)
def test_the_budget_of_a_common_call(widget: str, most: int, theme: Theme) -> None:
    html = strict(call(widget, BUDGETS[widget, most], TITLES.get(widget, "A title")), theme)
    assert weigh(html).raw <= most


def test_the_widgets_of_a_demo_post_weigh_nine_kilobytes_at_most_and_ask_for_nothing() -> None:
    html = [
        part.html
        for part in drawn(SAMPLES["semiconductor-mission"], STRICT).fragments
        if part.widget
    ]
    assert len(html) >= 4
    assert sum(weigh(part).raw for part in html) <= 9000
    assert not re.search(
        r"<(?:script|style|link|img|iframe|video|audio|object)\b|url\(|@import", "".join(html)
    )


PLATFORMS = (STRICT, BLOGGER)
PLACES = [profile.name for profile in PLATFORMS]


@for_each("profile", PLATFORMS, ids=PLACES)
@for_each("theme", SIX.values(), ids=SIX)
def test_the_sample_post_of_the_docs_travels_within_its_budget(
    theme: Theme, profile: Profile
) -> None:
    post = load_post(SAMPLE, root=HERE, zone=ZoneInfo("UTC"))
    document = render_post(
        post, registry=OURS, profile=profile, root=HERE, theme=theme, language="en-IN"
    )
    assert sum(bool(part.widget) for part in document.fragments) == 9
    assert weigh(document.html).gzip <= 6000


@pytest.mark.slow
@for_each("profile", PLATFORMS, ids=PLACES)
@for_each("theme", SIX.values(), ids=SIX)
def test_the_longest_post_of_the_demo_does_not_grow(theme: Theme, profile: Profile) -> None:
    longest = max(SAMPLES.values(), key=lambda post: len(post.body))
    assert weigh(drawn(longest, profile, theme).html).gzip <= 6500


@pytest.mark.slow
def test_every_widget_is_weighed_and_lighter_than_its_peers() -> None:
    found = widgets()
    assert sorted(found) == NAMES
    assert set(PEERS) <= set(found)
    for name, peers in PEERS.items():
        assert all(found[name].raw < peer.raw for peer in peers.values()), name
    assert len(list(lines())) == 2 + len(found) + sum(map(len, PEERS.values()))
