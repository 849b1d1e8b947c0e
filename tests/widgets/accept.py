"""Write what each widget's example renders to into its folder: `python -m tests.widgets.accept`.
Review the change like code.
"""

from __future__ import annotations

from blogkit.render.widgets.registry import Registry, builtin_folder
from blogkit.widget_tools import expected_output


def main() -> None:
    registry = Registry([builtin_folder()])
    for folder in sorted(path for path in builtin_folder().iterdir() if path.is_dir()):
        expected_output.accept(folder, registry, builtin_folder().parent)


if __name__ == "__main__":
    main()
