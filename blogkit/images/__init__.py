"""Local images, made ready for a site: small enough for a page, and without private metadata.

- `Limits`, `prepare`: resize, rotate and strip an image before it is uploaded (`prepare`)
- `measure`: what an image's header tells, without decoding it (`measure`)
- `content_name`: the name of an uploaded file (`names`)
"""

from blogkit.images.measure import Measures, measure
from blogkit.images.names import content_name
from blogkit.images.prepare import Limits, Prepared, prepare

__all__ = ["Limits", "Measures", "Prepared", "content_name", "measure", "prepare"]
