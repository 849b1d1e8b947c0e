"""Posts of Hugo, Jekyll and Pelican: what is understood is in the post, and the rest is named with
its line; their text stays byte for byte.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from blogkit.errors import ContentError
from blogkit.importers.convert import convert_pasted, read_pasted
from blogkit.importers.report import Imported
from blogkit.lint.runner import refusals
from blogkit.posts.post import Publish
from tests.cases import for_each
from tests.importers.reading import post_of, rendered
from tests.lint.reader import reading

HUGO = """\
+++
title = "Tides: a primer"
date = 2024-03-05T10:00:00+05:30
draft = false
tags = ["Sea", "Moon"]
categories = ["Nature"]
description = "How tides work"
aliases = ["/old/tides/"]
weight = 3

[cover]
image = "https://cdn.example/cover.jpg"
alt = "A tide table"

[params]
math = true
+++
See {{< ref "moon.md" >}} first.

{{< figure src="https://cdn.example/map.png" alt="A map" caption="The *bay*" class="wide" >}}

{{< youtube dQw4w9WgXcQ >}}

{{% notice tip %}}
Take **care** at `low` tide.
{{% /notice %}}

{{< highlight go "linenos=table" >}}
x := "```"
{{< /highlight >}}

Write {{</* figure src="x" */>}} like this; {{< tide-clock port="Dahej" >}} stays.
"""
JEKYLL = """\
---
layout: post
title: "Monsoon: first week"
categories: weather travel
tag: Rain
permalink: /2015/monsoon-diary.html
redirect_from: [/m/]
author: asha
comments: false
---
![A cloud]({{ site.baseurl }}/assets/cloud.png)
{: .center}

* Contents
{:toc}

{% highlight ruby linenos %}
puts "{{ wet }}"
{% endhighlight %}

See [May]({% post_url 2015-05-01-may %}), {% include youtube.html id="abc123" %}
and [the chart]({{ "/chart.pdf" | relative_url }}).{% comment %}draft note{% endcomment %}

{% raw %}{{ literal }}{% endraw %} {% include ads.html %}
"""
PELICAN = """\
Title: Bicycles of Pune
Date: 2010-12-03 10:20
Modified: 2010-12-05 19:30
Category: City life
Tags: bicycles, pune
Slug: pune-bicycles
Summary: Two wheels
    and a bell
Lang: mr

[TOC]

