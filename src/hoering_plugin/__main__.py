"""``python -m hoering_plugin``: the same as ``hoering``."""

from hoering_plugin.cli import main

if __name__ == "__main__":
    main()
