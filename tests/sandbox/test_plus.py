"""What confirmed records tell of dates in addresses."""

from __future__ import annotations

from tests.sandbox.conftest import Api


def test_a_plus_sign_that_is_not_encoded_is_a_blank_and_so_no_date(api: Api) -> None:
    made = api.new("Soon")
    path = f"/v3/blogs/{api.sandbox.blog.id}/posts/{made['id']}/publish?publishDate="
    headers = {"Authorization": "Bearer sandbox"}
    refused = api.client.post(f"{path}2026-12-01T07:00:00+05:30", headers=headers)
    assert refused.status_code == 400
    taken = api.client.post(f"{path}2026-12-01T07:00:00%2B05:30", headers=headers)
    assert (taken.status_code, taken.json["status"]) == (200, "SCHEDULED")
