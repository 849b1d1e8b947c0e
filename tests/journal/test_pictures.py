"""The ledger of pictures on image hosts, in both databases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blogkit.errors import JournalError
from blogkit.journal.pictures import StoredPicture
from blogkit.journal.store import Journal
from tests.journal.conftest import on_sqlite

BOAT = StoredPicture(
    "s3 https://pictures.example",
    "ab",
    "boat-ab.png",
    "https://pictures.example/boat-ab.png",
    3_000_000_000,
    "image/png",
    "cd",
    60,
    40,
)


def test_each_host_has_a_picture_once(journal: Journal) -> None:
    pictures = journal.pictures
    assert pictures.find(BOAT.host, "ab") is None
    pictures.note(BOAT)
    pictures.note(replace(BOAT, host="manual", url="https://elsewhere.example/boat.png"))
    pictures.verified("manual", "ab", "picture")
    found = pictures.find(BOAT.host, "ab")
    assert found
    assert replace(found, uploaded="") == BOAT
    assert (found.uploaded != "", found.verified, found.proof) == (True, "", "")
    [here, by_hand] = sorted(pictures.all(), key=lambda one: one.host, reverse=True)
    assert here == found
    assert (by_hand.proof, by_hand.verified != "") == ("picture", True)


def test_another_address_is_not_proven_yet(journal: Journal) -> None:
    journal.pictures.note(BOAT)
    journal.pictures.verified(BOAT.host, "ab", "bytes")
    journal.pictures.note(replace(BOAT, url="https://pictures.example/new.png"))
    [found] = journal.pictures.all()
    assert (found.url, found.proof) == ("https://pictures.example/new.png", "")


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    place = on_sqlite(tmp_path / "journal.sqlite")
    with place.open() as journal:
        journal.pictures.note(BOAT)
        place.execute("UPDATE picture SET url = CAST('x' AS BLOB)")
        with pytest.raises(JournalError, match="a record of a picture is damaged"):
            journal.pictures.all()
        with pytest.raises(JournalError, match="a record of a picture is damaged"):
            journal.damage()