![A bell]({static}/images/bell.jpg) and [the other]({filename}other.md)
"""
JSON = '{\n  "title": "A JSON post",\n  "date": "2020-01-02",\n  "draft": true\n}\n\nBody *text*.\n'


def imported(text: str, name: str, *, sure: bool = False, **options: object) -> Imported:
    source = read_pasted(text.encode(), name, from_generator=sure)
    return convert_pasted(source, name=Path(name).stem, **options)  # type: ignore[arg-type]


def entries(made: Imported) -> list[str]:
    return [f"{one.line} {one.kind}: {one.words}" for one in made.entries]


def test_hugo() -> None:
    made = imported(HUGO, "tides.md")
    post = post_of(made)
    assert (post.title, post.tags, post.categories) == (
        "Tides: a primer",
        ("Sea", "Moon"),
        ("Nature",),
    )
    assert (post.excerpt, post.image, post.image_alt) == (
        "How tides work",
        "https://cdn.example/cover.jpg",
        "A tide table",
    )
    assert (post.publish, post.slug, made.stem) == (Publish.KEEP, "tides", "tides")
    assert "# publish: 2024-03-05 10:00:00+05:30" in made.text
    assert [one.widget for one in made.recognised] == ["image", "callout"]
    html = rendered(made)
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in html
    assert "<em>bay</em>" in html
    assert "<strong>care</strong>" in html
    assert 'Write {{< figure src="x" >}} like this' in made.text
    assert '````go\nx := "```"\n````' in made.text
    told = entries(made)
    assert told[1:] == [
        (
            '8 needed: the post was at "/old/tides/"; add a redirect on the new blog, if its address'
            " differs"
        ),
        "9 dropped: left out (the place in the old site's lists): weight: 3",
        (
            '15 dropped: left out (front matter that the import does not set: "params"): '
            "params: {'math': True}"
        ),
        (
            '18 needed: a link to another post ({{< ref "moon.md" >}}); write the address that it has'
            " on the new blog"
        ),
        '20 dropped: left out (parameters of a figure): class="wide"',
        *told[6:11],
        (
            '32 needed: the shortcode "tide-clock", which only the old site knows ({{< tide-clock'
            ' port="Dahej" >}}); replace it with Markdown, HTML or a widget, or delete it'
        ),
    ]
    assert [one.split(": ")[0] for one in told[6:11]] == [
        "20 recognised",
        "22 changed",
        "24 recognised",
        "28 changed",
        "32 changed",
    ]
    assert {one.code for one in refusals(reading(made.text))} == {"generator-tag"}


def test_jekyll() -> None:
    made = imported(JEKYLL, "_posts/2015-06-08-monsoon.md")
    post = post_of(made)
    assert (post.title, post.categories, post.tags) == (
        "Monsoon: first week",
        ("weather", "travel"),
        ("Rain",),
    )
    assert (post.slug, post.settings) == ("monsoon-diary", {"comments": "closed"})
    assert "# publish: 2015-06-08 07:00 " in made.text
    assert '```ruby\nputs "{{ wet }}"\n```' in made.text
    assert "[the chart](/chart.pdf)." in made.text
    assert "```{toc}\n```" in made.text
    assert "draft note" not in made.text
    assert "{{ literal }} {% include ads.html %}" in made.text
    assert [(one.line, one.what.partition(" (")[0]) for one in made.needed if one.line] == [
        (6, 'the post was at "/2015/monsoon-diary.html"'),
        (7, 'the post was at "/m/"'),
        (11, 'the picture "/assets/cloud.png" is a file of the old site'),
        (21, 'a link to "2015-05-01-may"'),
        (24, 'the file "ads.html" of the old site is included here'),
    ]
    assert [one.line for one in made.dropped] == [8, 12, 22]
    left = [one.message for one in refusals(reading(made.text))]
    assert ["post_url" in left[0], "ads.html" in left[1], len(left)] == [True, True, 2]


def test_pelican() -> None:
    made = imported(PELICAN, "bikes.md")
    post = post_of(made)
    assert (post.title, post.categories, post.tags) == (
        "Bicycles of Pune",
        ("City life",),
        ("bicycles", "pune"),
    )
    assert (post.slug, post.excerpt, post.language) == (
        "pune-bicycles",
        "Two wheels and a bell",
        "mr",
    )
    assert "![A bell](/images/bell.jpg)" in made.text
    assert [(one.line, one.hint) for one in made.needed if one.line] == [
        (13, "write the address that it has on the new blog"),
        (13, "put the file into your blog's folder, and write its path from the post"),
    ]


LEFT = {
    "links of Pelican": ("bikes.md", "Title: A\nDate: 2010-12-03\n\n", "[t]({tag}x) [i]({index})"),
    "old links of Pelican": ("bikes.md", "Title: A\nDate: 2010-12-03\n\n", "[z](|filename|c.md)"),
    "filters": ("2015-06-08-m.md", "---\ntitle: A\n---\n", "![h]({{ 'x.png' | asset_path }})"),
    "values": ("2015-06-08-m.md", "---\ntitle: A\n---\n", "{{ include.x }} {{ layout.y }}"),
    "links of Hugo": ("a.md", "+++\ntitle = 'A'\n+++\n", '![x]({{< ref "x.png" >}})'),
}


@for_each("case", LEFT)
def test_a_tag_that_stays_cannot_go_live(case: str) -> None:
    name, front, body = LEFT[case]
    made = imported(f"{front}{body}\n", name)
    assert made.text.endswith(f"{body}\n")
    listed = [one.what for one in made.needed if one.line]
    assert not [what for what in listed if what.startswith("the picture")]
    assert [one.code for one in refusals(reading(made.text))] == ["generator-tag"] * len(listed)


def test_pictures_whose_address_has_a_tag_are_named() -> None:
    body = (
        """![a]({{ "/a.png" | relative_url }} "A") ![c]({{ '/c.png' | absolute_url }})\n\n"""
        """<img src="{{ '/d.png' | relative_url }}">\n\n![e]({% link assets/e.png %})\n"""
        "{% comment %}\n![f](f.png)\n{% endcomment %}\n![g](g.png)\n"
    )
    made = imported(f"---\nlayout: post\ntitle: A\n---\n{body}", "2015-06-08-a.md")
    listed = [(one.line, one.what.split('"')[1]) for one in made.needed if one.line]
    assert listed == [
        (5, "/a.png"),
        (5, "/c.png"),
        (7, "/d.png"),
        (9, "/assets/e.png"),
        (13, "g.png"),
    ]


def test_json_and_drafts() -> None:
    made = imported(JSON, "content/posts/rain-at-sea/index.md")
    post = post_of(made)
    assert (post.title, post.publish, post.slug) == ("A JSON post", Publish.DRAFT, "rain-at-sea")
    assert post.settings["date"].startswith("2020-01-02T")
    assert made.text.endswith("---\n\nBody *text*.\n")


FRONT = {
    "a draft folder": ("---\ntitle: A\n---\nx\n", "_drafts/a.md", "publish: draft"),
    "published: false": ("---\ntitle: A\npublished: false\n---\nx\n", "a.md", "publish: draft"),
    "an unknown status": (
        "Title: A\nDate: 2020-01-01\nStatus: odd\n\nx\n",
        "a.md",
        "publish: draft",
    ),
    "a description beside a summary": (
        "---\ntitle: A\ndraft: false\ndescription: For engines\nsummary: For people\n---\nx\n",
        "a.md",
        'excerpt: "For people"\nslug: "a"\nseo: {description: "For engines"}',
    ),
    "a page": ("---\nlayout: page\ntitle: A\n---\nx\n", "a.md", 'type: "page"'),
    "no title": ("---\nlayout: post\n---\nx\n", "2020-01-02-river-walk.md", 'title: "River walk"'),
    "tags as words": ("---\nlayout: post\ntags: red blue\n---\nx\n", "a.md", '["red", "blue"]'),
    "tags with commas": (
        "---\nlayout: post\ntags: deep red, blue\n---\nx\n",
        "a.md",
        '["deep red", "blue"]',
    ),
    "a rule as permalink": (
        "---\nlayout: post\npermalink: /:title/\n---\nx\n",
        "hills.md",
        'slug: "hills"',
    ),
    "a day that does not exist": (
        "+++\ntitle = 'A'\ndate = '2020-13-45'\n+++\nx\n",
        "a.md",
        'title: "A"\nslug: "a"\n---',
    ),
    "hostile values": (
        '---\nlayout: post\ntitle: "a\\n---\\npublish: now"\ntags: ["---", "x: y"]\n---\nx\n',
        "a.md",
        'title: "a --- publish: now"',
    ),
}


@for_each("case", FRONT)
def test_front_matter(case: str) -> None:
    text, name, wanted = FRONT[case]
    made = imported(text, name, sure=True)
    assert wanted in made.text
    assert post_of(made).publish in (Publish.KEEP, Publish.DRAFT)


BODIES = {
    "an escaped shortcode in code": ("```\n{{</* x */>}}\n```", "```\n{{< x >}}\n```", ""),
    "a box in a box": (
        "{{% notice %}}\n{{< y >}}\n{{% /notice %}}",
        "{{% notice %}}\n{{< y >}}\n{{% /notice %}}",
        'the shortcode "notice"',
    ),
    "an end without a beginning": ("a {{< /x >}}", "a {{< /x >}}", 'the shortcode "x"'),
    "a shortcode that never ends": ("a {{< x", "a {{< x", ""),
    "an id that is not one": ('{{< youtube "a b<c" >}}', '{{< youtube "a b<c" >}}', "youtube"),
    "a figure with a link": (
        '{{< figure src="a b.png" alt="[A]" link="https://e.example/" >}}',
        "[![\\[A\\]](<a b.png>)](https://e.example/)",
        'the picture "a b.png"',
    ),
    "details": (
        '{{< details summary="More" >}}\nText\n{{< /details >}}',
        "<details>\n<summary>More</summary>\n\nText\n\n</details>",
        "",
    ),
}


@for_each("case", BODIES)
def test_bodies_of_hugo(case: str) -> None:
    body, wanted, asked = BODIES[case]
    made = imported(f"+++\ntitle = 'A'\n+++\n{body}\n", "a.md")
    assert made.text.partition("---\n\n")[2] == f"{wanted}\n"
    assert asked in " ".join(one.what for one in made.needed)


def test_html_posts_of_jekyll() -> None:
    text = (
        "---\nlayout: post\ntitle: A\n---\n<p>x</p>\n{% highlight c %}\na < b\n{% endhighlight %}\n"
    )
    made = imported(text, "2020-01-02-a.html")
    assert made.format == "html"
    assert made.text.endswith("<p>x</p>\n<pre><code>a &lt; b\n</code></pre>\n")


def test_active_content_is_named_and_kept_only_on_request() -> None:
    text = "---\nlayout: post\ntitle: A\n---\n<script>go()</script>\n"
    asked = imported(text, "a.md")
    assert "kind script" in " ".join(one.what for one in asked.needed)
    assert "allow" not in asked.text
    assert 'allow: ["script"]' in imported(text, "a.md", allow=["script"]).text


BROKEN = {
    "TOML": ("+++\ntitle = \n+++\nx\n", 2),
    "JSON": ('{\n"title": "A",,\n}\nx\n', 2),
    "YAML": ("---\nlayout: post\ntitle: [a\n---\nx\n", 0),
    "never closed": ("+++\ntitle = 'A'\nx\n", 1),
    "deep JSON": ('{"a":' + "[" * 100_000, 1),
    "deep TOML": ("+++\na = " + "[" * 100_000 + "\n+++\n", 1),
}


@for_each("case", BROKEN)
def test_broken_front_matter(case: str) -> None:
    text, line = BROKEN[case]
    with pytest.raises(ContentError) as caught:
        imported(text, "a.md")
    (problem,) = caught.value.problems
    assert problem.path == "a.md"
    assert line in (0, problem.line)


def test_other_texts_are_not_taken_for_posts_of_generators() -> None:
    for text in (
        "---\ntitle: An answer\ntags: [a]\n---\nText.\n",
        "Title: A text\n\nBody\n",
        "{ not json }\n",
        "Note: this\n",
    ):
        assert read_pasted(text.encode(), "a.md").generated is None
